//! Changes to what runs here: gateways, their queue, disk, connections.

use super::trial::{with_control_plane, with_gateway};
use super::{Fix, effect};
use crate::catalog::guide;
use crate::model::fleet::whole;
use crate::model::storage::BYTES_PER_GB;
use crate::plan::{Chapters, DatabasePlan, GatewayPlan, QueuePlan, RuleId, ZoneDrill, words};
use crate::scenario::{Edit, Scenario, property};

/// More pods, or more slots in each where slots decide.
pub(in crate::plan) fn for_autoscaler(scenario: &Scenario, before: &Chapters) -> Vec<Fix> {
    let gateway = &before.gateway;
    let more = gateway
        .planned_max
        .max(whole(f64::from(gateway.instances_max) * 1.5))
        .min(whole(property::HPA_MAX.high));
    let mut wanted = Vec::new();
    if gateway.instances_max < more {
        let label = format!("HPA maximum {} → {more}", gateway.instances_max);
        let mut changed = scenario.gateway.clone();
        changed.hpa.replicas_max = Some(more);
        wanted.push((label, "hpa-max", more, changed));
    }
    let slots = scenario.gateway.concurrency;
    let more_slots = slots_for_rest(gateway);
    if gateway.decided_by == RuleId::Concurrency && slots < more_slots {
        let label = format!("Requests at once, each gateway {slots} → {more_slots}");
        let mut changed = scenario.gateway.clone();
        changed.concurrency = more_slots;
        wanted.push((label, "concurrency", more_slots, changed));
    }
    wanted
        .into_iter()
        .map(|(label, key, value, changed)| {
            let (instances, max_scale) = with_gateway(scenario, before, &changed);
            let scale = max_scale.map_or_else(|| "any load".to_owned(), words::multiple);
            let pods = words::counted(instances, "gateway");
            Fix {
                label,
                effect: ["holds ", &scale, "; ", &pods, " at the peak"].concat(),
                edits: vec![Edit::Number {
                    key,
                    value: Some(f64::from(value)),
                }],
            }
        })
        .collect()
}

/// Slots of each gateway at which they no longer decide the size of the fleet.
fn slots_for_rest(gateway: &GatewayPlan) -> u32 {
    let others = gateway
        .rules
        .iter()
        .filter(|rule| !matches!(rule.id, RuleId::Concurrency | RuleId::WaitTarget))
        .map(|rule| rule.instances);
    let rest = f64::from(others.max().unwrap_or(2).max(1));
    let held = gateway.sizing_rps * gateway.time_in_flight_s;
    // In eights, as such settings are written.
    let slots = libm::ceil(held / rest / 8.0 * (1.0 - 1e-9)) * 8.0;
    whole(slots.min(property::CONCURRENCY.high))
}

/// The next size of the control plane, or a shorter retention.
pub(in crate::plan) fn for_disk(scenario: &Scenario, before: &Chapters) -> Vec<Fix> {
    let plane = &before.control_plane;
    let mut fixes = Vec::new();
    let larger = guide::CONTROL_PLANE
        .iter()
        .find(|size| plane.postgres_disk_bytes < size.postgres_disk_gb * BYTES_PER_GB);
    if let Some(size) = larger {
        let mut label = format!("Control plane {} → {}", plane.size, size.name);
        let mut edits = vec![Edit::ControlPlaneSize {
            size: size.name.to_owned(),
        }];
        let (after, plane, database) = with_control_plane(scenario, before, size);
        // More API replicas open more connections; the fix must not break those.
        for fix in for_connections(&database) {
            label = [&label, ", ", &fix.label].concat();
            edits.extend(fix.edits);
        }
        let effect = effect(before, &after, plane.disk_max_scale);
        fixes.push(Fix {
            label,
            effect,
            edits,
        });
    }
    let days = plane.postgres_disk_bytes * 0.8 / before.storage.bytes_per_day;
    let days = libm::floor(days);
    if 1.0 <= days && days < f64::from(scenario.storage.retention_days) {
        let label = format!(
            "Retention {} → {days} days",
            scenario.storage.retention_days
        );
        let edits = vec![Edit::Number {
            key: "retention-days",
            value: Some(days),
        }];
        let effect = "the events then fill 80 % of the disk".to_owned();
        fixes.push(Fix {
            label,
            effect,
            edits,
        });
    }
    fixes
}

/// Limits that hold what the clients may open.
pub(in crate::plan) fn for_connections(database: &DatabasePlan) -> Vec<Fix> {
    let needed = database.connections_needed;
    let server = needed.saturating_add(guide::POSTGRES_RESERVED);
    if property::SERVER_CONNECTIONS.high < f64::from(server) {
        // No server allows that many; fewer clients are the only way.
        return Vec::new();
    }
    let mut edits = Vec::new();
    let mut changes = Vec::new();
    if database.connections_configured < needed {
        changes.push(format!(
            "max_connections {} → {needed}",
            database.connections_configured
        ));
        edits.push(Edit::Number {
            key: "max-connections",
            value: Some(f64::from(needed)),
        });
    }
    if database.connections_usable < needed {
        changes.push(format!("PostgreSQL allows {server}"));
        edits.push(Edit::Number {
            key: "server-connections",
            value: Some(f64::from(server)),
        });
    }
    if edits.is_empty() {
        return Vec::new();
    }
    let effect = format!(
        "the database works on about {} at once; the rest wait their turn",
        words::significant(database.connections_useful)
    );
    vec![Fix {
        label: changes.join(", "),
        effect,
        edits,
    }]
}

/// A server that lets this many clients in.
pub(in crate::plan) fn for_server(clients: u32) -> Vec<Fix> {
    let server = clients.saturating_add(guide::POSTGRES_RESERVED);
    if property::SERVER_CONNECTIONS.high < f64::from(server) {
        return Vec::new();
    }
    vec![Fix {
        label: format!("PostgreSQL allows {server}"),
        effect: "the update passes without refused connections".to_owned(),
        edits: vec![Edit::Number {
            key: "server-connections",
            value: Some(f64::from(server)),
        }],
    }]
}

/// A queue, and a target for the autoscaler, that keep the stated wait.
pub(in crate::plan) fn for_queue(scenario: &Scenario, queue: &QueuePlan) -> Vec<Fix> {
    let said = words::seconds(queue.stated_wait_s);
    let size = scenario.gateway.queue_max_size;
    let target = scenario.gateway.hpa.queue_depth;
    let shorter = queue.size_for_wait.filter(|n| (1..size).contains(n));
    let lower = queue
        .hpa_target_for_wait
        .filter(|n| (1..target).contains(n));
    let fix = |label: String, effect: String, key: &'static str, value: u32| Fix {
        label,
        effect,
        edits: vec![Edit::Number {
            key,
            value: Some(f64::from(value)),
        }],
    };
    let queue_fix = shorter.map(|n| {
        let effect = format!("whoever waits is served within {said}");
        fix(
            format!("Queue {size} → {n} requests"),
            effect,
            "queue-size",
            n,
        )
    });
    let target_fix = lower.map(|n| {
        let effect = format!("the autoscaler acts before the wait reaches {said}");
        let label = format!("Autoscaler’s queue target {target} → {n}");
        fix(label, effect, "hpa-queue", n)
    });
    queue_fix.into_iter().chain(target_fix).collect()
}

/// Pods that carry the peak with one zone less.
pub(in crate::plan) fn for_zone(before: &Chapters, drill: &ZoneDrill) -> Vec<Fix> {
    let (gateway, pods) = (&before.gateway, drill.pods_for_peak);
    if pods <= gateway.instances_min || property::HPA_MIN.high < f64::from(pods) {
        return Vec::new();
    }
    let number = |key| Edit::Number {
        key,
        value: Some(f64::from(pods)),
    };
    let mut edits = vec![number("hpa-min")];
    let mut label = format!("HPA minimum {} → {pods}", gateway.instances_min);
    if gateway.instances_max < pods {
        edits.push(number("hpa-max"));
        label = format!("{label}, maximum {} → {pods}", gateway.instances_max);
    }
    vec![Fix {
        label,
        effect: "the pods left carry the peak".to_owned(),
        edits,
    }]
}
