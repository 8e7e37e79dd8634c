//! Requests by called provider and model, if a file names providers.

use std::collections::BTreeMap;

use super::model_sums::ModelSums;
use super::model_table::ModelTable;
use super::observed::Seller;

/// Maximum distinct pairs; later ones have no provider.
const MOST: usize = 4_000;
/// Number of the pairs beyond that have no provider either.
const BEYOND: u16 = u16::MAX;

/// Sums by called provider and model.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sellers {
    providers: ModelTable,
    /// Number and sums of each pair.
    sums: BTreeMap<(u32, u32), (u16, ModelSums)>,
    current: u32,
}

impl Sellers {
    /// Sets the provider of the next requests; empty for none.
    pub(crate) fn choose(&mut self, provider: &str) {
        self.current = self.providers.of_name(provider);
    }

    /// Adds to a model of the current provider; the number of the two.
    pub(crate) fn add(&mut self, model: u32, sums: &ModelSums) -> u16 {
        let mut at = (self.current, model);
        if MOST <= self.sums.len() && !self.sums.contains_key(&at) {
            at.0 = 0;
        }
        let next = u16::try_from(self.sums.len()).unwrap_or(BEYOND);
        let (number, pair) = self.sums.entry(at).or_insert((next, ModelSums::default()));
        pair.add(sums);
        *number
    }

    /// Whether more than one model or provider was called.
    pub(crate) fn are_several(&self) -> bool {
        1 < self.sums.len()
    }

    /// Numbers by model; `None` if one model was called at several providers.
    pub(crate) fn by_model(&self) -> Option<BTreeMap<u32, u16>> {
        let mut numbers = BTreeMap::new();
        for ((_, model), (number, _)) in &self.sums {
            if numbers.insert(*model, *number).is_some() {
                return None;
            }
        }
        Some(numbers)
    }

    /// Sums with their numbers in the order of the names, unknown ones last. Durations are those of
    /// the whole model, where it was called at one provider: a source may tell them apart from the
    /// requests.
    pub(crate) fn finish(
        &self,
        models: &ModelTable,
        whole: &BTreeMap<u32, ModelSums>,
    ) -> Vec<(u16, Seller)> {
        let is_alone = self.by_model().is_some();
        let name = |table: &ModelTable, number| table.name(number).map(str::to_owned);
        let seller = |((provider, model), (number, sums)): (&(u32, u32), &(u16, ModelSums))| {
            let names = (name(&self.providers, *provider), name(models, *model));
            let times = whole.get(model).filter(|_| is_alone).map(|it| it.times);
            let times = times.unwrap_or(sums.times);
            (*number, (names.0, names.1, ModelSums { times, ..*sums }))
        };
        let mut sellers: Vec<(u16, Seller)> = self.sums.iter().map(seller).collect();
        sellers.sort_by(|(_, (of_a, a, _)), (_, (of_b, b, _))| {
            (a.is_none(), a, of_a.is_none(), of_a).cmp(&(b.is_none(), b, of_b.is_none(), of_b))
        });
        sellers
    }
}
