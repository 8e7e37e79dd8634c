//! Uncertainty: plans of many futures for scenarios with ranges.
//!
//! Each future draws every range anew and is planned as any scenario is, in numbers only. Deployed
//! settings stay as planned for the points: the autoscaler's bounds and the size of the control
//! plane do not follow the draw, since the future is unknown when they are set.
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
pub use tornado::{Bar, MOST_DAYS, Outcome, Tornado};
pub use way::WayFirst;
