//! What providers are called as targets of requests, and who may go to which.

use std::collections::BTreeMap;

use super::{Scenario, Workload};

impl Workload {
    /// Whether it may go to the provider with this id.
    pub fn may_go(&self, id: &str) -> bool {
        let to = self.to.as_deref();
        to.is_none_or(|ids| ids.split('/').any(|own| own == id))
    }
}

impl Scenario {
    /// Ids of the providers as the pack names them: the vendor's id, with a
    /// number from the second of a kind on.
    pub fn target_ids(&self) -> Vec<String> {
        let mut ids: Vec<String> = Vec::with_capacity(self.providers.len());
        let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
        for provider in &self.providers {
            // Counted on from the last of its kind: two hundred of a kind are quick too.
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
