//! A capacity calculator for an AI gateway.

pub mod catalog;
pub mod model;
pub mod plan;
pub mod scenario;
