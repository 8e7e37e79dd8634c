//! Why findings about what runs here are made.

use crate::catalog::guide;
use crate::plan::{Autoscaler, DatabasePlan, Disk, LateAnswers, SlotsLoss, ZoneDrill, words};
use crate::say::one_or_many;
use crate::scenario::number::grouped;

pub(super) fn autoscaler(autoscaler: &Autoscaler) -> String {
    let over_default = autoscaler
        .concurrency_over_default
        .map_or_else(String::new, |held| {
            format!(
                " One gateway holds {} at once, more than the {} it takes if nothing is set.",
                words::significant(held),
                guide::CONCURRENCY_DEFAULT
            )
        });
    let missed = autoscaler.headroom_left.map_or_else(String::new, |left| {
        format!(
            " The maximum leaves {} instead of {} × headroom: nothing breaks at the peak, and less \
             is spare.",
            words::multiple(left),
            grouped(autoscaler.headroom)
        )
    });
    let overload = if 0.0 < autoscaler.backlog_per_minute {
        format!(
            " Overload: while the peak lasts the queue grows by {} requests a minute.",
            words::short(autoscaler.backlog_per_minute)
        )
    } else {
        String::new()
    };
    [
        &words::counted(autoscaler.instances, "gateway"),
        " at the peak with ",
        &grouped(autoscaler.headroom),
        " × headroom, ",
        autoscaler.decided_by.by(),
        ": ",
        &autoscaler.concurrency.to_string(),
        " slots each, ",
        &words::seconds(autoscaler.time_in_flight_s),
        " in flight for each request.",
        &missed,
        &over_default,
        &overload,
    ]
    .concat()
}

/// What the others would hold, of the slots.
pub(super) fn slots_status(loss: &SlotsLoss) -> String {
    [
        "needs ",
        &words::percent(loss.held / loss.slots),
        " of the slots",
    ]
    .concat()
}

pub(super) fn slots_loss(loss: &SlotsLoss) -> String {
    format!(
        "The others take {} on average: {} rps hold {} slots, and {} run at the peak. Until more \
         gateways are there {} of the requests could be served.",
        words::seconds(loss.time_in_flight_s),
        words::significant(loss.peak_rps),
        words::short(libm::ceil(loss.held)),
        words::short(loss.slots),
        words::percent(loss.served_ratio),
    )
}

pub(super) fn late_answers(late: &LateAnswers) -> String {
    let worst = late
        .worst
        .as_ref()
        .map_or_else(String::new, |(name, share)| {
            format!(" Of “{name}” it is {}.", words::percent(*share))
        });
    format!(
        "{} of the answers take longer than the {} after which clients give up, without any wait \
         for a slot.{worst} Answers of one kind are taken to vary as lognormal times \
         around its mean.",
        words::percent(late.over_ratio),
        words::seconds(late.timeout_s),
    )
}

pub(super) fn disk(disk: &Disk) -> String {
    let full = disk.full_in_days.map_or_else(String::new, |days| {
        let days = words::significant(days);
        [" The disk is full after ", &days, " days."].concat()
    });
    [
        &words::bytes(disk.retained_bytes),
        " at ",
        &disk.retention_days.to_string(),
        " days: ",
        &words::short(disk.events_per_day),
        " events a day of ",
        &words::bytes(disk.event_bytes),
        ".",
        &full,
    ]
    .concat()
}

pub(super) fn connections(database: &DatabasePlan, api_replicas: u32) -> String {
    format!(
        "The clients may open {} connections; the configuration allows {}, the server {} \
         (3 are reserved). {api_replicas} API replicas with that pool each would open {}.",
        database.connections_needed,
        database.connections_configured,
        database.connections_usable,
        database.connections_if_per_replica,
    )
}

pub(super) fn audit_log(days: u32, bytes: f64, disk_bytes: f64) -> String {
    format!(
        "The pack’s audit-logger keeps {days} days. If the events are kept as long, they take {}, \
         more than the disk of {}.",
        words::bytes(bytes),
        words::bytes(disk_bytes),
    )
}

pub(super) fn zone(drill: &ZoneDrill) -> String {
    let back = format!(
        " As many pods run again after about {}: the cluster notices after {} and evicts after {} \
         by default, then new pods start.",
        words::seconds(drill.recovery_s),
        words::seconds(guide::NODE_GRACE_S),
        words::seconds(guide::EVICTION_S),
    );
    format!(
        "{} of {} {} lost with it; the others carry {} of the requests at the peak.{back}",
        drill.pods_lost,
        words::counted(drill.pods_lost + drill.pods_left, "pod"),
        one_or_many(drill.pods_lost as usize, "is", "are"),
        words::percent(drill.served_ratio),
    )
}

/// What the peak needs of the slots that are left.
pub(super) fn zone_status(drill: &ZoneDrill) -> String {
    match drill.utilization_ratio {
        Some(ratio) => format!("needs {} of the slots that are left", words::percent(ratio)),
        None => "no pod left".to_owned(),
    }
}

pub(super) fn queue_title(is_target: bool) -> &'static str {
    if is_target {
        "A full queue misses the wait target"
    } else {
        "The queue outlasts its clients"
    }
}

pub(super) fn queue(size: u32, wait_at_full_s: f64, stated_wait_s: f64, is_target: bool) -> String {
    let stated = words::seconds(stated_wait_s);
    let stated = if is_target {
        ["the target of ", &stated].concat()
    } else {
        [
            "the ",
            &stated,
            " that the clients’ patience leaves beside an answer",
        ]
        .concat()
    };
    format!(
        "With {size} waiting in a gateway the last one waits {}, longer than {stated}. A shorter \
         queue would refuse them at once.",
        words::seconds(wait_at_full_s),
    )
}
