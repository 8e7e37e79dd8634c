//! The request path: the texts in its boxes, and the drawing in a sentence.

use crate::plan::{LimitState, Plan, ProviderPlan};
use crate::say::words;

pub(crate) const TITLE: &str = "Request path at the peak";
pub(crate) const NOTE: &str = "Band width is requests per second";
pub(crate) const CLIENTS: &str = "Clients";

/// The providers that have no box.
pub(crate) fn more(hidden: usize) -> String {
    format!("and {hidden} more, less full: “Providers against their limits” has them all")
}

/// Titles and lines of the boxes.
pub(crate) struct Texts {
    pub(crate) clients: Vec<String>,
    pub(crate) gateways: (String, Vec<String>),
    pub(crate) api: (String, Vec<String>),
    pub(crate) postgres: (String, Vec<String>),
}

/// The boxes of a plan.
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
            format!("PostgreSQL, {}", plane.size.to_lowercase()),
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

/// The events that the control plane takes.
pub(crate) fn events(rps: f64) -> String {
    format!("{} events/s", words::significant(rps))
}

/// The lines in the box of a provider, and the share in use at its end.
pub(crate) fn provider_lines(provider: &ProviderPlan) -> (Vec<String>, String) {
    let limit = provider.tightest.map_or_else(
        || "no limit known".to_owned(),
        |used| {
            format!(
                "{} of {} {}",
                words::short(used.load),
                words::short(used.limit),
                used.kind.unit()
            )
        },
    );
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

/// The drawing in a sentence, with the providers it shows.
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
