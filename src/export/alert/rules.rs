//! `prometheus-rules.yaml`: the guide's alerts, corrected, and those its tables ask for.

use serde::Serialize;

use super::super::comment::name_line;
use super::super::node::{Block, Quoted};
use super::super::yaml::{Noted, fixed, planned};
use super::super::{File, Source};
use super::evidence::{Alert, Recorded};
use super::promql::plain;
use super::{GROUP, alerts, faults, gaps, provider};
use crate::say::export::rules as say;

/// Rule groups, in the format of both Prometheus and its operator.
#[derive(Serialize)]
pub(super) struct Groups {
    groups: (Limits, Alerts),
}

#[derive(Serialize)]
struct Limits {
    name: &'static str,
    rules: Vec<Recording>,
}

#[derive(Serialize)]
struct Alerts {
    name: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
struct Recording {
    record: &'static str,
    expr: Noted<String>,
    labels: RecordLabels,
}

#[derive(Serialize)]
struct RecordLabels {
    provider: String,
}

#[derive(Serialize)]
struct Rule {
    alert: Noted<&'static str>,
    expr: Noted<Expression>,
    #[serde(rename = "for")]
    hold: &'static str,
    labels: Labels,
    annotations: Annotations,
}

/// `PromQL` on one line, or on several if one would be too wide.
#[derive(Serialize)]
#[serde(untagged)]
enum Expression {
    Line(String),
    Lines(Block),
}

#[derive(Serialize)]
struct Labels {
    severity: &'static str,
}

#[derive(Serialize)]
struct Annotations {
    summary: Quoted,
    description: Quoted,
}

pub(in crate::export) fn file(source: Source) -> File {
    source
        .yaml(
            "prometheus-rules.yaml",
            &[say::CHECK, say::PROVIDER_LABEL],
            &groups(&source),
        )
        .checked(say::CHECKED, faults(&source))
        .noted(notes(&source))
        .lacking(gaps(&source))
}

pub(super) fn groups(source: &Source) -> Groups {
    let recorded = provider::recorded(source);
    Groups {
        groups: (
            Limits {
                name: "kt-capacity-limits",
                rules: recorded.into_iter().map(record).collect(),
            },
            Alerts {
                name: GROUP,
                rules: alerts(source).into_iter().map(rule).collect(),
            },
        ),
    }
}

fn record(row: Recorded) -> Recording {
    Recording {
        record: row.name,
        expr: planned(format!("vector({})", plain(row.value)), &row.why),
        labels: RecordLabels {
            provider: row.provider,
        },
    }
}

fn rule(alert: Alert) -> Rule {
    let is_block = alert.expr.contains('\n');
    let expr = if is_block {
        Expression::Lines(Block(alert.expr))
    } else {
        Expression::Line(alert.expr)
    };
    Rule {
        alert: fixed(alert.name, &alert.why),
        expr: if is_block {
            fixed(expr, "")
        } else {
            planned(expr, "")
        },
        hold: alert.hold,
        labels: Labels {
            severity: alert.severity.word(),
        },
        annotations: Annotations {
            summary: Quoted(alert.summary),
            description: Quoted(alert.description),
        },
    }
}

fn notes(source: &Source) -> Vec<String> {
    let queue = &source.plan.queue;
    let places = source.scenario.gateway.queue_max_size;
    let ids = super::super::target::targets(source);
    let ids: Vec<String> = ids.iter().map(|t| name_line(&t.plan.id)).take(3).collect();
    vec![
        say::depth_note(queue.alert_depth, places, queue.wait_at_full_s),
        say::recorded_note(&ids),
        say::REFUSED_NOTE.to_owned(),
    ]
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;
    use crate::catalog::date::date;
    use crate::plan::evaluate;
    use crate::scenario::{Limits, Scenario};
    use serde_json::Value;

    fn export(scenario: &Scenario) -> File {
        let plan = evaluate(scenario, date(2026, 11, 23));
        super::file(Source {
            scenario,
            plan: &plan,
            link: "#v=1",
        })
    }

    fn rules(file: &File) -> Vec<Value> {
        let read: Value = serde_saphyr::from_str(&file.text).unwrap();
        read["groups"][1]["rules"].as_array().unwrap().clone()
    }

    fn expression(file: &File, alert: &str) -> String {
        let rules = rules(file);
        let rule = rules.iter().find(|rule| rule["alert"] == alert).unwrap();
        rule["expr"].as_str().unwrap().to_owned()
    }

    /// Names from the guide, with its second expression and third `for` corrected.
    #[test]
    fn the_guides_three_alerts_are_there_with_their_names_and_severities() {
        let file = export(&Scenario::default());
        for (name, hold, severity) in [
            ("HighQueueDepth", "2m", "warning"),
            ("ProviderRateLimited", "5m", "warning"),
            ("TokenBudgetExhausted", "2m", "critical"),
        ] {
            let rules = rules(&file);
            let rule = rules.iter().find(|rule| rule["alert"] == name).unwrap();
            assert_eq!(rule["for"], hold, "{name}");
            assert_eq!(rule["labels"]["severity"], severity, "{name}");
        }
    }

    #[test]
    fn the_queue_is_told_before_clients_give_up() {
        let mut scenario = Scenario::default();
        scenario.gateway.queue_max_size = 200;
        scenario.gateway.client_timeout_s = 10_000.0;
        let depth = |scenario: &Scenario| expression(&export(scenario), "HighQueueDepth");
        assert_eq!(depth(&scenario), "kt_request_queue_depth > 100");
        scenario.gateway.queue_max_size = 60;
        assert_eq!(depth(&scenario), "kt_request_queue_depth > 30");
        // 16 slots at a second each: 32 requests wait 2 s, half of what the clients' 5 s leave.
        for provider in &mut scenario.providers {
            (provider.ttft_s, provider.output_tps) = (1.0, 1e6);
        }
        scenario.workloads[0].output_tokens = 0.0;
        scenario.gateway.overhead_ms = 0.0;
        scenario.gateway.queue_max_size = 200;
        scenario.gateway.client_timeout_s = 5.0;
        assert_eq!(depth(&scenario), "kt_request_queue_depth > 32");
    }

    #[test]
    fn limits_are_recorded_by_target() {
        let mut scenario = Scenario::default();
        scenario.providers.truncate(1);
        scenario.providers[0].limits = Limits {
            rpm: Some(5_000.0),
            tpm: Some(20_000.0),
            ..Limits::default()
        };
        let read: Value = serde_saphyr::from_str(&export(&scenario).text).unwrap();
        let rules = read["groups"][0]["rules"].as_array().unwrap();
        let rules: Vec<_> = rules
            .iter()
            .map(|rule| {
                (
                    rule["expr"].as_str().unwrap(),
                    rule["labels"]["provider"].clone(),
                )
            })
            .collect();
        let expected = ["vector(5000)", "vector(20000)", "vector(0.8)"];
        assert_eq!(rules, expected.map(|expr| (expr, "openai".into())));
    }

    #[test]
    fn an_alert_that_cannot_fire_is_told() {
        let mut scenario = Scenario::default();
        scenario.gateway.queue_max_size = 0;
        let gaps = export(&scenario).gaps.join(" ");
        assert!(gaps.contains("HighQueueDepth cannot fire"), "{gaps}");
        scenario.providers.truncate(1);
        scenario.providers[0].limits = Limits::default();
        let file = export(&scenario);
        let gaps = file.gaps.join(" ");
        assert!(gaps.contains("No alert on tokens for openai"), "{gaps}");
        assert!(!file.text.contains("TokenBudgetExhausted"));
    }
}
