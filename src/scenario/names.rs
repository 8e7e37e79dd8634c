//! Names that a row has before its reader gives it one. A link leaves them out, so they are part
//! of its format: in another language they are the same.

/// The workload of the default scenario.
pub(super) const ALL_REQUESTS: &str = "All requests";
/// A workload to fill in.
pub(super) const NEW_WORKLOAD: &str = "New workload";
/// Model where the catalogue has none.
pub const OWN_MODEL: &str = "my-model";
/// Tier of limits that come from no table.
pub const OWN_TIER: &str = "Own limits";
/// The catalogue's tier at Azure that carries the example.
pub(super) const AZURE_TIER: &str = "Data Zone Tier 1";
