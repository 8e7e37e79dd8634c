//! Failover order of targets.

use super::lines::join;
use super::target::Target;
use crate::scenario::property;

const SILENT: &str = "the file says none for it";

/// Sets the order of targets by the ranks of a key, lowest first; targets without the key get the
/// gateway's default rank.
pub(super) fn in_order(targets: &mut [Target], said: &[Option<f64>], (key, silent): (&str, f64)) {
    let ranks: Vec<f64> = said.iter().map(|rank| rank.unwrap_or(silent)).collect();
    let said = said.iter().map(Option::is_some);
    let mut places = ranks.clone();
    places.sort_by(f64::total_cmp);
    places.dedup();
    if places.len() < 2 {
        return;
    }
    for ((target, rank), is_said) in targets.iter_mut().zip(&ranks).zip(said) {
        let place = places
            .iter()
            .position(|place| place.total_cmp(rank).is_eq());
        let at = join(&target.place, key);
        target.put(at, place.unwrap_or_default());
        if !is_said {
            target.fill(property::ORDER.key, SILENT);
        }
    }
}
