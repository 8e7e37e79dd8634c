//! Rows that share limits: keys of one organization.

use super::account::{is_one_limit, is_one_organization};
use super::counting::CountedRow;
use super::load::{load_of_mate, load_of_round, rounds_of};
use super::recount::recounted;
use super::standing::Beside;
use super::streams::Streams;
use super::{Demand, LimitKind};

/// Load on each row's limits from the other rows of its organization, in the row's unit.
pub(super) fn beside(demand: &Demand, rows: &[CountedRow<'_>], shares: &[f64]) -> Vec<Beside> {
    let mut beside = vec![Beside::default(); rows.len()];
    let all: Vec<usize> = (0..rows.len()).collect();
    for members in parted(&all, |a, b| is_one_organization(&rows[a], &rows[b])) {
        for kind in LimitKind::ALL {
            let is_held = |index: &usize| rows[*index].of_organization(kind).is_some();
            let members: Vec<usize> = members.iter().copied().filter(is_held).collect();
            for sharing in parted(&members, |a, b| is_one_limit(&rows[a], &rows[b], kind)) {
                let mut add = |order: &mut dyn Iterator<Item = &usize>| {
                    let mut sum = 0.0;
                    for &index in order {
                        beside[index][kind as usize] += sum * rounds_of(&rows[index], kind);
                        sum += load_of_round(demand, (&rows[index], shares[index]), kind);
                    }
                };
                // Sums over all others: forward for those before, backward for those behind.
                add(&mut sharing.iter());
                add(&mut sharing.iter().rev());
            }
        }
    }
    beside
}

/// Groups items that share an organization or limit; singletons are omitted.
fn parted(items: &[usize], is_one: impl Fn(usize, usize) -> bool) -> Vec<Vec<usize>> {
    let mut parts: Vec<Vec<usize>> = Vec::new();
    for &item in items {
        match parts.iter_mut().find(|part| is_one(part[0], item)) {
            Some(part) => part.push(item),
            None => parts.push(vec![item]),
        }
    }
    parts.retain(|part| 1 < part.len());
    parts
}

/// What a row counts at its share of what limits hold together with another one.
pub(super) fn loads(demand: &Demand, row: &CountedRow<'_>, mate: (&CountedRow<'_>, f64)) -> Beside {
    let mut loads = Beside::default();
    for kind in LimitKind::ALL {
        if is_one_limit(row, mate.0, kind) {
            loads[kind as usize] = load_of_mate(demand, mate, row, kind);
        }
    }
    loads
}

/// The same of all of each stream.
pub(super) fn loads_by_stream(
    streams: &Streams<'_>,
    row: &CountedRow<'_>,
    mate: &CountedRow<'_>,
) -> Vec<Beside> {
    let (scenario, demand) = (streams.scenario, streams.demand);
    let mut only = vec![0.0; streams.weights.len()];
    let of_stream = streams.weights.iter().enumerate().map(|(stream, weight)| {
        only[stream] = 1.0;
        let alone = recounted(scenario, demand, mate, &only);
        only[stream] = 0.0;
        loads(demand, row, (&alone, *weight))
    });
    of_stream.collect()
}
