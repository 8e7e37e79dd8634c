//! The rules for the size of the fleet.

use crate::plan::RuleId;

/// Name of a rule.
pub fn name(rule: RuleId) -> &'static str {
    match rule {
        RuleId::GuideTable => "Guide's table",
        RuleId::Concurrency => "Concurrency",
        RuleId::Throughput => "Throughput",
        RuleId::WaitTarget => "Wait target",
        RuleId::Availability => "Availability",
    }
}

/// The same inside a sentence.
pub fn by(rule: RuleId) -> &'static str {
    match rule {
        RuleId::GuideTable => "by the guide's table",
        RuleId::Concurrency => "by concurrency",
        RuleId::Throughput => "by throughput",
        RuleId::WaitTarget => "by the wait target",
        RuleId::Availability => "for availability",
    }
}
