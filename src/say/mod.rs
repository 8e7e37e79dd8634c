//! All sentences and labels of the product in one place, so that a second language is a second
//! folder with the same functions.
//!
//! The other layers have numbers, names and typed errors; functions here take them and return text.
//! They compute no results, and no other layer assembles sentences. The style of numbers and dates
//! is in [`words`]. Labels and help of the inputs are columns of `scenario::property`.

pub mod answer_time;
pub mod brief;
pub mod checklist;
mod coming;
pub mod command;
pub mod compare;
pub mod control_plane;
pub mod dated;
pub mod day;
pub mod document;
pub mod event;
pub mod export;
pub mod figure;
pub mod finding;
pub mod fix;
pub mod in_short;
pub mod input;
pub mod json;
pub mod limit;
pub mod measured;
pub mod model;
pub mod note;
pub mod notice;
#[cfg(feature = "ui")]
pub(crate) mod page;
pub mod problem;
pub mod queue;
pub mod routing;
pub mod rule;
pub mod schema;
pub(crate) mod tested;
pub mod traffic;
pub mod uncertainty;
mod unread;
pub mod verdict;
pub mod wire;
pub mod words;
pub mod yaml;

/// Singular or plural of a word, by count.
fn one_or_many(count: usize, one: &'static str, many: &'static str) -> &'static str {
    if count == 1 { one } else { many }
}
