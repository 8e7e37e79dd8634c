//! Findings about providers: limits, the loss of one, facts that are out of date.

use std::fmt::Write as _;

use crate::catalog::date::Date;

use super::{Finding, Severity, by_scale, plain};
use crate::catalog::provider::LIMITS_STALE_DAYS;
use crate::model::order::sorted_by;
use crate::plan::limits::CountedRow;
use crate::plan::{Chapters, Depth, Drill, DrillRow, LimitUse, ProviderPlan, Whole, fixes, words};
use crate::scenario::{Scenario, property};

pub(super) fn limits<D: Depth>(scenario: &Scenario, chapters: &Chapters) -> Vec<Finding> {
    let rows: Vec<&ProviderPlan> = chapters
        .providers
        .iter()
        .filter(|plan| 0.0 < plan.share_ratio)
        .collect();
    let rows = sorted_by(rows, |plan| (0, plan.max_scale.unwrap_or(f64::INFINITY)));
    let standing = D::reason(|| Some(chapters.standing()));
    let mut found = Vec::with_capacity(rows.len());
    for (rank, plan) in rows.into_iter().enumerate() {
        let tightest = plan
            .limits
            .iter()
            .find(|used| Some(used.kind) == plan.binding_limit);
        // Without a multiple the load is nothing beside the limit.
        let Some((used, scale)) = tightest.and_then(|used| Some((used, used.max_scale?))) else {
            continue;
        };
        let severity = by_scale(scale, plan.target_ratio);
        let title = [&plan.name, " ", used.kind.noun()].concat();
        let id = ["provider-", &plan.id].concat();
        let mut finding = plain::<D>(id, severity, title, || limit_message(plan, used));
        finding.status = limit_status(used);
        finding.breaks_at_scale = Some(scale);
        if let Some(standing) = &standing {
            finding.fixes = fixes::for_provider(scenario, chapters, standing, plan, rank == 0);
        }
        found.push(finding);
    }
    found
}

/// Status of a limit of 0.
pub(in crate::plan) const NOTHING_ALLOWED: &str = "nothing allowed";

fn limit_status(used: &LimitUse) -> String {
    match used.utilization_ratio {
        // Twice and more is no excess any more but another size.
        Some(ratio) if 2.0 <= ratio => {
            ["at ", &words::significant(ratio), " times its limit"].concat()
        }
        Some(ratio) if 1.0 < ratio => ["over by ", &words::percent(ratio - 1.0)].concat(),
        Some(ratio) => words::percent(ratio) + " at peak",
        None => NOTHING_ALLOWED.to_owned(),
    }
}

fn limit_message(plan: &ProviderPlan, used: &LimitUse) -> String {
    let mut text = [
        &words::percent(plan.share_ratio),
        " of the requests are ",
        &words::significant(plan.rps),
        " rps at the peak: ",
        &words::short(used.load),
        " of ",
        &words::short(used.limit),
        " ",
        used.kind.unit(),
        ".",
    ]
    .concat();
    if used.usable_ratio < 1.0 {
        write!(
            text,
            " It is judged over less than a minute, and bursts leave {} of it.",
            words::percent(used.usable_ratio)
        )
        .expect("writing to a string cannot fail");
    }
    let mut before = " Its other limits: ";
    for other in plan.limits.iter().filter(|other| other.kind != used.kind) {
        let Some(ratio) = other.utilization_ratio else {
            continue;
        };
        text += before;
        text += other.kind.abbreviation();
        text += " ";
        text += &words::percent(ratio);
        before = ", ";
    }
    if before == ", " {
        text += ".";
    }
    text
}

/// The loss that leaves the least room.
pub(in crate::plan) fn worst(drills: &[Drill]) -> Option<&Drill> {
    drills.iter().min_by(|a, b| {
        let scale = |drill: &Drill| drill.max_scale.unwrap_or(f64::INFINITY);
        scale(a).total_cmp(&scale(b))
    })
}

pub(super) fn worst_drill<D: Depth>(scenario: &Scenario, chapters: &Chapters) -> Option<Finding> {
    let carrying = scenario
        .providers
        .iter()
        .filter(|provider| 0.0 < provider.weight)
        .count();
    if carrying == 1 && 0.0 < chapters.demand.requests_per_day {
        let message = || {
            "All requests go to one provider: if it fails, nothing is served. Add a second one \
             with a weight above 0."
                .to_owned()
        };
        let title = "No second provider".to_owned();
        return Some(plain::<D>(
            "failover-none",
            Severity::Warning,
            title,
            message,
        ));
    }
    let drill = worst(&chapters.drills)?;
    let scale = drill.max_scale?;
    let row = drill.providers.iter().max_by(|a, b| {
        let fullness = |row: &DrillRow| row.utilization_ratio.unwrap_or(f64::INFINITY);
        fullness(a).total_cmp(&fullness(b))
    })?;
    let used = row.tightest.as_ref()?;
    let severity = if scale < 1.0 {
        Severity::Warning
    } else {
        Severity::Info
    };
    let title = [&row.name, ", if ", &drill.lost, " is lost"].concat();
    let mut finding = plain::<D>("failover", severity, title, || {
        drill_message(drill, row, used)
    });
    finding.status = limit_status(used);
    finding.breaks_at_scale = Some(scale);
    finding.fixes = D::reason(|| fixes::for_drill(scenario, chapters, drill.lost_row, row.row));
    Some(finding)
}

fn drill_message(drill: &Drill, row: &DrillRow, used: &LimitUse) -> String {
    let served = if drill.served_ratio < 1.0 {
        format!(
            " {} of the requests could be served.",
            words::percent(drill.served_ratio)
        )
    } else {
        String::new()
    };
    let trip = if drill.trip_matters {
        format!(
            " Until the breaker opens, {} requests hang on the lost provider, more than the free \
             slots: others wait too.",
            words::short(libm::ceil(drill.held_before_trip))
        )
    } else {
        String::new()
    };
    let also = served + &trip;
    [
        "The requests of ",
        &drill.lost,
        " fall to the others by weight. ",
        &row.name,
        " then gets ",
        &words::percent(row.share_ratio),
        ": ",
        &words::short(used.load),
        " of ",
        &words::short(used.limit),
        " ",
        used.kind.unit(),
        ".",
        &also,
    ]
    .concat()
}

pub(super) fn dated_facts<D: Depth>(row: &CountedRow<'_>, today: Date) -> Vec<Finding> {
    let provider = row.provider;
    let mut found = Vec::new();
    if let Some(model) = row.model
        && let Some(shutdown) = model.shutdown
    {
        let gone = words::age_days(today, shutdown).is_some_and(|days| 0 < days);
        let soon = words::date_in(today, 6.0)
            .zip(words::full_date(shutdown))
            .is_some_and(|(limit, date)| date <= limit);
        if gone || soon {
            let severity = if gone {
                Severity::Critical
            } else {
                Severity::Warning
            };
            let verb = if gone { "was shut down" } else { "ends" };
            let message = || "Choose a model that is on sale.".to_owned();
            let date = words::day_month_year(shutdown);
            let title = format!("{}: {} {verb} on {date}", provider.name, provider.model);
            let id = format!("model-{}", provider.id);
            found.push(plain::<D>(id, severity, title, message));
        }
    }
    found.extend(D::reason(|| old_limits(row, today)));
    found
}

/// Limits read so long ago that they may have changed.
fn old_limits(row: &CountedRow<'_>, today: Date) -> Option<Finding> {
    let (provider, tier) = (row.provider, row.tier()?);
    let days = words::age_days(today, tier.as_of).filter(|days| LIMITS_STALE_DAYS < *days)?;
    let message = || {
        format!(
            "{} {} was read {} {}, {days} days ago. Check it in the provider’s console and \
             correct it here if it changed.",
            provider.name,
            provider.tier,
            if tier.as_of.len() < 10 { "in" } else { "on" },
            words::day_month_year(tier.as_of)
        )
    };
    let title = format!("{} limits are old", provider.name);
    let id = format!("stale-{}", provider.id);
    Some(plain::<Whole>(id, Severity::Info, title, message))
}

/// A provider that refuses at the peak, where the autoscaler would add gateways in vain.
pub(super) fn more_pods_in_vain(chapters: &Chapters) -> Option<Finding> {
    let gateway = &chapters.gateway;
    let carrying = chapters
        .providers
        .iter()
        .filter(|plan| 0.0 < plan.share_ratio);
    let (plan, scale) = carrying
        .filter_map(|plan| Some((plan, plan.max_scale?)))
        .min_by(|a, b| a.1.total_cmp(&b.1))?;
    let can_grow = gateway.instances_min < gateway.instances_max;
    if 1.0 <= scale || !can_grow {
        return None;
    }
    let message = || {
        format!(
            "{} refuses what is above {} today’s peak. That fills the queue, the autoscaler \
             answers with up to {} gateways, and nothing gets faster: mend the limit first.",
            plan.name,
            words::multiple(scale),
            gateway.instances_max,
        )
    };
    let title = "More gateways cannot help".to_owned();
    Some(plain::<Whole>(
        "pods-in-vain",
        Severity::Info,
        title,
        message,
    ))
}

/// A split of the requests that costs less and still fits.
pub(super) fn cheaper_weights(scenario: &Scenario, chapters: &Chapters) -> Option<Finding> {
    let given = chapters.routing.option("given")?;
    let cheapest = chapters
        .routing
        .option("cheapest")
        .filter(|way| way.fits == Some(true))?;
    let saved = given.tokens_per_month_usd - cheapest.tokens_per_month_usd;
    if saved < given.tokens_per_month_usd * 0.05 || saved < 1.0 {
        return None;
    }
    let message = || {
        format!(
            "Filling the cheapest provider up to its target use first, then the next, saves {} a \
             month in tokens. Whether the models answer alike only you can tell.",
            words::usd(saved)
        )
    };
    let title = "A cheaper split would fit".to_owned();
    let mut finding = plain::<Whole>("cheaper-weights", Severity::Info, title, message);
    finding.fixes = vec![fixes::weights(scenario, chapters, cheapest)];
    Some(finding)
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
        .map(|offer| {
            let message = || {
                format!(
                    "{} {} for {} a month carry the peak; the same tokens cost {} at list price. \
                     They would be {} full on average.",
                    offer.units,
                    offer.unit,
                    words::usd(offer.reserved_per_month_usd),
                    words::usd(offer.pay_as_you_go_per_month_usd),
                    words::percent(offer.mean_utilization_ratio),
                )
            };
            let title = format!("{} reserved would cost less", offer.name);
            let id = format!("reserve-{}", offer.row);
            let mut finding = plain::<Whole>(id, Severity::Info, title, message);
            finding.fixes = vec![fixes::reserve(scenario, chapters, offer)];
            finding
        })
        .collect()
}

pub(super) fn unpriced(chapters: &Chapters) -> Option<Finding> {
    let names = &chapters.cost.unpriced;
    if names.is_empty() {
        return None;
    }
    let message = || {
        format!(
            "No price is known for {}; {} tokens count as free.",
            names.join(", "),
            if names.len() == 1 { "its" } else { "their" }
        )
    };
    Some(plain::<Whole>(
        "unpriced",
        Severity::Info,
        "Cost is incomplete".to_owned(),
        message,
    ))
}

/// A provider that carries load and of which no limit is known.
pub(super) fn unknown_limits<D: Depth>(chapters: &Chapters) -> Vec<Finding> {
    let carrying = chapters
        .providers
        .iter()
        .filter(|plan| 0.0 < plan.share_ratio);
    let unknown = carrying.filter(|plan| plan.limits.is_empty() && 0.0 < plan.rps);
    unknown
        .map(|plan| {
            let title = format!("{}’s limits are unknown", plan.name);
            let message = || {
                format!(
                    "Nothing is known of {} {}: enter its limits, or choose a model and a tier.",
                    plan.model, plan.tier
                )
            };
            let id = format!("unknown-{}", plan.id);
            plain::<D>(id, Severity::Warning, title, message)
        })
        .collect()
}
