//! `prometheus-rules.test.yaml`: what each case shows, after the alert's name.

use crate::say::words;

/// The queue is twice as deep as the threshold.
pub const TWICE_AS_MANY_WAIT: &str = "fires when twice as many wait for longer than it holds";
/// It is as deep as the threshold.
pub const AT_THE_THRESHOLD: &str = "is silent at its threshold";
/// It is too deep for too short.
pub const A_MOMENT: &str = "is silent about a moment";
/// Gateways take twice the threshold.
pub const TWICE_AS_LONG: &str = "fires when gateways take twice as long";
/// They take half of it.
pub const HALF_AS_LONG: &str = "is silent at half of it";
/// Requests take nearly the clients' timeout.
pub const NEARLY_THE_TIMEOUT: &str = "fires when requests take nearly all of it";
/// They take less than half of it.
pub const UNDER_HALF_THE_TIMEOUT: &str = "is silent when they take less than half";
/// All pods run.
pub const ALL_RUN: &str = "fires when all have run for longer than it holds";
/// All but one run.
pub const ONE_FEWER: &str = "is silent with one fewer";
/// The disk is full in ten days.
pub const TEN_DAYS_LEFT: &str = "fires with ten days left";
/// The disk is full in sixty days.
pub const TWO_MONTHS_LEFT: &str = "is silent with two months left";
/// A fifth of the requests is refused.
pub const A_FIFTH: &str = "fires at a fifth";
/// A twentieth is.
pub const A_TWENTIETH: &str = "is silent at a twentieth";
/// One of very few is.
pub const A_SINGLE_REFUSAL: &str = "is silent about a single refusal among few requests";
/// A provider refuses that passes the rest on.
pub const FULL_BY_DESIGN: &str = "is silent where what is refused goes to the next place";
/// More is used than the target.
pub const ABOVE_THE_TARGET: &str = "fires above the target";
/// Less is.
pub const BELOW_THE_TARGET: &str = "is silent below the target";
/// A twentieth of the tokens is left.
pub const A_TWENTIETH_LEFT: &str = "fires with a twentieth left";
/// A fifth is.
pub const A_FIFTH_LEFT: &str = "is silent with a fifth left";
/// Few are left for one sample.
pub const A_SINGLE_SAMPLE: &str = "is silent about a single sample";

/// How many cases there are.
pub fn note(fire: u32, stay_silent: u32) -> String {
    format!(
        "{} that fire and {} that stay silent, made from the thresholds of prometheus-rules.yaml.",
        words::counted(fire, "case"),
        words::counted(stay_silent, "case"),
    )
}

/// How to run it.
pub const RUN: &str = "Run it: promtool test rules prometheus-rules.test.yaml";

/// What was checked.
pub const CHECKED: &str = "Made from the thresholds of the rules";
