//! Default names of rows. Links leave them out, so they are part of the format and equal in all
//! languages.

/// Workload of the default scenario.
pub(super) const ALL_REQUESTS: &str = "All requests";
/// A new workload.
pub(super) const NEW_WORKLOAD: &str = "New workload";
/// Model outside the catalogue.
pub const OWN_MODEL: &str = "my-model";
/// Tier of limits outside the catalogue.
pub const OWN_TIER: &str = "Own limits";
/// The catalogue's Azure tier that carries the example.
pub(super) const AZURE_TIER: &str = "Data Zone Tier 1";
