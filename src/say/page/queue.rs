//! The queue: outcomes of a request, and what to monitor.

use crate::plan::{Plan, QueuePlan};
use crate::say::words;

pub(crate) const TITLE: &str = "When a gateway is full";
pub(crate) const COPY: &str = "Copy";
pub(crate) const COPY_COMMAND: &str = "Copy the command";

/// Title of a command that prints the queue depth.
pub(crate) fn depth(what: &str) -> String {
    format!("Queue depth, {what}")
}

/// Alert threshold.
pub(crate) fn alert(depth: u32) -> String {
    format!("Alert at {depth} waiting in one gateway for 2 minutes")
}

/// Requests waiting at the peak, and their wait.
fn waiting(queue: &QueuePlan) -> String {
    match (queue.mean_queue, queue.wait_p99_s) {
        _ if 0.0 < queue.backlog_per_minute => {
            format!(
                "grows by {} a minute",
                words::short(queue.backlog_per_minute)
            )
        }
        (Some(queue), Some(wait)) if wait < 0.001 => {
            let queue = libm::round(queue * 100.0) / 100.0;
            format!("{} at the peak, no wait", words::significant(queue))
        }
        (Some(queue), Some(wait)) => {
            let (queue, wait) = (words::significant(queue), words::seconds(wait));
            format!("{queue} at the peak, p99 {wait}")
        }
        _ => "not judged".to_owned(),
    }
}

/// Titles and lines of the possible outcomes.
pub(crate) fn places(plan: &Plan, rejects: bool) -> [(&'static str, Vec<String>); 4] {
    let queue = &plan.queue;
    let wait = |seconds: Option<f64>| seconds.map_or_else(|| "no wait".to_owned(), words::seconds);
    let arrive = words::significant(plan.demand.peak_rps);
    let accepted = format!(
        "{} of {} slots",
        words::significant(queue.in_flight),
        words::significant(queue.slots)
    );
    let capacity = queue.capacity_rps.map_or_else(
        || "no bound known".to_owned(),
        |rps| format!("up to {} rps", words::significant(rps)),
    );
    let refused = if rejects {
        "the new one is refused"
    } else {
        "the oldest is dropped"
    };
    let overflow = if queue.overflow_rps > 0.0 {
        format!("{} rps at the peak", words::significant(queue.overflow_rps))
    } else {
        "none at the planned peak".to_owned()
    };
    [
        ("Arrive", vec![format!("{arrive} rps at the peak")]),
        ("Accepted", vec![accepted, capacity]),
        (
            "Waiting",
            vec![
                waiting(queue),
                "up to ".to_owned() + &words::several(&words::significant(queue.places), "place"),
                format!("{} for the last", wait(queue.wait_at_full_s)),
                format!("{} at the HPA’s target", wait(queue.wait_at_hpa_target_s)),
            ],
        ),
        ("Overflow", vec![refused.to_owned(), overflow]),
    ]
}

/// Summary of the drawing.
pub(crate) fn summary(plan: &Plan) -> String {
    let queue = &plan.queue;
    format!(
        "At the peak {} requests per second arrive; {} of {} slots are in use; waiting: {}; up to \
         {} may wait; {} requests per second overflow.",
        words::significant(plan.demand.peak_rps),
        words::significant(queue.in_flight),
        words::significant(queue.slots),
        waiting(queue),
        words::significant(queue.places),
        words::significant(queue.overflow_rps),
    )
}
