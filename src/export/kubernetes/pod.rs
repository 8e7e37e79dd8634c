//! Parts of a `Deployment` used by the exports, named as in the API.

use serde::Serialize;

use super::super::node::Quoted;
use super::super::yaml::Noted;
use super::{Labels, Metadata, Selector};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Deployment {
    pub(super) api_version: &'static str,
    pub(super) kind: &'static str,
    pub(super) metadata: Metadata,
    pub(super) spec: Spec,
}

#[derive(Serialize)]
pub(super) struct Spec {
    pub(super) selector: Selector,
    pub(super) strategy: Strategy,
    pub(super) template: Template,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Strategy {
    pub(super) r#type: &'static str,
    pub(super) rolling_update: RollingUpdate,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RollingUpdate {
    pub(super) max_surge: Noted<Surge>,
    pub(super) max_unavailable: u32,
}

/// Pods an update may add: a share of the replicas, or a number.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Surge {
    Share(String),
    Pods(u32),
}

#[derive(Serialize)]
pub(super) struct Template {
    pub(super) metadata: PodMetadata,
    pub(super) spec: Pod,
}

#[derive(Serialize)]
pub(super) struct PodMetadata {
    pub(super) labels: Labels,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Pod {
    pub(super) termination_grace_period_seconds: Noted<u32>,
    pub(super) topology_spread_constraints: [Spread; 1],
    pub(super) containers: [Container; 1],
    pub(super) volumes: [Volume; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Spread {
    pub(super) max_skew: u32,
    pub(super) topology_key: &'static str,
    pub(super) when_unsatisfiable: Noted<&'static str>,
    pub(super) label_selector: Selector,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Container {
    pub(super) name: &'static str,
    pub(super) image: Noted<&'static str>,
    pub(super) command: [&'static str; 7],
    pub(super) ports: [Port; 1],
    pub(super) env: [Variable; 1],
    pub(super) env_from: [EnvFrom; 1],
    pub(super) resources: Resources,
    pub(super) liveness_probe: Probe,
    pub(super) readiness_probe: Probe,
    pub(super) security_context: SecurityContext,
    pub(super) volume_mounts: [PackMounted; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Port {
    pub(super) name: &'static str,
    pub(super) container_port: u16,
}

#[derive(Serialize)]
pub(super) struct Variable {
    pub(super) name: &'static str,
    pub(super) value: Noted<Quoted>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct EnvFrom {
    pub(super) secret_ref: Reference,
}

#[derive(Serialize)]
pub(super) struct Reference {
    pub(super) name: Noted<&'static str>,
}

#[derive(Serialize)]
pub(super) struct Resources {
    pub(super) requests: Amounts,
    pub(super) limits: Amounts,
}

#[derive(Serialize)]
pub(super) struct Amounts {
    pub(super) cpu: Noted<String>,
    pub(super) memory: Noted<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Probe {
    pub(super) http_get: HttpGet,
    pub(super) initial_delay_seconds: u32,
    pub(super) period_seconds: u32,
    pub(super) failure_threshold: u32,
}

#[derive(Serialize)]
pub(super) struct HttpGet {
    pub(super) path: Noted<&'static str>,
    pub(super) port: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SecurityContext {
    pub(super) allow_privilege_escalation: bool,
    pub(super) capabilities: Capabilities,
}

#[derive(Serialize)]
pub(super) struct Capabilities {
    pub(super) drop: [&'static str; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PackMounted {
    pub(super) name: &'static str,
    pub(super) mount_path: &'static str,
    pub(super) read_only: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Volume {
    pub(super) name: &'static str,
    pub(super) config_map: ConfigMapRef,
}

#[derive(Serialize)]
pub(super) struct ConfigMapRef {
    pub(super) name: Noted<&'static str>,
}
