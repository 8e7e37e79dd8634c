//! Choices of a scenario that are written as a word.

use crate::model::queueing::Routing;

/// Period of the reader's request counts.
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

    /// Number of periods per day.
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

/// Treatment of a request that finds the queue full.
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

/// Behavior of clients at their timeout in the queue, on the simulated day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Leaving {
    /// They stay, and their requests count as late.
    #[default]
    Stay,
    /// They leave the queue.
    Leave,
    /// They leave, but the gateway still answers them.
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

/// Scope of a row's limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scope {
    /// The provider's: all gateways share them.
    #[default]
    Provider,
    /// The gateway's own limiter, counted in each pod.
    Gateway,
    /// The provider's, divided over the maximum number of pods.
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

/// Choice among several scaling policies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Select {
    /// The policy that allows the most change.
    #[default]
    Max,
    /// The policy that allows the least change.
    Min,
    /// No change in this direction.
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

    /// Word in the Kubernetes API, `selectPolicy`.
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

/// A minor version of Kubernetes 1, as an index into the known versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kubernetes(usize);

impl Kubernetes {
    /// Versions in written form, oldest first.
    const WORDS: [&'static str; 8] = [
        "1.30", "1.31", "1.32", "1.33", "1.34", "1.35", "1.36", "1.37",
    ];
    /// Minor version of the oldest one.
    const OLDEST_MINOR: u32 = 30;
    /// Newest known version.
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

/// Content of an event, which determines the size of its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EventKind {
    /// The reader's own size; the guide says about 2 KB.
    #[default]
    Flat,
    /// User, time, model and token counts.
    Metadata,
    /// Metadata and attributes.
    Attributes,
    /// Metadata, attributes, and the texts of question and answer.
    FullText,
}

impl EventKind {
    /// All kinds, the reader's own first, then by size.
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

/// Removal of expired events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cleanup {
    /// Row by row; the space stays taken until vacuum.
    #[default]
    Delete,
    /// Daily partitions, dropped as a whole.
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
