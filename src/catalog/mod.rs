//! Dated facts with their source: the guide's tables, workload profiles,
//! providers with their tiers, prices and latency. No arithmetic lives here.

pub mod date;
pub mod guess;
pub mod guide;
pub mod model_kind;
pub mod profile;
pub mod provider;
pub mod ratio;
