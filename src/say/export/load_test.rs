//! `load-test.js`.

use crate::say::words;
use crate::scenario::number::grouped;

/// Description.
pub const ABOUT: &str =
    "The modelled peak as a load test. Run it against a test deployment: it costs tokens.";

/// Usage.
pub const RUN: &str = "k6 run -e GATEWAY=http://kt-gateway:41002 -e TOKEN=… load-test.js; with \
                       -e DAY=1 the whole day in an hour";

/// How to import the result.
pub const SUMMARY: &str =
    "With -e GATEWAYS=2 --summary-export summary.json the calculator reads what two gateways did.";

/// Result of the check.
pub const CHECKED: &str = "Whole rates, one scenario a workload";

/// Course of the test.
pub fn ramp_note(peak_rps: f64) -> String {
    format!(
        "Ramps to {} requests/s in 2 minutes and holds them for 10, each workload at its share; \
         with DAY=1 the shape of the day passes in an hour.",
        words::significant(peak_rps)
    )
}

/// Thresholds: the share of failures, and the 95th and 99th percentile of the response time.
pub fn fail_note(users: f64, failed_ratio: f64, [p95_s, p99_s]: [Option<f64>; 2]) -> String {
    let passes = |share: &str, time_s: Option<f64>| {
        time_s.map_or_else(String::new, |time_s| {
            [", the ", share, " passes ", &words::seconds(time_s)].concat()
        })
    };
    format!(
        "Keeps up to {} requests open; fails if more than {} fail{}{}, or a request could not be \
         sent in time: the modelled values with a margin.",
        grouped(users),
        words::plain_percent(failed_ratio),
        passes("P95", p95_s),
        passes("P99", p99_s),
    )
}

/// Warning about its cost.
pub const COST_NOTE: &str =
    "Answers cost tokens: point it at a test deployment or a provider stub.";

/// Fault: there is no load.
pub const NOTHING_SENT: &str = "No workload sends anything, so there is nothing to test.";

/// Warning: there is hardly any load.
pub const HARDLY_SENT: &str =
    "Fewer than one request in ten minutes: this test will most likely send none.";

/// Gap: too many requests for one machine.
pub fn too_many_users(users: f64) -> String {
    format!(
        "{} open requests are more than one machine sends: split the test with k6's execution \
         segments.",
        grouped(users)
    )
}

/// Gap: no hits in the response cache.
pub const NO_CACHE: &str =
    "Each prompt is one of its own, so the gateway's response cache has no hits here.";

/// Gap: batches are sent at once.
pub const NO_BATCH: &str = "What goes through the batch interface is sent like the rest.";

/// Gap: evenly spaced requests.
pub const NO_BURSTS: &str =
    "k6 spaces requests evenly; the modelled burstiness is not in the test.";
