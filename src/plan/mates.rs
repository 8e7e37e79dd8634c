//! Rows that share limits with others: keys of one organization.

use super::account::{is_one_limit, is_one_organization};
use super::counting::CountedRow;
use super::course::Course;
use super::load::{load_of_mate, load_of_round, own_load, rounds_of};
use super::member::OfRow;
use super::recount::recounted;
use super::shares::Spread;
use super::standing::Beside;
use super::{Demand, LimitKind};
use crate::scenario::Scenario;

/// The load that limits of each row hold besides its own: that of the other rows of its
/// organization, in the row's unit.
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
                // All but its own: those before it, and those behind it.
                add(&mut sharing.iter());
                add(&mut sharing.iter().rev());
            }
        }
    }
    beside
}

/// Items with those that are one with the first of them; who is alone is left out.
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

/// Scenario, demand, and the share of all requests that each stream has.
type Asked<'a> = (&'a Scenario, &'a Demand, &'a [f64]);

/// The same of all of each stream.
pub(super) fn loads_by_stream(
    (scenario, demand, weights): Asked<'_>,
    row: &CountedRow<'_>,
    mate: &CountedRow<'_>,
) -> Vec<Beside> {
    let mut only = vec![0.0; weights.len()];
    let of_stream = weights.iter().enumerate().map(|(stream, weight)| {
        only[stream] = 1.0;
        let alone = recounted(scenario, demand, mate, &only);
        only[stream] = 0.0;
        loads(demand, row, (&alone, *weight))
    });
    of_stream.collect()
}

/// What each row counts of a limit of a kind, by stream.
pub(super) fn of_kind(rows: &[(usize, Vec<Beside>)], kind: LimitKind) -> Vec<OfRow> {
    let loads = |all: &Vec<Beside>| all.iter().map(|loads| loads[kind as usize]).collect();
    rows.iter().map(|(row, all)| (*row, loads(all))).collect()
}

/// Tells rows of several places that share a limit of the part of its load that is asked for
/// alongside theirs; and where one of them is closed for a time, holds each to the stretch in which
/// all of them together count most: who is closed then counts nothing.
pub(super) fn by_stretch(asked: Asked<'_>, spread: &mut Spread<'_, '_>, course: &Course) {
    let demand = asked.1;
    let none = vec![0.0; asked.2.len()];
    for index in 0..spread.rows.len() {
        let row = &spread.rows[index];
        let mates = spread.rows.iter().enumerate();
        let mates = mates.filter(|(other, mate)| {
            *other == index || 0.0 < mate.weight && is_one_organization(row, mate)
        });
        let mates: Vec<(usize, &CountedRow<'_>)> = mates.collect();
        if row.weight <= 0.0 || mates.len() < 2 {
            continue;
        }
        let (mut beside, mut alongside) = (row.at.beside, row.at.beside);
        for (other, mate) in &mates {
            if mate.provider.order < row.provider.order {
                let before = loads(demand, row, (mate, spread.shares[*other]));
                alongside = std::array::from_fn(|kind| (alongside[kind] - before[kind]).max(0.0));
            }
        }
        if course.is_cut {
            let by_stream = mates.iter();
            let by_stream =
                by_stream.map(|(other, mate)| (*other, loads_by_stream(asked, row, mate)));
            let by_stream: Vec<(usize, Vec<Beside>)> = by_stream.collect();
            let is_rate = |kind: &LimitKind| !kind.is_of_volume() && !kind.is_money();
            for kind in LimitKind::ALL.into_iter().filter(is_rate) {
                let all = course.most(&of_kind(&by_stream, kind), (&none, &none));
                let own = own_load(demand, row, spread.shares[index], kind);
                if 0.0 < beside[kind as usize] {
                    beside[kind as usize] = (all - own).max(0.0);
                }
            }
        }
        let row = &mut spread.rows.to_mut()[index];
        (row.at.beside, row.at.alongside) = (beside, alongside);
    }
}
