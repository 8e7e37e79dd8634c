//! Requests by the provider that was called and its model, where a file names providers.

use std::collections::BTreeMap;

use super::model_table::ModelTable;
use super::observed::{ModelSums, Seller};

/// The most pairs that are told apart; those of later ones name no provider.
const MOST: usize = 4_000;

/// Sums by the provider and the model that were called.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sellers {
    providers: ModelTable,
    sums: BTreeMap<(u32, u32), ModelSums>,
    current: u32,
}

impl Sellers {
    /// Takes the provider of the next requests; an empty text is none.
    pub(crate) fn choose(&mut self, provider: &str) {
        self.current = self.providers.number(provider);
    }

    /// Adds to the current provider's model.
    pub(crate) fn add(&mut self, model: u32, sums: &ModelSums) {
        let mut at = (self.current, model);
        if MOST <= self.sums.len() && !self.sums.contains_key(&at) {
            at.0 = 0;
        }
        self.sums.entry(at).or_default().add(sums);
    }

    /// The sums in the order of the names, the unknown ones last.
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
