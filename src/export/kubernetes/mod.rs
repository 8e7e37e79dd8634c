//! Manifests of the gateway. The types are as strict as the API's own: `tests/kubernetes.rs` parses
//! each file into the types generated from the Kubernetes API and compares, so the page need not
//! include those.

mod autoscaler;
mod behavior;
mod deployment;
mod disruption;
mod keda;
mod kustomization;
mod outside;
mod pod;
mod service;

pub(super) use autoscaler::{faults as autoscaler_faults, file as autoscaler};
pub(super) use deployment::{faults as deployment_faults, file as deployment};
pub(super) use disruption::file as disruption;
pub use keda::autoscaler_name;
pub(super) use keda::{faults as keda_faults, file as keda};
pub(super) use kustomization::{faults as kustomization_faults, file as kustomization};
pub(super) use service::file as service;

use serde::Serialize;

/// Name of the gateway's Deployment, as the guide's HPA refers to it.
pub(super) const GATEWAY: &str = "kt-gateway";
/// Name of the autoscaler, as in the guide.
pub(super) const AUTOSCALER: &str = "kt-gateway-hpa";
/// Name of the pack's `ConfigMap`.
const PACK: &str = "kt-gateway-pack";
/// Port of the gateway, by its documentation.
pub(super) const PORT: u16 = 41_002;

#[derive(Serialize)]
struct Metadata {
    name: &'static str,
    labels: Labels,
}

/// Label shared by the pods, their Deployment, Service and disruption budget.
#[derive(Serialize)]
struct Labels {
    app: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Selector {
    match_labels: Labels,
}

const LABELS: Labels = Labels { app: GATEWAY };
const SELECTOR: Selector = Selector {
    match_labels: LABELS,
};

fn metadata(name: &'static str) -> Metadata {
    Metadata {
        name,
        labels: LABELS,
    }
}
