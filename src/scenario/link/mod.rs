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
mod fragment;
mod notice;
mod read;
mod unlisted;
mod write;

pub use address::{bare, of_address, of_query};
pub use fragment::{Fragment, is_versioned};
pub use notice::Notice;
pub use write::to_fragment;

use super::{Scenario, Theme, View};

/// The version this release writes.
pub const VERSION: u32 = 1;
/// Longer links from outside are read up to here, in bytes.
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

/// A scenario and how a page shows it, as one text that people pass around.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Link {
    /// The scenario.
    pub scenario: Scenario,
    /// The reading that is asked for.
    pub view: View,
    /// Light or dark, if it is asked for.
    pub theme: Option<Theme>,
    /// The origin of the page around, in a frame; empty where the frame talks to nobody.
    pub embed: Option<String>,
    /// The scenarios it is compared with.
    pub beside: Vec<Fragment>,
}

impl Link {
    /// Reads a link from outside, tolerantly, and tells what of it could not be used. It may
    /// be a whole address, or a fragment with or without its `#`; of one longer than
    /// [`LONGEST`] the first part is read.
    pub fn read(text: &str) -> (Self, Vec<Notice>) {
        read::read(&address::fragment(text), LONGEST)
    }

    /// Reads a text that the program itself wrote, however long it is.
    pub fn read_own(text: &str) -> (Self, Vec<Notice>) {
        read::read(&address::fragment(text), usize::MAX)
    }

    /// The fragment that says all of it, without the `#`.
    pub fn write(&self) -> String {
        let around = write::Around {
            view: self.view,
            theme: self.theme,
            embed: self.embed.as_deref(),
            beside: &self.beside,
        };
        around.write(&to_fragment(&self.scenario))
    }
}

/// The scenario of a link from outside, where nothing else of it matters; see [`Link::read`].
pub fn from_fragment(text: &str) -> (Scenario, Vec<Notice>) {
    let (link, notices) = Link::read(text);
    (link.scenario, notices)
}

/// A scenario with pairs of a link laid over it, each in the place of one with the same key;
/// they are checked as a link is.
pub fn laid_over(scenario: &Scenario, pairs: &[(&str, &str)]) -> (Scenario, Vec<Notice>) {
    let text = write::laid_over(&to_fragment(scenario), pairs);
    let (link, notices) = read::read(&text, usize::MAX);
    (link.scenario, notices)
}

#[cfg(test)]
mod tests;
