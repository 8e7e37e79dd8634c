//! Text of a file with line numbers and colors.

use leptos::prelude::*;

use crate::export::File;
use crate::model::digits;

/// Text with lines decided by the plan highlighted.
#[component]
pub(super) fn Code(
    /// File to show.
    file: File,
) -> impl IntoView {
    let is_yaml = file.media_type.contains("yaml");
    let lines = file.text.lines().enumerate().map(|(index, line)| {
        let class = if file.planned_lines.contains(&index) {
            "l l--plan"
        } else {
            "l"
        };
        let pieces = if is_yaml {
            pieces(line)
        } else {
            vec![("", line.to_owned())]
        };
        let spans = pieces.into_iter().map(|(kind, text)| match kind {
            "" => text.into_any(),
            kind => view! { <span class=kind>{text}</span> }.into_any(),
        });
        view! { <span class=class>{spans.collect_view()}"\n"</span> }
    });
    view! {
        <pre class="code" tabindex="0" role="region" aria-label=file.name>
            <code>{lines.collect_view()}</code>
        </pre>
    }
}

/// Key, value and comment of a YAML line, for coloring only: a quoted `#` may be misread.
fn pieces(line: &str) -> Vec<(&'static str, String)> {
    let (body, comment) = if line.trim_start().starts_with('#') {
        ("", line)
    } else {
        line.split_once(" #")
            .map_or((line, ""), |(body, _)| line.split_at(body.len()))
    };
    let mut pieces = Vec::new();
    let dash = body
        .find(|c: char| c != ' ' && c != '-')
        .unwrap_or(body.len());
    let (lead, rest) = body.split_at(dash);
    pieces.push(("", lead.to_owned()));
    match rest
        .split_once(':')
        .filter(|(_, value)| value.is_empty() || value.starts_with(' '))
    {
        Some((key, value)) => {
            pieces.push(("k", format!("{key}:")));
            pieces.push((kind(value), value.to_owned()));
        }
        None => pieces.push((kind(rest), rest.to_owned())),
    }
    pieces.push(("c", comment.to_owned()));
    pieces.retain(|(_, text)| !text.is_empty());
    pieces
}

fn kind(value: &str) -> &'static str {
    let value = value.trim();
    if digits::read(value).is_some() {
        "n"
    } else {
        "s"
    }
}
