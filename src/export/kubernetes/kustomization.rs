//! `kustomization.yaml`: ties the manifests and makes the pack a `ConfigMap`.

use serde::Serialize;

use super::super::yaml::{Noted, fixed};
use super::super::{File, Source};
use super::PACK;
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

pub(in crate::export) fn file(source: Source) -> File {
    let kustomization = Kustomization {
        api_version: "kustomize.config.k8s.io/v1beta1",
        kind: "Kustomization",
        resources: [
            fixed("deployment.yaml", ""),
            fixed("service.yaml", ""),
            fixed("hpa.yaml", say::AUTOSCALER),
            fixed("pdb.yaml", ""),
        ],
        config_map_generator: [Generator {
            name: fixed(PACK, say::PACK),
            files: ["policy-config.yaml"],
        }],
    };
    source
        .yaml("kustomization.yaml", &[say::USE], &kustomization)
        .checked(say::CHECKED, Vec::new())
        .noted(vec![say::NOTE.to_owned(), say::LEFT_NOTE.to_owned()])
}
