//! `report.md`: the plan for people, in a ticket or a wiki.

use super::comment::{self, name_line, one_line};
use super::{File, Source};
use crate::plan::uncertainty::inputs;
use crate::plan::{Answer, Figure, formula};
use crate::say::export::report as say;
use crate::say::words;
use crate::say::{checklist as lines_of, figure as figure_of, finding, fix, uncertainty, verdict};
use crate::scenario::number::grouped;

/// Characters with a meaning in Markdown or HTML anywhere in a text.
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
    file.checked(say::CHECKED, Vec::new())
        .noted(vec![say::NOTE.to_owned()])
}

/// Text escaped so that nothing in it is markup, a link or a tag.
pub(super) fn plain(text: &str) -> String {
    let mut escaped = String::new();
    for c in one_line(text).chars() {
        if MARKUP.contains(&c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    // Bare addresses would become links.
    escaped.replace("://", "\\://").replace("www.", "www\\.")
}

/// User's name, escaped like `plain`.
fn name(typed: &str) -> String {
    plain(&name_line(typed))
}

fn head(source: &Source) -> Vec<String> {
    let title = say::title(&name(&source.scenario.name));
    let (plan, more) = (source.plan, verdict::more(source.plan));
    let (label, text) = (verdict::label(&plan.verdict), verdict::text(plan));
    let mut lines = vec![
        format!("# {title}"),
        String::new(),
        format!(
            "**{}.** {}",
            plain(&label),
            plain(verdict::after_label(&text))
        ),
    ];
    if !more.is_empty() {
        lines.push(String::new());
        lines.push(plain(&more));
    }
    let ranges = uncertainty::ranges(source.scenario, &inputs(source.scenario));
    if let Some(ranges) = ranges {
        lines.push(String::new());
        lines.push(plain(&[&ranges, " ", say::AT_POINTS].concat()));
    }
    lines.push(String::new());
    let origin = comment::origin(source.scenario, source.plan, source.link);
    let link = match origin.as_slice() {
        [_, link] => Some(link.replace(['<', '>'], "")),
        _ => None,
    };
    lines.push(say::origin(source.plan.today, link.as_deref()));
    lines
}

/// Appends a heading and a table.
fn table<const N: usize>(
    lines: &mut Vec<String>,
    (title, head): (&str, [&str; N]),
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
        [
            plain(&figure_of::label(figure)),
            plain(&figure_of::value(figure)),
            plain(figure_of::in_words(figure)),
            plain(&with_values(source, figure)),
        ]
    });
    table(lines, say::FIGURES, rows);
}

/// Formula with values on one line, as on the page.
fn with_values(source: &Source, figure: &Figure) -> String {
    let formula = formula(source.scenario, source.plan, &figure.id);
    formula.as_ref().map(figure_of::line).unwrap_or_default()
}

fn findings(source: &Source, lines: &mut Vec<String>) {
    if source.plan.findings.is_empty() {
        return;
    }
    lines.extend([
        String::new(),
        format!("## {}", say::FINDINGS),
        String::new(),
    ]);
    for found in &source.plan.findings {
        lines.push(format!(
            "* **{}.** {}{}",
            plain(&finding::title(&found.kind)),
            plain(&finding::message(&found.kind)),
            finding::no_fix(found)
        ));
        let fixes = found.fixes.iter();
        lines.extend(fixes.map(|fix| format!("  * {}", plain(&fix::label(&fix.change)))));
    }
}

fn workloads(source: &Source, lines: &mut Vec<String>) {
    let rows = source.plan.demand.workloads.iter().map(|row| {
        [
            name(&row.name),
            grouped(row.requests_per_day.round()),
            words::short(row.tokens_per_day),
            words::short(row.peak_tpm),
        ]
    });
    table(lines, say::WORKLOADS, rows);
}

fn providers(source: &Source, lines: &mut Vec<String>) {
    let rows = source.plan.providers.iter().flat_map(|row| {
        row.limits.iter().map(|limit| {
            let [load, most, used] = say::limit(limit);
            let share = words::plain_percent(row.share_ratio);
            [name(&row.name), name(&row.model), share, load, most, used]
        })
    });
    table(lines, say::LIMITS, rows);
}

fn platform(source: &Source, lines: &mut Vec<String>) {
    let rows = say::platform(source.scenario, source.plan).into_iter();
    let rows = rows.map(|(part, text)| [part.to_owned(), text]);
    table(lines, say::PLATFORM, rows);
}

fn checklist(source: &Source, lines: &mut Vec<String>) {
    let heading = format!("## {}", say::CHECKLIST);
    lines.extend([String::new(), heading, String::new()]);
    for check in &source.plan.checklist {
        let mark = if check.answer == Answer::Yes {
            "x"
        } else {
            " "
        };
        let detail = plain(&lines_of::detail(check));
        let detail = if detail.is_empty() {
            detail
        } else {
            format!(" ({detail})")
        };
        lines.push(format!(
            "- [{mark}] {}{detail}",
            plain(lines_of::text(check.id))
        ));
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
