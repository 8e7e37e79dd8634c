//! Argo Rollout with pods described by a Deployment: one workload in two objects.
//!
//! # Source
//!
//! argo-rollouts.readthedocs.io, "Migrating" (1.8): with `workloadRef` the Rollout runs pods from
//! that workload's template, and scales the workload itself down.

use serde_json::Value;

use super::lines::Document;
use super::value::at;

const TEMPLATE: &str = "spec.template";
/// Path of a Rollout's reference to the workload that describes its pods.
pub(super) const REFERENCE: &str = "spec.workloadRef";

/// Inserts the referenced pods into each Rollout, and marks the workload that lends them.
pub(super) fn join(documents: &mut [Document]) {
    let borrowers: Vec<usize> = (0..documents.len())
        .filter(|index| borrows(&documents[*index].value))
        .collect();
    for borrower in borrowers {
        let rollout = &documents[borrower].value;
        let lender = documents.iter().position(|one| lends(&one.value, rollout));
        let Some(lender) = lender else { continue };
        let name = &rollout["metadata"]["name"];
        let title = format!("Rollout {}", name.as_str().unwrap_or_default());
        let lent = &mut documents[lender];
        let template = lent.value["spec"]["template"].clone();
        let lines = lent.lines.below(TEMPLATE);
        lent.lent_to = Some(title);
        let own = &mut documents[borrower];
        own.value["spec"]["template"] = template;
        own.lines.graft(TEMPLATE, &lines);
    }
}

/// Name of the workload that a Rollout refers to, if its pods are missing.
pub(super) fn missing(document: &Value) -> Option<&str> {
    let name = at(document, REFERENCE)?["name"].as_str()?;
    borrows(document).then_some(name)
}

/// Whether a document is a Rollout without its own pods.
fn borrows(document: &Value) -> bool {
    document["kind"] == "Rollout"
        && document["spec"]["workloadRef"].is_object()
        && document["spec"]["template"].is_null()
}

/// Whether a Rollout refers to the workload.
fn lends(workload: &Value, rollout: &Value) -> bool {
    let wanted = &rollout["spec"]["workloadRef"];
    let space = |one: &Value| one["metadata"]["namespace"].as_str().map(str::to_owned);
    let is_near = match (space(workload), space(rollout)) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    };
    let kind = wanted["kind"].as_str().unwrap_or("Deployment");
    is_near
        && workload["kind"] == kind
        && workload["metadata"]["name"] == wanted["name"]
        && workload["spec"]["template"].is_object()
}
