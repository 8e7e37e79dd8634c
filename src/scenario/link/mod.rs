//! Scenario ⇄ link fragment, for example
//! `v=1&requests-per-day=60000&p=openai,gpt-4o,Build,60&p=anthropic,…`.
//!
//! The fragment is a public format: people paste it into tickets and runbooks.
//! A released key keeps its meaning for good. Only what differs from the
//! defaults of the link's version is written; those defaults are frozen, and new
//! ones are a new version. `tests/golden/links.txt` only ever grows.
//!
//! | key | meaning |
//! |---|---|
//! | `v` | version, always written, so that even the default has a link of its own |
//! | `name` | name of the scenario |
//! | `requests-per-day`, `requests-per-minute` | requests of the first workload |
//! | `avg-input-tokens`, `avg-output-tokens` | its tokens, by the command's own flags |
//! | `cached`, `max-output-tokens`, `workload`, `profile` | the rest of it |
//! | `w` | a workload: name, requests/day or /min, input, output, then `key:value` |
//! | `provider`, `model`, `tier` | one provider with all the traffic |
//! | `p` | a provider: id, model, tier, weight, then `key:value` |
//! | `shape`, `chain`, `overflow`, `events`, `size` | words |
//! | `view`, `theme`, `embed` | how a page shows it; no part of the scenario |
//! | `with` | another scenario to compare it with: its whole fragment, encoded |
//! | the rest | the numbers of `property::SCENARIO` |

mod address;
mod beside;
mod read;
mod unlisted;
mod view;
mod write;

use std::fmt;

pub use address::{of_address, of_query, unescaped};
pub use beside::{beside, pairs, replaced, with};
pub use read::from_fragment;
pub use view::{Answer, View};
pub(crate) use write::overflow_word;
pub use write::{laid_over, to_fragment};

/// The version this release writes.
pub const VERSION: u32 = 1;
/// The readings that `view` may ask for; a link without it means the first.
pub const VIEWS: [&str; 7] = [
    "full", "brief", "tokens", "fleet", "storage", "cost", "compare",
];
/// What `theme` may ask for.
pub const THEMES: [&str; 3] = ["auto", "light", "dark"];
/// Longer links are read up to here.
pub const LONGEST: usize = 32_768;
/// Most workloads and most providers a scenario may have.
pub const MOST_ROWS: usize = 200;
/// Longest name, in characters.
pub const LONGEST_NAME: usize = 120;

/// A name as links carry it: without control characters and of bounded length.
pub(crate) fn clean_name(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control())
        .take(LONGEST_NAME)
        .collect()
}

/// Something in a link that could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// A key this release does not know.
    UnknownKey(String),
    /// A value that is not allowed; the default is used instead.
    BadValue {
        /// The key.
        key: String,
        /// What stood there.
        value: String,
        /// What would be allowed.
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
        /// Those that are known.
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

#[cfg(test)]
mod tests;
