//! Findings about what runs here: gateways and their queue, disk, connections.

use std::fmt::Write as _;

use super::{Finding, Severity, by_scale, plain};
use crate::plan::{Chapters, fixes, words};
use crate::scenario::Scenario;

pub(super) fn autoscaler(scenario: &Scenario, chapters: &Chapters) -> Option<Finding> {
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
    let message = format!(
        "{} at the peak with {} × headroom, {}: {} slots each, {} in flight for each request.",
        words::counted(gateway.instances, "gateway"),
        crate::scenario::number::grouped(scenario.traffic.headroom),
        gateway.decided_by.by(),
        scenario.gateway.concurrency,
        words::seconds(gateway.time_in_flight_s),
    );
    let mut finding = plain("hpa-max", severity, title, message);
    finding.status = format!("{} needed", words::short(f64::from(gateway.instances)));
    finding.breaks_at_scale = Some(scale);
    finding.fixes = fixes::for_autoscaler(scenario, chapters);
    Some(finding)
}

pub(super) fn disk(scenario: &Scenario, chapters: &Chapters) -> Option<Finding> {
    let plane = &chapters.control_plane;
    let scale = plane.disk_max_scale?;
    let title = format!(
        "PostgreSQL disk, {}",
        words::bytes(plane.postgres_disk_bytes)
    );
    let mut message = format!(
        "{} at {} days: {} events a day of {}.",
        words::bytes(chapters.storage.retained_bytes),
        scenario.storage.retention_days,
        words::short(chapters.storage.events_per_day),
        words::bytes(scenario.storage.event_bytes),
    );
    if let Some(days) = plane.disk_full_in_days {
        let days = words::significant(days);
        write!(message, " The disk is full after {days} days.")
            .expect("writing to a string cannot fail");
    }
    let mut finding = plain("disk", by_scale(scale, 0.8), title, message);
    finding.status = words::percent(plane.disk_utilization_ratio);
    finding.breaks_at_scale = Some(scale);
    finding.fixes = fixes::for_disk(scenario, chapters);
    Some(finding)
}

pub(super) fn connections(chapters: &Chapters) -> Option<Finding> {
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
    let message = format!(
        "The clients may open {needed} connections; the configuration allows {}, the server {} \
         (3 are reserved). {} API replicas with that pool each would open {}.",
        database.connections_configured,
        database.connections_usable,
        chapters.control_plane.api_replicas,
        database.connections_if_per_replica,
    );
    let mut finding = plain(
        "connections",
        severity,
        "Database connections".to_owned(),
        message,
    );
    let allowed = database
        .connections_configured
        .min(database.connections_usable);
    finding.status = format!("{needed} needed, {allowed} allowed");
    finding.fixes = fixes::for_connections(chapters);
    Some(finding)
}

pub(super) fn queue(scenario: &Scenario, chapters: &Chapters) -> Option<Finding> {
    let queue = &chapters.queue;
    let wait = queue.wait_at_full_s.filter(|_| queue.outlasts_clients)?;
    let message = format!(
        "With {} waiting in a gateway the last one waits {}, longer than the {} after which \
         clients give up. A shorter queue would refuse them at once.",
        scenario.gateway.queue_max_size,
        words::seconds(wait),
        words::seconds(scenario.gateway.client_timeout_s),
    );
    let title = "The queue outlasts its clients".to_owned();
    let mut finding = plain("queue-size", Severity::Info, title, message);
    finding.fixes = fixes::for_queue(scenario, wait);
    Some(finding)
}
