//! Names of the sizing rules.

use crate::plan::RuleId;

impl RuleId {
    /// Display name.
    pub fn name(self) -> &'static str {
        match self {
            Self::GuideTable => "Guide’s table",
            Self::Concurrency => "Open requests",
            Self::Throughput => "Throughput",
            Self::Tokens => "Tokens",
            Self::SlotsAndThroughput => "Slots with throughput",
            Self::WaitTarget => "Wait target",
            Self::Availability => "Availability",
        }
    }

    /// Name inside a sentence.
    pub fn by(self) -> &'static str {
        match self {
            Self::GuideTable => "set by the guide’s table",
            Self::Concurrency => "set by open requests",
            Self::Throughput => "set by throughput",
            Self::Tokens => "set by tokens",
            Self::SlotsAndThroughput => "set by slots with throughput",
            Self::WaitTarget => "set by the wait target",
            Self::Availability => "set by availability",
        }
    }
}
