//! Analysis of a simulated day: its story, findings and strips, as numbers.
//!
//! The [`simulation`](crate::simulation) runs the day; [`say::day`](crate::say) words it.

mod autoscaler;
mod cause;
mod cut_off;
mod facts;
mod finding;
mod held_back;
mod hour;
mod kind;
mod mend;
mod minute;
mod moment;
mod slow;
mod story;
mod strips;

pub use facts::{Facts, Held, Look, Stuck, Upstream};
pub use finding::findings;
pub use hour::Hour;
pub use kind::{DayFinding, DayFindingKind};
pub use mend::{Mend, Searched};
pub use minute::Minute;
pub use moment::{Moment, Taking};
pub use story::{Story, Stretch};
pub use strips::Strips;

use crate::simulation::Results;

/// A simulated day so far, with the facts known beforehand.
#[derive(Debug, Clone, PartialEq)]
pub struct Lived {
    /// Facts known beforehand.
    pub facts: Facts,
    /// Results of the run.
    pub results: Results,
}
