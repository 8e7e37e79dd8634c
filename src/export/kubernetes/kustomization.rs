//! `kustomization.yaml`: ties the manifests and makes the pack a `ConfigMap`.

use serde::Serialize;

use super::super::yaml::{Noted, fixed};
use super::super::{File, Source};
use super::PACK;

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
            fixed("hpa.yaml", "or keda-scaledobject.yaml, never both"),
            fixed("pdb.yaml", ""),
        ],
        config_map_generator: [Generator {
            name: fixed(
                PACK,
                "named after its content, so that a changed pack restarts the gateways",
            ),
            files: ["policy-config.yaml"],
        }],
    };
    source
        .yaml(
            "kustomization.yaml",
            &["See what it makes: kubectl kustomize . Apply it: kubectl apply -k ."],
            &kustomization,
        )
        .checked("Ties files of this set", Vec::new())
        .noted(vec![
            "Ties Deployment, Service, autoscaler and budget, and carries the pack.".to_owned(),
            "PrometheusRule and ScaledObject need their operators and are left for you to add."
                .to_owned(),
        ])
}
