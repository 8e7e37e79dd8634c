//! Findings about the platform: gateways and their queue, disk, connections.

use super::finding::{Finding, Severity, breaking, by_scale, plain};
use super::kind::{Autoscaler, Disk, FindingKind, LateAnswers, SlotsLoss, Unserved};
use super::stuck::stuck;
use crate::catalog::guide;
use crate::model::limit::holds;
use crate::plan::{Chapters, LimitState, drill};
use crate::scenario::Scenario;

pub(super) fn autoscaler(scenario: &Scenario, chapters: &Chapters) -> Option<Finding> {
    let gateway = &chapters.gateway;
    let scale = gateway.max_scale?;
    // One pod carries the load, but nothing remains if it fails.
    let most = gateway.instances_max.max(gateway.instances_min);
    // Missing headroom does not break anything yet.
    let is_short = most < gateway.instances;
    let lonely = if most < 2 || is_short {
        Severity::Warning
    } else {
        Severity::Info
    };
    let severity = by_scale(scale, 0.8).min(lonely);
    let default = f64::from(guide::CONCURRENCY_DEFAULT);
    let kind = FindingKind::Autoscaler(Autoscaler {
        instances: gateway.instances,
        instances_max: gateway.instances_max,
        headroom: scenario.traffic.headroom,
        headroom_left: Some(scale)
            .filter(|left| is_short && holds(*left) && *left < scenario.traffic.headroom),
        decided_by: gateway.decided_by,
        concurrency: scenario.gateway.concurrency,
        time_in_flight_s: gateway.time_in_flight_s,
        concurrency_over_default: Some(gateway.concurrency_needed).filter(|held| default < *held),
        backlog_per_minute: chapters.queue.backlog_per_minute,
    });
    Some(breaking(scale, severity, kind))
}

/// Finding: an autoscaler that never adds a gateway.
pub(super) fn never_grows(scenario: &Scenario, chapters: &Chapters) -> Option<Finding> {
    let stuck = stuck(scenario, chapters)?;
    Some(plain(Severity::Warning, FindingKind::Stuck(stuck)))
}

/// Finding: too few slots while others take over from a lost provider.
pub(super) fn slots_loss(chapters: &Chapters) -> Option<Finding> {
    let drill = drill::worst_for_slots(&chapters.drills)?;
    let scale = drill.slots_scale().filter(|scale| *scale < 1.0)?;
    // A failure of today is not caused by the loss.
    if chapters.gateway.max_scale.is_some_and(|scale| scale < 1.0) {
        return None;
    }
    let kind = FindingKind::SlotsLoss(SlotsLoss {
        lost_row: drill.lost_row,
        lost: drill.lost.clone(),
        served_ratio: drill.served_ratio,
        admitted_rps: drill.admitted_rps,
        time_in_flight_s: drill.time_in_flight_s,
        held: drill.held,
        slots: drill.slots,
    });
    Some(breaking(scale, Severity::Warning, kind))
}

/// Share of unserved requests at the peak from which on the plan fails. Our choice.
const UNSERVED_RATIO: f64 = 0.05;

/// Severity of a share of unanswered requests beyond the goal.
pub(super) fn of_unanswered(ratio: f64) -> Severity {
    if UNSERVED_RATIO <= ratio {
        Severity::Critical
    } else {
        Severity::Warning
    }
}

/// Finding: requests that find no slot in time, although the slots suffice on average.
pub(super) fn unserved(scenario: &Scenario, chapters: &Chapters) -> Option<Finding> {
    let (gateway, queue) = (&chapters.gateway, &chapters.queue);
    let lost = queue.lost?;
    let ratio = lost.ratio();
    let goal_ratio = scenario.day.goals.unanswered_percent / 100.0;
    // Overload, and answers that come too late anyway, have findings of their own.
    let is_overload = gateway.max_scale.is_some_and(|scale| !holds(scale));
    let is_vain = chapters.patience.timeout_s <= gateway.time_in_flight_s;
    if ratio <= goal_ratio || is_overload || is_vain {
        return None;
    }
    let severity = of_unanswered(ratio);
    let kind = FindingKind::Unserved(Unserved {
        ratio,
        refused_part: lost.refused / ratio,
        drops_oldest: queue.drops_oldest,
        queue_size: scenario.gateway.queue_max_size,
        longest_wait_s: queue.longest_wait_s,
        utilization_ratio: queue.utilization_ratio,
        goal_ratio,
    });
    Some(plain(severity, kind))
}

/// Finding: late answers. Half of them fail the plan, one in a hundred is a risk.
pub(super) fn late_answers(chapters: &Chapters) -> Option<Finding> {
    let patience = &chapters.patience;
    let mut carrying = chapters
        .providers
        .iter()
        .filter(|row| 0.0 < row.share_ratio)
        .peekable();
    if carrying.peek().is_some() && carrying.all(|row| row.state() == LimitState::Closed) {
        return None; // Nothing is answered, late or in time.
    }
    let is_outlasted = patience.is_outlasted(chapters.gateway.time_in_flight_s);
    let severity = match patience.over_ratio {
        _ if chapters.demand.requests_per_day <= 0.0 => return None,
        _ if is_outlasted => Severity::Critical,
        ratio if 0.01 <= ratio => Severity::Warning,
        _ if 0.5 <= patience.worst_ratio => Severity::Warning,
        ratio if 0.001 <= ratio => Severity::Info,
        _ => return None,
    };
    let worst = patience.worst.clone();
    let kind = FindingKind::LateAnswers(LateAnswers {
        timeout_s: patience.timeout_s,
        over_ratio: patience.over_ratio,
        worst: worst.map(|name| (name, patience.worst_ratio)),
        is_overload: 0.0 < chapters.queue.backlog_per_minute,
    });
    Some(plain(severity, kind))
}

pub(super) fn disk(scenario: &Scenario, chapters: &Chapters) -> Option<Finding> {
    let plane = &chapters.control_plane;
    let scale = plane.disk_max_scale?;
    let lead_days = f64::from(scenario.traffic.lead_days);
    let kind = FindingKind::Disk(Disk {
        dead_ratio: chapters.storage.dead_ratio,
        disk_bytes: plane.postgres_disk_bytes,
        utilization_ratio: plane.disk_utilization_ratio,
        retained_bytes: chapters.storage.retained_bytes,
        retention_days: scenario.storage.retention_days,
        events_per_day: chapters.storage.events_per_day,
        event_bytes: chapters.storage.event_bytes,
        full_in_days: plane.disk_full_in_days,
    });
    // Multiple of today's load that the disk holds.
    let kept = 1.0 / plane.disk_utilization_ratio;
    if holds(kept) {
        return Some(breaking(scale, by_scale(scale.min(kept), 0.8), kind));
    }
    // The disk fills from empty: it fits until then, and an order within the lead time is in time.
    let is_soon = plane.disk_full_in_days.is_none_or(|days| days <= lead_days);
    let severity = if is_soon {
        Severity::Critical
    } else {
        Severity::Warning
    };
    if holds(scale) {
        return Some(breaking(scale, severity, kind));
    }
    Some(plain(severity, kind))
}

pub(super) fn connections(chapters: &Chapters) -> Option<Finding> {
    let database = &chapters.database;
    let over_server = database.connections_usable < database.connections_needed;
    if database.api_connections <= database.connections_configured && !over_server {
        return None;
    }
    let severity = if over_server {
        Severity::Critical
    } else {
        Severity::Warning
    };
    let kind = FindingKind::Connections {
        database: database.clone(),
        api_replicas: chapters.control_plane.api_replicas,
    };
    Some(plain(severity, kind))
}

/// Finding: connections during a rolling update at full scale, while ordinary ones fit.
pub(super) fn connections_at_full_scale(chapters: &Chapters) -> Option<Finding> {
    let database = &chapters.database;
    let (most, usable) = (
        database.connections_at_full_scale,
        database.connections_usable,
    );
    if most <= usable || usable < database.connections_needed {
        return None;
    }
    let kind = FindingKind::ConnectionsAtFullScale { most, usable };
    Some(plain(Severity::Warning, kind))
}

/// Finding: the pack's audit log against the disk of the events.
pub(super) fn audit_log(scenario: &Scenario, chapters: &Chapters) -> Option<Finding> {
    let days = scenario.storage.audit_retention_days;
    let (bytes, disk_bytes) = (
        chapters.storage.bytes_audit_days,
        chapters.control_plane.postgres_disk_bytes,
    );
    if bytes <= disk_bytes || days <= scenario.storage.retention_days {
        return None;
    }
    let kind = FindingKind::AuditLog {
        days,
        bytes,
        disk_bytes,
    };
    Some(plain(Severity::Info, kind))
}

/// Finding: the loss of a zone.
pub(super) fn zone_loss(chapters: &Chapters) -> Option<Finding> {
    let drill = chapters.zone_drill.as_ref()?;
    let scale = drill.max_scale?;
    let severity = if holds(scale) {
        Severity::Info
    } else {
        Severity::Warning
    };
    let kind = FindingKind::ZoneLoss(drill.clone());
    Some(breaking(scale, severity, kind))
}

pub(super) fn queue(scenario: &Scenario, chapters: &Chapters) -> Option<Finding> {
    let queue = &chapters.queue;
    let wait_at_full_s = queue
        .wait_at_full_s
        .filter(|wait| queue.stated_wait_s < *wait)?;
    let kind = FindingKind::Queue {
        size: scenario.gateway.queue_max_size,
        wait_at_full_s,
        stated_wait_s: queue.stated_wait_s,
        is_target: scenario
            .gateway
            .wait_target_s
            .is_some_and(|target| target <= queue.stated_wait_s),
    };
    Some(plain(Severity::Info, kind))
}
