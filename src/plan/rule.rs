//! Rules that decide the number of gateways.

use serde::Serialize;

/// A rule for the size of the fleet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RuleId {
    /// The guide's table.
    GuideTable,
    /// Requests held at once against slots.
    Concurrency,
    /// Requests per second against measured throughput.
    Throughput,
    /// Tokens per second against what one was measured with.
    Tokens,
    /// Requests per second against what slots and a measured throughput carry together.
    SlotsAndThroughput,
    /// Slots that keep the wait the reader states.
    WaitTarget,
    /// Two, so that one may fail.
    Availability,
}
