//! Findings about providers: limits, the loss of one, facts that are out of date.

use super::finding::{Finding, Severity, breaking, by_scale, plain};
use super::kind::{FindingKind, ProviderLimit, ProviderLoss};
use crate::catalog::date::Date;
use crate::catalog::provider::LIMITS_STALE_DAYS;
use crate::model::order::sorted_by;
use crate::plan::limits::CountedRow;
use crate::plan::providers::tightest_provider;
use crate::plan::routing::Split;
use crate::plan::{Chapters, ProviderPlan, drill, words};
use crate::scenario::{Scenario, property};

/// The providers that carry load.
fn carrying<'a>(chapters: &'a Chapters) -> impl Iterator<Item = &'a ProviderPlan> {
    let providers = chapters.providers.iter();
    providers.filter(|plan| 0.0 < plan.share_ratio)
}

pub(super) fn limits(chapters: &Chapters) -> Vec<Finding> {
    let rows = sorted_by(carrying(chapters).collect(), |plan| {
        (0, plan.max_scale().unwrap_or(f64::INFINITY))
    });
    rows.into_iter().filter_map(limit).collect()
}

fn limit(plan: &ProviderPlan) -> Option<Finding> {
    let tightest = plan.tightest?;
    // Without a multiple the load is nothing beside the limit.
    let scale = tightest.max_scale?;
    let others = plan.limits.iter();
    let others = others.filter(|other| other.kind != tightest.kind);
    let kind = FindingKind::ProviderLimit(ProviderLimit {
        row: plan.row,
        id: plan.id.clone(),
        name: plan.name.clone(),
        share_ratio: plan.share_ratio,
        rps: plan.rps,
        used: tightest,
        others: others.copied().collect(),
    });
    Some(breaking(scale, by_scale(scale, plan.target_ratio), kind))
}

/// The loss of a provider that leaves the least room, or that no other one could take over.
pub(super) fn worst_loss(scenario: &Scenario, chapters: &Chapters) -> Option<Finding> {
    let carrying = scenario
        .providers
        .iter()
        .filter(|provider| 0.0 < provider.weight)
        .count();
    if carrying == 1 && 0.0 < chapters.demand.requests_per_day {
        return Some(plain(Severity::Warning, FindingKind::NoSecondProvider));
    }
    let drill = drill::worst(&chapters.drills)?;
    let scale = drill.max_scale?;
    let row = drill.tightest()?;
    let severity = if scale < 1.0 {
        Severity::Warning
    } else {
        Severity::Info
    };
    let kind = FindingKind::ProviderLoss(ProviderLoss {
        lost_row: drill.lost_row,
        lost: drill.lost.clone(),
        served_ratio: drill.served_ratio,
        held_before_trip: drill.trip_matters.then_some(drill.held_before_trip),
        row: row.row,
        name: row.name.clone(),
        share_ratio: row.share_ratio,
        used: row.tightest?,
    });
    Some(breaking(scale, severity, kind))
}

/// A model that was shut down, or will be within half a year.
pub(super) fn shutdown(row: &CountedRow<'_>, today: Date) -> Option<Finding> {
    let provider = row.provider;
    let on = row.model?.shutdown?;
    let is_gone = words::age_days(today, on).is_some_and(|days| 0 < days);
    let is_soon = words::date_in(today, 6.0)
        .zip(words::full_date(on))
        .is_some_and(|(limit, date)| date <= limit);
    let severity = match (is_gone, is_soon) {
        (true, _) => Severity::Critical,
        (false, true) => Severity::Warning,
        (false, false) => return None,
    };
    let kind = FindingKind::ModelShutdown {
        row: provider.id,
        name: provider.name.clone(),
        model: provider.model.clone(),
        on,
        is_gone,
    };
    Some(plain(severity, kind))
}

/// Limits read so long ago that they may have changed.
pub(super) fn old_limits(row: &CountedRow<'_>, today: Date) -> Option<Finding> {
    let (provider, tier) = (row.provider, row.tier()?);
    let age_days = words::age_days(today, tier.as_of).filter(|days| LIMITS_STALE_DAYS < *days)?;
    let kind = FindingKind::OldLimits {
        row: provider.id,
        name: provider.name.clone(),
        tier: provider.tier.clone(),
        as_of: tier.as_of,
        age_days,
    };
    Some(plain(Severity::Info, kind))
}

/// A provider that refuses at the peak, where the autoscaler would add gateways in vain.
pub(super) fn pods_in_vain(chapters: &Chapters) -> Option<Finding> {
    let gateway = &chapters.gateway;
    let plan = tightest_provider(&chapters.providers)?;
    let scale = plan.max_scale()?;
    let can_grow = gateway.instances_min < gateway.instances_max;
    if 1.0 <= scale || !can_grow {
        return None;
    }
    let kind = FindingKind::PodsInVain {
        name: plan.name.clone(),
        scale,
        instances_max: gateway.instances_max,
    };
    Some(plain(Severity::Info, kind))
}

/// A split of the requests that costs less and still fits.
pub(super) fn cheaper_split(chapters: &Chapters) -> Option<Finding> {
    let given = chapters.routing.option(Split::Given)?;
    let cheapest = chapters
        .routing
        .option(Split::Cheapest)
        .filter(|way| way.fits == Some(true))?;
    let saved = given.tokens_per_month_usd - cheapest.tokens_per_month_usd;
    if saved < given.tokens_per_month_usd * 0.05 || saved < 1.0 {
        return None;
    }
    let kind = FindingKind::CheaperSplit {
        saved_per_month_usd: saved,
    };
    Some(plain(Severity::Info, kind))
}

/// Reserved units that cost less than their tokens.
pub(super) fn reserve(scenario: &Scenario, chapters: &Chapters) -> Vec<Finding> {
    let cheaper = chapters.cost.reserved.iter().filter(|offer| {
        let is_free = scenario
            .provider(offer.row)
            .is_none_or(|row| row.units.is_some());
        let is_sold = (0.0..=property::UNITS.high).contains(&offer.units);
        is_sold && !is_free && offer.reserved_per_month_usd < offer.pay_as_you_go_per_month_usd
    });
    cheaper
        .map(|offer| plain(Severity::Info, FindingKind::Reserve(offer.clone())))
        .collect()
}

pub(super) fn unpriced(chapters: &Chapters) -> Option<Finding> {
    let names = chapters.cost.unpriced.clone();
    let kind = FindingKind::Unpriced { names };
    (!chapters.cost.unpriced.is_empty()).then(|| plain(Severity::Info, kind))
}

/// A provider that carries load and of which no limit is known.
pub(super) fn unknown_limits(chapters: &Chapters) -> Vec<Finding> {
    let unknown = carrying(chapters).filter(|plan| plan.limits.is_empty() && 0.0 < plan.rps);
    unknown
        .map(|plan| {
            let kind = FindingKind::UnknownLimits {
                id: plan.id.clone(),
                name: plan.name.clone(),
                model: plan.model.clone(),
                tier: plan.tier.clone(),
            };
            plain(Severity::Warning, kind)
        })
        .collect()
}
