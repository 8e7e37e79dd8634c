//! A scenario as the text of its link.

use percent_encoding::{percent_decode_str, utf8_percent_encode};

use super::pair::{self, ENCODED, decode};

/// Key of a compared scenario: its whole fragment, percent-encoded.
const WITH: &str = "with=";

/// A scenario as the text of its link. Parts that this release cannot read are kept, so that they
/// survive if the scenario is only carried along.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fragment(String);

impl Fragment {
    /// A fragment from a text.
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

    /// Pair that contains it in another scenario's link.
    pub(super) fn pair(&self) -> String {
        format!("{WITH}{}", utf8_percent_encode(&self.0, &ENCODED))
    }

    /// The scenario in a `with` pair; `None` for any other pair.
    pub(super) fn of_pair(pair: &str) -> Option<Self> {
        let value = percent_decode_str(pair.strip_prefix(WITH)?);
        Some(Self(value.decode_utf8_lossy().into_owned()))
    }
}
