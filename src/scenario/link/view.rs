//! The readings of a scenario: all of it, the brief, one answer alone, or beside others;
//! `view=` in the link chooses.

use super::VIEWS;

/// A reading of the scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// Form and all answers.
    #[default]
    Full,
    /// One page for leaders.
    Brief,
    /// One answer with the inputs that matter for it.
    Alone(Answer),
    /// Beside other scenarios.
    Compare,
}

/// An answer that can stand alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Tokens a minute against the limits.
    Tokens,
    /// Gateways.
    Fleet,
    /// Stored events.
    Storage,
    /// Cost of a month.
    Cost,
}

impl View {
    /// All readings, in the order of their words in `VIEWS`.
    pub const ALL: [Self; 7] = [
        Self::Full,
        Self::Brief,
        Self::Alone(Answer::Tokens),
        Self::Alone(Answer::Fleet),
        Self::Alone(Answer::Storage),
        Self::Alone(Answer::Cost),
        Self::Compare,
    ];

    /// The reading a fragment asks for, by its last word about it; a scenario's own link
    /// means all of it.
    pub fn of(fragment: &str) -> Self {
        let mut words = fragment
            .split('&')
            .filter_map(|pair| pair.strip_prefix("view="));
        words.next_back().map(Self::from_word).unwrap_or_default()
    }

    /// The reading of a word; one that is not known means all of it.
    pub fn from_word(word: &str) -> Self {
        let known = Self::ALL.into_iter().zip(VIEWS);
        let found = known.into_iter().find(|(_, known)| *known == word);
        found.map(|(view, _)| view).unwrap_or_default()
    }

    /// Its word in a link.
    pub fn word(self) -> &'static str {
        let found = Self::ALL
            .into_iter()
            .zip(VIEWS)
            .find(|(view, _)| *view == self);
        found.map_or(VIEWS[0], |(_, word)| word)
    }

    /// The fragment of a scenario in this reading.
    pub fn fragment(self, scenario: &str) -> String {
        match self {
            Self::Full => scenario.to_owned(),
            _ => format!("{scenario}&view={}", self.word()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_opens_in_the_reading_its_last_word_names() {
        let cases = [
            ("v=1", View::Full),
            ("v=1&view=brief", View::Brief),
            ("v=1&view=tokens&growth=5", View::Alone(Answer::Tokens)),
            ("view=brief&view=cost", View::Alone(Answer::Cost)),
            ("v=1&view=poster", View::Full),
            ("v=1&name=view=brief", View::Full),
        ];
        for (fragment, view) in cases {
            assert_eq!(View::of(fragment), view, "{fragment}");
        }
    }

    #[test]
    fn every_reading_is_in_the_link_by_its_own_word() {
        for view in View::ALL {
            assert_eq!(View::of(&view.fragment("v=1")), view);
            assert_eq!(View::from_word(view.word()), view);
        }
    }
}
