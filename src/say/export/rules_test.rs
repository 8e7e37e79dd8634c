//! `prometheus-rules.test.yaml`: meaning of each case, after the alert's name.

use crate::say::words;

/// Queue depth at twice the threshold.
pub const TWICE_AS_MANY_WAIT: &str = "fires when twice as many wait for longer than it holds";
/// Queue depth at the threshold.
pub const AT_THE_THRESHOLD: &str = "is silent at its threshold";
/// Queue depth above the threshold for too short a time.
pub const A_MOMENT: &str = "is silent about a moment";
/// Overhead at twice the threshold.
pub const TWICE_AS_LONG: &str = "fires when gateways take twice as long";
/// Overhead at half the threshold.
pub const HALF_AS_LONG: &str = "is silent at half of it";
/// Duration near the clients' timeout.
pub const NEARLY_THE_TIMEOUT: &str = "fires when requests take nearly all of it";
/// Duration below half the timeout.
pub const UNDER_HALF_THE_TIMEOUT: &str = "is silent when they take less than half";
/// All pods running.
pub const ALL_RUN: &str = "fires when all have run for longer than it holds";
/// All pods but one running.
pub const ONE_FEWER: &str = "is silent with one fewer";
/// Disk full in ten days.
pub const TEN_DAYS_LEFT: &str = "fires with ten days left";
/// Disk full in sixty days.
pub const TWO_MONTHS_LEFT: &str = "is silent with two months left";
/// A fifth of the requests refused.
pub const A_FIFTH: &str = "fires at a fifth";
/// A twentieth of the requests refused.
pub const A_TWENTIETH: &str = "is silent at a twentieth";
/// A single refusal among few requests.
pub const A_SINGLE_REFUSAL: &str = "is silent about a single refusal among few requests";
/// A provider refuses that passes the rest on.
pub const FULL_BY_DESIGN: &str = "is silent where what is refused goes to the next place";
/// More is used than the target.
pub const ABOVE_THE_TARGET: &str = "fires above the target";
/// Utilization below the target.
pub const BELOW_THE_TARGET: &str = "is silent below the target";
/// A twentieth of the tokens left.
pub const A_TWENTIETH_LEFT: &str = "fires with a twentieth left";
/// A fifth of the tokens left.
pub const A_FIFTH_LEFT: &str = "is silent with a fifth left";
/// Few tokens left in a single sample.
pub const A_SINGLE_SAMPLE: &str = "is silent about a single sample";

/// Number of cases.
pub fn note(fire: u32, stay_silent: u32) -> String {
    format!(
        "{} that fire and {} that stay silent, made from the thresholds of prometheus-rules.yaml.",
        words::counted(fire, "case"),
        words::counted(stay_silent, "case"),
    )
}

/// Usage.
pub const RUN: &str = "Run it: promtool test rules prometheus-rules.test.yaml";

/// Result of the check.
pub const CHECKED: &str = "Made from the thresholds of the rules";
