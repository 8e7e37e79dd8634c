//! `kustomization.yaml`: combines the manifests and makes the pack a `ConfigMap`.

use serde::Serialize;

use super::super::yaml::{Noted, fixed, planned};
use super::super::{Fault, File, Source, pack};
use super::keda::{SCHEDULED, autoscaler_name};
use super::{PACK, autoscaler_faults, deployment_faults};
use crate::say::export::kustomization as say;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Kustomization {
    api_version: &'static str,
    kind: &'static str,
    resources: [Noted<&'static str>; 4],
    config_map_generator: [Generator; 1],
}

#[derive(Serialize)]
struct Generator {
    name: Noted<&'static str>,
    files: [&'static str; 1],
}

/// Faults of the combined files: if one of them is held back, so is this file.
pub(in crate::export) fn faults(source: &Source) -> Vec<Fault> {
    let scaler = match autoscaler_name(source.scenario) {
        SCHEDULED => (SCHEDULED, super::keda_faults(source)),
        name => (name, autoscaler_faults(source)),
    };
    let tied = [
        ("policy-config.yaml", pack::refused(source)),
        ("deployment.yaml", deployment_faults(source)),
        scaler,
    ];
    let held = tied.into_iter().filter_map(|(name, faults)| {
        let first = faults.into_iter().next()?;
        Some(Fault::new(first.field, say::ties_what_is_held_back(name)))
    });
    held.collect()
}

pub(in crate::export) fn file(source: Source) -> File {
    let kustomization = Kustomization {
        api_version: "kustomize.config.k8s.io/v1beta1",
        kind: "Kustomization",
        resources: [
            fixed("deployment.yaml", ""),
            fixed("service.yaml", ""),
            match autoscaler_name(source.scenario) {
                SCHEDULED => planned(SCHEDULED, say::SCHEDULED),
                name => fixed(name, say::AUTOSCALER),
            },
            fixed("pdb.yaml", ""),
        ],
        config_map_generator: [Generator {
            name: fixed(PACK, say::PACK),
            files: ["policy-config.yaml"],
        }],
    };
    source
        .yaml("kustomization.yaml", &[say::USE], &kustomization)
        .checked(say::CHECKED, faults(&source))
        .noted(vec![say::NOTE.to_owned(), say::LEFT_NOTE.to_owned()])
}
