//! Uncertainty: plans of many futures for scenarios with ranges.
//!
//! Each future draws every range anew and is planned as any scenario is, in numbers only. What
//! would be deployed is held as the point has it: the size of a pod, the autoscaler's ends and the
//! size of the control plane do not grow with the draw, since nobody knows the future when they are
//! set.
//!
//! The draws are made in steps, so that a page can stop between them; seed and scenario alone
//! determine them.

mod answer;
mod band;
mod course;
mod draws;
mod input;
mod sample;
mod tornado;
mod way;

pub use answer::{Interval, LimitChance, OrderBy, Uncertainty, Until, uncertainty};
pub use band::{Band, Bands};
pub use draws::{BATCH, DRAWS, Draws};
pub use input::{Input, Place, inputs};
pub use sample::MOST_USE;
pub use tornado::{Bar, MOST_DAYS, Matters, Outcome, Tornado};
pub use way::WayFirst;
