//! Limits as labelled lines.

use charming::element::{
    LabelPosition, LineStyle, LineStyleType, MarkLine, MarkLineData, MarkLineVariant, Symbol,
};
use charming::series::Line;

use super::Palette;
use super::draw::{color, label, literal, strong};
use crate::plan::{LimitKind, Plan, tightest};
use crate::say::page::chart as say;
use crate::say::words;

/// A limit: where it lies, and what stands at its ends.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct LimitLine {
    pub(super) at: f64,
    pub(super) name: String,
    /// Further words, left out where the line shares its place with another.
    pub(super) detail: String,
    pub(super) end: String,
    pub(super) kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The one that gives way first.
    First,
    /// A limit.
    Hard,
    /// A target or an end of a range.
    Soft,
}

/// Joins limits that lie too close for two lines of words.
pub(super) fn apart(mut limits: Vec<LimitLine>, top: f64) -> Vec<LimitLine> {
    const CLOSEST: f64 = 0.075;
    limits.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut joined: Vec<LimitLine> = Vec::new();
    let mut base = f64::NEG_INFINITY;
    for limit in limits {
        let close = limit.at - base < top * CLOSEST;
        let named = joined.iter_mut().rev().find(|line| !line.name.is_empty());
        let Some(last) = named.filter(|_| close) else {
            base = limit.at;
            joined.push(limit);
            continue;
        };
        // One line of words, at the lower limit; each keeps its own line on the chart.
        let end = std::mem::take(&mut last.end);
        last.detail.clear();
        let said = format!("{} {end}", last.name);
        last.name = format!("{} · {} {}", said.trim_end(), limit.name, limit.end);
        let (name, end) = (String::new(), String::new());
        let detail = String::new();
        joined.push(LimitLine {
            name,
            detail,
            end,
            ..limit
        });
    }
    joined
}

/// A series that only carries its limit.
pub(super) fn limit_line(limit: &LimitLine, palette: &Palette) -> Line {
    let (tint, width, dash) = match limit.kind {
        Kind::First => (&palette.limit_first, 1.5, LineStyleType::Solid),
        Kind::Hard => (&palette.limit, 1.0, LineStyleType::Solid),
        Kind::Soft => (&palette.mark, 1.0, LineStyleType::Dashed),
    };
    let words = |text: &str, position| {
        let plain = label(text, tint, position, palette).distance(4.0);
        // No grid line runs through the words.
        let plain = if limit.kind == Kind::Soft {
            plain
        } else {
            plain.background_color(color(&palette.surface))
        };
        if limit.kind == Kind::First {
            strong(plain)
        } else {
            plain
        }
    };
    let start = format!("{}{}", limit.name, limit.detail);
    let start = MarkLineData::new()
        .y_axis(limit.at)
        .label(words(&start, LabelPosition::InsideStartTop));
    let mut data = vec![MarkLineVariant::Simple(start)];
    if !limit.end.is_empty() {
        let end = MarkLineData::new()
            .y_axis(limit.at)
            .label(words(&limit.end, LabelPosition::InsideEndTop));
        data.push(MarkLineVariant::Simple(end));
    }
    let style = LineStyle::new().color(color(tint)).width(width).type_(dash);
    let mark = MarkLine::new()
        .silent(true)
        .symbol(vec![Symbol::None, Symbol::None]);
    Line::new()
        .mark_line(mark.line_style(style).data(data))
        .silent(true)
}

/// Each provider's tightest limit as the total load at which it is full. What counts a month
/// has no place among the minutes of a day.
pub(super) fn provider_limits(plan: &Plan, is_wide: bool) -> Vec<LimitLine> {
    let mut limits: Vec<LimitLine> = plan
        .providers
        .iter()
        .filter_map(|provider| {
            let limits = provider.limits.iter();
            let minutes = limits.filter(|used| used.kind != LimitKind::SpendMonth);
            let used = tightest(minutes, |used| used.state)?;
            let scale = used.max_scale?;
            let detail = say::full_detail(used);
            Some(LimitLine {
                at: plan.demand.peak_tpm * scale,
                name: say::full(&literal(&provider.name), used),
                detail: if is_wide { detail } else { String::new() },
                end: words::multiple(scale),
                kind: Kind::Hard,
            })
        })
        .collect();
    limits.sort_by(|a, b| a.at.total_cmp(&b.at));
    if let Some(first) = limits.first_mut() {
        first.kind = Kind::First;
    }
    limits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn close_limits_share_their_words_and_keep_their_lines() {
        let limit = |at: f64, name: &str| LimitLine {
            at,
            name: name.to_owned(),
            detail: " (limit)".to_owned(),
            end: "2×".to_owned(),
            kind: Kind::Hard,
        };
        let lines = apart(
            vec![limit(9.0, "b"), limit(8.9, "a"), limit(2.0, "c")],
            10.0,
        );
        assert_eq!(lines.len(), 3);
        let named: Vec<&str> = lines
            .iter()
            .map(|l| l.name.as_str())
            .filter(|n| !n.is_empty())
            .collect();
        assert_eq!(named, ["c", "a 2× · b 2×"]);
        let details: Vec<&str> = lines.iter().map(|l| l.detail.as_str()).collect();
        assert_eq!(details, [" (limit)", "", ""]);
        let lines = vec![limit(9.0, "c"), limit(8.9, "b"), limit(8.8, "a")];
        assert_eq!(apart(lines, 10.0)[0].name, "a 2× · b 2× · c 2×");
    }
}
