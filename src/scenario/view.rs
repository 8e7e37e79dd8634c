//! Presentation of a scenario: view and theme. Not part of the scenario; a link may ask for it.

/// A view of the scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// Form and all answers.
    #[default]
    Full,
    /// One page for executives.
    Brief,
    /// A single answer with its inputs.
    Alone(Answer),
    /// Comparison with other scenarios.
    Compare,
}

/// An answer with a view of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Tokens per minute against the limits.
    Tokens,
    /// Gateways.
    Fleet,
    /// Stored events.
    Storage,
    /// Monthly cost.
    Cost,
    /// The simulated day.
    Day,
}

impl View {
    /// All views; the first is the default.
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

    /// Word in a link.
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

    /// The view with this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.word() == word)
    }
}

/// Theme that a link may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Follows the system, or the embedding page.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// All themes; the first is the default.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// Word in a link.
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
