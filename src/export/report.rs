//! `report.md`: the plan for people, in a ticket or a wiki.

use super::comment::{self, one_line};
use super::{File, Source};
use crate::plan::{Figure, Part, words};
use crate::say::{finding, fix, verdict};
use crate::scenario::number::grouped;

/// Characters that mean something in Markdown or HTML, wherever they stand.
const MARKUP: [char; 13] = [
    '\\', '`', '*', '_', '[', ']', '<', '>', '|', '#', '~', '&', '!',
];

pub(super) fn file(source: Source) -> File {
    let mut lines = head(&source);
    figures(&source, &mut lines);
    findings(&source, &mut lines);
    workloads(&source, &mut lines);
    providers(&source, &mut lines);
    platform(&source, &mut lines);
    checklist(&source, &mut lines);
    let mut file = File::plain("report.md", "text/markdown");
    file.text = lines.join("\n") + "\n";
    let rows = file.text.lines().enumerate();
    let rows = rows.filter(|(_, line)| line.starts_with("| ") && !line.contains("---"));
    file.planned_lines = rows.map(|(number, _)| number).collect();
    file.checked("CommonMark with tables", Vec::new())
        .noted(vec![
            "The verdict, every figure with its formula, limits, findings and the checklist."
                .to_owned(),
        ])
}

/// A typed name as plain text: nothing in it is markup, a link or a tag.
pub(super) fn plain(text: &str) -> String {
    let mut escaped = String::new();
    for c in one_line(text).chars() {
        if MARKUP.contains(&c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    // Addresses become links by themselves.
    escaped.replace("://", "\\://").replace("www.", "www\\.")
}

fn head(source: &Source) -> Vec<String> {
    let name = plain(&source.scenario.name);
    let title = if name.is_empty() {
        "# Capacity plan".to_owned()
    } else {
        format!("# Capacity plan: {name}")
    };
    let (plan, more) = (source.plan, verdict::more(source.plan));
    let (label, text) = (verdict::label(&plan.verdict), verdict::text(plan));
    let mut lines = vec![
        title,
        String::new(),
        format!("**{}.** {}", plain(&label), plain(&text)),
    ];
    if !more.is_empty() {
        lines.push(String::new());
        lines.push(plain(&more));
    }
    lines.push(String::new());
    let origin = comment::origin(source.scenario, source.plan, source.link);
    match origin.as_slice() {
        [_, link] => lines.push(format!(
            "Planned on {}. Scenario: <{}>",
            source.plan.today,
            link.replace(['<', '>'], "")
        )),
        _ => lines.push(format!("Planned on {}.", source.plan.today)),
    }
    lines
}

/// A heading and a table below it.
fn table<const N: usize>(
    lines: &mut Vec<String>,
    title: &str,
    head: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) {
    let rows: Vec<[String; N]> = rows.collect();
    if rows.is_empty() {
        return;
    }
    lines.extend([String::new(), format!("## {title}"), String::new()]);
    lines.push(format!("| {} |", head.join(" | ")));
    lines.push(format!("|{}", " --- |".repeat(N)));
    lines.extend(
        rows.into_iter()
            .map(|row| format!("| {} |", row.join(" | "))),
    );
}

fn figures(source: &Source, lines: &mut Vec<String>) {
    let rows = source.plan.figures.iter().map(|figure| {
        let value = format!("{} {}", figure.value, figure.unit);
        [
            plain(&figure.label),
            plain(value.trim()),
            plain(figure.words),
            plain(&formula(figure)),
        ]
    });
    let head = ["figure", "value", "formula", "with your numbers"];
    table(lines, "Figures", head, rows);
}

/// The formula as the page shows it, in one line.
fn formula(figure: &Figure) -> String {
    let parts = figure.parts.iter().map(|part| match part {
        Part::Op(op) => *op,
        Part::Value { text, .. } => text,
    });
    parts.collect::<Vec<_>>().join(" ")
}

fn findings(source: &Source, lines: &mut Vec<String>) {
    if source.plan.findings.is_empty() {
        return;
    }
    lines.extend([
        String::new(),
        "## What gives way first".to_owned(),
        String::new(),
    ]);
    for found in &source.plan.findings {
        lines.push(format!(
            "* **{}.** {}",
            plain(&finding::title(&found.kind)),
            plain(&finding::message(&found.kind))
        ));
        let fixes = found.fixes.iter();
        lines.extend(fixes.map(|fix| format!("  * {}", plain(&fix::label(&fix.change)))));
    }
}

fn workloads(source: &Source, lines: &mut Vec<String>) {
    let rows = source.plan.demand.workloads.iter().map(|row| {
        [
            plain(&row.name),
            grouped(row.requests_per_day.round()),
            words::short(row.tokens_per_day),
            words::short(row.peak_tpm),
        ]
    });
    let head = [
        "workload",
        "requests/day",
        "tokens/day",
        "tokens/min at the peak",
    ];
    table(lines, "Workloads", head, rows);
}

fn providers(source: &Source, lines: &mut Vec<String>) {
    let rows = source.plan.providers.iter().flat_map(|row| {
        row.limits.iter().map(|limit| {
            [
                plain(&row.name),
                plain(&row.model),
                words::plain_percent(row.share_ratio),
                format!("{} {}", words::short(limit.load), limit.kind.abbreviation()),
                words::short(limit.limit),
                limit
                    .state
                    .ratio()
                    .map_or("–".to_owned(), words::plain_percent),
            ]
        })
    });
    let head = [
        "provider",
        "model",
        "requests",
        "load at the peak",
        "limit",
        "in use",
    ];
    table(lines, "Provider limits", head, rows);
}

fn platform(source: &Source, lines: &mut Vec<String>) {
    let (plan, gateway) = (source.plan, &source.plan.gateway);
    let rows = [
        (
            "Gateways",
            format!(
                "{} at the peak with headroom, {}; {} to {}",
                gateway.instances,
                gateway.decided_by.by(),
                gateway.instances_min,
                gateway.instances_max
            ),
        ),
        (
            "Each gateway",
            format!(
                "{} vCPU, {} MB, {} at once",
                grouped(gateway.vcpu_per_instance),
                grouped(gateway.memory_mb_per_instance),
                words::counted(source.scenario.gateway.concurrency, "request")
            ),
        ),
        (
            "Events",
            format!(
                "{} a day, {} kept for {}",
                words::bytes(plan.storage.bytes_per_day),
                words::bytes(plan.storage.retained_bytes),
                words::counted(source.scenario.storage.retention_days, "day")
            ),
        ),
        (
            "Database",
            format!(
                "{} connections needed, {} configured",
                plan.database.connections_needed, plan.database.connections_configured
            ),
        ),
        (
            "Cost",
            format!(
                "{} a month, {} of it tokens",
                words::usd(plan.cost.per_month_usd),
                words::usd(plan.cost.tokens_per_month_usd)
            ),
        ),
    ];
    let rows = rows.into_iter().map(|(part, text)| [part.to_owned(), text]);
    table(lines, "Platform", ["part", "plan"], rows);
}

fn checklist(source: &Source, lines: &mut Vec<String>) {
    use crate::plan::Answer;
    lines.extend([String::new(), "## Checklist".to_owned(), String::new()]);
    for check in &source.plan.checklist {
        let mark = if check.answer == Answer::Yes {
            "x"
        } else {
            " "
        };
        let detail = plain(&check.detail);
        let detail = if detail.is_empty() {
            detail
        } else {
            format!(" ({detail})")
        };
        lines.push(format!("- [{mark}] {}{detail}", plain(check.text)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_no_markup() {
        for (typed, shown) in [
            ("a*b*", "a\\*b\\*"),
            ("<script>", "\\<script\\>"),
            ("a | b", "a \\| b"),
            ("[x](https://x.y)", "\\[x\\](https\\://x.y)"),
            ("www.x.y", "www\\.x.y"),
            ("a\n# b", "a \\# b"),
            ("gpt-4o", "gpt-4o"),
        ] {
            assert_eq!(plain(typed), shown, "{typed:?}");
        }
    }
}
