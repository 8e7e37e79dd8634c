//! Changes to providers: tiers, weights, reserved units.

use super::change::{Change, Fix};
use super::effect::{Effect, Holder, Holds};
use super::holds::{holds, holds_free};
use super::trial::{Trial, with_rows, without_cost};
use crate::model::limit::holds as is_held;
use crate::model::provisioned::units_for;
use crate::plan::account::is_one_organization;
use crate::plan::admission::admission;
use crate::plan::counting::{CountedRow, unit_of};
use crate::plan::limits::max_scale;
use crate::plan::recount::under_its_limits;
use crate::plan::reserved::unit_name;
use crate::plan::routing::{RoutingOption, Split};
use crate::plan::spread::{is_plain, spread};
use crate::plan::{Chapters, Demand, LimitUse, ProviderPlan, ReservedOffer};
use crate::scenario::{Limits, Scenario, property};

/// Fixes for a limit: a higher tier, and level weights for the provider that is full first.
pub(super) fn for_limit(
    scenario: &Scenario,
    before: &Chapters,
    standing: &Trial,
    row: u32,
    is_first: bool,
) -> Vec<Fix> {
    let mut fixes = Vec::new();
    let Some(index) = before.index_of(row) else {
        return fixes;
    };
    let Some(plan) = before.providers.get(index) else {
        return fixes;
    };
    fixes.extend(more_units(scenario, before, plan, index));
    let goal = |tier: &Higher| {
        let scale = tier.holds.map(|scale| scale * plan.target_ratio);
        scale.is_none_or(is_held)
    };
    let rows = (&before.rows[..], standing);
    if let Some(tier) = higher_tier(scenario, &before.demand, rows, index, goal) {
        fixes.push(tier_fix(rows, &tier, None));
    }
    if is_first {
        let level = level_weights(scenario, before);
        // One shift of load suffices: level weights, or a lower weight here.
        let shift = level.or_else(|| lower_weight(scenario, before, plan, index));
        fixes.extend(shift);
    }
    fixes
}

/// A change of tier. It moves the limits of one organization only, so nothing else is evaluated
/// again.
fn tier_fix((rows, before): (&[CountedRow<'_>], &Trial), tier: &Higher, lost: Option<&str>) -> Fix {
    let provider = rows[tier.index].provider;
    let first = before.first_scale_with(tier.index, tier.holds, &tier.mates);
    let mates = tier.mates.iter();
    let holds = holds_free(before.first_scale(), first, tier.holds);
    // After a loss the first constraint differs from today's.
    let first_moves_to = holds.first_moves_to.filter(|_| lost.is_none());
    Fix {
        change: Change::Tier {
            row: provider.id,
            also: mates.map(|(mate, _)| rows[*mate].provider.id).collect(),
            name: provider.name.clone(),
            from: provider.tier.clone(),
            to: tier.name,
        },
        effect: Effect::Holds(Holds {
            holder: lost.map_or(Holder::Constraint, |name| Holder::Without(name.to_owned())),
            is_inferred: tier.is_inferred,
            first_moves_to,
            ..holds
        }),
    }
}

impl Higher {
    /// Whether the tier takes requests that are too large for today's.
    fn takes_more(&self) -> bool {
        self.taken_before < self.taken
    }

    /// Whether the tier takes or holds more than another one.
    fn carries_more(&self, other: &Self) -> bool {
        let holds = |tier: &Self| tier.holds.unwrap_or(f64::INFINITY);
        let taken = self.taken.total_cmp(&other.taken);
        taken.then(holds(self).total_cmp(&holds(other))).is_gt()
    }
}

/// A tier that carries more.
struct Higher {
    /// Index of the provider's row.
    index: usize,
    name: &'static str,
    /// Multiple of today's load that it holds; `None` without a limit.
    holds: Option<f64>,
    is_inferred: bool,
    /// Share of requests that fit today's tier in size.
    taken_before: f64,
    /// Share of requests that fit this tier in size.
    taken: f64,
    /// The organization's other rows of the tier, and the multiples that they then hold.
    mates: Vec<(usize, Option<f64>)>,
}

/// The next sufficient tier of the same model, or the one that carries most; the guide's rows are
/// no tiers that can be ordered.
fn higher_tier(
    scenario: &Scenario,
    demand: &Demand,
    (rows, standing): (&[CountedRow<'_>], &Trial),
    index: usize,
    is_enough: impl Fn(&Higher) -> bool,
) -> Option<Higher> {
    // A tier does not change limits that units replace.
    let row = rows.get(index).filter(|row| row.units.is_none())?;
    let load = standing.loads.get(index)?;
    let scale = load.max_scale?;
    let tiers = row.model?.tiers;
    let taken_before = admission(scenario, demand, row).ratio();
    let family = |name: &'static str| Some(name.split_once(" Tier")?.0);
    let current = tiers
        .iter()
        .position(|tier| tier.name == row.provider.tier)?;
    let own = family(tiers[current].name);
    let published = Limits::from(&tiers[current]);
    let later = tiers.get(current + 1..)?.iter();
    let mut most: Option<Higher> = None;
    for tier in later.filter(|tier| tier.evidence != "G" && family(tier.name) == own) {
        let limits = row.limits.moved(&published, &Limits::from(tier));
        let raised = CountedRow {
            limits,
            tier: Some(tier),
            ..row.clone()
        };
        let raised = under_its_limits(scenario, demand, raised);
        let higher = Higher {
            index,
            name: tier.name,
            holds: max_scale(scenario, demand, &raised, load.share_ratio),
            is_inferred: tier.evidence == "I",
            taken_before,
            taken: admission(scenario, demand, &raised).ratio(),
            mates: Vec::new(),
        };
        let holds_more = higher.holds.is_none_or(|after| scale * 1.01 < after);
        let is_better = holds_more && taken_before <= higher.taken || higher.takes_more();
        if is_better && most.as_ref().is_none_or(|most| higher.carries_more(most)) {
            let is_last = is_enough(&higher);
            most = Some(higher);
            if is_last {
                break;
            }
        }
    }
    let most = most?;
    Some(Higher {
        mates: mates(scenario, demand, (rows, standing), (index, most.name)),
        ..most
    })
}

/// The organization's other rows that change tier along with one, and the multiples that they then
/// hold.
fn mates(
    scenario: &Scenario,
    demand: &Demand,
    (rows, standing): (&[CountedRow<'_>], &Trial),
    (index, to): (usize, &str),
) -> Vec<(usize, Option<f64>)> {
    let own = &rows[index];
    let rows = rows.iter().zip(&standing.loads).enumerate();
    let mates = rows.filter_map(|(mate, (row, load))| {
        let is_mate = is_one_organization(own, row) && row.provider.tier == own.provider.tier;
        let next = row.model?.tiers.iter().find(|tier| tier.name == to);
        let next = next.filter(|_| is_mate)?;
        let limits = row
            .limits
            .moved(&Limits::from(row.tier?), &Limits::from(next));
        let raised = CountedRow {
            limits,
            tier: Some(next),
            ..row.clone()
        };
        let raised = under_its_limits(scenario, demand, raised);
        let holds = max_scale(scenario, demand, &raised, load.share_ratio);
        Some((mate, holds))
    });
    mates.collect()
}

/// Weights that level utilization, if that helps.
fn level_weights(scenario: &Scenario, before: &Chapters) -> Option<Fix> {
    let option = before.routing.option(Split::Level)?;
    if option.max_scale? < before.standing().lowest_provider_scale()? * 1.05 {
        return None;
    }
    Some(weights(scenario, before, option))
}

/// Weights of the cheapest split.
pub(super) fn cheapest_weights(scenario: &Scenario, before: &Chapters) -> Option<Fix> {
    let option = before.routing.option(Split::Cheapest)?;
    Some(weights(scenario, before, option))
}

/// The weights of a split, as a change.
fn weights(scenario: &Scenario, before: &Chapters, option: &RoutingOption) -> Fix {
    let rows = before.rows.iter().zip(&option.weights);
    let changed = rows.map(|(row, (_, weight))| CountedRow {
        weight: *weight,
        ..row.clone()
    });
    let after = with_rows(scenario, before, &changed.collect::<Vec<_>>());
    Fix {
        change: Change::Weights {
            share_ratios: option.share_ratios.clone(),
            names: before
                .rows
                .iter()
                .map(|row| row.provider.name.clone())
                .collect(),
            weights: option.weights.clone(),
        },
        effect: Effect::Holds(Holds {
            holder: Holder::EveryProvider,
            ..holds(before, &after, after.lowest_provider_scale())
        }),
    }
}

/// A weight that brings the provider to its target utilization, if the others can take the rest.
fn lower_weight(
    scenario: &Scenario,
    before: &Chapters,
    plan: &ProviderPlan,
    index: usize,
) -> Option<Fix> {
    // Weights are no lever if workloads or an order direct the requests.
    let provider = before.rows[index].provider;
    if !is_plain(scenario, &before.rows) {
        return None;
    }
    let share = plan.share_ratio * plan.max_scale()? * plan.target_ratio;
    let sum: f64 = scenario.providers.iter().map(|row| row.weight).sum();
    let others = sum - provider.weight;
    if others <= 0.0 || plan.share_ratio <= share {
        return None;
    }
    // w ÷ (w + others) = share, rounded down so that the target holds.
    let exact = others * share / (1.0 - share);
    let weight = if 1.0 <= exact {
        libm::floor(exact)
    } else {
        libm::floor(exact * 100.0) / 100.0
    };
    let mut rows = before.rows.clone();
    rows[index].weight = weight;
    let after = with_rows(scenario, before, &rows);
    let lowest = after.lowest_provider_scale();
    if weight <= 0.0 || lowest? < before.standing().lowest_provider_scale()? * 1.05 {
        return None;
    }
    Some(Fix {
        change: Change::Weight {
            row: plan.row,
            name: provider.name.clone(),
            from: provider.weight,
            to: weight,
        },
        effect: Effect::Holds(Holds {
            holder: Holder::EveryProvider,
            ..holds(before, &after, lowest)
        }),
    })
}

/// Reserved units that carry the load within the target.
fn more_units(
    scenario: &Scenario,
    before: &Chapters,
    plan: &ProviderPlan,
    index: usize,
) -> Option<Fix> {
    let row = before.rows.get(index)?;
    let provider = row.provider;
    let (bought, used) = (provider.units?, plan.limits.first()?);
    let unit = unit_of(provider);
    let units = units_for(used.load / plan.target_ratio, unit);
    if units <= bought || property::UNITS.high < units {
        return None;
    }
    let after = with_units(scenario, before, index, units);
    Some(Fix {
        change: Change::Units {
            row: plan.row,
            name: provider.name.clone(),
            unit: unit_name(row),
            from: bought,
            to: units,
        },
        effect: Effect::Holds(holds(before, &after, after.loads[index].max_scale)),
    })
}

/// Reserved units in place of tokens at list price.
pub(super) fn reserve(scenario: &Scenario, before: &Chapters, offer: &ReservedOffer) -> Fix {
    let index = before.index_of(offer.row).unwrap_or(0);
    let after = with_units(scenario, before, index, offer.units);
    let scale = after.loads.get(index).and_then(|load| load.max_scale);
    Fix {
        change: Change::Reserve {
            row: offer.row,
            name: offer.name.clone(),
            unit: offer.unit.clone(),
            units: offer.units,
        },
        effect: Effect::Holds(holds(before, &after, scale)),
    }
}

fn with_units(scenario: &Scenario, before: &Chapters, index: usize, units: f64) -> Trial {
    let mut rows = before.rows.clone();
    if let Some(row) = rows.get_mut(index) {
        row.units = Some(units);
    }
    with_rows(scenario, before, &rows)
}

/// A higher tier that takes requests too large for the current one.
pub(super) fn for_too_large(
    scenario: &Scenario,
    before: &Chapters,
    standing: &Trial,
    row: u32,
) -> Option<Fix> {
    let index = before.index_of(row)?;
    let rows = (&before.rows[..], standing);
    let takes_all = |tier: &Higher| 1.0 <= tier.taken;
    let tier = higher_tier(scenario, &before.demand, rows, index, takes_all)?;
    // A tier with higher other limits does not help a request that it refuses as well.
    tier.takes_more().then(|| tier_fix(rows, &tier, None))
}

/// A higher tier of the provider that breaks when another one is lost.
pub(super) fn for_loss(
    scenario: &Scenario,
    chapters: &Chapters,
    lost: u32,
    breaks: u32,
) -> Option<Fix> {
    let (lost, breaks) = (chapters.index_of(lost)?, chapters.index_of(breaks)?);
    let mut rows = chapters.rows.clone();
    rows[lost].weight = 0.0;
    let (without, _) = without_cost(scenario, chapters, &rows);
    // A month overspent today has its own finding, and another tier moves both.
    let is_over = |used: &LimitUse| used.kind.is_money() && used.state.is_over();
    if chapters.providers.get(breaks)?.limits.iter().any(is_over) {
        return None;
    }
    // With the requests routed as after the loss: a row that spilled may now be the last.
    let then = spread(scenario, &chapters.demand, &rows).rows;
    let then = (&then[..], &without);
    let fits = |tier: &Higher| tier.holds.is_none_or(is_held);
    let tier = higher_tier(scenario, &chapters.demand, then, breaks, fits)?;
    Some(tier_fix(then, &tier, Some(&rows[lost].provider.name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fix_of_the_guides_peak_helps() {
        // 10,000 requests a day at 50 rps: the guide's own peak example.
        let (scenario, _) = crate::scenario::link::from_fragment(
            "requests-per-day=10000&avg-input-tokens=1500&avg-output-tokens=500\
             &peak-multiplier=432",
        );
        let before = crate::plan::chapters::chapters::<crate::plan::Whole>(&scenario);
        let plan = &before.providers[0];
        let scale = plan.max_scale().expect("a limit");
        let fixes = for_limit(&scenario, &before, &before.standing(), plan.row, true);
        assert!(!fixes.is_empty());
        for fix in fixes {
            let mut changed = scenario.clone();
            for edit in fix.edits() {
                edit.apply(&mut changed);
            }
            let after = crate::plan::chapters::chapters::<crate::plan::Whole>(&changed);
            let moved = after.providers[0].max_scale().expect("a limit");
            assert!(scale < moved, "{:?}: {scale} → {moved}", fix.change);
        }
    }
}
