//! Which targets the alerts on refusals and limits watch.

use super::super::Source;
use super::super::target::{Target, targets};

/// The share of its limits that a target is to stay below, as a series.
pub(super) const TARGET: &str = "provider:kt_utilization:target";

/// The targets that are to stay below their limits: one that passes on what it refuses is full by
/// design.
pub(super) fn watched<'a>(source: &'a Source) -> Vec<Target<'a>> {
    let mut targets = targets(source);
    targets.retain(|target| !target.plan.spills_live);
    targets
}

/// The ids of the others.
pub(super) fn full_by_design(source: &Source) -> Vec<String> {
    let targets = targets(source).into_iter();
    let full = targets.filter(|target| target.plan.spills_live);
    full.map(|target| target.plan.id.clone()).collect()
}

/// What holds an alert to the targets that are watched, where some are not.
pub(super) fn where_watched(source: &Source) -> String {
    if full_by_design(source).is_empty() {
        String::new()
    } else {
        format!("\nand on (provider) {TARGET}")
    }
}
