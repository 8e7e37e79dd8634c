//! A capacity calculator for an AI gateway.

pub mod catalog;
pub mod export;
pub mod model;
pub mod plan;
pub mod scenario;
#[cfg(feature = "ui")]
pub mod ui;
