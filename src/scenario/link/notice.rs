//! The unreadable parts of a link.

use std::fmt;

use super::bound::MOST_ROWS;

/// A part of a link that could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// A key this release does not know.
    UnknownKey(String),
    /// A value that is not allowed; the default is used instead.
    BadValue {
        /// The key.
        key: String,
        /// The value found.
        value: String,
        /// The allowed values.
        allowed: String,
    },
    /// A key that stands there more than once.
    Repeated(String),
    /// A model or tier that the catalogue does not have; it keeps its name.
    Unlisted {
        /// Whether it is a model or a tier.
        what: &'static str,
        /// Its name.
        name: String,
        /// The vendor or the model it would belong to.
        of: String,
        /// The known ones.
        known: String,
    },
    /// Written by a newer release.
    NewerVersion(String),
    /// Longer than anything the page writes.
    TooLong,
    /// More rows than the page takes.
    TooManyRows(&'static str),
}

impl Notice {
    /// Whether it only advises: everything was read.
    pub fn is_advice(&self) -> bool {
        matches!(self, Self::Unlisted { .. })
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownKey(key) => write!(f, "“{}” is not known here and was left out", cut(key)),
            Self::BadValue {
                key,
                value,
                allowed,
            } => {
                write!(
                    f,
                    "{}: “{}” cannot be used. {allowed}",
                    cut(key),
                    cut(value)
                )
            }
            Self::Repeated(key) => {
                write!(f, "“{}” stands there more than once; one counts", cut(key))
            }
            Self::Unlisted {
                what,
                name,
                of,
                known,
            } => write!(
                f,
                "“{}” is no {what} of {} known here, so nothing is known of its limits. Known: {}",
                cut(name),
                cut(of),
                cut_after(known, 120)
            ),
            Self::NewerVersion(version) => write!(
                f,
                "Made by a newer release (version {}). What this one knows was read",
                cut(version)
            ),
            Self::TooLong => write!(f, "Too long: its first part was read"),
            Self::TooManyRows(what) => write!(f, "Only the first {MOST_ROWS} {what} were read"),
        }
    }
}

/// The beginning of a text, for messages.
fn cut(text: &str) -> String {
    cut_after(text, 40)
}

fn cut_after(text: &str, shown: usize) -> String {
    if text.chars().count() <= shown {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(shown).collect();
    short.push('…');
    short
}
