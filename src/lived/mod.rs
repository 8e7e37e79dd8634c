//! What a day that was lived shows: its story, findings and strips, as numbers.
//!
//! The day itself is the [`simulation`](crate::simulation)'s; [`say::day`](crate::say) has
//! the words.

mod cause;
mod facts;
mod finding;
mod hour;
mod kind;
mod mend;
mod minute;
mod moment;
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

/// A day, as far as it was lived, with what is known about it beforehand.
#[derive(Debug, Clone, PartialEq)]
pub struct Lived {
    /// What was known.
    pub facts: Facts,
    /// What happened.
    pub results: Results,
}
