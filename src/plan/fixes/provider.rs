//! Changes to providers: tiers, weights, reserved units.

use super::{Fix, effect, effect_of, first_scale_with, solved};
use crate::model::provisioned::units_for;
use crate::plan::limits::{max_scale, unit_of};
use crate::plan::reserved::unit_name;
use crate::plan::{Chapters, ProviderPlan, ReservedOffer, RoutingOption, without_drills, words};
use crate::scenario::{Edit, Provider, Scenario, property};

/// A higher tier, and for the tightest provider weights that level the use.
pub(in crate::plan) fn for_provider(
    scenario: &Scenario,
    before: &Chapters,
    plan: &ProviderPlan,
    is_first: bool,
) -> Vec<Fix> {
    let mut fixes = Vec::new();
    fixes.extend(more_units(scenario, before, plan));
    if let Some(provider) = scenario.provider(plan.row)
        && let Some(tier) = higher_tier(scenario, before, provider)
    {
        fixes.push(tier_fix(before, provider, &tier));
    }
    if is_first {
        let level = level_weights(scenario, before);
        // One way to shift load is enough: the level weights, or a lower one here.
        let shift = level.or_else(|| lower_weight(scenario, before, plan));
        fixes.extend(shift);
    }
    fixes
}

/// Another tier moves the limits of one provider and nothing else, so nothing else is
/// solved again.
fn tier_fix(before: &Chapters, provider: &Provider, tier: &Higher) -> Fix {
    let label = format!("{} tier {} → {}", provider.name, provider.tier, tier.name);
    let edits = vec![Edit::Tier {
        id: provider.id,
        tier: tier.name.to_owned(),
    }];
    let first = first_scale_with(before, |plan| {
        if plan.row == provider.id {
            tier.holds
        } else {
            plan.max_scale
        }
    });
    let mut effect = effect_of(before, first, tier.holds, 0.0);
    if tier.is_inferred {
        effect.push_str("; limit inferred, not published");
    }
    Fix {
        label,
        effect,
        edits,
    }
}

/// A tier that carries more.
struct Higher {
    name: &'static str,
    /// Multiple of today's load it holds; none without a limit.
    holds: Option<f64>,
    is_inferred: bool,
}

/// The next tier of the same model that carries more than today's; the guide's
/// rows are no tiers anybody can order.
fn higher_tier(scenario: &Scenario, before: &Chapters, provider: &Provider) -> Option<Higher> {
    let model = provider.model_row()?;
    let plan = before
        .providers
        .iter()
        .find(|plan| plan.row == provider.id)?;
    let scale = plan.max_scale?;
    let family = |name: &str| {
        name.split_once(" Tier")
            .map(|(family, _)| family.to_owned())
    };
    let current = model
        .tiers
        .iter()
        .position(|tier| tier.name == provider.tier)?;
    let later = model.tiers.get(current + 1..)?.iter();
    later
        .filter(|tier| tier.evidence != "G" && family(tier.name) == family(&provider.tier))
        .map(|tier| {
            let mut raised = provider.clone();
            raised.choose_tier(tier.name);
            Higher {
                name: tier.name,
                holds: max_scale(scenario, &before.demand, &raised, plan.share_ratio),
                is_inferred: tier.evidence == "I",
            }
        })
        .find(|tier| tier.holds.is_none_or(|after| scale * 1.01 < after))
}

/// Weights that level the use, where that helps.
fn level_weights(scenario: &Scenario, before: &Chapters) -> Option<Fix> {
    let option = before.routing.option("level")?;
    if option.max_scale? < lowest_provider_scale(before)? * 1.05 {
        return None;
    }
    Some(weights(scenario, before, option))
}

/// The weights of a way to split the requests, as a change.
pub(in crate::plan) fn weights(
    scenario: &Scenario,
    before: &Chapters,
    option: &RoutingOption,
) -> Fix {
    let after = solved(scenario, before, &option.edits);
    let percents = option
        .share_ratios
        .iter()
        .map(|share| libm::round(share * 1e4) / 1e2);
    let percents: Vec<String> = percents.map(words::significant).collect();
    Fix {
        label: format!("Weights {}", percents.join(" / ")),
        effect: effect(before, &after, lowest_provider_scale(&after)),
        edits: option.edits.clone(),
    }
}

/// A weight that brings the provider to its target use, where the others can take the
/// rest.
fn lower_weight(scenario: &Scenario, before: &Chapters, plan: &ProviderPlan) -> Option<Fix> {
    let provider = scenario.provider(plan.row)?;
    let share = plan.share_ratio * plan.max_scale? * plan.target_ratio;
    let sum: f64 = scenario.providers.iter().map(|row| row.weight).sum();
    let others = sum - provider.weight;
    if others <= 0.0 || plan.share_ratio <= share {
        return None;
    }
    // w ÷ (w + others) = share. Rounded down, so that the target holds.
    let exact = others * share / (1.0 - share);
    let weight = if 1.0 <= exact {
        libm::floor(exact)
    } else {
        libm::floor(exact * 100.0) / 100.0
    };
    let edits = vec![Edit::Provider {
        id: plan.row,
        key: "weight",
        value: Some(weight),
    }];
    let after = solved(scenario, before, &edits);
    let lowest = lowest_provider_scale(&after);
    if weight <= 0.0 || lowest? < lowest_provider_scale(before)? * 1.05 {
        return None;
    }
    Some(Fix {
        label: format!("{} weight {} → {weight}", provider.name, provider.weight),
        effect: effect(before, &after, lowest),
        edits,
    })
}

/// Units of reserved throughput for the load within the target.
fn more_units(scenario: &Scenario, before: &Chapters, plan: &ProviderPlan) -> Option<Fix> {
    let provider = scenario.provider(plan.row)?;
    let (bought, used) = (provider.units?, plan.limits.first()?);
    let unit = unit_of(provider);
    let units = units_for(used.load / plan.target_ratio, unit);
    if units <= bought || property::UNITS.high < units {
        return None;
    }
    let edits = vec![Edit::Provider {
        id: plan.row,
        key: "units",
        value: Some(units),
    }];
    let after = solved(scenario, before, &edits);
    Some(Fix {
        label: format!(
            "{} {} {bought} → {units}",
            provider.name,
            unit_name(provider)
        ),
        effect: effect(before, &after, provider_scale(&after, plan.row)),
        edits,
    })
}

/// Reserved units instead of tokens at list price.
pub(in crate::plan) fn reserve(
    scenario: &Scenario,
    before: &Chapters,
    offer: &ReservedOffer,
) -> Fix {
    let edits = vec![
        Edit::Tier {
            id: offer.row,
            tier: offer.unit.clone(),
        },
        Edit::Provider {
            id: offer.row,
            key: "units",
            value: Some(offer.units),
        },
    ];
    let after = solved(scenario, before, &edits);
    Fix {
        label: format!("{} {} {}", offer.name, offer.units, offer.unit),
        effect: effect(before, &after, provider_scale(&after, offer.row)),
        edits,
    }
}

/// A higher tier of the provider that breaks when another one is lost.
pub(in crate::plan) fn for_drill(
    scenario: &Scenario,
    chapters: &Chapters,
    lost: u32,
    breaks: u32,
) -> Vec<Fix> {
    let Some(provider) = scenario.provider(breaks) else {
        return Vec::new();
    };
    let mut without = scenario.clone();
    if let Some(lost) = without.provider_mut(lost) {
        lost.weight = 0.0;
    }
    let before = without_drills(&without, chapters.profile.clone());
    let Some(tier) = higher_tier(&without, &before, provider) else {
        return Vec::new();
    };
    let mut fix = tier_fix(&before, provider, &tier);
    fix.effect = format!("after that loss it {}", fix.effect);
    vec![fix]
}

/// Multiple of today's load at which a provider's tightest limit is full.
fn provider_scale(chapters: &Chapters, row: u32) -> Option<f64> {
    chapters
        .providers
        .iter()
        .find(|plan| plan.row == row)?
        .max_scale
}

/// The same for the first of all providers.
fn lowest_provider_scale(chapters: &Chapters) -> Option<f64> {
    let scales = chapters.providers.iter().filter_map(|plan| plan.max_scale);
    scales.min_by(f64::total_cmp)
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
        let before = crate::plan::chapters(&scenario);
        let plan = &before.providers[0];
        let scale = plan.max_scale.expect("a limit");
        let fixes = for_provider(&scenario, &before, plan, true);
        assert!(!fixes.is_empty());
        for fix in fixes {
            let after = solved(&scenario, &before, &fix.edits);
            let moved = after.providers[0].max_scale.expect("a limit");
            assert!(scale < moved, "{}: {scale} → {moved}", fix.label);
        }
    }
}
