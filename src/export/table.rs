//! `plan.csv`: the plan for spreadsheets, with one fact per row and unrounded numbers.

use super::comment::one_line;
use super::{File, Source};
use crate::plan::uncertainty::inputs;
use crate::say::export::table::{self as say, Fact};
use crate::say::{figure as figure_of, finding, uncertainty, verdict};
use crate::scenario::property::Range;

/// First characters of a cell that a spreadsheet would run as a formula.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Rows written so far.
struct Rows(String);

pub(super) fn file(source: Source) -> File {
    let mut rows = Rows(String::new());
    rows.line(&say::HEAD.map(str::to_owned));
    origin(&source, &mut rows);
    ranges(&source, &mut rows);
    figures(&source, &mut rows);
    demand(&source, &mut rows);
    providers(&source, &mut rows);
    platform(&source, &mut rows);
    findings(&source, &mut rows);
    let mut file = File::plain("plan.csv", "text/csv");
    file.text = rows.0;
    file.planned_lines = (1..file.text.lines().count()).collect();
    file.checked(say::CHECKED, Vec::new()).noted(vec![
        say::NUMBERS_NOTE.to_owned(),
        say::NAMES_NOTE.to_owned(),
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

    fn facts<const N: usize>(&mut self, [chapter, item]: [&str; 2], facts: [Fact; N]) {
        for (fact, value, unit) in facts {
            self.number([chapter, item, fact], value, unit);
        }
    }
}

/// Text on one line that no spreadsheet runs as a formula.
fn safe(text: &str) -> String {
    let text = one_line(text);
    if text.starts_with(FORMULA) {
        format!("'{text}")
    } else {
        text
    }
}

/// Cell with the quotes of RFC 4180.
fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', ';']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

fn origin(source: &Source, rows: &mut Rows) {
    let (chapter, [day, scenario, answer]) = say::PLAN;
    rows.text([chapter, "", day], &source.plan.today.to_string());
    rows.text([chapter, "", scenario], &source.scenario.name);
    rows.text([chapter, "", answer], &verdict::text(source.plan));
}

fn ranges(source: &Source, rows: &mut Rows) {
    let (chapter, [low, point, high]) = say::RANGES;
    for input in inputs(source.scenario) {
        let (name, unit) = (uncertainty::named(&input), input.spec.unit);
        let Range {
            low: least,
            high: most,
            ..
        } = input.range;
        for (fact, value) in [(low, least), (point, input.point), (high, most)] {
            rows.number([chapter, &name, fact], value, unit);
        }
    }
}

fn figures(source: &Source, rows: &mut Rows) {
    let (chapter, [value, shown]) = say::FIGURE;
    for figure in &source.plan.figures {
        let label = figure_of::label(figure);
        rows.number([chapter, &label, value], figure.result, "");
        rows.text([chapter, &label, shown], &figure_of::value(figure));
    }
}

fn demand(source: &Source, rows: &mut Rows) {
    let demand = &source.plan.demand;
    let (chapter, all) = say::DEMAND;
    rows.facts([chapter, all], say::demand(demand));
    for row in &demand.workloads {
        rows.facts([chapter, &row.name], say::workload(row));
    }
}

fn providers(source: &Source, rows: &mut Rows) {
    let (chapter, [model, tier]) = say::PROVIDERS;
    for provider in &source.plan.providers {
        let id = provider.id.as_str();
        rows.text([chapter, id, model], &provider.model);
        rows.text([chapter, id, tier], &provider.tier);
        rows.facts([chapter, id], [say::share(provider.share_ratio)]);
        for used in &provider.limits {
            for (fact, value) in say::limit(used) {
                rows.number([chapter, id, &fact], value, used.kind.unit());
            }
        }
    }
}

fn platform(source: &Source, rows: &mut Rows) {
    let plan = source.plan;
    for need in &plan.gateway.rules {
        let item = need.id.name();
        rows.facts([say::GATEWAYS, item], [say::need(need.instances)]);
    }
    for (item, fact) in say::gateways(&plan.gateway) {
        rows.facts([say::GATEWAYS, item], [fact]);
    }
    let (storage, database) = (&plan.storage, &plan.database);
    let (chapter, item, [per_day, kept]) = say::STORAGE;
    rows.number([chapter, item, per_day], storage.bytes_per_day, "B");
    rows.number([chapter, item, kept], storage.retained_bytes, "B");
    let (chapter, item, [needed, configured]) = say::DATABASE;
    let count = |count: u32| f64::from(count);
    rows.number(
        [chapter, item, needed],
        count(database.connections_needed),
        "",
    );
    let limit = count(database.connections_configured);
    rows.number([chapter, item, configured], limit, "");
    let (chapter, [per_month, tokens]) = say::COST;
    for (item, usd) in say::cost(&plan.cost) {
        rows.number([chapter, item, per_month], usd, "USD");
    }
    for row in &plan.cost.providers {
        rows.number([chapter, &row.name, tokens], row.per_month_usd, "USD");
    }
}

fn findings(source: &Source, rows: &mut Rows) {
    let (chapter, [message, breaks_at]) = say::FINDINGS;
    for found in &source.plan.findings {
        let (title, why) = (finding::title(&found.kind), finding::message(&found.kind));
        rows.text([chapter, &title, message], &why);
        if let Some(scale) = found.scale {
            rows.number([chapter, &title, breaks_at], scale, say::TODAY);
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
