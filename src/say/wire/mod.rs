//! The plan with its words, as `kt-capacity estimate --json` prints it and its schema says.

mod checklist;
mod control_plane;
mod figure;
mod note;
mod plan;

pub use checklist::{Answer, Check};
pub use control_plane::ControlPlanePlan;
pub use figure::Figure;
pub use note::Note;
pub use plan::Plan;
