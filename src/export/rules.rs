//! `prometheus-rules.yaml`: the guide's three alerts with the plan's thresholds.

use serde::Serialize;
use serde_saphyr::{DoubleQuoted, LitString};

use super::comment::one_line;
use super::target::targets;
use super::yaml::{Noted, fixed, planned};
use super::{Fault, File, Source};
use crate::catalog::guide;
use crate::plan::words;
use crate::scenario::number::grouped;

/// Expression that the summary "> 10%" means.
const REFUSED_SHARE: &str = "sum by (provider) (rate(kt_requests_total{status=\"429\"}[5m]))
/ sum by (provider) (rate(kt_requests_total[5m]))";

#[derive(Serialize)]
struct Document {
    groups: [Group; 1],
}

#[derive(Serialize)]
struct Group {
    name: &'static str,
    rules: [Alert; 3],
}

#[derive(Serialize)]
struct Alert {
    #[serde(rename = "alert")]
    name: Noted<&'static str>,
    expr: Noted<Expression>,
    #[serde(rename = "for")]
    hold: Noted<&'static str>,
    labels: Labels,
    annotations: Annotations,
}

/// `PromQL` on one line, or on several where one would be too wide.
#[derive(Serialize)]
#[serde(untagged)]
enum Expression {
    Line(String),
    Lines(LitString),
}

#[derive(Serialize)]
struct Labels {
    severity: &'static str,
}

#[derive(Serialize)]
struct Annotations {
    summary: DoubleQuoted<String>,
}

/// The numbers of the alerts.
struct Thresholds {
    queue_depth: u32,
    tokens_remaining: u64,
    /// Smallest tokens per minute of the pack, and the target's id for people.
    smallest: Option<(u64, String)>,
}

pub(super) fn file(source: Source) -> File {
    let thresholds = thresholds(&source);
    let document = Document {
        groups: [Group {
            name: "kt-capacity",
            rules: [
                queue_alert(&source, &thresholds),
                refused_alert(),
                budget_alert(&thresholds),
            ],
        }],
    };
    source
        .yaml(
            "prometheus-rules.yaml",
            &["Check before use: promtool check rules prometheus-rules.yaml"],
            &document,
        )
        .checked("Three alerts, one group", faults(&thresholds))
        .noted(notes(&source, &thresholds))
}

fn thresholds(source: &Source) -> Thresholds {
    let limits = targets(source).into_iter().filter_map(|target| {
        let limit = target.tokens_per_minute()?;
        Some((limit.value, one_line(&target.plan.id)))
    });
    let smallest = limits.min_by_key(|(limit, _)| *limit);
    let guide = u64::from(guide::TOKENS_REMAINING_ALERT);
    let tenth = smallest.as_ref().map_or(guide, |(limit, _)| limit / 10);
    Thresholds {
        queue_depth: source.plan.queue.alert_depth,
        // Below one token the alert could never fire.
        tokens_remaining: tenth.min(guide).max(1),
        smallest,
    }
}

fn queue_alert(source: &Source, thresholds: &Thresholds) -> Alert {
    let depth = thresholds.queue_depth;
    let places = source.scenario.gateway.queue_max_size;
    let why = if depth == guide::QUEUE_DEPTH_ALERT {
        "per instance".to_owned()
    } else {
        format!(
            "half of the queue_max_size of {places} per instance; the guide's {} comes too late \
             or never",
            guide::QUEUE_DEPTH_ALERT
        )
    };
    Alert {
        name: fixed("HighQueueDepth", ""),
        expr: planned(
            Expression::Line(format!("kt_request_queue_depth > {depth}")),
            &why,
        ),
        hold: fixed("2m", ""),
        labels: Labels {
            severity: "warning",
        },
        annotations: Annotations {
            summary: DoubleQuoted(format!("Gateway request queue depth > {depth}")),
        },
    }
}

fn refused_alert() -> Alert {
    let ratio = guide::RATE_LIMITED_RATIO;
    Alert {
        name: fixed(
            "ProviderRateLimited",
            "The guide's rate(...) > 0.1 is 0.1 refused requests a second, whatever the traffic. \
             This is the share its summary names.",
        ),
        expr: fixed(
            Expression::Lines(LitString(format!("{REFUSED_SHARE} > {ratio}"))),
            "",
        ),
        hold: fixed("5m", ""),
        labels: Labels {
            severity: "warning",
        },
        annotations: Annotations {
            summary: DoubleQuoted(format!(
                "Provider {{{{ $labels.provider }}}} rate limiting > {}%",
                ratio * 100.0
            )),
        },
    }
}

fn budget_alert(thresholds: &Thresholds) -> Alert {
    let tokens = thresholds.tokens_remaining;
    let why = match &thresholds.smallest {
        Some((limit, id)) if tokens < u64::from(guide::TOKENS_REMAINING_ALERT) => format!(
            "a tenth of the {} tokens/min of {id}; the guide's 100,000 would fire too early there",
            grouped(*limit as f64)
        ),
        _ => String::new(),
    };
    Alert {
        name: fixed("TokenBudgetExhausted", ""),
        expr: planned(
            Expression::Line(format!("kt_tokens_remaining < {tokens}")),
            &why,
        ),
        hold: fixed("2m", "the guide has none: a single sample would fire"),
        labels: Labels {
            severity: "critical",
        },
        annotations: Annotations {
            summary: DoubleQuoted(
                "Token budget nearly exhausted for {{ $labels.provider }}".to_owned(),
            ),
        },
    }
}

fn faults(thresholds: &Thresholds) -> Vec<Fault> {
    if thresholds.queue_depth == 0 {
        return vec![Fault::new(
            "queue-size",
            "HighQueueDepth needs a threshold of at least 1",
        )];
    }
    Vec::new()
}

fn notes(source: &Source, thresholds: &Thresholds) -> Vec<String> {
    let places = source.scenario.gateway.queue_max_size;
    let depth = thresholds.queue_depth;
    let queue = if depth < places {
        let full = source.plan.queue.wait_at_full_s;
        let full = full.map_or(String::new(), |wait| {
            format!("; a full queue waits {}", words::seconds(wait))
        });
        format!(
            "HighQueueDepth fires above {} of {} places per instance{full}.",
            grouped(f64::from(depth)),
            grouped(f64::from(places)),
        )
    } else {
        format!(
            "HighQueueDepth cannot fire: a queue of {} never holds more than {}.",
            grouped(f64::from(places)),
            grouped(f64::from(depth))
        )
    };
    let budget = match &thresholds.smallest {
        Some((limit, id)) => format!(
            "TokenBudgetExhausted fires below {} tokens; the smallest limit is {} tokens/min, of \
             {id}.",
            grouped(thresholds.tokens_remaining as f64),
            grouped(*limit as f64)
        ),
        None => {
            "No provider here has a token limit; TokenBudgetExhausted keeps the guide's 100,000."
                .to_owned()
        }
    };
    vec![
        queue,
        budget,
        "ProviderRateLimited compares refused with all requests of a provider: the guide's \
         expression has no ratio in it."
            .to_owned(),
    ]
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;
    use crate::plan::evaluate;
    use crate::scenario::{Limits, Scenario};
    use jiff::civil::date;
    use serde_json::{Value, json};

    fn export(scenario: &Scenario) -> File {
        let plan = evaluate(scenario, date(2026, 11, 23));
        file(Source {
            scenario,
            plan: &plan,
            link: "#v=1",
        })
    }

    /// The guide's alerts, its second expression and third `for` corrected.
    #[test]
    fn large_limits_and_queues_keep_the_guides_thresholds() {
        let mut scenario = Scenario::default();
        scenario.gateway.queue_max_size = 200;
        for provider in &mut scenario.providers {
            provider.limits = Limits {
                tpm: Some(1e6),
                ..Limits::default()
            };
        }
        let read: Value = serde_saphyr::from_str(&export(&scenario).text).unwrap();
        let share = "sum by (provider) (rate(kt_requests_total{status=\"429\"}[5m]))\n\
                     / sum by (provider) (rate(kt_requests_total[5m])) > 0.1";
        assert_eq!(
            read,
            json!({"groups": [{"name": "kt-capacity", "rules": [
                {
                    "alert": "HighQueueDepth",
                    "expr": "kt_request_queue_depth > 100",
                    "for": "2m",
                    "labels": {"severity": "warning"},
                    "annotations": {"summary": "Gateway request queue depth > 100"}
                },
                {
                    "alert": "ProviderRateLimited",
                    "expr": share,
                    "for": "5m",
                    "labels": {"severity": "warning"},
                    "annotations": {
                        "summary": "Provider {{ $labels.provider }} rate limiting > 10%"
                    }
                },
                {
                    "alert": "TokenBudgetExhausted",
                    "expr": "kt_tokens_remaining < 100000",
                    "for": "2m",
                    "labels": {"severity": "critical"},
                    "annotations": {
                        "summary": "Token budget nearly exhausted for {{ $labels.provider }}"
                    }
                }
            ]}]})
        );
    }

    #[test]
    fn thresholds_follow_small_queues_and_limits() {
        let mut scenario = Scenario::default();
        scenario.gateway.queue_max_size = 60;
        scenario.providers[0].limits.tpm = Some(20_000.0);
        let file = export(&scenario);
        let read: Value = serde_saphyr::from_str(&file.text).unwrap();
        let rules = &read["groups"][0]["rules"];
        assert_eq!(rules[0]["expr"], "kt_request_queue_depth > 30");
        assert_eq!(rules[2]["expr"], "kt_tokens_remaining < 2000");
        let lines: Vec<&str> = file.text.lines().collect();
        let decided: Vec<&str> = file
            .planned_lines
            .iter()
            .map(|n| lines[*n].trim())
            .collect();
        assert_eq!(decided.len(), 2);
        assert!(
            decided[0].starts_with("expr: kt_request_queue_depth > 30"),
            "{decided:?}"
        );
        assert!(
            decided[1].starts_with("expr: kt_tokens_remaining < 2000"),
            "{decided:?}"
        );
        assert_eq!(file.checked, Ok("Three alerts, one group"));
    }

    #[test]
    fn an_alert_that_cannot_fire_is_told() {
        let mut scenario = Scenario::default();
        scenario.gateway.queue_max_size = 0;
        assert!(export(&scenario).notes[0].starts_with("HighQueueDepth cannot fire"));
    }
}
