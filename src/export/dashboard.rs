//! `grafana-dashboard.json`: the guide's metrics, with the plan's limits as thresholds.
//!
//! JSON has no comments, so each panel's description gives the origin of its number. No user's name
//! appears: Grafana would fill in its variables there.

use serde::Serialize;
use serde_json::{Value, json};

use super::alert::{DISK_DAYS, REFUSED_SHARE, tokens_left};
use super::comment;
use super::kubernetes::AUTOSCALER;
use super::{Fault, File, Source};
use crate::catalog::guide;
use crate::say::export::dashboard as say;

/// Schema version written by Grafana 11; later releases migrate it.
const SCHEMA_VERSION: u32 = 39;
/// Columns of Grafana's grid, and size of a panel.
const COLUMNS: u32 = 24;
const WIDTH: u32 = 12;
const HEIGHT: u32 = 8;

/// Panel without its place on the grid.
struct Panel {
    title: &'static str,
    about: String,
    unit: &'static str,
    threshold: Option<f64>,
    queries: Vec<(String, &'static str)>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct GridPos {
    h: u32,
    w: u32,
    x: u32,
    y: u32,
}

pub(super) fn file(source: Source) -> File {
    let panels = panels(&source);
    let count = panels.len();
    let drawn_panels = panels
        .iter()
        .zip(0..)
        .map(|(panel, index)| drawn(panel, index));
    let drawn_panels: Vec<Value> = drawn_panels.collect();
    let document = json!({
        "uid": "kt-capacity",
        "title": say::TITLE,
        "description": say::about(source.plan.today),
        "tags": ["kt-gateway", "capacity"],
        "schemaVersion": SCHEMA_VERSION,
        "version": 1,
        "editable": true,
        "timezone": "browser",
        "refresh": "30s",
        "time": {"from": "now-6h", "to": "now"},
        "links": links(&source),
        "templating": {"list": [{
            "name": "datasource",
            "label": say::DATA_SOURCE,
            "type": "datasource",
            "query": "prometheus",
            "refresh": 1,
        }]},
        "annotations": {"list": []},
        "panels": drawn_panels,
    });
    let mut file = File::plain("grafana-dashboard.json", "application/json");
    file.text = format!("{document:#}\n");
    let lines = file.text.lines().enumerate();
    let decided = lines.filter(|(_, line)| {
        let line = line.trim_start();
        line.starts_with("\"value\": ") && !line.starts_with("\"value\": null")
    });
    file.planned_lines = decided.map(|(number, _)| number).collect();
    let faults = faults(&document);
    file.checked(say::CHECKED, faults)
        .noted(vec![say::panels_note(count), say::USE_NOTE.to_owned()])
        .lacking(vec![say::NO_CONNECTIONS.to_owned()])
}

fn links(source: &Source) -> Value {
    let origin = comment::origin(source.scenario, source.plan, source.link);
    match origin.get(1) {
        Some(link) if link.starts_with("http") => json!([{
            "title": say::LINK,
            "type": "link",
            "icon": "external link",
            "targetBlank": true,
            // A dollar sign would start a Grafana variable.
            "url": link.replace('$', "%24"),
        }]),
        _ => json!([]),
    }
}

fn panels(source: &Source) -> Vec<Panel> {
    let mut panels = traffic(source);
    panels.extend(platform(source));
    panels
}

fn traffic(source: &Source) -> Vec<Panel> {
    let plan = source.plan;
    vec![
        Panel {
            title: say::QUEUE.0,
            about: say::QUEUE.1.to_owned(),
            unit: "short",
            threshold: Some(f64::from(plan.queue.alert_depth)),
            queries: vec![("kt_request_queue_depth".to_owned(), "{{pod}}")],
        },
        Panel {
            title: say::REQUESTS,
            about: say::requests(plan.demand.peak_rps),
            unit: "reqps",
            threshold: Some(plan.demand.peak_rps),
            queries: vec![(
                "sum by (status) (rate(kt_requests_total[5m]))".to_owned(),
                "{{status}}",
            )],
        },
        Panel {
            title: say::REFUSED.0,
            about: say::REFUSED.1.to_owned(),
            unit: "percentunit",
            threshold: Some(guide::RATE_LIMITED_RATIO),
            queries: vec![(REFUSED_SHARE.replace('\n', " "), "{{provider}}")],
        },
        Panel {
            title: say::TOKENS.0,
            about: say::TOKENS.1.to_owned(),
            unit: "percentunit",
            threshold: Some(0.1),
            queries: vec![(tokens_left(source).replace('\n', " "), "{{provider}}")],
        },
    ]
}

fn platform(source: &Source) -> Vec<Panel> {
    let plan = source.plan;
    let gateway = &plan.gateway;
    let [running, minimum, maximum] = say::PODS;
    vec![
        Panel {
            title: say::GATEWAYS,
            about: say::gateways(gateway),
            unit: "short",
            threshold: Some(f64::from(gateway.instances)),
            queries: vec![
                (replicas("status_current_replicas"), running),
                (replicas("spec_min_replicas"), minimum),
                (replicas("spec_max_replicas"), maximum),
            ],
        },
        Panel {
            title: say::DATABASE,
            about: say::database(DISK_DAYS),
            unit: "decbytes",
            threshold: Some(plan.control_plane.postgres_disk_bytes),
            queries: vec![(
                "sum by (instance) (pg_database_size_bytes)".to_owned(),
                "{{instance}}",
            )],
        },
    ]
}

fn replicas(metric: &str) -> String {
    format!("kube_horizontalpodautoscaler_{metric}{{horizontalpodautoscaler=\"{AUTOSCALER}\"}}")
}

fn drawn(panel: &Panel, index: u32) -> Value {
    let across = COLUMNS / WIDTH;
    let place = GridPos {
        h: HEIGHT,
        w: WIDTH,
        x: index % across * WIDTH,
        y: index / across * HEIGHT,
    };
    let datasource = json!({"type": "prometheus", "uid": "${datasource}"});
    let targets = panel.queries.iter().zip('A'..).map(|((expr, legend), id)| {
        json!({
            "refId": id.to_string(),
            "datasource": datasource,
            "expr": expr,
            "legendFormat": legend,
        })
    });
    let mut steps = vec![json!({"color": "green", "value": null})];
    steps.extend(
        panel
            .threshold
            .map(|at| json!({"color": "red", "value": at})),
    );
    json!({
        "id": index + 1,
        "type": "timeseries",
        "title": panel.title,
        "description": panel.about,
        "gridPos": place,
        "datasource": datasource,
        "targets": targets.collect::<Vec<_>>(),
        "fieldConfig": {
            "defaults": {
                "unit": panel.unit,
                "min": 0,
                "thresholds": {"mode": "absolute", "steps": steps},
                "custom": {"thresholdsStyle": {"mode": "line"}},
            },
            "overrides": [],
        },
        "options": {
            "legend": {"displayMode": "list", "placement": "bottom", "showLegend": true},
            "tooltip": {"mode": "multi", "sort": "desc"},
        },
    })
}

/// Faults that Grafana would drop or draw wrong.
fn faults(document: &Value) -> Vec<Fault> {
    let panels = document["panels"].as_array().into_iter().flatten();
    let missing = panels.filter(|panel| {
        let steps = panel["fieldConfig"]["defaults"]["thresholds"]["steps"].as_array();
        steps.is_none_or(|steps| steps.iter().skip(1).any(|step| !step["value"].is_number()))
    });
    missing
        .map(|panel| Fault::new(None, say::no_threshold(&panel["title"].to_string())))
        .collect()
}
