//! Findings about what runs here: gateways and their queue, disk, connections.

use std::fmt::Write as _;

use super::{Finding, Severity, by_scale, plain};
use crate::catalog::guide;
use crate::plan::{Chapters, Depth, Whole, fixes, words};
use crate::scenario::Scenario;
use crate::scenario::number::grouped;

pub(super) fn autoscaler<D: Depth>(scenario: &Scenario, chapters: &Chapters) -> Option<Finding> {
    let gateway = &chapters.gateway;
    let scale = gateway.max_scale?;
    // One pod carries the load, but nothing is left when it fails.
    let lonely = if gateway.instances_max < 2 {
        Severity::Warning
    } else {
        Severity::Info
    };
    let severity = by_scale(scale, 0.8).min(lonely);
    let title = format!("HPA maximum of {}", gateway.instances_max);
    let message = || {
        let mut message = [
            &words::counted(gateway.instances, "gateway"),
            " at the peak with ",
            &grouped(scenario.traffic.headroom),
            " × headroom, ",
            gateway.decided_by.by(),
            ": ",
            &scenario.gateway.concurrency.to_string(),
            " slots each, ",
            &words::seconds(gateway.time_in_flight_s),
            " in flight for each request.",
        ]
        .concat();
        let default = f64::from(guide::CONCURRENCY_DEFAULT);
        if default < gateway.concurrency_needed {
            write!(
                message,
                " One gateway holds {} at once, more than the {default} it takes if nothing is \
                 set.",
                words::significant(gateway.concurrency_needed)
            )
            .expect("writing to a string cannot fail");
        }
        if 0.0 < chapters.queue.backlog_per_minute {
            write!(
                message,
                " Overload: while the peak lasts the queue grows by {} requests a minute.",
                words::short(chapters.queue.backlog_per_minute)
            )
            .expect("writing to a string cannot fail");
        }
        message
    };
    let mut finding = plain::<D>("hpa-max", severity, title, message);
    finding.status = words::short(f64::from(gateway.instances)) + " needed";
    finding.breaks_at_scale = Some(scale);
    finding.fixes = D::reason(|| fixes::for_autoscaler(scenario, chapters));
    Some(finding)
}

pub(super) fn disk<D: Depth>(scenario: &Scenario, chapters: &Chapters) -> Option<Finding> {
    let plane = &chapters.control_plane;
    let scale = plane.disk_max_scale?;
    let title = "PostgreSQL disk, ".to_owned() + &words::bytes(plane.postgres_disk_bytes);
    let message = || {
        let mut message = [
            &words::bytes(chapters.storage.retained_bytes),
            " at ",
            &scenario.storage.retention_days.to_string(),
            " days: ",
            &words::short(chapters.storage.events_per_day),
            " events a day of ",
            &words::bytes(chapters.storage.event_bytes),
            ".",
        ]
        .concat();
        if let Some(days) = plane.disk_full_in_days {
            let days = words::significant(days);
            write!(message, " The disk is full after {days} days.")
                .expect("writing to a string cannot fail");
        }
        message
    };
    let mut finding = plain::<D>("disk", by_scale(scale, 0.8), title, message);
    finding.status = words::percent(plane.disk_utilization_ratio);
    finding.breaks_at_scale = Some(scale);
    finding.fixes = D::reason(|| fixes::for_disk(scenario, chapters));
    Some(finding)
}

pub(super) fn connections<D: Depth>(chapters: &Chapters) -> Option<Finding> {
    let database = &chapters.database;
    let needed = database.connections_needed;
    let over_server = database.connections_usable < needed;
    if needed <= database.connections_configured && !over_server {
        return None;
    }
    let severity = if over_server {
        Severity::Critical
    } else {
        Severity::Warning
    };
    let message = || {
        format!(
            "The clients may open {needed} connections; the configuration allows {}, the server {} \
             (3 are reserved). {} API replicas with that pool each would open {}.",
            database.connections_configured,
            database.connections_usable,
            chapters.control_plane.api_replicas,
            database.connections_if_per_replica,
        )
    };
    let mut finding = plain::<D>(
        "connections",
        severity,
        "Database connections".to_owned(),
        message,
    );
    let allowed = database
        .connections_configured
        .min(database.connections_usable);
    finding.status = format!("{needed} needed, {allowed} allowed");
    finding.fixes = D::reason(|| fixes::for_connections(&chapters.database));
    Some(finding)
}

/// Connections of a rolling update at full scale, where the ordinary ones still fit.
pub(super) fn connections_at_full_scale<D: Depth>(chapters: &Chapters) -> Option<Finding> {
    let database = &chapters.database;
    let (most, usable) = (
        database.connections_at_full_scale,
        database.connections_usable,
    );
    if most <= usable || usable < database.connections_needed {
        return None;
    }
    let message = || {
        format!(
            "During a rolling update at full scale the clients may open {most} connections; the \
             server lets {usable} in."
        )
    };
    let title = "Database connections at full scale".to_owned();
    let mut finding = plain::<D>("connections-surge", Severity::Warning, title, message);
    finding.status = format!("{most} possible, {usable} allowed");
    finding.fixes = D::reason(|| fixes::for_server(most));
    Some(finding)
}

/// The audit log of the pack against the disk that holds the events.
pub(super) fn audit(scenario: &Scenario, chapters: &Chapters) -> Option<Finding> {
    let days = scenario.storage.audit_retention_days;
    let (bytes, disk) = (
        chapters.storage.bytes_audit_days,
        chapters.control_plane.postgres_disk_bytes,
    );
    if bytes <= disk || days <= scenario.storage.retention_days {
        return None;
    }
    let message = || {
        format!(
            "The pack’s audit-logger keeps {days} days. If the events are kept as long, they take \
             {}, more than the disk of {}.",
            words::bytes(bytes),
            words::bytes(disk),
        )
    };
    let title = "The audit log outgrows the disk".to_owned();
    Some(plain::<Whole>("audit-disk", Severity::Info, title, message))
}

/// What is left when a zone is lost.
pub(super) fn zone<D: Depth>(chapters: &Chapters) -> Option<Finding> {
    let drill = chapters.zone_drill.as_ref()?;
    let scale = drill.max_scale?;
    let severity = if scale < 1.0 {
        Severity::Warning
    } else {
        Severity::Info
    };
    let title = format!("Loss of one of {} zones", drill.zones);
    let message = || {
        let mut message = format!(
            "{} of {} {} lost with it; the others carry {} of the requests at the peak.",
            drill.pods_lost,
            words::counted(drill.pods_lost + drill.pods_left, "pod"),
            if drill.pods_lost == 1 { "is" } else { "are" },
            words::percent(drill.served_ratio),
        );
        if let Some(seconds) = drill.recovery_s {
            write!(
                message,
                " The autoscaler needs about {} to be back at that size.",
                words::seconds(seconds)
            )
            .expect("writing to a string cannot fail");
        }
        message
    };
    let mut finding = plain::<D>("zone", severity, title, message);
    finding.status = match drill.utilization_ratio {
        Some(ratio) => format!("needs {} of the slots that are left", words::percent(ratio)),
        None => "no pod left".to_owned(),
    };
    finding.breaks_at_scale = Some(scale);
    if scale < 1.0 {
        finding.fixes = D::reason(|| fixes::for_zone(chapters, drill));
    }
    Some(finding)
}

pub(super) fn queue(scenario: &Scenario, chapters: &Chapters) -> Option<Finding> {
    let queue = &chapters.queue;
    let wait = queue
        .wait_at_full_s
        .filter(|wait| queue.stated_wait_s < *wait)?;
    let (title, stated) = match scenario.gateway.wait_target_s {
        Some(target) => (
            "A full queue misses the wait target",
            format!("the target of {}", words::seconds(target)),
        ),
        None => (
            "The queue outlasts its clients",
            format!(
                "the {} after which clients give up",
                words::seconds(queue.stated_wait_s)
            ),
        ),
    };
    let message = || {
        format!(
            "With {} waiting in a gateway the last one waits {}, longer than {stated}. A shorter \
             queue would refuse them at once.",
            scenario.gateway.queue_max_size,
            words::seconds(wait),
        )
    };
    let mut finding = plain::<Whole>("queue-size", Severity::Info, title.to_owned(), message);
    finding.fixes = fixes::for_queue(scenario, queue);
    Some(finding)
}
