//! Results of a load test, and the assumptions they replace.

use super::words;

/// Rate per gateway, and whether the run gave their number.
pub(crate) fn rate(answered_rps: f64, gateways: f64, is_counted: bool) -> String {
    let rate = words::significant(answered_rps);
    let gateways = words::significant(gateways);
    if is_counted {
        return format!("{rate} answered requests a second over {gateways} gateways");
    }
    format!(
        "{rate} answered requests a second over the {gateways} gateways of the plan; run the test \
         with -e GATEWAYS= and their number if there were others"
    )
}

/// Suffix of the rate of a run without failures.
pub(crate) const ONLY_SENT: &str =
    "; nothing failed, so this is the load that was sent, and a gateway may carry more";

/// Note: no request was answered.
pub(crate) const NOTHING_ANSWERED: &str =
    "were sent a second, and none was answered: the run says nothing of the rate of a gateway";

/// Suffix of failures beyond a plan's range.
pub(crate) const MORE_THAN_PLANNED: &str = "; so many are beyond what a plan takes";

/// Failures after all attempts.
pub(crate) fn failures(ratio: f64, attempts: u32) -> String {
    let percent = words::percent(ratio);
    if attempts == 1 {
        return format!("{percent} failed, those refused with 429 apart");
    }
    format!("{percent} failed after {attempts} attempts each, those refused with 429 apart")
}

/// Note: no failures after these attempts.
pub(crate) fn no_failures(attempts: u32) -> String {
    format!("nothing failed after {attempts} attempts, which says nothing of a single one")
}

/// Label of the share refused by limits.
pub(crate) const REFUSED: &str = "Refused with 429";

/// A measured share.
pub(crate) fn percent(ratio: f64) -> String {
    words::percent(ratio)
}

/// The measured share next to the modelled one at the plan's peak.
pub(crate) fn refused(modelled: f64) -> String {
    format!(
        "measured; the limits of the plan refuse {} of its peak, those of days, months and money \
         left out, and no input is this share",
        words::percent(modelled)
    )
}

/// Mean response time.
pub(crate) fn times(mean_s: f64) -> String {
    format!(
        "an answer took {} s on average, waits included; first token and speed are scaled alike",
        words::significant(mean_s)
    )
}

/// 95th percentile of the response time, next to the clients' timeout.
pub(crate) fn latest(p95_s: f64, timeout_s: f64) -> String {
    let [p95, timeout] = [p95_s, timeout_s].map(words::significant);
    let is_late = timeout_s < p95_s;
    let where_it_lies = if is_late { "beyond" } else { "within" };
    format!(
        "5 of 100 answers took more than {p95} s, {where_it_lies} the clients' timeout of \
         {timeout} s; the model counts with means"
    )
}

/// Note: the mean is below the gateway's overhead.
pub(crate) const TOO_SHORT: &str =
    "is no longer than the gateway's own overhead, so it says nothing of the providers";

/// Note: dropped requests.
pub(crate) const DROPPED: &str =
    "were not sent in time: the run had less load than its script asks for";

/// Note: a part of the summary without a counterpart in a scenario.
pub(crate) const OF_THE_RUN: &str = "is of the run itself and no part of the model";
