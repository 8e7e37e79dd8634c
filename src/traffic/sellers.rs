//! Requests by called provider and model, if a file names providers.

use std::collections::BTreeMap;

use super::model_table::ModelTable;
use super::observed::{ModelSums, Seller};

/// Maximum distinct pairs; later ones have no provider.
const MOST: usize = 4_000;

/// Sums by called provider and model.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sellers {
    providers: ModelTable,
    sums: BTreeMap<(u32, u32), ModelSums>,
    current: u32,
}

impl Sellers {
    /// Sets the provider of the next requests; empty for none.
    pub(crate) fn choose(&mut self, provider: &str) {
        self.current = self.providers.number(provider);
    }

    /// Adds to a model of the current provider.
    pub(crate) fn add(&mut self, model: u32, sums: &ModelSums) {
        let mut at = (self.current, model);
        if MOST <= self.sums.len() && !self.sums.contains_key(&at) {
            at.0 = 0;
        }
        self.sums.entry(at).or_default().add(sums);
    }

    /// Sums in the order of the names, unknown ones last.
    pub(crate) fn finish(&self, models: &ModelTable) -> Vec<Seller> {
        let name = |table: &ModelTable, number| table.name(number).map(str::to_owned);
        let seller = |((provider, model), sums): (&(u32, u32), &ModelSums)| {
            (
                name(&self.providers, *provider),
                name(models, *model),
                *sums,
            )
        };
        let mut sellers: Vec<Seller> = self.sums.iter().map(seller).collect();
        sellers.sort_by(|(of_a, a, _), (of_b, b, _)| {
            (a.is_none(), a, of_a.is_none(), of_a).cmp(&(b.is_none(), b, of_b.is_none(), of_b))
        });
        sellers
    }
}
