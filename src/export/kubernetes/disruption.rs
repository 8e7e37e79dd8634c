//! `pdb.yaml`: maximum number of gateways a drain may take at once.

use serde::Serialize;

use super::super::yaml::{self, Noted, planned};
use super::super::{Fault, File, Source, check};
use super::{GATEWAY, Metadata, SELECTOR, Selector, metadata};
use crate::say::export::disruption as say;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Budget {
    api_version: &'static str,
    kind: &'static str,
    metadata: Metadata,
    spec: Spec,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Spec {
    max_unavailable: Noted<u32>,
    selector: Selector,
}

pub(in crate::export) fn file(source: Source) -> File {
    let spare = spare(&source);
    let headroom = source.scenario.traffic.headroom;
    let why = say::spare_why(source.plan.gateway.instances_min, headroom);
    let budget = Budget {
        api_version: "policy/v1",
        kind: "PodDisruptionBudget",
        metadata: metadata(GATEWAY),
        spec: Spec {
            max_unavailable: planned(spare, &why),
            selector: SELECTOR,
        },
    };
    let faults = match yaml::value(&budget) {
        Ok(value) => check::disruption_budget(&value),
        Err(error) => vec![Fault::new(None, error.to_string())],
    };
    source
        .yaml("pdb.yaml", &[], &budget)
        .checked(say::CHECKED, faults)
        .noted(notes(&source, spare))
        .lacking(gaps(&source))
}

/// Gateways that headroom can spare at minimum replicas; at least one, or no node could ever be
/// drained.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of a count, and the cast saturates"
)]
fn spare(source: &Source) -> u32 {
    let running = f64::from(source.plan.gateway.instances_min);
    let share = 1.0 - 1.0 / source.scenario.traffic.headroom.max(1.0);
    // Tolerates floating-point error just below a whole number.
    ((running * share + 1e-9) as u32).max(1)
}

fn notes(source: &Source, spare: u32) -> Vec<String> {
    let left = source.plan.gateway.instances_min.saturating_sub(spare);
    vec![say::note(spare, left)]
}

fn gaps(source: &Source) -> Vec<String> {
    if source.plan.gateway.instances_min == 1 {
        return vec![say::ALONE.to_owned()];
    }
    Vec::new()
}
