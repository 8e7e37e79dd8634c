//! Why findings about what runs here are made.

use crate::catalog::guide;
use crate::plan::{Autoscaler, DatabasePlan, Disk, ZoneDrill};
use crate::say::one_or_many;
use crate::say::words;
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
        &over_default,
        &overload,
    ]
    .concat()
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

pub(super) fn zone(drill: &ZoneDrill) -> String {
    let back = drill.recovery_s.map_or_else(String::new, |seconds| {
        let seconds = words::seconds(seconds);
        format!(" The autoscaler needs about {seconds} to be back at that size.")
    });
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
        ["the ", &stated, " after which clients give up"].concat()
    };
    format!(
        "With {size} waiting in a gateway the last one waits {}, longer than {stated}. A shorter \
         queue would refuse them at once.",
        words::seconds(wait_at_full_s),
    )
}
