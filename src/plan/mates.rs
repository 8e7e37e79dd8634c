//! Rows that share limits: keys of one organization.

use super::account::{is_one_limit, is_one_organization};
use super::counting::CountedRow;
use super::load::{load_of_round, rounds_of};
use super::standing::Beside;
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
