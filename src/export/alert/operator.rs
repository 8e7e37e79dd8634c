//! `prometheusrule.yaml`: the same groups for clusters with the Prometheus operator.

use serde::Serialize;

use super::super::yaml::{Noted, fixed};
use super::super::{File, Source};
use super::rules::{Groups, groups};
use super::{GROUP, faults};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PrometheusRule {
    api_version: &'static str,
    kind: &'static str,
    metadata: Metadata,
    spec: Groups,
}

#[derive(Serialize)]
struct Metadata {
    name: &'static str,
    labels: Labels,
}

#[derive(Serialize)]
struct Labels {
    release: Noted<&'static str>,
}

pub(in crate::export) fn file(source: Source) -> File {
    let rule = PrometheusRule {
        api_version: "monitoring.coreos.com/v1",
        kind: "PrometheusRule",
        metadata: Metadata {
            name: GROUP,
            labels: Labels {
                release: fixed(
                    "kube-prometheus-stack",
                    "the label your Prometheus selects rules by",
                ),
            },
        },
        spec: groups(&source),
    };
    source
        .yaml(
            "prometheusrule.yaml",
            &["Instead of prometheus-rules.yaml, where the Prometheus operator is installed"],
            &rule,
        )
        .checked("The groups of prometheus-rules.yaml", faults(&source))
        .noted(vec![
            "The same groups as prometheus-rules.yaml, as an object of the Prometheus operator."
                .to_owned(),
        ])
}
