//! Rows of several places that share a limit, stretch by stretch of a day.

use super::LimitKind;
use super::account::is_one_organization;
use super::counting::CountedRow;
use super::course::Course;
use super::load::own_load;
use super::mates::{loads, loads_by_stream};
use super::shares::Spread;
use super::standing::{Beside, of_kind};
use super::streams::Streams;

/// Tells rows of several places that share a limit of the part of its load that is asked for
/// alongside theirs; and where one of them is closed for a time, holds each to the stretch in which
/// all of them together count most: who is closed then counts nothing.
pub(super) fn by_stretch(streams: &Streams<'_>, spread: &mut Spread<'_, '_>, course: &Course) {
    for index in 0..spread.rows.len() {
        let row = &spread.rows[index];
        let mates = spread.rows.iter().enumerate().filter(|(other, mate)| {
            *other == index || 0.0 < mate.weight && is_one_organization(row, mate)
        });
        let mates: Vec<(usize, &CountedRow<'_>)> = mates.collect();
        if row.weight <= 0.0 || mates.len() < 2 {
            continue;
        }
        let mut alongside = row.at.beside;
        let mut in_place = Beside::default();
        let mut moves_within = row.at.moves_within;
        for (other, mate) in &mates {
            if *other == index {
                continue;
            }
            let loads = loads(streams.demand, row, (mate, spread.shares[*other]));
            let apart = mate.provider.order.cmp(&row.provider.order);
            if apart.is_gt() {
                moves_within = std::array::from_fn(|kind| moves_within[kind] || 0.0 < loads[kind]);
                continue;
            }
            alongside = std::array::from_fn(|kind| (alongside[kind] - loads[kind]).max(0.0));
            if apart.is_eq() {
                in_place = std::array::from_fn(|kind| in_place[kind] + loads[kind]);
            }
        }
        let beside = if course.is_cut {
            let mut row = row.clone();
            row.at.moves_within = moves_within;
            busiest_beside(streams, (&row, spread.shares[index]), &mates, course)
        } else {
            row.at.beside
        };
        let row = &mut spread.rows.to_mut()[index];
        (row.at.beside, row.at.moves_within) = (beside, moves_within);
        (row.at.in_place, row.at.alongside) = (in_place, alongside);
    }
}

/// What limits hold beside a row in the stretch in which they are fullest.
fn busiest_beside(
    streams: &Streams<'_>,
    (row, share): (&CountedRow<'_>, f64),
    mates: &[(usize, &CountedRow<'_>)],
    course: &Course,
) -> Beside {
    let by_stream = |(other, mate): &(usize, &CountedRow<'_>)| {
        let loads = loads_by_stream(streams, row, mate);
        (*other, loads)
    };
    let by_stream: Vec<(usize, Vec<Beside>)> = mates.iter().map(by_stream).collect();
    let none = vec![0.0; streams.weights.len()];
    let mut beside = row.at.beside;
    let is_rate = |kind: &LimitKind| !kind.is_of_volume() && !kind.is_money();
    for kind in LimitKind::ALL.into_iter().filter(is_rate) {
        let beside = &mut beside[kind as usize];
        if 0.0 < *beside {
            let all = course.most(&of_kind(&by_stream, kind), (&none, &none));
            *beside = (all - own_load(streams.demand, row, share, kind)).max(0.0);
        }
    }
    beside
}
