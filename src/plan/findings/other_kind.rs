//! Providers whose model makes something else than the requests ask for.

use super::finding::{Finding, Severity, plain};
use super::kind::FindingKind;
use crate::catalog::model_kind::ModelKind;
use crate::plan::Chapters;
use crate::scenario::{Scenario, Workload};

/// A provider whose model cannot answer the requests that go there, or none of all.
#[derive(Debug, Clone, PartialEq)]
pub struct OtherKind {
    /// Its target id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its model.
    pub model: String,
    /// The things that the model makes.
    pub makes: ModelKind,
    /// The workload that goes there; none where none does.
    pub workload: Option<String>,
}

/// Providers whose model cannot answer a workload that goes there, or any at all. What is unsure
/// is told once: requests that are said to be embeddings where there is no model for them.
pub(super) fn other_kind(scenario: &Scenario, chapters: &Chapters) -> Vec<Finding> {
    let asked = || {
        let workloads = scenario.workloads.iter().enumerate();
        workloads.filter(|(_, workload)| 0.0 < workload.requests_per_day())
    };
    if asked().all(|(_, it)| chapters.rows.iter().all(|row| it.suits(row.kind))) {
        return Vec::new();
    }
    let (ways, mut unsure, mut found) = (scenario.ways(), Vec::new(), Vec::new());
    let rows = chapters.rows.iter().zip(&chapters.providers).zip(&ways);
    for ((row, plan), ways) in rows.filter(|((row, _), _)| 0.0 < row.weight) {
        let comes = asked().filter(|(at, _)| ways[*at]);
        let mut wrong = comes.filter(|(_, workload)| !workload.suits(row.kind));
        let is_sure = |workload: &Workload| workload.to.is_some() || row.kind != ModelKind::Text;
        let wrong = wrong.find(|(at, it)| is_sure(it) || !unsure.contains(at));
        let is_idle = asked().all(|(at, workload)| !ways[at] && !workload.suits(row.kind));
        let severity = match wrong {
            Some((_, workload)) if is_sure(workload) => Severity::Critical,
            Some(_) => Severity::Warning,
            None if is_idle => Severity::Warning,
            None => continue,
        };
        unsure.extend(wrong.map(|(at, _)| at));
        let kind = FindingKind::OtherKind(OtherKind {
            id: plan.id.clone(),
            name: plan.name.clone(),
            model: plan.model.clone(),
            makes: row.kind,
            workload: wrong.map(|(_, workload)| workload.name.clone()),
        });
        found.push(plain(severity, kind));
    }
    found
}
