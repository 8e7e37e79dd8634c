//! Pure formulas, one file per family. None knows the origin of its arguments, and none reads a
//! clock.

pub mod beta;
pub mod burst;
pub mod cost;
pub mod day;
pub mod demand;
pub mod digits;
pub mod drift;
mod error;
pub mod event_row;
pub mod fleet;
pub mod growth;
pub mod hpa;
pub mod hypercube;
pub mod limit;
mod measured_day;
pub mod normal;
pub mod order;
pub mod pool;
pub mod provisioned;
pub mod queueing;
pub mod rank;
pub mod rhythm;
pub mod routing;
pub mod search;
pub mod shape;
pub mod steps;
pub mod storage;
pub mod upstream;

pub use error::ModelError;
pub use measured_day::MeasuredDay;
