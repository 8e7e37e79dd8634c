//! Tables of the platform: waits, events, disks, reservations.

use super::super::answer::Row;
use crate::plan::{DiskFill, Plan};
use crate::say::page::depth as say;

pub(super) fn waits(plan: &Plan) -> Vec<Row> {
    say::waits(plan).into_iter().map(Row::new).collect()
}

pub(super) fn events(plan: &Plan) -> Vec<Row> {
    let used = plan.storage.event_bytes;
    let kinds = plan.storage.kinds.iter();
    kinds
        .map(|kind| Row {
            is_current: (kind.event_bytes - used).abs() < 1e-9,
            ..Row::new(say::event(kind))
        })
        .collect()
}

pub(in crate::ui) fn disks(plan: &Plan) -> Vec<Row> {
    let row = |disk: &DiskFill| Row {
        is_current: disk.size == plan.control_plane.size,
        ..Row::new(say::disk(disk))
    };
    plan.storage.disks.iter().map(row).collect()
}

pub(super) fn reserved(plan: &Plan) -> Vec<Row> {
    let offers = plan.cost.reserved.iter();
    offers.map(say::reserved).map(Row::new).collect()
}
