//! `plan.csv`: the plan for spreadsheets. One fact a row, numbers in full.

use super::comment::one_line;
use super::{File, Source};
use crate::say::{finding, verdict};

/// Characters that make a spreadsheet run a cell as a formula.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// The rows so far.
struct Rows(String);

pub(super) fn file(source: Source) -> File {
    let mut rows = Rows(String::new());
    rows.line(&["chapter", "item", "fact", "value", "unit"].map(str::to_owned));
    origin(&source, &mut rows);
    figures(&source, &mut rows);
    demand(&source, &mut rows);
    providers(&source, &mut rows);
    platform(&source, &mut rows);
    findings(&source, &mut rows);
    let mut file = File::plain("plan.csv", "text/csv");
    file.text = rows.0;
    file.planned_lines = (1..file.text.lines().count()).collect();
    file.checked("RFC 4180, no cell is run as a formula", Vec::new())
        .noted(vec![
            "One fact a row, numbers in full precision with a point for decimals.".to_owned(),
            "A name that begins like a formula is set behind an apostrophe.".to_owned(),
        ])
}

impl Rows {
    fn line(&mut self, cells: &[String; 5]) {
        let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
        self.0.push_str(&cells.join(","));
        self.0.push('\n');
    }

    fn text(&mut self, at: [&str; 3], text: &str) {
        let [chapter, item, fact] = at.map(safe);
        self.line(&[chapter, item, fact, safe(text), String::new()]);
    }

    fn number(&mut self, at: [&str; 3], value: f64, unit: &str) {
        let [chapter, item, fact] = at.map(safe);
        self.line(&[chapter, item, fact, value.to_string(), safe(unit)]);
    }
}

/// A text on one line that no spreadsheet takes for a formula.
fn safe(text: &str) -> String {
    let text = one_line(text);
    if text.starts_with(FORMULA) {
        format!("'{text}")
    } else {
        text
    }
}

/// A cell as RFC 4180 quotes it.
fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', ';']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

fn origin(source: &Source, rows: &mut Rows) {
    rows.text(["plan", "", "planned on"], &source.plan.today);
    rows.text(["plan", "", "scenario"], &source.scenario.name);
    rows.text(["plan", "", "verdict"], &verdict::text(source.plan));
}

fn figures(source: &Source, rows: &mut Rows) {
    for figure in &source.plan.figures {
        rows.number(["figure", &figure.label, "value"], figure.result, "");
        let shown = format!("{} {}", figure.value, figure.unit);
        rows.text(["figure", &figure.label, "as shown"], shown.trim());
    }
}

fn demand(source: &Source, rows: &mut Rows) {
    let demand = &source.plan.demand;
    let mut total = |fact, value, unit| rows.number(["demand", "all", fact], value, unit);
    total("requests per day", demand.requests_per_day, "requests/day");
    total("tokens per day", demand.tokens_per_day, "tokens/day");
    total("mean rate", demand.mean_rps, "requests/s");
    total("peak rate", demand.peak_rps, "requests/s");
    total("peak tokens", demand.peak_tpm, "tokens/min");
    for row in &demand.workloads {
        let mut part = |fact, value, unit| rows.number(["demand", &row.name, fact], value, unit);
        part("requests per day", row.requests_per_day, "requests/day");
        part("tokens per day", row.tokens_per_day, "tokens/day");
        part("peak tokens", row.peak_tpm, "tokens/min");
    }
}

fn providers(source: &Source, rows: &mut Rows) {
    for provider in &source.plan.providers {
        let id = provider.id.as_str();
        rows.text(["providers", id, "model"], &provider.model);
        rows.text(["providers", id, "tier"], &provider.tier);
        rows.number(["providers", id, "share"], provider.share_ratio, "ratio");
        for limit in &provider.limits {
            let name = limit.kind.abbreviation();
            let unit = limit.kind.unit();
            rows.number(["providers", id, &format!("{name} load")], limit.load, unit);
            rows.number(
                ["providers", id, &format!("{name} limit")],
                limit.limit,
                unit,
            );
        }
    }
}

fn platform(source: &Source, rows: &mut Rows) {
    let plan = source.plan;
    let gateway = &plan.gateway;
    let count = |count: u32| f64::from(count);
    for rule in &gateway.rules {
        let at = ["gateways", rule.id.name(), "need"];
        rows.number(at, count(rule.instances), "instances");
    }
    for (item, fact, value, unit) in [
        (
            "fleet",
            "at the peak",
            count(gateway.instances),
            "instances",
        ),
        (
            "fleet",
            "minimum",
            count(gateway.instances_min),
            "instances",
        ),
        (
            "fleet",
            "maximum",
            count(gateway.instances_max),
            "instances",
        ),
        ("each", "CPU", gateway.vcpu_per_instance, "vCPU"),
        ("each", "memory", gateway.memory_mb_per_instance, "MB"),
    ] {
        rows.number(["gateways", item, fact], value, unit);
    }
    let (storage, database) = (&plan.storage, &plan.database);
    rows.number(["storage", "events", "per day"], storage.bytes_per_day, "B");
    rows.number(["storage", "events", "kept"], storage.retained_bytes, "B");
    let needed = count(database.connections_needed);
    rows.number(["database", "connections", "needed"], needed, "");
    let configured = count(database.connections_configured);
    rows.number(["database", "connections", "configured"], configured, "");
    let cost = &plan.cost;
    for (item, value) in [
        ("all", cost.per_month_usd),
        ("tokens", cost.tokens_per_month_usd),
        ("infrastructure", cost.infrastructure_per_month_usd),
    ] {
        rows.number(["cost", item, "per month"], value, "USD");
    }
    for row in &cost.providers {
        rows.number(
            ["cost", &row.name, "tokens per month"],
            row.per_month_usd,
            "USD",
        );
    }
}

fn findings(source: &Source, rows: &mut Rows) {
    for found in &source.plan.findings {
        let (title, message) = (finding::title(&found.kind), finding::message(&found.kind));
        rows.text(["findings", &title, "message"], &message);
        if let Some(scale) = found.scale {
            rows.number(["findings", &title, "breaks at"], scale, "× today");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_run_or_leaves_its_quotes() {
        for (typed, cell) in [
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            ("+1", "'+1"),
            ("-1+1", "'-1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'=1"),
            ("\r\n=1", "'=1"),
            ("＝1", "'＝1"),
            ("a,b", "\"a,b\""),
            ("a\"b", "\"a\"\"b\""),
            ("plain", "plain"),
        ] {
            assert_eq!(quoted(&safe(typed)), cell, "{typed:?}");
        }
    }
}
