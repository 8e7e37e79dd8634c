//! One scenario as the text of its link.

use percent_encoding::{percent_decode_str, utf8_percent_encode};

use super::write::{Around, ENCODED};
use super::{address, read, to_fragment};
use crate::scenario::{Scenario, View};

/// The key of a scenario beside another one: its whole fragment, percent-encoded.
const WITH: &str = "with=";

/// One scenario as the text of its link. What this release cannot read stays in it, so that
/// it is not lost where the scenario is only carried along.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fragment(String);

impl Fragment {
    /// The text that is written for a scenario.
    pub fn of(scenario: &Scenario) -> Self {
        Self(to_fragment(scenario))
    }

    /// A text as it was found.
    pub fn found(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The scenario of a link as it arrived: without its reading and what stood beside it.
    pub fn alone(link: &str) -> Self {
        let text = address::fragment(link);
        let own: Vec<&str> = pairs(&text).filter(|pair| !is_around(pair)).collect();
        Self(own.join("&"))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Keys with their values decoded, in order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, String)> {
        let pairs = pairs(&self.0).filter_map(|pair| pair.split_once('='));
        pairs.map(|(key, value)| (key, read::decode(value)))
    }

    /// Its link in a reading, with others beside it.
    pub fn shown(&self, view: View, beside: &[Self]) -> String {
        let around = Around {
            view,
            beside,
            ..Around::default()
        };
        around.write(&self.0)
    }

    /// The pair that holds it in the link of another one.
    pub(super) fn pair(&self) -> String {
        format!("{WITH}{}", utf8_percent_encode(&self.0, &ENCODED))
    }

    /// What a pair holds, if it is such a pair.
    pub(super) fn of_pair(pair: &str) -> Option<Self> {
        let value = percent_decode_str(pair.strip_prefix(WITH)?);
        Some(Self(value.decode_utf8_lossy().into_owned()))
    }
}

/// Whether a text names the version of its format, as every link does that the page writes.
pub fn is_versioned(fragment: &str) -> bool {
    pairs(fragment).any(|pair| pair.starts_with("v="))
}

/// The pairs of a fragment.
pub(super) fn pairs(fragment: &str) -> impl Iterator<Item = &str> {
    fragment.split('&').filter(|pair| !pair.is_empty())
}

/// Whether a pair says how a page shows the scenario, and nothing of the scenario itself.
pub(super) fn is_around(pair: &str) -> bool {
    let key = pair.split_once('=').map_or(pair, |(key, _)| key);
    matches!(key, "view" | "with" | "theme" | "embed")
}
