//! Changes that would help, found by solving the model again with each of them.

use std::fmt::Write as _;

use serde::Serialize;

use super::providers::max_scale;
use super::{Chapters, ProviderPlan, RuleId, without_drills, words};
use crate::catalog::guide;
use crate::model::fleet::whole;
use crate::model::storage::BYTES_PER_GB;
use crate::scenario::{Edit, Provider, Scenario, property};

/// A change that would help.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fix {
    /// What to change.
    pub label: String,
    /// What it brings and what it costs.
    pub effect: String,
    /// The change itself.
    #[serde(skip)]
    pub edits: Vec<Edit>,
}

/// Multiple of today's load at which the first thing gives way, drills apart.
pub(super) fn first_scale(chapters: &Chapters) -> Option<f64> {
    let providers = chapters.providers.iter().filter_map(|plan| plan.max_scale);
    let rest = [
        chapters.gateway.max_scale,
        chapters.control_plane.disk_max_scale,
    ];
    providers
        .chain(rest.into_iter().flatten())
        .min_by(f64::total_cmp)
}

/// The model with the edits made; none of them touches the shape of the day.
fn solved(scenario: &Scenario, before: &Chapters, edits: &[Edit]) -> Chapters {
    let mut changed = scenario.clone();
    for edit in edits {
        edit.apply(&mut changed);
    }
    without_drills(&changed, before.profile.clone())
}

/// Says what the mended constraint then holds, whether that moves the first limit,
/// and what it costs.
fn effect(before: &Chapters, after: &Chapters, holds: Option<f64>) -> String {
    let mut text = match holds {
        Some(scale) => format!("holds {}", words::multiple(scale)),
        None => "no limit left here".to_owned(),
    };
    if let (Some(old), Some(new)) = (first_scale(before), first_scale(after))
        && old * 1.005 < new
    {
        write!(text, "; the first limit moves to {}", words::multiple(new))
            .expect("writing to a string cannot fail");
    }
    let difference = after.cost.per_month_usd - before.cost.per_month_usd;
    if 1.0 <= difference.abs() {
        let verb = if 0.0 < difference { "costs" } else { "saves" };
        let more = if 0.0 < difference { " more" } else { "" };
        write!(
            text,
            "; {verb} {}{more} a month",
            words::usd(difference.abs())
        )
        .expect("writing to a string cannot fail");
    }
    text
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

/// A higher tier, and for the tightest provider weights that level the use.
pub(super) fn for_provider(
    scenario: &Scenario,
    before: &Chapters,
    plan: &ProviderPlan,
    is_first: bool,
) -> Vec<Fix> {
    let mut fixes = Vec::new();
    if let Some(provider) = scenario.provider(plan.row)
        && let Some(tier) = higher_tier(scenario, before, provider)
    {
        fixes.push(tier_fix(scenario, before, provider, tier));
    }
    if is_first {
        fixes.extend(level_weights(scenario, before));
    }
    fixes
}

fn tier_fix(scenario: &Scenario, before: &Chapters, provider: &Provider, tier: &str) -> Fix {
    let label = format!("{} tier {} → {tier}", provider.name, provider.tier);
    let edits = vec![Edit::Tier {
        id: provider.id,
        tier: tier.to_owned(),
    }];
    let after = solved(scenario, before, &edits);
    let mut effect = effect(before, &after, provider_scale(&after, provider.id));
    let inferred = crate::catalog::provider::tier(&provider.vendor, &provider.model, tier)
        .is_some_and(|row| row.evidence == "I");
    if inferred {
        effect.push_str("; limit inferred, not published");
    }
    Fix {
        label,
        effect,
        edits,
    }
}

/// The next tier of the same model that carries more than today's; the guide's
/// rows are no tiers anybody can order.
fn higher_tier(
    scenario: &Scenario,
    before: &Chapters,
    provider: &Provider,
) -> Option<&'static str> {
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
        .find(|tier| {
            let mut raised = provider.clone();
            raised.choose_tier(tier.name);
            let after = max_scale(scenario, &before.demand, &raised, plan.share_ratio);
            after.is_none_or(|after| scale * 1.01 < after)
        })
        .map(|tier| tier.name)
}

/// Weights in proportion to what each provider could carry alone.
fn level_weights(scenario: &Scenario, before: &Chapters) -> Option<Fix> {
    let carrying: Vec<&ProviderPlan> = before
        .providers
        .iter()
        .filter(|plan| 0.0 < plan.share_ratio)
        .collect();
    let alone: Vec<f64> = carrying
        .iter()
        .map(|plan| plan.max_scale.map(|scale| scale * plan.share_ratio))
        .collect::<Option<_>>()?;
    let total: f64 = alone.iter().sum();
    if carrying.len() < 2 || total <= 0.0 {
        return None;
    }
    let percents = whole_percents(&alone, total);
    let edits: Vec<Edit> = carrying
        .iter()
        .zip(&percents)
        .map(|(plan, percent)| Edit::Provider {
            id: plan.row,
            key: "weight",
            value: Some(*percent),
        })
        .collect();
    let after = solved(scenario, before, &edits);
    let lowest = lowest_provider_scale(&after);
    if lowest? < lowest_provider_scale(before)? * 1.05 {
        return None;
    }
    let weights: Vec<String> = percents.iter().map(f64::to_string).collect();
    let label = format!("Weights {}", weights.join(" / "));
    Some(Fix {
        label,
        effect: effect(before, &after, lowest),
        edits,
    })
}

/// Whole percents that sum to 100: rounded down, then the largest remainders up, so
/// that none falls below zero however many parts there are.
fn whole_percents(parts: &[f64], total: f64) -> Vec<f64> {
    let exact: Vec<f64> = parts.iter().map(|part| part / total * 100.0).collect();
    let mut percents: Vec<f64> = exact.iter().map(|percent| libm::floor(*percent)).collect();
    let mut rest = 100.0 - percents.iter().sum::<f64>();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by(|a, b| exact[*b].fract().total_cmp(&exact[*a].fract()));
    for index in order {
        if rest < 1.0 {
            break;
        }
        percents[index] += 1.0;
        rest -= 1.0;
    }
    percents
}

/// A higher tier of the provider that breaks when another one is lost.
pub(super) fn for_drill(
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
    let mut fix = tier_fix(&without, &before, provider, tier);
    fix.effect = format!("after that loss it {}", fix.effect);
    vec![fix]
}

/// More pods, or more slots in each where slots decide.
pub(super) fn for_autoscaler(scenario: &Scenario, before: &Chapters) -> Vec<Fix> {
    let gateway = &before.gateway;
    let more = gateway
        .planned_max
        .max(whole(f64::from(gateway.instances_max) * 1.5))
        .min(whole(property::HPA_MAX.high));
    let mut wanted = Vec::new();
    if gateway.instances_max < more {
        let label = format!("HPA maximum {} → {more}", gateway.instances_max);
        wanted.push((label, "hpa-max", f64::from(more)));
    }
    let slots = scenario.gateway.concurrency;
    if gateway.decided_by == RuleId::Concurrency && slots < 64 {
        let label = format!("Requests at once, each gateway {slots} → 64");
        wanted.push((label, "concurrency", 64.0));
    }
    wanted
        .into_iter()
        .map(|(label, key, value)| {
            let edits = vec![Edit::Number {
                key,
                value: Some(value),
            }];
            let after = solved(scenario, before, &edits);
            let scale = after
                .gateway
                .max_scale
                .map_or_else(|| "any load".to_owned(), words::multiple);
            let pods = words::counted(after.gateway.instances, "gateway");
            Fix {
                label,
                effect: format!("holds {scale}; {pods} at the peak"),
                edits,
            }
        })
        .collect()
}

/// The next size of the control plane, or a shorter retention.
pub(super) fn for_disk(scenario: &Scenario, before: &Chapters) -> Vec<Fix> {
    let plane = &before.control_plane;
    let mut fixes = Vec::new();
    let larger = guide::CONTROL_PLANE
        .iter()
        .find(|size| plane.postgres_disk_bytes < size.postgres_disk_gb * BYTES_PER_GB);
    if let Some(size) = larger {
        let mut label = format!("Control plane {} → {}", plane.size, size.name);
        let mut edits = vec![Edit::ControlPlaneSize {
            size: size.name.to_owned(),
        }];
        let after = solved(scenario, before, &edits);
        // More API replicas open more connections; the fix must not break those.
        for fix in for_connections(&after) {
            label = format!("{label}, {}", fix.label);
            edits.extend(fix.edits);
        }
        let effect = effect(before, &after, after.control_plane.disk_max_scale);
        fixes.push(Fix {
            label,
            effect,
            edits,
        });
    }
    let days = plane.postgres_disk_bytes * 0.8 / before.storage.bytes_per_day;
    let days = libm::floor(days);
    if 1.0 <= days && days < f64::from(scenario.storage.retention_days) {
        let label = format!(
            "Retention {} → {days} days",
            scenario.storage.retention_days
        );
        let edits = vec![Edit::Number {
            key: "retention-days",
            value: Some(days),
        }];
        let effect = "the events then fill 80 % of the disk".to_owned();
        fixes.push(Fix {
            label,
            effect,
            edits,
        });
    }
    fixes
}

/// Limits that hold what the clients may open.
pub(super) fn for_connections(chapters: &Chapters) -> Vec<Fix> {
    let database = &chapters.database;
    let needed = database.connections_needed;
    let server = needed.saturating_add(guide::POSTGRES_RESERVED);
    if property::SERVER_CONNECTIONS.high < f64::from(server) {
        // No server allows that many; fewer clients are the only way.
        return Vec::new();
    }
    let mut edits = Vec::new();
    let mut changes = Vec::new();
    if database.connections_configured < needed {
        changes.push(format!(
            "max_connections {} → {needed}",
            database.connections_configured
        ));
        edits.push(Edit::Number {
            key: "max-connections",
            value: Some(f64::from(needed)),
        });
    }
    if database.connections_usable < needed {
        changes.push(format!("PostgreSQL allows {server}"));
        edits.push(Edit::Number {
            key: "server-connections",
            value: Some(f64::from(server)),
        });
    }
    if edits.is_empty() {
        return Vec::new();
    }
    let effect = format!(
        "the database works on about {} at once; the rest wait their turn",
        words::significant(database.connections_useful)
    );
    vec![Fix {
        label: changes.join(", "),
        effect,
        edits,
    }]
}

/// A queue that is served within the clients' patience.
pub(super) fn for_queue(scenario: &Scenario, wait_at_full_s: f64) -> Vec<Fix> {
    let size = f64::from(scenario.gateway.queue_max_size);
    let shorter = libm::floor(size * scenario.gateway.client_timeout_s / wait_at_full_s);
    if shorter < 1.0 {
        return Vec::new();
    }
    let label = format!("Queue {size} → {shorter} requests");
    let effect = "whoever waits is still served in time".to_owned();
    vec![Fix {
        label,
        effect,
        edits: vec![Edit::Number {
            key: "queue-size",
            value: Some(shorter),
        }],
    }]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_percents_always_sum_to_a_hundred() {
        for parts in [
            vec![1.0, 1.0, 1.0],
            vec![2.0, 5.0, 3.0],
            vec![0.4, 99.0],
            vec![1e9, 1.0],
            // Half a percent each, rounded up, would leave minus 100 for one of them.
            vec![1.0; 200],
        ] {
            let total: f64 = parts.iter().sum();
            let percents = whole_percents(&parts, total);
            assert!(
                (percents.iter().sum::<f64>() - 100.0).abs() < 1e-9,
                "{parts:?}: {percents:?}"
            );
            assert!(
                percents.iter().all(|percent| 0.0 <= *percent),
                "{percents:?}"
            );
        }
        assert_eq!(whole_percents(&[2.0, 5.0, 3.0], 10.0), [20.0, 50.0, 30.0]);
    }

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
