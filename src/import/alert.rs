//! Meaning of an alert's comparison for the scenario.
//!
//! # Source
//!
//! Monitoring pages of the gateway, the guide's alerts, and this calculator's own.

use std::borrow::Cow;

use super::promql::{Label, Node};
use crate::plan::NEAR_RATIO;
use crate::scenario::number::grouped;
use crate::scenario::property::{CLIENT_TIMEOUT, GOAL_UNANSWERED, Number, TARGET, WAIT_TARGET};
use crate::scenario::{Provider, Scenario};

/// Known metrics, and what a threshold of each counts.
const KNOWN: [(&str, &str); 18] = [
    ("kt_request_queue_depth", "requests that wait in a gateway"),
    (
        "kt_requests_in_flight",
        "requests in the slots of a gateway",
    ),
    ("kt_requests_total", "requests"),
    ("kt_requests_per_minute", "requests of a minute"),
    ("kt_tokens_remaining", "tokens that a provider still takes"),
    ("kt_tokens_per_minute", "tokens of a minute"),
    ("kt_utilization", "use of a limit"),
    ("keeptrusts_gateway_requests_total", "requests"),
    (
        "keeptrusts_gateway_request_duration_seconds",
        "seconds of a request",
    ),
    ("keeptrusts_gateway_tokens_total", "tokens"),
    ("keeptrusts_llm_requests_total", "requests to a provider"),
    ("keeptrusts_llm_latency_seconds", "seconds of a provider"),
    ("keeptrusts_llm_tokens_total", "tokens of a provider"),
    (
        "kube_horizontalpodautoscaler_status_current_replicas",
        "pods",
    ),
    ("pg_stat_activity_count", "connections to the database"),
    (
        "pg_stat_database_numbackends",
        "connections to the database",
    ),
    (
        "pgbouncer_pools_client_waiting_connections",
        "clients that wait for a connection",
    ),
    ("pg_database_size_bytes", "bytes of the database"),
];
const NO_INPUT: &str = "no input is such a threshold";
/// Metrics of all requests, the denominator of an error share.
const REQUESTS: [&str; 2] = ["kt_requests_total", "keeptrusts_gateway_requests_total"];
/// This calculator's alert derived from the client timeout.
const NEAR_TIMEOUT: &str = "RequestsNearTimeout";
const DURATION: &str = "keeptrusts_gateway_request_duration_seconds_bucket";
/// Share of requests behind a latency target.
const QUANTILE: f64 = 0.99;
const OF_TIMEOUT: &str = "the rule warns at four fifths of it";
const OF_WAIT: &str = "the wait from which the rule warns";
const OF_ERRORS: &str = "the share of errors from which the rule warns";
const OF_USE: &str = "the use of a limit from which the rule warns";

/// Input set by a threshold.
#[derive(Clone)]
pub(super) enum Input {
    /// Input of the scenario.
    Scenario(&'static Number<Scenario>),
    /// Input of one provider, or of every provider.
    Provider(&'static Number<Provider>, Option<String>),
}

impl PartialEq for Input {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Scenario(one), Self::Scenario(other)) => one.key == other.key,
            (Self::Provider(one, a), Self::Provider(other, b)) => one.key == other.key && a == b,
            _ => false,
        }
    }
}

/// Meaning of a rule.
pub(super) enum Meaning {
    /// Sets an input to a value, with a note on how it was derived.
    Sets(Input, f64, &'static str),
    /// Sets no input, with the reason.
    Told(String),
}

/// Comparison with a number.
struct Comparison<'a> {
    of: Cow<'a, Node>,
    /// Whether the alert fires above the number.
    is_above: bool,
    value: f64,
}

/// Meaning of an alert expression.
pub(super) fn meaning(alert: &str, node: &Node) -> Meaning {
    let mut found = Vec::new();
    comparisons(node, &mut found);
    let mut inputs = found.iter().filter_map(|one| input(alert, one));
    if let Some((input, value, note)) = inputs.next() {
        return Meaning::Sets(input, value, note);
    }
    let known = |of: &Node| {
        let names = of.metrics().into_iter();
        let mut about = names.filter_map(|(name, _)| about(name));
        about.next()
    };
    let told = found.iter().find_map(|one| Some((known(&one.of)?, one)));
    if let Some((about, one)) = told {
        return Meaning::Told(format!("warns at {}; {NO_INPUT}", counted(one, about)));
    }
    if let Some(about) = known(node) {
        return Meaning::Told(format!("watches {about}; {NO_INPUT}"));
    }
    let values: Vec<String> = found.iter().map(shown).collect();
    Meaning::Told(match values.as_slice() {
        [] => "its metric is none of this gateway's".to_owned(),
        [value] => format!("warns at {value}; its metric is none of this gateway's"),
        values => {
            let values = values.join(" and ");
            format!("warns at {values}; its metrics are none of this gateway's")
        }
    })
}

/// What a metric counts; also recognizes the series of a histogram.
fn about(name: &str) -> Option<&'static str> {
    let parts = ["_bucket", "_sum", "_count"];
    let whole = parts.iter().find_map(|part| name.strip_suffix(part));
    let known = |name: &str| KNOWN.iter().find(|(known, _)| *known == name);
    let (_, about) = known(name).or_else(|| known(whole?))?;
    Some(about)
}

/// Threshold without floating-point error.
fn shown(one: &Comparison) -> String {
    grouped(libm::round(one.value * 1e9) / 1e9)
}

/// Threshold in words: of a quantile, of a share, or as is.
fn counted(one: &Comparison, about: &str) -> String {
    let value = shown(one);
    match &*one.of {
        Node::Call(name, _, parts) if name == "histogram_quantile" => {
            let quantile = parts.first().and_then(Node::number).unwrap_or_default();
            format!("{value} {about} at P{}", grouped(quantile * 100.0))
        }
        of if of.metrics().iter().any(|(name, _)| is_limit(name)) => {
            format!("{value} of a limit, by {about}")
        }
        of if share(of).is_some() => format!("{value} as a share of {about}"),
        of if is_ratio(of) => {
            format!("{value} for a ratio of two metrics, one of which counts {about}")
        }
        _ => format!("{value} {about}"),
    }
}

/// Whether a node divides one metric by another.
fn is_ratio(node: &Node) -> bool {
    let Node::Pair(operator, left, right) = node else {
        return false;
    };
    let is_division = operator == "/" && !right.metrics().is_empty();
    is_division || is_ratio(left) || is_ratio(right)
}

/// Collects the comparisons with numbers in an expression, in order.
fn comparisons<'a>(node: &'a Node, found: &mut Vec<Comparison<'a>>) {
    let Node::Pair(operator, left, right) = node else {
        return;
    };
    let sign = operator.trim_end_matches(" bool");
    if ["and", "or", "unless"].contains(&sign) {
        comparisons(left, found);
        comparisons(right, found);
        return;
    }
    let is_above = match sign {
        ">" | ">=" | "==" => true,
        "<" | "<=" => false,
        _ => return,
    };
    let (of, is_above, value) = match (left.number(), right.number()) {
        (None, Some(value)) => (Cow::Borrowed(&**left), is_above, value),
        (Some(value), None) => (Cow::Borrowed(&**right), !is_above, value),
        (None, None) => {
            // `a > 0.8 * b` is `a / b > 0.8`.
            let by = |one: &Node, (factor, other): (f64, &Node)| {
                let sides = [one, other].map(|side| Box::new(side.clone()));
                let [one, other] = sides;
                (Cow::Owned(Node::Pair("/".to_owned(), one, other)), factor)
            };
            // The limit, or what only a part of is asked for, is the whole.
            let rank = |(factor, whole): &(f64, &Node)| {
                let mut names = whole.metrics().into_iter();
                let has_limit = names.any(|(name, _)| is_limit(name));
                2 * u8::from(has_limit) + u8::from(*factor <= 1.0)
            };
            let (right_of, left_of) = (multiple(right), multiple(left).filter(|_| !is_above));
            let is_left = left_of.as_ref().map(rank) > right_of.as_ref().map(rank);
            match (right_of, left_of) {
                (_, Some(whole)) if is_left => {
                    let (of, value) = by(right, whole);
                    (of, !is_above, value)
                }
                (Some(whole), _) => {
                    let (of, value) = by(left, whole);
                    (of, is_above, value)
                }
                _ => return,
            }
        }
        _ => return,
    };
    found.push(Comparison {
        of,
        is_above,
        value,
    });
}

/// A multiple of a part, and the part; a limit alone is all of it.
fn multiple(node: &Node) -> Option<(f64, &Node)> {
    let of = |inner, factor: f64| match multiple(inner) {
        Some((own, inner)) => (own * factor, inner),
        None => (factor, inner),
    };
    match node {
        Node::Pair(sign, left, right) => match (sign.as_str(), left.number(), right.number()) {
            ("*", None, Some(factor)) => Some(of(left, factor)),
            ("*", Some(factor), None) => Some(of(right, factor)),
            ("/", None, Some(divisor)) if divisor != 0.0 => Some(of(left, 1.0 / divisor)),
            _ => None,
        },
        Node::Rows(name, _) if is_limit(name) => Some((1.0, node)),
        _ => None,
    }
}

/// Input that a comparison sets, with its value and a note.
fn input(alert: &str, one: &Comparison) -> Option<(Input, f64, &'static str)> {
    if !one.is_above {
        return None;
    }
    let metrics = one.of.metrics();
    if let Some((part, factor, is_rest)) = share(&one.of) {
        let is_of_gateway = metrics.iter().all(|(name, _)| REQUESTS.contains(name));
        // In `1 - part / whole`, a part without errors leaves the errors.
        let signs = if is_rest { ["!=", "!~"] } else { ["=", "=~"] };
        let is_asked = |label: &&Label| signs.contains(&&*label.operator);
        let is_error = part.iter().filter(is_asked).any(is_error);
        let goal = Input::Scenario(&GOAL_UNANSWERED);
        let ratio = one.value / factor;
        return (is_of_gateway && is_error).then(|| (goal, percent(ratio), OF_ERRORS));
    }
    if let Node::Call(name, _, parts) = &*one.of
        && name == "histogram_quantile"
    {
        let quantile = parts.first()?.number()?;
        let (name, _) = metrics.first()?;
        if is_wait(name) && (quantile - QUANTILE).abs() < 1e-9 {
            return Some((Input::Scenario(&WAIT_TARGET), one.value, OF_WAIT));
        }
        let is_ours = alert == NEAR_TIMEOUT && *name == DURATION;
        let timeout = libm::round(one.value / NEAR_RATIO * 1e6) / 1e6;
        return is_ours.then_some((Input::Scenario(&CLIENT_TIMEOUT), timeout, OF_TIMEOUT));
    }
    let is_use = |name: &str| name == "kt_utilization" || is_limit(name);
    let (_, labels) = *metrics.iter().find(|(name, _)| is_use(name))?;
    let provider = match labels.iter().find(|label| label.name == "provider") {
        Some(label) if label.operator == "=" => Some(label.value.clone()),
        Some(_) => return None,
        None => None,
    };
    // A utilization above 1.5 is in percent.
    let is_ratio = one.value <= 1.5;
    let share = if is_ratio {
        percent(one.value)
    } else {
        one.value
    };
    Some((Input::Provider(&TARGET, provider), share, OF_USE))
}

/// The recorded limit of a provider, which a use is divided by.
pub(super) fn is_limit(name: &str) -> bool {
    name.starts_with("provider:kt_") && name.ends_with(":limit")
}

/// Whether a metric is the queue wait in the gateway, in seconds.
fn is_wait(name: &str) -> bool {
    let is_own = name.starts_with("kt_") || name.starts_with("keeptrusts_");
    let is_time = name.ends_with("_seconds_bucket");
    let words = ["queue_wait", "wait", "queue_time", "queue_duration"];
    is_own && is_time && words.iter().any(|word| name.contains(word))
}

/// Label matchers of the part where an expression divides part by whole, the factor of the
/// quotient, and whether the rest counts: `1 - part / whole`.
fn share(node: &Node) -> Option<(&[Label], f64, bool)> {
    let Node::Pair(operator, left, right) = node else {
        return None;
    };
    match (operator.as_str(), left.number(), right.number()) {
        ("*", None, Some(factor)) => {
            share(left).map(|(labels, own, is_rest)| (labels, own * factor, is_rest))
        }
        ("*", Some(factor), None) => {
            share(right).map(|(labels, own, is_rest)| (labels, own * factor, is_rest))
        }
        ("-", Some(1.0), None) => match share(right)? {
            (labels, 1.0, false) => Some((labels, 1.0, true)),
            _ => None,
        },
        ("/", None, None) => {
            // A factor may also come before the division.
            let (left, factor) = match &**left {
                Node::Pair(operator, times, of) if operator == "*" => match times.number() {
                    Some(times) => (of, times),
                    None => (left, 1.0),
                },
                _ => (left, 1.0),
            };
            let (part, labels) = *left.metrics().first()?;
            let (whole, all) = *right.metrics().first()?;
            // Errors beside other errors, or beside those of another day, are no share of requests.
            let is_whole = part == whole && !all.iter().any(is_any_error);
            is_whole.then_some((labels, factor, false))
        }
        _ => None,
    }
}

/// Whether a label matches errors of any kind.
fn is_any_error(label: &Label) -> bool {
    let is_status = ["status", "code", "status_code"].contains(&&*label.name);
    is_status && label.value.contains(['4', '5'])
}

/// Whether a label matches server errors.
fn is_error(label: &Label) -> bool {
    let is_status = ["status", "code", "status_code"].contains(&&*label.name);
    is_status
        && label.value.starts_with(['5', '(', '['])
        && label.value.contains('5')
        && !label.value.contains('4')
}

/// Ratio as a percentage, without floating-point error.
pub(super) fn percent(ratio: f64) -> f64 {
    libm::round(ratio * 1e8) / 1e6
}
