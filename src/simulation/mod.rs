//! What happens over time. Each simulation is a state machine that the caller moves
//! on, a bounded piece at a time; none reads a clock, draws a number or waits.

mod admission;
mod lane;
mod round_robin;
mod setup;

pub use admission::{Admission, Fate, Levels, Outcome, Refusal, Status};
pub use setup::{Config, Failover, Overflow, Provider, Request, Settlement};
