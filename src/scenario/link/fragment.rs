//! One scenario as the text of its link.

use percent_encoding::{percent_decode_str, utf8_percent_encode};

use super::pair::{self, ENCODED, decode};

/// The key of a scenario beside another one: its whole fragment, percent-encoded.
const WITH: &str = "with=";

/// One scenario as the text of its link. What this release cannot read stays in it, so that
/// it is not lost where the scenario is only carried along.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fragment(String);

impl Fragment {
    /// A text as it was found.
    pub fn found(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Keys with their values decoded, in order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, String)> {
        let pairs = pair::of(&self.0).filter_map(|pair| pair.split_once('='));
        pairs.map(|(key, value)| (key, decode(value)))
    }

    /// The pair that holds it in the link of another one.
    pub(super) fn pair(&self) -> String {
        format!("{WITH}{}", utf8_percent_encode(&self.0, &ENCODED))
    }

    /// The scenario in a `with` pair; `None` for any other pair.
    pub(super) fn of_pair(pair: &str) -> Option<Self> {
        let value = percent_decode_str(pair.strip_prefix(WITH)?);
        Some(Self(value.decode_utf8_lossy().into_owned()))
    }
}
