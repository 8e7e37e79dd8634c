//! Minutes of each model called, where a file tells several.

use std::collections::BTreeMap;

use super::amounts::Amounts;
use super::buckets::Buckets;
use super::sellers::Sellers;
use super::series::{Bucket, Series};

/// Maximum sums kept, of one model in one bucket each; a file with more tells no model's minutes.
const CELLS_MOST: usize = 600_000;

/// Amounts of each callee by the index of the stored bucket.
pub(crate) type Callees = BTreeMap<u16, BTreeMap<usize, Amounts>>;

/// Sums by callee and bucket of the series; empty if there are too many.
pub(crate) fn callees(series: &Series, each: impl Iterator<Item = (u16, Bucket)>) -> Callees {
    let mut callees = Callees::new();
    let mut cells = 0;
    for (callee, sums) in each {
        let Some(at) = series.bucket_at(sums.start_ns) else {
            continue;
        };
        let minutes = callees.entry(callee).or_default();
        let before = minutes.len();
        minutes.entry(at).or_default().add(&Amounts::of(&sums));
        cells += minutes.len() - before;
        if CELLS_MOST < cells {
            return Callees::new();
        }
    }
    callees
}

/// The same of sums of models; none if a model was called at several providers, which such sums do
/// not tell apart.
pub(crate) fn callees_of_models(buckets: &Buckets, sellers: &Sellers, series: &Series) -> Callees {
    let numbers = sellers.by_model().unwrap_or_default();
    let each = buckets.by_model();
    let each = each.filter_map(|(model, sums)| Some((*numbers.get(&model)?, sums)));
    callees(series, each)
}
