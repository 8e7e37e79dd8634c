//! Findings about providers: limits, losses, outdated facts.

use super::finding::{Finding, Severity, breaking, by_scale, plain};
use super::kind::{FindingKind, ProviderLimit, ProviderLoss, RefusedAlways};
use super::other_model::OtherModel;
use super::share::{Falling, ShareOf};
use crate::catalog::date::{Date, age_days, date_in, full_date};
use crate::catalog::model_kind::ModelKind;
use crate::catalog::provider::LIMITS_STALE_DAYS;
use crate::model::limit::holds;
use crate::model::order::sorted_by;
use crate::plan::counting::CountedRow;
use crate::plan::limits::tightest;
use crate::plan::providers::tightest_provider;
use crate::plan::routing::Split;
use crate::plan::spread::is_plain;
use crate::plan::{Chapters, Demand, LimitUse, ProviderPlan, drill};
use crate::scenario::{Provider, Scenario, Scope, Workload, property};

/// Providers with load.
fn carrying<'a>(chapters: &'a Chapters) -> impl Iterator<Item = &'a ProviderPlan> {
    let providers = chapters.providers.iter();
    providers.filter(|plan| 0.0 < plan.share_ratio)
}

pub(super) fn limits(scenario: &Scenario, chapters: &Chapters) -> Vec<Finding> {
    // A later place without requests today has a limit that more of them reach.
    let rows = chapters.providers.iter();
    let rows = rows.filter(|plan| 0.0 < plan.share_ratio || plan.max_scale().is_some());
    let rows = sorted_by(rows.collect(), |plan| {
        (0, plan.max_scale().unwrap_or(f64::INFINITY))
    });
    // A shared limit is reported once, for the row with the highest load.
    let mut told: Vec<(f64, Option<f64>)> = Vec::new();
    let mut found = Vec::new();
    for plan in rows {
        let mut used = plan.tightest;
        if let Some(shared) = used.filter(|used| 0.0 < used.beside) {
            // Batches of different durations count in different rounds, and are equally full.
            let is_near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * b;
            let is_full = |a: Option<f64>| a.zip(shared.max_scale);
            let is_told = |(load, scale): &(f64, Option<f64>)| {
                is_near(*load, shared.load) || is_full(*scale).is_some_and(|(a, b)| is_near(a, b))
            };
            if told.iter().any(is_told) {
                let own = plan.limits.iter().filter(|used| used.beside == 0.0);
                used = tightest(own.copied(), |used| used.state);
            } else {
                told.push((shared.load, shared.max_scale));
            }
        }
        let is_first = found.is_empty();
        let question = (scenario, &chapters.demand);
        found.extend(used.and_then(|used| limit(question, (plan, is_first), used)));
    }
    found
}

/// Finding: workloads bound to providers that do not take part.
pub(super) fn nowhere(scenario: &Scenario, chapters: &Chapters) -> Vec<Finding> {
    let rows = || chapters.providers.iter().zip(&chapters.rows);
    let is_lost = |workload: &Workload| {
        let mut open = rows().filter(|(_, row)| 0.0 < row.weight);
        0.0 < workload.requests_per_day()
            && workload.to.is_some()
            && !open.any(|(plan, _)| workload.may_go(&plan.id))
    };
    let lost = scenario.workloads.iter().enumerate();
    let lost = lost.filter(|(_, workload)| is_lost(workload));
    lost.map(|(index, workload)| {
        let workload = workload.name.clone();
        plain(Severity::Critical, FindingKind::Nowhere { index, workload })
    })
    .collect()
}

/// Finding: providers whose model cannot answer a bound workload, or any. Declared embeddings
/// without a model for them are reported once.
pub(super) fn other_model(scenario: &Scenario, chapters: &Chapters) -> Vec<Finding> {
    let asked = || {
        let workloads = scenario.workloads.iter().enumerate();
        workloads.filter(|(_, workload)| 0.0 < workload.requests_per_day())
    };
    if asked().all(|(_, it)| chapters.rows.iter().all(|row| it.suits(row.kind))) {
        return Vec::new();
    }
    let (ways, mut unsure, mut found) = (scenario.ways(), Vec::new(), Vec::new());
    let rows = chapters.rows.iter().zip(&chapters.providers).zip(&ways);
    for ((row, plan), ways) in rows.filter(|((row, _), _)| 0.0 < row.weight) {
        let comes = asked().filter(|(at, _)| ways[*at]);
        let mut wrong = comes.filter(|(_, workload)| !workload.suits(row.kind));
        let is_sure = |workload: &Workload| workload.to.is_some() || row.kind != ModelKind::Text;
        let wrong = wrong.find(|(at, it)| is_sure(it) || !unsure.contains(at));
        let is_idle = asked().all(|(at, workload)| !ways[at] && !workload.suits(row.kind));
        let severity = match wrong {
            Some((_, workload)) if is_sure(workload) => Severity::Critical,
            Some(_) => Severity::Warning,
            None if is_idle => Severity::Warning,
            None => continue,
        };
        unsure.extend(wrong.map(|(at, _)| at));
        let kind = FindingKind::OtherModel(OtherModel {
            id: plan.id.clone(),
            name: plan.name.clone(),
            model: plan.model.clone(),
            makes: row.kind,
            workload: wrong.map(|(_, workload)| workload.name.clone()),
        });
        found.push(plain(severity, kind));
    }
    found
}

/// Finding: requests that a provider always refuses, while it takes others.
pub(super) fn too_large(scenario: &Scenario, chapters: &Chapters) -> Vec<Finding> {
    let some = carrying(chapters).filter(|plan| 0.0 < plan.admitted_ratio);
    some.filter_map(|plan| {
        let kind = FindingKind::TooLarge(refused(scenario, plan)?);
        Some(plain(Severity::Critical, kind))
    })
    .collect()
}

/// The first request that a provider always refuses.
fn refused(scenario: &Scenario, plan: &ProviderPlan) -> Option<RefusedAlways> {
    let one = plan.too_large?;
    Some(RefusedAlways {
        row: plan.row,
        id: plan.id.clone(),
        name: plan.name.clone(),
        model: plan.model.clone(),
        workload: scenario.workloads.get(one.workload)?.name.clone(),
        what: one.what,
        counts: one.counts,
        limit: one.limit,
        refused_ratio: 1.0 - plan.admitted_ratio,
    })
}

/// The limits except the tightest.
fn others(limits: &[LimitUse], tightest: LimitUse) -> Vec<LimitUse> {
    let name = |used: &LimitUse| (used.kind, used.of_organization);
    let others = limits.iter().filter(|other| name(other) != name(&tightest));
    others.copied().collect()
}

/// The share of the requests by which a limit is told, that of the peak's busiest stretch, and the
/// whole of both.
fn shares(demand: &Demand, plan: &ProviderPlan, used: &LimitUse) -> (f64, f64, ShareOf) {
    let batches = plan.batch_share(demand);
    let batches = batches.filter(|_| used.kind.is_of_batches() || plan.rps <= 0.0);
    if let Some(share) = batches {
        (share, share, ShareOf::InBatches)
    } else if 1e-9 < (plan.direct_share_ratio - plan.share_ratio).abs() {
        let at_most = plan.peak_calls_ratio(demand);
        (plan.direct_share_ratio, at_most, ShareOf::AtOnce)
    } else {
        (plan.share_ratio, plan.peak_share_ratio, ShareOf::Requests)
    }
}

fn limit(
    (scenario, demand): (&Scenario, &Demand),
    (plan, is_first): (&ProviderPlan, bool),
    tightest: LimitUse,
) -> Option<Finding> {
    // Without a multiple the load is negligible against the limit.
    let scale = tightest.max_scale?;
    let (share_ratio, peak_share_ratio, of) = shares(demand, plan, &tightest);
    let kind = FindingKind::ProviderLimit(ProviderLimit {
        row: plan.row,
        id: plan.id.clone(),
        name: plan.name.clone(),
        share_ratio,
        peak_share_ratio,
        of,
        rps: plan.rps,
        with_retries: 1.0 < demand.attempts,
        is_first,
        used: tightest,
        others: others(&plan.limits, tightest),
        too_large: refused(scenario, plan).filter(|_| plan.admitted_ratio == 0.0),
        assumed_answer: plan.assumed_answer,
    });
    Some(breaking(scale, by_scale(scale, plan.target_ratio), kind))
}

/// Finding: no provider can take over, as there is one row or one vendor.
pub(super) fn no_second(scenario: &Scenario, chapters: &Chapters) -> Option<Finding> {
    // A model of another kind than the requests need cannot take over.
    let takes = |row: &CountedRow<'_>| {
        let mut asked = scenario.workloads.iter();
        0.0 < row.weight && asked.any(|workload| workload.suits(row.kind))
    };
    let taking = chapters.rows.iter().filter(|row| takes(row));
    let mut carrying = taking.map(|row| row.provider);
    let first = carrying.next()?;
    let is_own = |row: &Provider| row.vendor == "custom";
    let is_alone = carrying.all(|row| row.vendor == first.vendor && !is_own(row));
    (is_alone && 0.0 < chapters.demand.requests_per_day)
        .then(|| plain(Severity::Warning, FindingKind::NoSecondProvider))
}

/// Finding: the provider loss that leaves the least room.
pub(super) fn worst_loss(scenario: &Scenario, chapters: &Chapters) -> Option<Finding> {
    let carrying = scenario.providers.iter().filter(|row| 0.0 < row.weight);
    if carrying.count() < 2 {
        return None;
    }
    let drill = drill::worst(&chapters.drills)?;
    let scale = drill.max_scale?;
    let row = drill.tightest()?;
    let severity = if holds(scale) {
        Severity::Info
    } else {
        Severity::Warning
    };
    let kind = FindingKind::ProviderLoss(ProviderLoss {
        lost_row: drill.lost_row,
        lost: drill.lost.clone(),
        served_ratio: drill.served_ratio,
        homeless_ratio: drill.homeless_ratio,
        falling: falling(scenario, &chapters.rows),
        held_before_trip: drill.trip_matters.then_some(drill.held_before_trip),
        row: row.row,
        name: row.name.clone(),
        share_ratio: row.share_ratio,
        used: row.tightest?,
        others: others(&row.limits, row.tightest?),
    });
    Some(breaking(scale, severity, kind))
}

fn falling(scenario: &Scenario, rows: &[CountedRow<'_>]) -> Falling {
    let carrying = || rows.iter().filter(|row| 0.0 < row.weight);
    let orders = || carrying().map(|row| row.provider.order);
    if orders().max() != orders().min() {
        Falling::InOrder
    } else if is_plain(scenario, rows) {
        Falling::ByWeight
    } else {
        Falling::WhereBound
    }
}

/// The loss of a provider whose requests no other one takes, although its own are taken today.
pub(super) fn loss_nowhere(chapters: &Chapters) -> Option<Finding> {
    let drill = drill::worst_for_homeless(&chapters.drills)?;
    let kind = FindingKind::LossNowhere {
        lost_row: drill.lost_row,
        lost: drill.lost.clone(),
        homeless_ratio: drill.homeless_ratio,
    };
    Some(plain(Severity::Warning, kind))
}

/// Finding: a model that was shut down, or will be within a year and a half; a risk in the last
/// half year.
pub(super) fn shutdown(row: &CountedRow<'_>, today: Date) -> Option<Finding> {
    let provider = row.provider;
    let on = row.model?.shutdown?;
    let is_gone = age_days(today, on).is_some_and(|days| 0 < days);
    let is_within = |months| {
        let dates = date_in(today, months).zip(full_date(on));
        dates.is_some_and(|(limit, date)| date <= limit)
    };
    let severity = match is_gone {
        true => Severity::Critical,
        false if is_within(6.0) => Severity::Warning,
        false if is_within(18.0) => Severity::Info,
        false => return None,
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

/// Finding: limits read so long ago that they may have changed.
pub(super) fn old_limits(row: &CountedRow<'_>, today: Date) -> Option<Finding> {
    let (provider, tier) = (row.provider, row.tier?);
    let age_days = age_days(today, tier.as_of).filter(|days| LIMITS_STALE_DAYS < *days)?;
    let kind = FindingKind::OldLimits {
        row: provider.id,
        name: provider.name.clone(),
        tier: provider.tier.clone(),
        as_of: tier.as_of,
        age_days,
    };
    Some(plain(Severity::Info, kind))
}

/// Finding: a provider that refuses at the peak, where more gateways cannot help.
pub(super) fn pods_in_vain(chapters: &Chapters) -> Option<Finding> {
    let gateway = &chapters.gateway;
    let plan = tightest_provider(&chapters.providers)?;
    let scale = plan.max_scale()?;
    let tightest = plan.tightest?;
    // With limits counted per pod, more pods admit more requests; queued batches hold no slots.
    if tightest.scope != Scope::Provider || tightest.kind.is_of_batches() {
        return None;
    }
    let can_grow = gateway.instances_min < gateway.instances_max;
    if holds(scale) || !can_grow {
        return None;
    }
    let kind = FindingKind::PodsInVain {
        name: plan.name.clone(),
        scale,
        instances_max: gateway.instances_max,
    };
    Some(plain(Severity::Info, kind))
}

/// Finding: a cheaper split of the requests that still fits. Not sought if rows share a limit.
pub(super) fn cheaper_split(chapters: &Chapters) -> Option<Finding> {
    let shares = |row: &CountedRow<'_>| row.at.beside.iter().any(|load| 0.0 < *load);
    if chapters.rows.iter().any(shares) {
        return None;
    }
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

/// Finding: reserved units that cost less than their tokens.
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

/// Finding: a provider with load but without a known limit.
pub(super) fn unknown_limits(chapters: &Chapters) -> Vec<Finding> {
    let has_load = 0.0 < chapters.demand.requests_per_day;
    let rows = chapters.rows.iter().zip(&chapters.providers);
    let taking = rows.filter(|(row, _)| has_load && 0.0 < row.weight);
    taking
        .filter(|(_, plan)| plan.limits.is_empty())
        .map(|(_, plan)| {
            let kind = FindingKind::UnknownLimits {
                is_spare: plan.rps <= 0.0,
                id: plan.id.clone(),
                name: plan.name.clone(),
                model: plan.model.clone(),
                tier: plan.tier.clone(),
            };
            plain(Severity::Warning, kind)
        })
        .collect()
}
