//! Limits as labelled lines.

use charming::element::{
    LabelPosition, LineStyle, LineStyleType, MarkLine, MarkLineData, MarkLineVariant, Symbol,
};
use charming::series::Line;

use super::Palette;
use super::draw::{color, label, strong};

/// A limit: where it lies, and what stands at its ends.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct LimitLine {
    pub(super) at: f64,
    pub(super) name: String,
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
        match joined.last_mut().filter(|_| close) {
            Some(last) => {
                last.name = format!("{} · {}", last.name, limit.name);
                // The line itself is still drawn.
                joined.push(LimitLine {
                    name: String::new(),
                    end: String::new(),
                    ..limit
                });
                let words = joined.len() - 2;
                joined.swap(words, words + 1);
            }
            None => {
                base = limit.at;
                joined.push(limit);
            }
        }
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
        let plain = label(text, tint, position, palette).distance(2.0);
        if limit.kind == Kind::First {
            strong(plain)
        } else {
            plain
        }
    };
    let start = MarkLineData::new()
        .y_axis(limit.at)
        .label(words(&limit.name, LabelPosition::InsideStartTop));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn close_limits_share_their_words_and_keep_their_lines() {
        let limit = |at: f64, name: &str| LimitLine {
            at,
            name: name.to_owned(),
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
        assert_eq!(named, ["c", "a · b"]);
    }
}
