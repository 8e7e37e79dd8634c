//! How a page shows a scenario: in which reading, and light or dark. No part of the
//! scenario itself; a link may ask for it.

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
    /// The lived day.
    Day,
}

impl View {
    /// All readings; the first is meant where a link asks for none.
    pub const ALL: [Self; 8] = [
        Self::Full,
        Self::Brief,
        Self::Alone(Answer::Tokens),
        Self::Alone(Answer::Fleet),
        Self::Alone(Answer::Storage),
        Self::Alone(Answer::Cost),
        Self::Alone(Answer::Day),
        Self::Compare,
    ];

    /// Its word in a link.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Brief => "brief",
            Self::Alone(Answer::Tokens) => "tokens",
            Self::Alone(Answer::Fleet) => "fleet",
            Self::Alone(Answer::Storage) => "storage",
            Self::Alone(Answer::Cost) => "cost",
            Self::Alone(Answer::Day) => "day",
            Self::Compare => "compare",
        }
    }

    /// The reading with this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.word() == word)
    }
}

/// Light or dark, as a link may ask for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the system, or the page around a frame.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// All themes; the first is meant where a link asks for none.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// Its word in a link.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme with this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_as_what_wrote_it() {
        for view in View::ALL {
            assert_eq!(View::parse(view.word()), Some(view));
        }
        for theme in Theme::ALL {
            assert_eq!(Theme::parse(theme.word()), Some(theme));
        }
        assert_eq!((View::parse("poster"), Theme::parse("")), (None, None));
    }
}
