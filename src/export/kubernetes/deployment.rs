//! `deployment.yaml`: the gateway with the CPU request that its autoscaler counts by, its slots,
//! and the retention setting of the API.

use serde::Serialize;

use super::super::node::Quoted;
use super::super::yaml::{self, Noted, fixed, planned};
use super::super::{Fault, File, Source, check};
use super::pod::{
    Amounts, Capabilities, ConfigMapRef, Container, Deployment, EnvFrom, HttpGet, PackMounted, Pod,
    PodMetadata, Port, Probe, Reference, Resources, RollingUpdate, SecurityContext, Spec, Spread,
    Strategy, Surge, Template, Variable, Volume,
};
use super::{GATEWAY, LABELS, Labels, Metadata, PACK, PORT, SELECTOR, metadata};
use crate::catalog::guide;
use crate::say::export::deployment as say;
use crate::scenario::Scenario;

const PACK_FOLDER: &str = "/etc/keeptrusts";
/// Hours per day, for the API's retention setting.
const HOURS: u32 = 24;
/// Time for a pod to stop after its last request, in seconds.
const STOP_S: f64 = 10.0;

/// Settings of the API, which is not deployed by this file.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ApiSettings {
    api_version: &'static str,
    kind: &'static str,
    metadata: Metadata,
    data: ApiData,
}

#[derive(Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
struct ApiData {
    keeptrusts_event_retention_hours: Noted<Quoted>,
}

pub(in crate::export) fn file(source: Source) -> File {
    let keys = keys(&source);
    let deployment = deployment(&source, &keys);
    let secret = say::needs(&keys, PACK);
    source
        .yaml("deployment.yaml", &[&secret, say::NO_REPLICAS], &deployment)
        .and(&settings(&source))
        .checked(say::CHECKED, faults(&source))
        .noted(notes(&source))
        .lacking(gaps(&source))
}

/// Faults that an API server would find.
pub(in crate::export) fn faults(source: &Source) -> Vec<Fault> {
    match yaml::value(&deployment(source, "")) {
        Ok(value) => check::deployment(&value),
        Err(error) => vec![Fault::new(None, error.to_string())],
    }
}

/// Environment variables with the provider keys, without duplicates.
fn keys(source: &Source) -> String {
    let mut keys: Vec<&str> = Vec::new();
    for target in super::super::target::targets(source) {
        let key = target.provider.vendor_row().key_env;
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys.join(", ")
}

fn surge(scenario: &Scenario) -> Surge {
    let database = &scenario.database;
    database.surge_pods.map_or_else(
        || Surge::Share(format!("{:.0}%", database.surge_percent.ceil())),
        Surge::Pods,
    )
}

fn is_without_surge(scenario: &Scenario) -> bool {
    let database = &scenario.database;
    database
        .surge_pods
        .map_or_else(|| database.surge_percent <= 0.0, |pods| pods == 0)
}

fn deployment(source: &Source, keys: &str) -> Deployment {
    let spread = say::spread_why(source.scenario.gateway.zones);
    Deployment {
        api_version: "apps/v1",
        kind: "Deployment",
        metadata: metadata(GATEWAY),
        spec: Spec {
            selector: SELECTOR,
            strategy: Strategy {
                r#type: "RollingUpdate",
                rolling_update: RollingUpdate {
                    max_surge: planned(surge(source.scenario), say::SURGE_WHY),
                    // The API does not allow both to be zero.
                    max_unavailable: u32::from(is_without_surge(source.scenario)),
                },
            },
            template: Template {
                metadata: PodMetadata { labels: LABELS },
                spec: Pod {
                    termination_grace_period_seconds: planned(grace_s(source), say::GRACE_WHY),
                    topology_spread_constraints: [Spread {
                        max_skew: 1,
                        topology_key: "topology.kubernetes.io/zone",
                        when_unsatisfiable: fixed("ScheduleAnyway", &spread),
                        label_selector: SELECTOR,
                    }],
                    containers: [container(source, keys)],
                    volumes: [Volume {
                        name: "pack",
                        config_map: ConfigMapRef {
                            name: fixed(PACK, ""),
                        },
                    }],
                },
            },
        },
    }
}

fn container(source: &Source, keys: &str) -> Container {
    Container {
        name: "gateway",
        image: fixed("keeptrusts/gateway:latest", say::IMAGE),
        command: [
            "kt",
            "gateway",
            "run",
            "--listen",
            "0.0.0.0:41002",
            "--policy-config",
            "/etc/keeptrusts/policy-config.yaml",
        ],
        ports: [Port {
            name: "http",
            container_port: PORT,
        }],
        env: [Variable {
            name: "KEEPTRUSTS_GATEWAY_MAX_CONCURRENCY",
            value: planned(
                Quoted(source.scenario.gateway.concurrency.to_string()),
                &why_slots(source),
            ),
        }],
        env_from: [EnvFrom {
            secret_ref: Reference {
                name: fixed("kt-gateway-keys", keys),
            },
        }],
        resources: resources(source),
        liveness_probe: probe("/healthz", 5, 10),
        readiness_probe: probe("/readyz", 10, 5),
        security_context: SecurityContext {
            allow_privilege_escalation: false,
            capabilities: Capabilities { drop: ["ALL"] },
        },
        volume_mounts: [PackMounted {
            name: "pack",
            mount_path: PACK_FOLDER,
            read_only: true,
        }],
    }
}

/// Probe with the path, delay and period of the gateway's monitoring page.
fn probe(path: &'static str, delay: u32, period: u32) -> Probe {
    Probe {
        http_get: HttpGet {
            path: fixed(path, say::PROBE),
            port: "http",
        },
        initial_delay_seconds: delay,
        period_seconds: period,
        failure_threshold: 3,
    }
}

fn why_slots(source: &Source) -> String {
    let needed = source.plan.gateway.concurrency_needed;
    let own = source.scenario.gateway.concurrency;
    say::slots_why(needed, own, guide::CONCURRENCY_DEFAULT)
}

fn resources(source: &Source) -> Resources {
    let gateway = &source.plan.gateway;
    let scenario = &source.scenario.gateway;
    let cpu = say::cpu_why(scenario.vcpu.is_some(), gateway.size_class);
    let memory = say::size_why(scenario.memory_mb.is_some(), gateway.size_class);
    let room = say::LIMITS_WHY;
    let millicores = whole(gateway.vcpu_per_instance * 1e3);
    let bytes = whole(gateway.memory_mb_per_instance * 1e6);
    Resources {
        requests: Amounts {
            cpu: planned(cpu_quantity(millicores), &cpu),
            memory: planned(memory_quantity(bytes), &memory),
        },
        limits: Amounts {
            cpu: planned(cpu_quantity(millicores * 2), room),
            memory: planned(memory_quantity(bytes * 2), room),
        },
    }
}

/// Rounded up, apart from floating-point error above a whole number.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes are in range and not negative, and the cast saturates"
)]
pub(super) fn whole(value: f64) -> u64 {
    (value - value * 1e-14).ceil() as u64
}

/// CPU quantity in whole CPUs or millicores, the API's finest unit.
pub(super) fn cpu_quantity(millicores: u64) -> String {
    if millicores.is_multiple_of(1_000) {
        format!("{}", millicores / 1_000)
    } else {
        format!("{millicores}m")
    }
}

/// Memory quantity in megabytes (10⁶ bytes, as in the guide), or in bytes if not whole.
pub(super) fn memory_quantity(bytes: u64) -> String {
    if bytes.is_multiple_of(1_000_000) {
        format!("{}M", bytes / 1_000_000)
    } else {
        format!("{bytes}")
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the timeout is in range and not negative, and the cast saturates"
)]
fn grace_s(source: &Source) -> u32 {
    (source.scenario.gateway.client_timeout_s + STOP_S).ceil() as u32
}

fn settings(source: &Source) -> ApiSettings {
    let days = source.scenario.storage.retention_days;
    ApiSettings {
        api_version: "v1",
        kind: "ConfigMap",
        metadata: Metadata {
            name: "kt-api-settings",
            labels: Labels { app: "kt-api" },
        },
        data: ApiData {
            keeptrusts_event_retention_hours: planned(
                Quoted(days.saturating_mul(HOURS).to_string()),
                &say::retention_why(days),
            ),
        },
    }
}

fn notes(source: &Source) -> Vec<String> {
    let gateway = &source.plan.gateway;
    vec![
        say::size_note(
            gateway.vcpu_per_instance,
            gateway.memory_mb_per_instance,
            source.scenario.gateway.concurrency,
        ),
        say::RETENTION_NOTE.to_owned(),
        say::OWN_NOTE.to_owned(),
    ]
}

fn gaps(source: &Source) -> Vec<String> {
    if source.scenario.storage.retention_days == 0 {
        return vec![say::NO_RETENTION.to_owned()];
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_never_below_what_was_modelled() {
        for (vcpu, quantity) in [(0.5, "500m"), (2.0, "2"), (0.01, "10m"), (0.0105, "11m")] {
            assert_eq!(cpu_quantity(whole(vcpu * 1e3)), quantity);
        }
        for (megabytes, quantity) in [(128.0, "128M"), (1_000.0, "1000M"), (0.5, "500000")] {
            assert_eq!(memory_quantity(whole(megabytes * 1e6)), quantity);
        }
    }
}
