//! The request path: texts of its boxes, and its summary.

use crate::lived::{Moment, Taking};
use crate::model::limit::is_over;
use crate::plan::{LimitState, Plan, ProviderPlan};
use crate::say::day::clock;
use crate::say::{limit, words};
use crate::scenario::number::grouped;

pub(crate) const TITLE: &str = "Request path at the peak";

/// Summary: requests, slots and providers.
pub(crate) fn in_short(plan: &Plan) -> String {
    let carrying = plan.providers.iter().filter(|p| 0.0 < p.share_ratio);
    let [taken, slots] = [plan.gateway.in_flight, plan.queue.slots].map(words::significant);
    let use_of_slots = if is_over(plan.gateway.in_flight / plan.queue.slots) {
        format!("{taken} slots needed of {slots}")
    } else {
        format!("{taken} of {slots} slots in use")
    };
    format!(
        "{} requests per second, {use_of_slots}, {}",
        words::significant(plan.demand.peak_rps),
        words::counted(
            u32::try_from(carrying.count()).unwrap_or(u32::MAX),
            "provider"
        ),
    )
}
pub(crate) const CLIENTS: &str = "Clients";

/// Number of providers without a box.
pub(crate) fn more(hidden: usize) -> String {
    format!("and {hidden} more: the chart of limits has them all")
}

/// Number of providers without a box in a minute.
pub(crate) fn others(hidden: usize) -> String {
    format!("and {hidden} more, with fewer calls on this day")
}

/// Title for a minute of the simulated day.
pub(crate) fn title_at(minute: usize) -> String {
    format!("Request path at {}", clock(minute))
}

/// Clients box in a minute.
pub(crate) fn arriving(moment: &Moment) -> Vec<String> {
    let now = &moment.now;
    vec![
        format!("{} requests/min", grouped(now.offered as f64)),
        format!("{} sent again", grouped(now.resent as f64)),
    ]
}

/// Gateways box in a minute.
pub(crate) fn gateways_at(moment: &Moment) -> (String, Vec<String>) {
    let now = &moment.now;
    let count = |value: u64| grouped(value as f64);
    let title = if now.ready == now.wanted {
        words::counted(now.ready, "gateway") + " ready"
    } else {
        format!("{} of {} gateways ready", now.ready, now.wanted)
    };
    let lines = vec![
        format!(
            "{} in flight of {} slots",
            count(now.in_flight),
            count(moment.slots)
        ),
        format!(
            "{} waiting, {} late/min",
            count(now.waiting),
            count(now.late)
        ),
        format!(
            "{} refused, {} lost/min",
            count(moment.refused),
            count(now.unanswered)
        ),
    ];
    (title, lines)
}

/// Lines of a provider's box in a minute, and the share of its limit.
pub(crate) fn taking_lines(taking: &Taking) -> (Vec<String>, String) {
    let share = words::percent(taking.share_ratio);
    let mut parts = vec![format!("{} calls/min", grouped(taking.calls as f64)), share];
    let fates = [(taking.rejected, "refused"), (taking.failed, "failed")];
    let fates = fates.into_iter().filter(|(count, _)| 0 < *count);
    parts.extend(fates.map(|(count, fate)| format!("{} {fate}", grouped(count as f64))));
    // Refusals below the minute limit come from a limit per day, per month or in dollars.
    let is_spent = |used: f64| 0 < taking.rejected && used < 1.0;
    let end = match taking.used_ratio {
        Some(used) if is_spent(used) => "limit reached".to_owned(),
        Some(used) => words::percent(used),
        None => String::new(),
    };
    (vec![parts.join(" · ")], end)
}

/// Summary of a minute.
pub(crate) fn summary_at(minute: usize, moment: &Moment) -> String {
    let (gateways, lines) = gateways_at(moment);
    let called = moment.providers.iter().filter(|each| 0 < each.calls_of_day);
    let providers: Vec<String> = called
        .map(|taking| format!("{}: {}", taking.name, taking_lines(taking).0.concat()))
        .collect();
    format!(
        "At {}: {}; {gateways}, {}; {}.",
        clock(minute),
        arriving(moment).join(", "),
        lines.join(", "),
        providers.join("; ")
    )
}

/// Titles and lines of the boxes.
pub(crate) struct Texts {
    pub(crate) clients: Vec<String>,
    pub(crate) gateways: (String, Vec<String>),
    pub(crate) api: (String, Vec<String>),
    pub(crate) postgres: (String, Vec<String>),
}

/// Texts of a plan's boxes.
pub(crate) fn texts(plan: &Plan) -> Texts {
    let (gateway, queue, plane) = (&plan.gateway, &plan.queue, &plan.control_plane);
    let slots = words::significant(queue.slots / f64::from(queue.running.max(1)));
    let gateways = if queue.running < gateway.instances {
        format!(
            "{} of {} gateways needed",
            queue.running,
            words::short(f64::from(gateway.instances))
        )
    } else {
        words::counted(gateway.instances, "gateway")
    };
    Texts {
        clients: vec![
            format!(
                "{} requests/day",
                words::short(plan.demand.requests_per_day)
            ),
            format!(
                "{} rps at the peak",
                words::significant(plan.demand.peak_rps)
            ),
        ],
        gateways: (
            gateways,
            vec![
                format!(
                    "{} in flight of {} slots",
                    words::significant(queue.in_flight),
                    words::significant(queue.slots)
                ),
                format!(
                    "{} full, {slots} each",
                    words::percent(queue.utilization_ratio)
                ),
                format!(
                    "{} mean per request",
                    words::seconds(gateway.time_in_flight_s)
                ),
            ],
        ),
        api: (
            words::counted(plane.api_replicas, "API replica"),
            vec![format!(
                "{} vCPU, {} MB each",
                words::significant(plane.vcpu_per_replica),
                words::significant(plane.memory_mb_per_replica)
            )],
        ),
        postgres: (
            format!("PostgreSQL, {}", plane.size.to_ascii_lowercase()),
            vec![
                format!(
                    "{} of {}",
                    words::bytes(plan.storage.retained_bytes),
                    words::bytes(plane.postgres_disk_bytes)
                ),
                format!(
                    "{} of the server’s {} connections",
                    plan.database.connections_needed, plan.database.connections_usable
                ),
            ],
        ),
    }
}

/// Events to the control plane.
pub(crate) fn events(rps: f64) -> String {
    format!("{} events/s", words::significant(rps))
}

/// Lines of a provider's box, and its utilization.
pub(crate) fn provider_lines(provider: &ProviderPlan) -> (Vec<String>, String) {
    let limit = provider
        .tightest
        .map_or_else(|| "no limit known".to_owned(), |used| limit::load(&used));
    let ratio = provider.state().ratio();
    let end = ratio.map_or_else(String::new, words::percent);
    (
        vec![format!(
            "{} rps · {limit}",
            words::significant(provider.rps)
        )],
        end,
    )
}

/// Summary of the drawing, with the providers shown.
pub(crate) fn summary(plan: &Plan, shown: &[&ProviderPlan]) -> String {
    let providers: Vec<String> = shown
        .iter()
        .map(|p| {
            let used = match p.state() {
                LimitState::Unknown => "no limit known".to_owned(),
                LimitState::Closed => "nothing allowed".to_owned(),
                LimitState::Used(ratio) => words::percent(ratio),
            };
            format!("{} to {} ({used})", words::significant(p.rps), p.name)
        })
        .collect();
    format!(
        "Clients send {} requests per second to {}, which hold {} of {} slots and send {}. \
         {} events per second go through {} to PostgreSQL with {} connections and {}.",
        words::significant(plan.demand.peak_rps),
        words::counted(plan.queue.running, "gateway"),
        words::significant(plan.queue.in_flight),
        words::significant(plan.queue.slots),
        providers.join(", "),
        words::significant(plan.demand.peak_rps),
        words::counted(plan.control_plane.api_replicas, "API replica"),
        plan.database.connections_needed,
        words::bytes(plan.storage.retained_bytes),
    )
}
