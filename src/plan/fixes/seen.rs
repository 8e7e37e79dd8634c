//! Changes evaluated in the full plan of the changed scenario: effects of weights or of the fleet
//! elsewhere.

use super::change::{Change, Fix};
use super::effect::{Effect, Holds};
use super::holds::holds_free;
use crate::model::limit::holds as is_held;
use crate::plan::chapters::chapters;
use crate::plan::limits::lowest;
use crate::plan::spread::is_plain;
use crate::plan::{Chapters, Drill, Outline, Undrilled};
use crate::scenario::{Scenario, Scope};

/// Ratio to which the first limit may fall, for rounding.
const ROUNDING: f64 = 0.995;

/// Drops fixes that lower the first limit or push most requests past the client timeout; annotates
/// the rest with their effect on the first limit and on provider loss.
///
/// Cost-saving fixes may reduce headroom if today's load still fits.
pub(super) fn keep_true(scenario: &Scenario, before: &Chapters, saves: bool, fixes: &mut Vec<Fix>) {
    fixes.retain_mut(|fix| {
        if !reaches_far(scenario, &fix.change) {
            return true;
        }
        let changed = changed(scenario, &fix.change);
        if let Effect::Holds(holds) = &mut fix.effect
            && holds.is_after_loss()
        {
            // Requests that an earlier place already serves stay there, at that provider's price.
            let after = chapters::<Undrilled>(&changed);
            holds.more_usd = after.cost.per_month_usd - before.cost.per_month_usd;
            holds.is_priced = before.is_priced_with(&after.rows, &after.loads);
            return true;
        }
        let after = after((scenario, before), &fix.change, &changed);
        let (old, new) = (before.first_scale(), after.first_scale());
        let is_lower = match (old, new) {
            (Some(old), Some(new)) => new < old * ROUNDING,
            (None, Some(new)) => !is_held(new),
            _ => false,
        };
        if is_lower && !(saves && new.is_some_and(is_held)) {
            return false;
        }
        if !is_outlasted(before) && is_outlasted(&after) {
            return false;
        }
        let Effect::Holds(holds) = &mut fix.effect else {
            return true;
        };
        holds.first_moves_to = holds_free(old, new, None).first_moves_to;
        holds.loss_falls_to = loss_falls_to(before, &after);
        if let Change::Weight { .. } | Change::Weights { .. } = fix.change {
            let lowest_of =
                |chapters: &Chapters| lowest(chapters.loads.iter().map(|load| load.max_scale));
            let now = lowest_of(before);
            holds.scale = lowest_of(&after);
            return saves
                || now
                    .zip(holds.scale)
                    .is_none_or(|(now, then)| now * 1.01 < then);
        }
        if let Change::Tier { row, .. } = fix.change {
            let scale_of = |chapters: &Chapters| {
                let index = chapters.index_of(row)?;
                chapters.loads.get(index)?.max_scale
            };
            let now = scale_of(before);
            holds.scale = scale_of(&after);
            holds.more_usd = after.cost.per_month_usd - before.cost.per_month_usd;
            holds.is_priced = before.is_priced_with(&after.rows, &after.loads);
            return now
                .zip(holds.scale)
                .is_none_or(|(now, then)| now * 1.01 < then);
        }
        true
    });
}

fn is_outlasted(chapters: &Chapters) -> bool {
    let time_s = chapters.gateway.time_in_flight_s;
    chapters.patience.is_outlasted(time_s)
}

/// Re-evaluates the changed scenario; includes loss drills only if the worst drill holds today and
/// the change may reduce it. With routing by weight alone, a higher tier never does.
fn after<'a>(
    (scenario, before): (&Scenario, &Chapters),
    change: &Change,
    changed: &'a Scenario,
) -> Chapters<'a> {
    let is_only_more = matches!(change, Change::Tier { .. }) && is_plain(scenario, &before.rows);
    if !is_only_more && worst_loss(before).is_some_and(is_held) {
        chapters::<Outline>(changed)
    } else {
        chapters::<Undrilled>(changed)
    }
}

/// A change evaluated in the full plan, with the provider's new multiple; `None` if that is not
/// higher than now.
pub(super) fn holding(
    scenario: &Scenario,
    before: &Chapters,
    change: Change,
    row: u32,
) -> Option<Fix> {
    let changed = changed(scenario, &change);
    let after = after((scenario, before), &change, &changed);
    let index = before.index_of(row)?;
    let scale_of = |chapters: &Chapters| chapters.loads.get(index)?.max_scale;
    let (old, new) = (scale_of(before), scale_of(&after));
    if new? <= old? * 1.01 {
        return None;
    }
    let effect = Effect::Holds(Holds {
        more_usd: after.cost.per_month_usd - before.cost.per_month_usd,
        is_priced: before.is_priced_with(&after.rows, &after.loads),
        loss_falls_to: loss_falls_to(before, &after),
        ..holds_free(before.first_scale(), after.first_scale(), new)
    });
    Some(Fix { change, effect })
}

/// Whether a change affects more than its own limit: weights change the time in flight, and the
/// maximum of pods changes limits that are divided over them.
fn reaches_far(scenario: &Scenario, change: &Change) -> bool {
    match change {
        Change::Weight { .. } | Change::Weights { .. } => true,
        // Rows of one organization share limits, and requests that a row takes do not spill.
        Change::Tier { row, .. } => scenario.provider(*row).is_some_and(|own| {
            let mut rows = scenario.providers.iter().filter(|other| other.id != *row);
            rows.any(|other| other.vendor == own.vendor || other.order != own.order)
        }),
        Change::HpaMaximum { .. } | Change::HpaMinimum { .. } | Change::Concurrency { .. } => {
            let mut rows = scenario.providers.iter();
            rows.any(|row| row.scope != Scope::Provider)
        }
        _ => false,
    }
}

/// The scenario after a change.
pub(super) fn changed(scenario: &Scenario, change: &Change) -> Scenario {
    let mut changed = scenario.clone();
    for edit in change.edits() {
        edit.apply(&mut changed);
    }
    changed
}

/// Whether the pods left by a lost zone carry the peak after a change.
pub(super) fn carries_zone_loss(scenario: &Scenario, change: &Change) -> bool {
    let changed = changed(scenario, change);
    let after = chapters::<Undrilled>(&changed);
    let drill = after.zone_drill.as_ref();
    drill.and_then(|drill| drill.max_scale).is_none_or(is_held)
}

/// Multiple of the worst provider loss, if it held today and no longer does after the change.
fn loss_falls_to(before: &Chapters, after: &Chapters) -> Option<f64> {
    let (old, new) = (worst_loss(before)?, worst_loss(after)?);
    (is_held(old) && !is_held(new)).then_some(new)
}

/// Multiple of today's load for which the worst provider loss leaves room.
fn worst_loss(chapters: &Chapters) -> Option<f64> {
    lowest(chapters.drills.iter().map(Drill::scale))
}
