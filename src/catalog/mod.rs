//! Dated facts with their sources: the guide's tables, workload profiles, and providers with tiers,
//! prices and latency. No arithmetic belongs here.

pub mod date;
pub mod guess;
pub mod guide;
pub mod model_kind;
pub mod profile;
pub mod provider;
pub mod ratio;
