//! Choices of a scenario that are written as a word.

use crate::model::queueing::Routing;

/// The time over which a reader counts requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Period {
    /// Per day.
    #[default]
    Day,
    /// Per hour, on average over the day.
    Hour,
    /// Per minute, on average over the day.
    Minute,
}

impl Period {
    /// All periods.
    pub const ALL: [Self; 3] = [Self::Day, Self::Hour, Self::Minute];

    /// Word in files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Hour => "hour",
            Self::Minute => "minute",
        }
    }

    /// How many of them a day has.
    pub fn per_day(self) -> f64 {
        match self {
            Self::Day => 1.0,
            Self::Hour => 24.0,
            Self::Minute => 1_440.0,
        }
    }

    /// The period with this word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|period| period.key() == text)
    }
}

/// The fate of a request that finds the queue full.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Overflow {
    /// The new request is refused.
    #[default]
    Reject,
    /// The oldest waiting request is dropped.
    DropOldest,
}

impl Overflow {
    /// All rules.
    pub const ALL: [Self; 2] = [Self::Reject, Self::DropOldest];

    /// Word in links, files and the pack.
    pub fn key(self) -> &'static str {
        match self {
            Self::Reject => "reject",
            Self::DropOldest => "drop_oldest",
        }
    }

    /// The rule with this word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.key() == text)
    }
}

/// Clients who have waited for a slot as long as their timeout, on the day that is lived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Leaving {
    /// They stay, and count as late.
    #[default]
    Stay,
    /// They leave, and their place in the queue with them.
    Leave,
    /// They leave, and the gateway goes on to answer them.
    Unnoticed,
}

impl Leaving {
    /// All ways.
    pub const ALL: [Self; 3] = [Self::Stay, Self::Leave, Self::Unnoticed];

    /// Word in links and files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Stay => "stay",
            Self::Leave => "leave",
            Self::Unnoticed => "unnoticed",
        }
    }

    /// The way with this word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.key() == text)
    }
}

/// Whose limits a row states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scope {
    /// The provider's: all gateways share them.
    #[default]
    Provider,
    /// The gateway's own limiter, which each pod counts for itself.
    Gateway,
    /// The provider's, of which each pod holds its part of the most there may be.
    Divided,
}

impl Scope {
    /// All scopes.
    pub const ALL: [Self; 3] = [Self::Provider, Self::Gateway, Self::Divided];

    /// Word in links and files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Provider => "provider",
            Self::Gateway => "gateway",
            Self::Divided => "divided",
        }
    }

    /// The scope with this word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.key() == text)
    }
}

/// Which of several scaling policies holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Select {
    /// The one that allows most.
    #[default]
    Max,
    /// The one that allows least.
    Min,
    /// None: the fleet does not change in this direction.
    Disabled,
}

impl Select {
    /// All rules.
    pub const ALL: [Self; 3] = [Self::Max, Self::Min, Self::Disabled];

    /// Word in links and files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Max => "max",
            Self::Min => "min",
            Self::Disabled => "disabled",
        }
    }

    /// The word of the API, `selectPolicy`.
    pub fn api(self) -> &'static str {
        match self {
            Self::Max => "Max",
            Self::Min => "Min",
            Self::Disabled => "Disabled",
        }
    }

    /// The rule with this word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.key() == text)
    }
}

/// A minor version of Kubernetes 1, by its place among those that are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kubernetes(usize);

impl Kubernetes {
    /// The versions as they are written, oldest first.
    const WORDS: [&'static str; 8] = [
        "1.30", "1.31", "1.32", "1.33", "1.34", "1.35", "1.36", "1.37",
    ];
    /// Minor version of the oldest.
    const OLDEST_MINOR: u32 = 30;
    /// The newest that is known.
    pub const NEWEST: Self = Self(7);

    /// All versions, oldest first.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..Self::WORDS.len()).map(Self)
    }

    /// Word in links and files.
    pub fn key(self) -> &'static str {
        Self::WORDS.get(self.0).copied().unwrap_or("1.37")
    }

    /// The version with this word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::all().find(|version| version.key() == text)
    }

    /// The number after `1.`.
    pub fn minor(self) -> u32 {
        Self::OLDEST_MINOR + u32::try_from(self.0).unwrap_or(0)
    }
}

/// The content of an event, which decides the size of its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EventKind {
    /// A size of the reader's own; the guide says about 2 KB.
    #[default]
    Flat,
    /// Who, when, which model, how many tokens.
    Metadata,
    /// The same with attributes.
    Attributes,
    /// The same with the texts of question and answer.
    FullText,
}

impl EventKind {
    /// All kinds, smallest row first after the reader's own.
    pub const ALL: [Self; 4] = [Self::Flat, Self::Metadata, Self::Attributes, Self::FullText];

    /// Word in links and files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Flat => "flat",
            Self::Metadata => "metadata",
            Self::Attributes => "attributes",
            Self::FullText => "text",
        }
    }

    /// The kind with this word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == text)
    }
}

impl Routing {
    /// All ways.
    pub const ALL: [Self; 5] = [
        Self::Random,
        Self::InTurn,
        Self::Fewest,
        Self::BestOfTwo,
        Self::Pool,
    ];

    /// Word in links and files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Random => "random",
            Self::InTurn => "in-turn",
            Self::Fewest => "fewest",
            Self::BestOfTwo => "best-of-two",
            Self::Pool => "pool",
        }
    }

    /// The way with this word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.key() == text)
    }
}

/// How events that are old enough go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cleanup {
    /// Row by row; the space stays taken until vacuum.
    #[default]
    Delete,
    /// A partition for each day, dropped as a whole.
    Partitions,
}

impl Cleanup {
    /// Both ways.
    pub const ALL: [Self; 2] = [Self::Delete, Self::Partitions];

    /// Word in links and files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Delete => "delete",
            Self::Partitions => "partitions",
        }
    }

    /// The way with this word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.key() == text)
    }
}
