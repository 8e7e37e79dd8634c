//! What the rules for the size of the fleet are called.

use crate::plan::RuleId;

impl RuleId {
    /// Name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::GuideTable => "Guide's table",
            Self::Concurrency => "Concurrency",
            Self::Throughput => "Throughput",
            Self::Tokens => "Tokens",
            Self::WaitTarget => "Wait target",
            Self::Availability => "Availability",
        }
    }

    /// The same inside a sentence.
    pub fn by(self) -> &'static str {
        match self {
            Self::GuideTable => "by the guide's table",
            Self::Concurrency => "by concurrency",
            Self::Throughput => "by throughput",
            Self::Tokens => "by tokens",
            Self::WaitTarget => "by the wait target",
            Self::Availability => "for availability",
        }
    }
}
