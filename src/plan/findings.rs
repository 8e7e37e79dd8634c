//! What gives way first, at what multiple of today's load, and why.

use jiff::civil::Date;
use serde::Serialize;

use super::fixes::{self, Fix};
use super::{Chapters, Drill, LimitUse, ProviderPlan, words};
use crate::catalog::provider::LIMITS_STALE_DAYS;
use crate::model::growth::months_to_scale;
use crate::scenario::validate::Problem;
use crate::scenario::{Provider, Scenario};

/// Something the reader should know.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// Stable name, for programs and tests.
    pub id: String,
    /// How urgent it is.
    pub severity: Severity,
    /// The constraint, in a few words.
    pub title: String,
    /// How full it is, in a few words.
    pub status: String,
    /// Why, with the reader's own numbers.
    pub message: String,
    /// Multiple of today's load at which it breaks.
    pub breaks_at_scale: Option<f64>,
    /// Months of growth until then.
    pub breaks_in_months: Option<f64>,
    /// That date, as month and year.
    pub breaks_on: Option<String>,
    /// Changes that would help, cheapest first.
    pub fixes: Vec<Fix>,
}

/// How urgent a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Fails today.
    Critical,
    /// Close to it, or fails when something else does.
    Warning,
    /// Good to know.
    Info,
}

/// A finding before fixes and dates.
pub(super) fn plain(id: &str, severity: Severity, title: String, message: String) -> Finding {
    Finding {
        id: id.to_owned(),
        severity,
        title,
        status: String::new(),
        message,
        breaks_at_scale: None,
        breaks_in_months: None,
        breaks_on: None,
        fixes: Vec::new(),
    }
}

pub(super) fn findings(
    scenario: &Scenario,
    chapters: &Chapters,
    problems: &[Problem],
    today: Date,
) -> Vec<Finding> {
    let mut found: Vec<Finding> = problems
        .iter()
        .map(|problem| {
            let title = "The scenario contradicts itself".to_owned();
            let id = format!("problem-{}", problem.field);
            plain(&id, Severity::Critical, title, problem.message.clone())
        })
        .collect();
    if chapters.demand.requests_per_day == 0.0 {
        let message = "Give a workload some requests to see what they need".to_owned();
        found.push(plain(
            "no-load",
            Severity::Info,
            "No requests yet".to_owned(),
            message,
        ));
    }
    found.extend(provider_limits(scenario, chapters));
    found.extend(worst_drill(scenario, chapters));
    found.extend(autoscaler(scenario, chapters));
    found.extend(disk(scenario, chapters));
    found.extend(connections(chapters));
    found.extend(queue(scenario, chapters));
    for provider in scenario
        .providers
        .iter()
        .filter(|provider| 0.0 < provider.weight)
    {
        found.extend(dated_facts(provider, today));
    }
    found.extend(unpriced(chapters));
    for finding in &mut found {
        add_date(finding, scenario.traffic.growth_percent / 100.0, today);
    }
    // Stable: findings without a multiple keep their order behind those with one.
    found.sort_by(|a, b| {
        let rank = |finding: &Finding| match (finding.severity, finding.breaks_at_scale) {
            (Severity::Critical, None) => (0, 0.0),
            (_, Some(scale)) => (1, scale),
            (Severity::Warning, None) => (2, 0.0),
            (Severity::Info, None) => (3, 0.0),
        };
        let ((group_a, scale_a), (group_b, scale_b)) = (rank(a), rank(b));
        group_a.cmp(&group_b).then(scale_a.total_cmp(&scale_b))
    });
    found
}

fn add_date(finding: &mut Finding, growth_ratio: f64, today: Date) {
    let months = finding
        .breaks_at_scale
        .and_then(|scale| months_to_scale(scale, growth_ratio));
    finding.breaks_in_months = months;
    finding.breaks_on = months
        .and_then(|months| words::date_in(today, months))
        .map(words::month_year);
}

fn by_scale(scale: f64, target_ratio: f64) -> Severity {
    if scale < 1.0 {
        Severity::Critical
    } else if scale * target_ratio < 1.0 {
        Severity::Warning
    } else {
        Severity::Info
    }
}

fn provider_limits(scenario: &Scenario, chapters: &Chapters) -> Vec<Finding> {
    let mut rows: Vec<&ProviderPlan> = chapters
        .providers
        .iter()
        .filter(|plan| 0.0 < plan.share_ratio)
        .collect();
    rows.sort_by(|a, b| {
        let scale = |plan: &ProviderPlan| plan.max_scale.unwrap_or(f64::INFINITY);
        scale(a).total_cmp(&scale(b))
    });
    let mut found = Vec::new();
    for (rank, plan) in rows.into_iter().enumerate() {
        let tightest = plan
            .limits
            .iter()
            .find(|used| Some(used.kind) == plan.binding_limit);
        let Some(used) = tightest.filter(|used| 0.0 < used.load) else {
            continue;
        };
        let scale = used.max_scale.unwrap_or(0.0);
        let severity = by_scale(scale, plan.target_ratio);
        let title = format!("{} {}", plan.name, used.kind.noun());
        let mut finding = plain(
            &format!("provider-{}", plan.id),
            severity,
            title,
            limit_message(plan, used),
        );
        finding.status = limit_status(used);
        finding.breaks_at_scale = Some(scale);
        finding.fixes = fixes::for_provider(scenario, chapters, plan, rank == 0);
        found.push(finding);
    }
    found
}

fn limit_status(used: &LimitUse) -> String {
    match used.utilization_ratio {
        Some(ratio) if 1.0 < ratio => format!("over by {}", words::percent(ratio - 1.0)),
        Some(ratio) => format!("{} at peak", words::percent(ratio)),
        None => "nothing allowed".to_owned(),
    }
}

fn limit_message(plan: &ProviderPlan, used: &LimitUse) -> String {
    let mut text = format!(
        "{} of the requests are {} rps at the peak: {} of {} {}.",
        words::percent(plan.share_ratio),
        words::significant(plan.rps),
        words::short(used.load),
        words::short(used.limit),
        used.kind.unit(),
    );
    let others: Vec<String> = plan
        .limits
        .iter()
        .filter(|other| other.kind != used.kind)
        .filter_map(|other| {
            Some(format!(
                "{} {}",
                other.kind.abbreviation(),
                words::percent(other.utilization_ratio?)
            ))
        })
        .collect();
    if !others.is_empty() {
        text.push_str(&format!(" Its other limits: {}.", others.join(", ")));
    }
    text
}

/// The loss that leaves the least room.
pub(super) fn worst(drills: &[Drill]) -> Option<&Drill> {
    drills.iter().min_by(|a, b| {
        let scale = |drill: &Drill| drill.max_scale.unwrap_or(f64::INFINITY);
        scale(a).total_cmp(&scale(b))
    })
}

fn worst_drill(scenario: &Scenario, chapters: &Chapters) -> Option<Finding> {
    let carrying = scenario
        .providers
        .iter()
        .filter(|provider| 0.0 < provider.weight)
        .count();
    if carrying == 1 && 0.0 < chapters.demand.requests_per_day {
        let message = "All requests go to one provider: if it fails, nothing is served. \
                       Add a second one with a weight above 0"
            .to_owned();
        let title = "No second provider".to_owned();
        return Some(plain("failover-none", Severity::Warning, title, message));
    }
    let drill = worst(&chapters.drills)?;
    let scale = drill.max_scale?;
    let row = drill.providers.iter().max_by(|a, b| {
        let fullness =
            |row: &super::providers::DrillRow| row.utilization_ratio.unwrap_or(f64::INFINITY);
        fullness(a).total_cmp(&fullness(b))
    })?;
    let used = row.tightest.as_ref()?;
    let severity = if scale < 1.0 {
        Severity::Warning
    } else {
        Severity::Info
    };
    let title = format!("{}, if {} is lost", row.name, drill.lost);
    let served = if drill.served_ratio < 1.0 {
        format!(
            " {} of the requests could be served.",
            words::percent(drill.served_ratio)
        )
    } else {
        String::new()
    };
    let message = format!(
        "The requests of {} fall to the others by weight. {} then gets {}: {} of {} {}.{served}",
        drill.lost,
        row.name,
        words::percent(row.share_ratio),
        words::short(used.load),
        words::short(used.limit),
        used.kind.unit(),
    );
    let mut finding = plain("failover", severity, title, message);
    finding.status = limit_status(used);
    finding.breaks_at_scale = Some(scale);
    finding.fixes = fixes::for_drill(scenario, drill.lost_row, row.row);
    Some(finding)
}

fn autoscaler(scenario: &Scenario, chapters: &Chapters) -> Option<Finding> {
    let gateway = &chapters.gateway;
    let scale = gateway.max_scale?;
    let severity = by_scale(scale, 0.8);
    let title = format!("HPA maximum of {}", gateway.instances_max);
    let message = format!(
        "{} at the peak with {} headroom, {}: {} slots each, {} in flight for each request.",
        words::counted(gateway.instances, "gateway"),
        words::multiple(scenario.traffic.headroom),
        gateway.decided_by.by(),
        scenario.gateway.concurrency,
        words::seconds(gateway.time_in_flight_s),
    );
    let mut finding = plain("hpa-max", severity, title, message);
    finding.status = format!("{} needed", gateway.instances);
    finding.breaks_at_scale = Some(scale);
    finding.fixes = fixes::for_autoscaler(scenario, chapters);
    Some(finding)
}

fn disk(scenario: &Scenario, chapters: &Chapters) -> Option<Finding> {
    let plane = &chapters.control_plane;
    let scale = plane.disk_max_scale?;
    let title = format!(
        "PostgreSQL disk, {}",
        words::bytes(plane.postgres_disk_bytes)
    );
    let mut message = format!(
        "{} at {} days: {} events a day of {}.",
        words::bytes(chapters.storage.retained_bytes),
        scenario.storage.retention_days,
        words::short(chapters.storage.events_per_day),
        words::bytes(scenario.storage.event_bytes),
    );
    if let Some(days) = plane.disk_full_in_days {
        message.push_str(&format!(
            " The disk is full after {} days.",
            words::significant(days)
        ));
    }
    let mut finding = plain("disk", by_scale(scale, 0.8), title, message);
    finding.status = words::percent(plane.disk_utilization_ratio);
    finding.breaks_at_scale = Some(scale);
    finding.fixes = fixes::for_disk(scenario, chapters);
    Some(finding)
}

fn connections(chapters: &Chapters) -> Option<Finding> {
    let database = &chapters.database;
    let needed = database.connections_needed;
    let over_server = database.connections_usable < needed;
    if needed <= database.connections_configured && !over_server {
        return None;
    }
    let severity = if over_server {
        Severity::Critical
    } else {
        Severity::Warning
    };
    let message = format!(
        "The clients may open {needed} connections; the configuration allows {}, the server {} \
         (3 are reserved). {} API replicas with that pool each would open {}.",
        database.connections_configured,
        database.connections_usable,
        chapters.control_plane.api_replicas,
        database.connections_if_per_replica,
    );
    let mut finding = plain(
        "connections",
        severity,
        "Database connections".to_owned(),
        message,
    );
    let allowed = database
        .connections_configured
        .min(database.connections_usable);
    finding.status = format!("{needed} needed, {allowed} allowed");
    finding.fixes = fixes::for_connections(chapters);
    Some(finding)
}

fn queue(scenario: &Scenario, chapters: &Chapters) -> Option<Finding> {
    let queue = &chapters.queue;
    let wait = queue.wait_at_full_s.filter(|_| queue.outlasts_clients)?;
    let message = format!(
        "With {} waiting in a gateway the last one waits {}, longer than the {} after which \
         clients give up. A shorter queue would refuse them at once.",
        scenario.gateway.queue_max_size,
        words::seconds(wait),
        words::seconds(scenario.gateway.client_timeout_s),
    );
    let title = "The queue outlasts its clients".to_owned();
    let mut finding = plain("queue-size", Severity::Info, title, message);
    finding.fixes = fixes::for_queue(scenario, wait);
    Some(finding)
}

fn dated_facts(provider: &Provider, today: Date) -> Vec<Finding> {
    let mut found = Vec::new();
    if let Some(model) = provider.model_row()
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
            let message = "Choose a model that is on sale".to_owned();
            let date = words::day_month_year(shutdown);
            let title = format!("{}: {} {verb} on {date}", provider.name, provider.model);
            found.push(plain(
                &format!("model-{}", provider.id),
                severity,
                title,
                message,
            ));
        }
    }
    let Some(tier) = provider.tier_row() else {
        return found;
    };
    let old = words::age_days(today, tier.as_of).filter(|days| LIMITS_STALE_DAYS < *days);
    if let Some(days) = old {
        let message = format!(
            "{} {} was read on {}, {days} days ago. Check it in the provider's console and \
             correct it here if it changed",
            provider.name,
            provider.tier,
            words::day_month_year(tier.as_of)
        );
        let title = format!("{} limits are old", provider.name);
        found.push(plain(
            &format!("stale-{}", provider.id),
            Severity::Info,
            title,
            message,
        ));
    }
    found
}

fn unpriced(chapters: &Chapters) -> Option<Finding> {
    let names = &chapters.cost.unpriced;
    if names.is_empty() {
        return None;
    }
    let message = format!(
        "No price is known for {}; its tokens count as free",
        names.join(", ")
    );
    Some(plain(
        "unpriced",
        Severity::Info,
        "Cost is incomplete".to_owned(),
        message,
    ))
}
