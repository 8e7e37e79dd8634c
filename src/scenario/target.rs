//! Target ids of providers, and the routes that workloads may take.

use std::collections::BTreeMap;

use super::{Provider, Scenario, Workload};
use crate::catalog::model_kind::ModelKind;

impl Workload {
    /// Whether the requests are for embeddings, by profile or name.
    fn is_embeddings(&self) -> bool {
        let is_named = || ModelKind::of_name(&self.name) == ModelKind::Embeddings;
        let is_said = || self.profile.as_deref() == Some("embeddings") || is_named();
        self.output_tokens == 0.0 && is_said()
    }

    /// Whether a model of this kind can answer the workload: requests without output suit any kind,
    /// unless they are declared as embeddings.
    pub fn suits(&self, kind: ModelKind) -> bool {
        match kind {
            ModelKind::Text => !self.is_embeddings(),
            ModelKind::Embeddings => self.output_tokens == 0.0,
            _ => self.output_tokens == 0.0 && !self.is_embeddings(),
        }
    }

    /// Whether the workload may go to the provider with this id.
    pub fn may_go(&self, id: &str) -> bool {
        let to = self.to.as_deref();
        to.is_none_or(|ids| ids.split('/').any(|own| own == id))
    }
}

impl Scenario {
    /// Allowed routes by provider and workload: a bound workload goes to the providers it names,
    /// any other to those whose model can answer it, or to all if there are none.
    pub fn ways(&self) -> Vec<Vec<bool>> {
        let ids = self.target_ids();
        let kinds: Vec<ModelKind> = self.providers.iter().map(Provider::kind).collect();
        let is_answered = |workload: &Workload| {
            let mut rows = self.providers.iter().zip(&kinds);
            rows.any(|(row, kind)| 0.0 < row.weight && workload.suits(*kind))
        };
        let answered: Vec<bool> = self.workloads.iter().map(is_answered).collect();
        let way = |id: &str, kind: ModelKind| {
            let workloads = self.workloads.iter().zip(&answered);
            let may_go = workloads.map(|(workload, answered)| match workload.to {
                Some(_) => workload.may_go(id),
                None => !answered || workload.suits(kind),
            });
            may_go.collect()
        };
        ids.iter()
            .zip(kinds)
            .map(|(id, kind)| way(id, kind))
            .collect()
    }

    /// Target ids in the pack: the vendor's id, with a number from the second row of a vendor on.
    pub fn target_ids(&self) -> Vec<String> {
        let mut ids: Vec<String> = Vec::with_capacity(self.providers.len());
        let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
        for provider in &self.providers {
            // Counted on from the last row of the vendor, so that two hundred rows are fast.
            let number = numbers.entry(&provider.vendor).or_insert(0);
            let id = loop {
                *number += 1;
                let id = match *number {
                    1 => provider.vendor.clone(),
                    number => format!("{}-{number}", provider.vendor),
                };
                if !ids.contains(&id) {
                    break id;
                }
            };
            ids.push(id);
        }
        ids
    }
}
