//! `keda-scaledobject.yaml`: the autoscaler for clusters with KEDA, whose Prometheus scaler reads
//! the queue depth without a custom-metrics adapter.

use serde::Serialize;

use super::super::node::Quoted;
use super::super::yaml::{Noted, fixed, planned};
use super::super::{Fault, File, Source, check};
use super::behavior::{Behavior, behavior};
use super::deployment::{cpu_quantity, memory_quantity, whole};
use super::{AUTOSCALER, GATEWAY, Metadata, metadata};
use crate::model::digits;
use crate::say::export::autoscaler::{maximum_why, minimum_why};
use crate::say::export::check as check_say;
use crate::say::export::keda as say;
use crate::scenario::scaling::PodSchedule;
use crate::scenario::{Hpa, Scenario};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ScaledObject {
    api_version: &'static str,
    kind: &'static str,
    metadata: Metadata,
    spec: Spec,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Spec {
    scale_target_ref: ScaleTarget,
    min_replica_count: Noted<u32>,
    max_replica_count: Noted<u32>,
    advanced: Advanced,
    triggers: Vec<Trigger>,
}

#[derive(Serialize)]
struct ScaleTarget {
    name: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Advanced {
    horizontal_pod_autoscaler_config: HpaConfig,
}

#[derive(Serialize)]
struct HpaConfig {
    name: Noted<&'static str>,
    behavior: Behavior,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Trigger {
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    metric_type: Option<&'static str>,
    metadata: Metered,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Metered {
    Resource(ResourceMetadata),
    Queue(QueueMetadata),
    Cron(CronMetadata),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CronMetadata {
    timezone: Noted<&'static str>,
    start: Noted<Quoted>,
    end: Noted<Quoted>,
    desired_replicas: Noted<Quoted>,
}

#[derive(Serialize)]
struct ResourceMetadata {
    value: Noted<Quoted>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct QueueMetadata {
    server_address: Noted<&'static str>,
    query: Noted<String>,
    threshold: Noted<Quoted>,
}

pub(in crate::export) fn file(source: Source) -> File {
    let gateway = &source.plan.gateway;
    let hpa = &source.scenario.gateway.hpa;
    let object = ScaledObject {
        api_version: "keda.sh/v1alpha1",
        kind: "ScaledObject",
        metadata: metadata(GATEWAY),
        spec: Spec {
            scale_target_ref: ScaleTarget { name: GATEWAY },
            min_replica_count: planned(gateway.instances_min, &minimum_why(gateway)),
            max_replica_count: planned(gateway.instances_max, &maximum_why(gateway)),
            advanced: Advanced {
                horizontal_pod_autoscaler_config: HpaConfig {
                    name: fixed(AUTOSCALER, say::NAME),
                    behavior: behavior(hpa),
                },
            },
            triggers: triggers(hpa),
        },
    };
    source
        .yaml(SCHEDULED, &[say::INSTEAD], &object)
        .checked(say::CHECKED, faults(&source))
        .noted(vec![say::NOTE.to_owned(), say::USE_NOTE.to_owned()])
        .lacking(super::autoscaler::gaps(&source))
}

/// File that supports schedules, which an HPA cannot have.
pub(super) const SCHEDULED: &str = "keda-scaledobject.yaml";

/// Name of the autoscaler file to apply.
pub fn autoscaler_name(scenario: &Scenario) -> &'static str {
    if scenario.gateway.hpa.schedules.0.is_empty() {
        "hpa.yaml"
    } else {
        SCHEDULED
    }
}

/// Faults of the HPA that the KEDA operator creates from this file. KEDA itself scales to zero, by
/// a trigger that exists without pods.
pub(in crate::export) fn faults(source: &Source) -> Vec<Fault> {
    let mut faults = super::autoscaler::faults(source);
    if !source.scenario.gateway.hpa.schedules.0.is_empty() {
        // Its schedules are triggers, and KEDA's HPA has them as metrics.
        faults.retain(|fault| !fault.message.ends_with(check_say::NO_METRIC));
    }
    if source.plan.gateway.instances_min == 0 {
        faults.retain(|fault| fault.field != Some("hpa-min"));
        let triggers = triggers(&source.scenario.gateway.hpa);
        if check::needs_a_pod(triggers.iter().map(|trigger| trigger.r#type)) {
            faults.insert(0, Fault::new("hpa-min", check_say::no_pod()));
        }
    }
    faults
}

/// Sum of a metric over its series. Invalid metric names are matched as a label; names such as
/// `requests_total:rate5m` ask for a rate.
fn sum_of(name: &str) -> String {
    if let Some((counter, window)) = name.split_once(":rate")
        && window.starts_with(|first: char| first.is_ascii_digit())
        && window.ends_with(['s', 'm', 'h'])
        && window.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && !counter.contains(['-', '.', ':'])
    {
        return format!("sum(rate({counter}[{window}]))");
    }
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_:".contains(&byte);
    let starts_well = !name.starts_with(|first: char| first.is_ascii_digit());
    if starts_well && name.bytes().all(is_plain) {
        format!("sum({name})")
    } else {
        format!("sum({{__name__=\"{name}\"}})")
    }
}

/// Triggers for the metrics with a target, CPU first.
fn triggers(hpa: &Hpa) -> Vec<Trigger> {
    let number = |text: String| planned(Quoted(text), say::AS_HPA);
    let resource = |r#type, metric_type, text: String| Trigger {
        r#type,
        metric_type: Some(metric_type),
        metadata: Metered::Resource(ResourceMetadata {
            value: number(text),
        }),
    };
    let queue = |depth: f64| Trigger {
        r#type: "prometheus",
        metric_type: Some("AverageValue"),
        metadata: Metered::Queue(QueueMetadata {
            server_address: fixed("http://prometheus.monitoring.svc:9090", say::ADDRESS),
            query: fixed("sum(kt_request_queue_depth)".to_owned(), say::QUERY),
            threshold: number(digits::shortest(depth)),
        }),
    };
    let in_flight = |requests: f64| Trigger {
        r#type: "prometheus",
        metric_type: Some("AverageValue"),
        metadata: Metered::Queue(QueueMetadata {
            server_address: fixed("http://prometheus.monitoring.svc:9090", say::ADDRESS),
            query: fixed(
                "sum(kt_requests_in_flight)".to_owned(),
                say::IN_FLIGHT_QUERY,
            ),
            threshold: number(digits::shortest(requests)),
        }),
    };
    let share = |r#type| move |percent: u32| resource(r#type, "Utilization", percent.to_string());
    let cpu_average = hpa.cpu_average.map(|vcpu| cpu_quantity(whole(vcpu * 1e3)));
    let memory_average = hpa
        .memory_average_mb
        .map(|megabytes| memory_quantity(whole(megabytes * 1e6)));
    let triggers = [
        hpa.cpu_percent.map(share("cpu")),
        cpu_average.map(|text| resource("cpu", "AverageValue", text)),
        hpa.queue_depth.map(queue),
        hpa.in_flight.map(in_flight),
        hpa.memory_percent.map(share("memory")),
        memory_average.map(|text| resource("memory", "AverageValue", text)),
    ];
    let own = hpa.metrics.0.iter().map(|metric| Trigger {
        r#type: "prometheus",
        metric_type: Some(if metric.source.is_whole() {
            "Value"
        } else {
            "AverageValue"
        }),
        metadata: Metered::Queue(QueueMetadata {
            server_address: fixed("http://prometheus.monitoring.svc:9090", say::ADDRESS),
            query: planned(sum_of(&metric.name), say::OWN_QUERY),
            threshold: number(digits::shortest(metric.target)),
        }),
    });
    let scheduled = hpa.schedules.0.iter().map(cron);
    let triggers = triggers.into_iter().flatten();
    triggers.chain(own).chain(scheduled).collect()
}

/// Trigger for a daily schedule.
fn cron(schedule: &PodSchedule) -> Trigger {
    let at = |minute: u32| Quoted(format!("{} {} * * *", minute % 60, minute / 60));
    Trigger {
        r#type: "cron",
        metric_type: None,
        metadata: Metered::Cron(CronMetadata {
            timezone: fixed("Etc/UTC", say::ZONE),
            start: planned(at(schedule.from_min), say::START),
            end: planned(at(schedule.to_min), say::END),
            desired_replicas: planned(Quoted(schedule.pods.to_string()), say::KEPT),
        }),
    }
}
