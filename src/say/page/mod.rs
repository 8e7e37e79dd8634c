//! Words of the page: titles, labels, notes and sentences, one file per room. The page has no texts
//! of its own.

pub(crate) mod chart;
pub(crate) mod compare;
pub(crate) mod day;
pub(crate) mod depth;
pub(crate) mod file;
pub(crate) mod header;
pub(crate) mod panel;
pub(crate) mod path;
pub(crate) mod queue;
pub(crate) mod reading;
pub(crate) mod reference;
pub(crate) mod result;
pub(crate) mod section;
pub(crate) mod share;
pub(crate) mod shortcuts;
pub(crate) mod start;
#[cfg(feature = "ssr")]
pub(crate) mod style;
pub(crate) mod sure;
pub(crate) mod tip;
pub(crate) mod traffic;
pub(crate) mod wanted;
pub(crate) mod what_if;
pub(crate) mod widget;

use crate::say::words;

/// `1 workload`, `3 workloads`.
fn counted(count: usize, noun: &str) -> String {
    words::counted(u32::try_from(count).unwrap_or(u32::MAX), noun)
}
