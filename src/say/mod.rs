//! The words: labels, units and sentences for what a plan holds as numbers. The only place
//! with sentences about a plan, so that another language is another folder; nothing is
//! worked out here.

pub mod checklist;
pub mod control_plane;
pub mod export;
pub mod figure;
pub mod note;
pub mod rule;
pub mod wire;
