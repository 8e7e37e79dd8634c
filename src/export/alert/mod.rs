//! The alerts: what they watch, at which number of the plan, and one series that
//! fires and one that does not. The rules, their test, the operator's form and the
//! dashboard are all made from these.
//!
//! `PromQL` here never contains a name a reader typed: limits and ids of providers
//! are recorded as series, and their labels are plain YAML texts.

mod operator;
mod platform;
mod provider;
mod rules;
mod rules_test;

use super::{Fault, Source};
use crate::say::export::rules as say;

pub(super) use operator::file as operator;
pub(super) use platform::DISK_DAYS;
pub(super) use provider::REFUSED_SHARE;
pub(super) use rules::file as rules;
pub(super) use rules_test::file as rules_test;

/// Name of the group, by the guide.
const GROUP: &str = "kt-capacity";

/// An alert with the evidence that it means what it says.
struct Alert {
    name: &'static str,
    /// `PromQL`; several lines where one would be too wide.
    expr: String,
    /// How long it must hold.
    hold: &'static str,
    severity: Severity,
    /// Go templates.
    summary: String,
    description: String,
    /// Where the number comes from.
    why: String,
    cases: Vec<Case>,
}

#[derive(Clone, Copy)]
enum Severity {
    Warning,
    Critical,
}

/// Series over time, and what the alert says to them.
struct Case {
    /// Ending of the sentence that begins with the alert's name.
    name: &'static str,
    /// Distance of two samples.
    interval: &'static str,
    series: Vec<(String, String)>,
    at: &'static str,
    fires: Option<Fired>,
}

/// What a firing alert carries: its labels beside the severity, its texts with the
/// templates filled in.
struct Fired {
    labels: Vec<(&'static str, String)>,
    summary: String,
    description: String,
}

/// A number recorded as a series, so that alerts and dashboards can compare with it.
struct Recorded {
    name: &'static str,
    value: f64,
    provider: String,
    why: String,
}

/// The alerts that can fire in this plan.
fn alerts(source: &Source) -> Vec<Alert> {
    let mut alerts = vec![platform::queue(source)];
    alerts.extend(provider::alerts(source));
    alerts.push(platform::overhead(source));
    alerts.push(platform::slow(source));
    alerts.extend(platform::at_maximum(source));
    alerts.push(platform::disk(source));
    alerts
}

/// What the plan or the guide wants watched and these rules cannot.
fn gaps(source: &Source) -> Vec<String> {
    let mut gaps = provider::gaps(source);
    gaps.extend(platform::gaps(source));
    gaps
}

/// What could not work in any of the three.
pub(super) fn faults(source: &Source) -> Vec<Fault> {
    if source.plan.queue.alert_depth == 0 {
        return vec![Fault::new("queue-size", say::DEPTH_OF_NOTHING)];
    }
    Vec::new()
}

impl Severity {
    fn word(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Critical => "critical",
        }
    }
}

impl Alert {
    /// What it carries when it fires with these labels and its texts need nothing filled in.
    fn fired(&self, labels: Vec<(&'static str, String)>) -> Fired {
        Fired {
            labels,
            summary: self.summary.clone(),
            description: self.description.clone(),
        }
    }
}

/// A sample that stays as it is: `value` and `times` more.
fn constant(value: f64, times: u32) -> String {
    format!("{}x{times}", plain(value))
}

/// A sample that grows by `step` each time.
fn growing(from: f64, step: f64, times: u32) -> String {
    format!("{}+{}x{times}", plain(from), plain(step))
}

/// A number as `PromQL` and its test notation read it: without an exponent.
fn plain(value: f64) -> String {
    format!("{value}")
}

/// A ratio as Prometheus' `humanizePercentage` prints it: four significant digits.
fn percentage(ratio: f64) -> String {
    let percent = ratio * 100.0;
    let before = if percent < 1.0 {
        1.0
    } else {
        libm::floor(libm::log10(percent)) + 1.0
    };
    let decimals = [3, 2, 1, 0];
    let decimals = decimals
        .into_iter()
        .zip(1..)
        .find(|(_, digits)| before <= f64::from(*digits))
        .map_or(0, |(decimals, _)| decimals);
    let text = format!("{percent:.decimals$}");
    if text.contains('.') {
        format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
    } else {
        format!("{text}%")
    }
}

/// A series' selector with one label that may hold anything.
fn series(metric: &str, label: &str, value: &str) -> String {
    format!("{metric}{{{label}={}}}", quoted(value))
}

/// A text as `PromQL` quotes it.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            // The replacement character is how its lexer tells a broken text.
            c if c.is_control() || c == char::REPLACEMENT_CHARACTER => {
                let code = format!("\\u{:04x}", u32::from(c));
                quoted.push_str(&code);
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_those_of_prometheus() {
        for (ratio, text) in [
            (0.2, "20%"),
            (0.88, "88%"),
            (0.366_63, "36.66%"),
            (1.1, "110%"),
            (0.05, "5%"),
            (0.999_96, "100%"),
        ] {
            assert_eq!(percentage(ratio), text);
        }
    }

    #[test]
    fn a_text_cannot_leave_its_promql_quotes() {
        for (text, promql) in [
            ("openai", r#""openai""#),
            (r#"a"} or vector(1) #"#, r#""a\"} or vector(1) #""#),
            ("a\\", r#""a\\""#),
            ("a\nb\u{0}\u{fffd}", r#""a\nb\u0000\ufffd""#),
            ("{{ x }}🙂", r#""{{ x }}🙂""#),
        ] {
            assert_eq!(quoted(text), promql);
        }
    }
}
