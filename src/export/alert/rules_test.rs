//! `prometheus-rules.test.yaml`: series that fire each alert and series that do not, made from the
//! same numbers as the rules.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::super::node::Quoted;
use super::super::{File, Source};
use super::evidence::{Alert, Case, Fired};
use super::{alerts, faults};
use crate::say::export::rules_test as say;

#[derive(Serialize)]
struct Document {
    rule_files: [&'static str; 1],
    evaluation_interval: &'static str,
    tests: Vec<Scene>,
}

#[derive(Serialize)]
struct Scene {
    name: String,
    interval: &'static str,
    input_series: Vec<Series>,
    alert_rule_test: [Evaluation; 1],
}

#[derive(Serialize)]
struct Series {
    series: String,
    values: Quoted,
}

#[derive(Serialize)]
struct Evaluation {
    eval_time: &'static str,
    alertname: &'static str,
    exp_alerts: Vec<Expected>,
}

#[derive(Serialize)]
struct Expected {
    exp_labels: Labels,
    exp_annotations: Annotations,
}

struct Labels(Vec<(&'static str, String)>);

#[derive(Serialize)]
struct Annotations {
    summary: Quoted,
    description: Quoted,
}

impl Serialize for Labels {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

pub(in crate::export) fn file(source: Source) -> File {
    let alerts = alerts(&source);
    let count = |fires: bool| {
        let cases = alerts.iter().flat_map(|alert| &alert.cases);
        u32::try_from(cases.filter(|case| case.fires.is_some() == fires).count()).unwrap_or(0)
    };
    let note = say::note(count(true), count(false));
    let document = Document {
        rule_files: ["prometheus-rules.yaml"],
        evaluation_interval: "1m",
        tests: alerts.iter().flat_map(tests).collect(),
    };
    let mut file = source
        .yaml("prometheus-rules.test.yaml", &[say::RUN], &document)
        .checked(say::CHECKED, faults(&source))
        .noted(vec![note]);
    // The series stand for the decided numbers behind the thresholds.
    let lines = file.text.lines().enumerate();
    let values = lines.filter(|(_, line)| line.trim_start().starts_with("values:"));
    file.planned_lines = values.map(|(number, _)| number).collect();
    file
}

fn tests(alert: &Alert) -> Vec<Scene> {
    alert.cases.iter().map(|case| test(alert, case)).collect()
}

fn test(alert: &Alert, case: &Case) -> Scene {
    let series = case.series.iter();
    Scene {
        name: format!("{} {}", alert.name, case.name),
        interval: case.interval,
        input_series: series
            .map(|(series, values)| Series {
                series: series.clone(),
                values: Quoted(values.clone()),
            })
            .collect(),
        alert_rule_test: [Evaluation {
            eval_time: case.at,
            alertname: alert.name,
            exp_alerts: case
                .fires
                .iter()
                .map(|fired| expected(alert, fired))
                .collect(),
        }],
    }
}

fn expected(alert: &Alert, fired: &Fired) -> Expected {
    let mut labels = vec![("severity", alert.severity.word().to_owned())];
    labels.extend(fired.labels.iter().cloned());
    Expected {
        exp_labels: Labels(labels),
        exp_annotations: Annotations {
            summary: Quoted(fired.summary.clone()),
            description: Quoted(fired.description.clone()),
        },
    }
}
