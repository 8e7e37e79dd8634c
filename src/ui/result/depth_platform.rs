//! The tables of the platform: waits, events, disks, reservations.

use super::super::answer::Row;
use crate::plan::{DiskFill, Plan, ReservedOffer, words};
use crate::say;
use crate::say::event::kind_name;

pub(super) fn waits(plan: &Plan) -> Vec<Row> {
    let queue = &plan.queue;
    let seconds = |value: Option<f64>| value.map_or_else(|| "overload".to_owned(), words::seconds);
    let percent = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), words::percent);
    let number = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), words::significant);
    let whole = |value: Option<u32>| value.map_or_else(|| "–".to_owned(), |n| n.to_string());
    let stated = words::seconds(queue.stated_wait_s);
    let mut rows = vec![
        (
            "Requests that wait for a slot".to_owned(),
            percent(queue.p_wait),
        ),
        ("Mean wait".to_owned(), seconds(queue.mean_wait_s)),
        ("Wait, P95".to_owned(), seconds(queue.wait_p95_s)),
        ("Wait, P99".to_owned(), seconds(queue.wait_p99_s)),
        (
            "Mean queue of one gateway".to_owned(),
            number(queue.mean_queue_per_instance),
        ),
        (
            "Turned away by a full queue".to_owned(),
            percent(queue.loss_ratio),
        ),
        (
            "Given up while waiting".to_owned(),
            percent(queue.gave_up_ratio),
        ),
        (
            "Failed after all tries".to_owned(),
            words::percent(queue.failed_ratio),
        ),
        (
            "Answered too late".to_owned(),
            percent(queue.timed_out_ratio),
        ),
        (
            "Without an answer, these four together".to_owned(),
            percent(queue.unserved_ratio),
        ),
        (
            format!("Queue that keeps {stated}"),
            whole(queue.size_for_wait),
        ),
        (
            format!("Autoscaler’s queue target that keeps {stated}"),
            whole(queue.hpa_target_for_wait),
        ),
    ];
    rows.push((
        "Workers by Kong’s published rule, a second opinion".to_owned(),
        say::queue::vendor_workers(plan.gateway.vendor_workers),
    ));
    if 0.0 < queue.backlog_per_minute {
        let grows = format!("{} a minute", words::short(queue.backlog_per_minute));
        rows.push(("Overload: the queue grows by".to_owned(), grows));
    }
    rows.into_iter()
        .map(|(name, value)| Row::new([name, value]))
        .collect()
}

pub(super) fn events(plan: &Plan) -> Vec<Row> {
    let bytes = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), words::bytes);
    let used = plan.storage.event_bytes;
    let kinds = plan.storage.kinds.iter();
    kinds
        .map(|kind| Row {
            is_current: (kind.event_bytes - used).abs() < 1e-9,
            ..Row::new([
                kind_name(kind.kind).to_owned(),
                words::bytes(kind.row_bytes),
                bytes(kind.index_bytes),
                bytes(kind.wal_bytes),
                words::bytes(kind.event_bytes),
                words::bytes(kind.retained_bytes),
            ])
        })
        .collect()
}

pub(in crate::ui) fn disks(plan: &Plan) -> Vec<Row> {
    let row = |disk: &DiskFill| Row {
        is_current: disk.size == plan.control_plane.size,
        ..Row::new([
            disk.size.to_owned(),
            words::bytes(disk.bytes),
            disk.full_in_days.map_or_else(
                || "never at this retention".to_owned(),
                |days| format!("{} days", words::significant(libm::floor(days))),
            ),
        ])
    };
    plan.storage.disks.iter().map(row).collect()
}

pub(super) fn reserved(plan: &Plan) -> Vec<Row> {
    let row = |offer: &ReservedOffer| {
        let use_ratio = offer.break_even_utilization_ratio;
        Row::new([
            offer.name.clone(),
            format!("{} {}", words::significant(offer.units), offer.unit),
            words::usd(offer.reserved_per_month_usd),
            words::usd(offer.pay_as_you_go_per_month_usd),
            words::percent(offer.mean_utilization_ratio),
            use_ratio.map_or_else(|| "–".to_owned(), words::percent),
            offer.break_even_scale.map_or_else(
                || "no load".to_owned(),
                |scale| format!("{} today’s load", words::multiple(scale)),
            ),
        ])
    };
    plan.cost.reserved.iter().map(row).collect()
}
