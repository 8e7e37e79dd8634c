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
//! | `requests-per-day`, `-hour`, `-minute` | requests of the first workload |
//! | `avg-input-tokens`, `avg-output-tokens` | its tokens, by the command's own flags |
//! | `cached`, `max-output-tokens`, `workload`, `profile` | the rest of it |
//! | `w` | a workload: name, requests/day or /min, input, output, then `key:value` |
//! | `provider`, `model`, `tier` | one provider with all the traffic |
//! | `p` | a provider: id, model, tier, weight, then `key:value` |
//! | `shape`, `chain`, `overflow`, `events`, `size` | words |
//! | `view`, `theme`, `embed` | how a page shows it; no part of the scenario |
//! | `lost`, `month` | a supposition for the charts: a lost provider or `zone`, months from today |
//! | `with` | another scenario to compare it with: its whole fragment, encoded |
//! | the rest | the numbers of `property::SCENARIO` |
//!
//! A number may be a range: `40k..60k`, `40k..50k..80k`, `50k~20pct`, and `~50k` for its
//! published spread; `guess` among the parts of a row puts that around all its numbers.

mod address;
mod around;
mod bound;
mod content;
mod fragment;
mod notice;
mod pair;
mod read;
mod repeated;
mod unlisted;
mod write;

pub use address::{bare, found, is_scenario, of_address, of_query};
pub use bound::{LONGEST, LONGEST_NAME, MOST_ROWS, VERSION, clean_name};
pub use content::Link;
pub use fragment::Fragment;
pub use notice::{Allowed, Listed, Notice, Rows};
pub use pair::is_versioned;
pub use write::to_fragment;

use super::{Scenario, View, WhatIf};

impl Link {
    /// Reads a link from outside tolerantly, and reports its unusable parts. The text may be a
    /// whole address, or a fragment with or without its `#`; beyond [`LONGEST`] it is cut.
    pub fn read(text: &str) -> (Self, Vec<Notice>) {
        read::read(&address::fragment(text), LONGEST)
    }

    /// Whether a link from outside is of an earlier version, whose inputs are unchanged but whose
    /// answers may differ.
    pub fn is_older(text: &str) -> bool {
        pair::is_older(&address::fragment(text))
    }

    /// Reads a text of any length that the program itself wrote.
    pub fn read_own(text: &str) -> (Self, Vec<Notice>) {
        read::read(&address::fragment(text), usize::MAX)
    }

    /// The fragment of the whole link, without the `#`.
    pub fn write(&self) -> String {
        let around = write::Around {
            view: self.view,
            theme: self.theme,
            embed: self.embed.as_deref(),
            beside: &self.beside,
        };
        let own = Fragment::of(&self.scenario).supposing(&self.what_if);
        around.write(own.as_str())
    }
}

impl Fragment {
    /// The fragment written for a scenario.
    pub fn of(scenario: &Scenario) -> Self {
        Self::found(to_fragment(scenario))
    }

    /// The scenario of an incoming link, without presentation and compared scenarios.
    pub fn alone(link: &str) -> Self {
        let text = address::fragment(link);
        let own: Vec<&str> = pair::of(&text)
            .filter(|pair| !pair::is_around(pair))
            .collect();
        Self::found(own.join("&"))
    }

    /// Adds a supposition for the charts, which is not part of the scenario.
    #[must_use]
    pub fn supposing(&self, what_if: &WhatIf) -> Self {
        let mut text = self.as_str().to_owned();
        for (key, value) in what_if.pairs() {
            write::push_pair(&mut text, key, &pair::encode(&value));
        }
        Self::found(text)
    }

    /// Link to a view of the scenario, next to others.
    pub fn shown(&self, view: View, beside: &[Self]) -> String {
        let around = write::Around {
            view,
            beside,
            ..write::Around::default()
        };
        around.write(self.as_str())
    }
}

/// The scenario of a link from outside; see [`Link::read`].
pub fn from_fragment(text: &str) -> (Scenario, Vec<Notice>) {
    let (link, notices) = Link::read(text);
    (link.scenario, notices)
}

/// A scenario with pairs of a link that replace those of the same key; they are checked as in a
/// link.
pub fn laid_over(scenario: &Scenario, pairs: &[(&str, &str)]) -> (Scenario, Vec<Notice>) {
    let text = write::laid_over(&to_fragment(scenario), pairs);
    let (link, notices) = read::read(&text, usize::MAX);
    (link.scenario, notices)
}

#[cfg(test)]
mod tests;
