//! `prometheusrule.yaml`: the alert groups for clusters with the Prometheus operator.

use serde::Serialize;

use super::super::yaml::{Noted, fixed};
use super::super::{File, Source};
use super::rules::{Groups, groups};
use super::{GROUP, faults};
use crate::say::export::rules_operator as say;

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
                release: fixed("kube-prometheus-stack", say::RELEASE),
            },
        },
        spec: groups(&source),
    };
    source
        .yaml("prometheusrule.yaml", &[say::INSTEAD], &rule)
        .checked(say::CHECKED, faults(&source))
        .noted(vec![say::NOTE.to_owned()])
}
