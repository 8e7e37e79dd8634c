//! `service.yaml`: one address for all gateways.

use serde::Serialize;

use super::super::yaml::{self, Noted, fixed};
use super::super::{Fault, File, Source, check};
use super::{GATEWAY, LABELS, Labels, Metadata, PORT, metadata};
use crate::say::export::service as say;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Service {
    api_version: &'static str,
    kind: &'static str,
    metadata: Metadata,
    spec: Spec,
}

#[derive(Serialize)]
struct Spec {
    selector: Labels,
    ports: [Listener; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Listener {
    name: &'static str,
    port: Noted<u16>,
    target_port: &'static str,
}

pub(in crate::export) fn file(source: Source) -> File {
    let reached = say::reached(source.scenario.gateway.routing);
    let service = Service {
        api_version: "v1",
        kind: "Service",
        metadata: metadata(GATEWAY),
        spec: Spec {
            selector: LABELS,
            ports: [Listener {
                name: "http",
                port: fixed(PORT, say::PORT),
                target_port: "http",
            }],
        },
    };
    let faults = match yaml::value(&service) {
        Ok(value) => check::service(&value),
        Err(error) => vec![Fault::new(None, error.to_string())],
    };
    source
        .yaml("service.yaml", &[reached], &service)
        .checked(say::CHECKED, faults)
        .noted(vec![say::NOTE.to_owned(), reached.to_owned()])
}
