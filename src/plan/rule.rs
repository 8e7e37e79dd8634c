//! Rules that decide the number of gateways.

use serde::Serialize;

/// A rule for the size of the fleet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RuleId {
    /// The guide's table.
    GuideTable,
    /// Requests in flight over slots.
    Concurrency,
    /// Requests per second over measured throughput.
    Throughput,
    /// Tokens per second over measured throughput.
    Tokens,
    /// Slots that keep the reader's wait target.
    WaitTarget,
    /// At least two, so that one may fail.
    Availability,
}
