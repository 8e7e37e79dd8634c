//! Manifests of the gateway. The types are as strict as the API's own;
//! `tests/kubernetes.rs` reads each file into the types generated from Kubernetes'
//! API and compares, so the page need not carry those.

mod autoscaler;
mod deployment;
mod disruption;
mod keda;
mod kustomization;
mod pod;
mod service;

use serde::Serialize;

use super::{File, Group, Source};

/// Name of the gateway's Deployment: the guide's HPA points at it.
pub(super) const GATEWAY: &str = "kt-gateway";
/// Name of the autoscaler: the guide's.
pub(super) const AUTOSCALER: &str = "kt-gateway-hpa";
/// `ConfigMap` that holds the pack.
const PACK: &str = "kt-gateway-pack";
/// Port of the gateway, by its pages.
pub(super) const PORT: u16 = 41_002;

/// The manifests, the kustomization that ties them, and what replaces one of them.
pub(super) fn files(source: Source) -> Vec<File> {
    let files = [
        deployment::file(source),
        service::file(source),
        autoscaler::file(source),
        disruption::file(source),
        kustomization::file(source),
        keda::file(source),
    ];
    files.map(|file| file.of(Group::Kubernetes)).into()
}

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
