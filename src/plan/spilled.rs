//! The multiple of today's load at which a limit of a row in an order of providers is full.

use super::counting::CountedRow;
use super::load::own_load;
use super::recount::recounted;
use super::spill::Counts;
use super::{Demand, LimitKind, streams};
use crate::model::limit;
use crate::scenario::Scenario;

/// What a limit counts today.
#[derive(Debug, Clone, Copy)]
pub(super) struct Use {
    pub(super) kind: LimitKind,
    /// Load, that of rows under the same limit among it.
    pub(super) load: f64,
    pub(super) limit: f64,
    /// Load of those other rows.
    pub(super) beside: f64,
}

/// Multiple of today's load at which a limit is full: never if all refused requests spill; for a
/// row behind others, when they and the limit are full.
pub(super) fn spilled_scale(
    (scenario, demand): (&Scenario, &Demand),
    row: &CountedRow<'_>,
    used: Use,
) -> Option<f64> {
    if row.at.passes_on(used.kind) {
        return None;
    }
    let Some(earlier) = &row.at.earlier else {
        return limit::scale_to_full(used.load, used.limit);
    };
    let mut only = vec![0.0; row.at.base.len()];
    let mut by_stream = Vec::with_capacity(only.len());
    for (index, weight) in streams::weights(scenario).into_iter().enumerate() {
        only[index] = 1.0;
        let alone = recounted(scenario, demand, row, &only);
        only[index] = 0.0;
        by_stream.push(own_load(demand, &alone, weight, used.kind));
    }
    let is_shared = 0.0 < used.beside;
    let before = is_shared.then(|| row.at.before_of(used.kind));
    let alongside = row.at.alongside[used.kind as usize];
    // Rows of the same place get more as this one does.
    let own = used.load - used.beside;
    if is_shared && 0.0 < own {
        let with_mates = 1.0 + row.at.in_place[used.kind as usize] / own;
        for load in &mut by_stream {
            *load *= with_mates;
        }
    }
    let counts = Counts {
        base: &row.at.base,
        by_stream: &by_stream,
        beside: if is_shared { alongside } else { 0.0 },
        before: &before.unwrap_or_default(),
        is_of_volume: used.kind.is_of_volume(),
    };
    earlier.scale_to_full(used.limit, counts)
}
