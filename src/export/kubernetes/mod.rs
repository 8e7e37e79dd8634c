//! Manifests of the gateway. The types are as strict as the API's own;
//! `tests/kubernetes.rs` reads each file into the types generated from Kubernetes'
//! API and compares, so the page need not carry those.

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

/// Name of the gateway's Deployment: the guide's HPA points at it.
pub(super) const GATEWAY: &str = "kt-gateway";
/// Name of the autoscaler: the guide's.
pub(super) const AUTOSCALER: &str = "kt-gateway-hpa";
/// `ConfigMap` that holds the pack.
const PACK: &str = "kt-gateway-pack";
/// Port of the gateway, by its pages.
pub(super) const PORT: u16 = 41_002;

#[derive(Serialize)]
struct Metadata {
    name: &'static str,
    labels: Labels,
}

/// The label that ties a pod to its Deployment, Service and budget.
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
