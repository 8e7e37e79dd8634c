//! The house style of a chart: axes, labels, lines.

use charming::Chart;
use charming::component::{Axis, Grid};
use charming::datatype::{CompositeValue, DataPoint};
use charming::element::font_settings::FontWeight;
use charming::element::{
    AreaStyle, AxisLabel, AxisLine, AxisTick, AxisType, Color, ItemStyle, Label, LabelPosition,
    LineStyle, LineStyleType, SplitLine, Step, Symbol, SymbolSize, TextStyle, Tooltip, Trigger,
};
use charming::series::{Line, Scatter};

use super::{Palette, clock_labels};

/// Size of axis labels.
const AXIS_SIZE: f64 = 11.0;
/// Size of labels.
pub(super) const LABEL_SIZE: f64 = 12.0;

/// An empty chart with room for its axes.
pub(super) fn base(left: f64, right: f64, top: f64) -> Chart {
    Chart::new()
        .animation(false)
        .grid(Grid::new().left(left).right(right).top(top).bottom(26))
}

/// A tooltip that lists the values at the pointer.
pub(super) fn tooltip(palette: &Palette) -> Tooltip {
    Tooltip::new()
        .trigger(Trigger::Axis)
        .background_color(color(&palette.surface))
        .border_color(color(&palette.line_control))
}

/// The hours of a day along the bottom.
pub(super) fn hours(width: f64, palette: &Palette) -> Axis {
    categories(
        clock_labels(),
        if width < 480.0 { 72.0 } else { 36.0 },
        palette,
    )
}

/// Labels along the bottom; one in `every` is written.
pub(super) fn categories(labels: Vec<String>, every: f64, palette: &Palette) -> Axis {
    let line = LineStyle::new().color(color(&palette.line_control));
    Axis::new()
        .type_(AxisType::Category)
        .boundary_gap(false)
        .data(labels)
        .axis_tick(AxisTick::new().show(false))
        .axis_line(AxisLine::new().line_style(
            charming::element::AxisLineStyle::new().color((1.0, palette.line_control.as_str())),
        ))
        .split_line(SplitLine::new().show(false).line_style(line))
        .axis_label(axis_label(palette).interval(every - 1.0))
}

/// Values up the side, from zero to `top`, with the unit above.
pub(super) fn values(unit: &str, top: f64, palette: &Palette) -> Axis {
    let (top, step) = round_top(top);
    Axis::new()
        .type_(AxisType::Value)
        .min(0.0)
        .max(top)
        .interval(step)
        .name(unit)
        .name_text_style(
            TextStyle::new()
                .color(color(&palette.ink_faint))
                .font_size(AXIS_SIZE),
        )
        .axis_label(axis_label(palette))
        .axis_line(AxisLine::new().show(false))
        .axis_tick(AxisTick::new().show(false))
        .split_line(SplitLine::new().line_style(LineStyle::new().color(color(&palette.line))))
}

/// Counts up the side: never a half.
pub(super) fn counts(unit: &str, top: f64, palette: &Palette) -> Axis {
    values(unit, top.max(4.0), palette)
}

/// A round end of an axis with at most five steps.
pub(super) fn round_top(top: f64) -> (f64, f64) {
    if !top.is_finite() || top <= 0.0 {
        return (1.0, 0.5);
    }
    let magnitude = libm::pow(10.0, libm::floor(libm::log10(top / 4.0)));
    let steps = [1.0, 2.0, 2.5, 5.0, 10.0];
    let step = steps
        .iter()
        .map(|step| step * magnitude)
        .find(|step| top <= step * 5.0);
    let step = step.unwrap_or(10.0 * magnitude);
    (libm::ceil(top / step - 1e-9) * step, step)
}

pub(super) fn axis_label(palette: &Palette) -> AxisLabel {
    AxisLabel::new()
        .color(color(&palette.ink_faint))
        .font_size(AXIS_SIZE)
        .font_family(palette.font.as_str())
}

/// A name typed by a reader may hold braces, which ECharts would read as a template.
pub(super) fn literal(name: &str) -> String {
    name.replace(['{', '}'], "")
}

/// A label in the page's type.
pub(super) fn label(text: &str, tint: &str, position: LabelPosition, palette: &Palette) -> Label {
    end_label(text, tint, palette).position(position)
}

/// A label where ECharts puts it: at the end of a line.
pub(super) fn end_label(text: &str, tint: &str, palette: &Palette) -> Label {
    Label::new()
        .show(true)
        .formatter(text)
        .color(color(tint))
        .font_size(LABEL_SIZE)
        .font_family(palette.font.as_str())
}

/// A dot with words at one place of the chart.
///
/// A scatter, because a line hides its symbols between the labels of its axis.
pub(super) fn dot(x: f64, y: f64, words: Label, tint: &str, size: f64) -> Scatter {
    Scatter::new()
        .data(vec![point(x, y)])
        .symbol(Symbol::Circle)
        .symbol_size(SymbolSize::Number(size))
        .item_style(ItemStyle::new().color(color(tint)))
        .label(words)
}

/// A point of a series.
pub(super) fn point(x: f64, y: f64) -> DataPoint {
    DataPoint::Value(CompositeValue::from(vec![x, y]))
}

/// A line without symbols.
pub(super) fn stroke(tint: &str, width: f64) -> Line {
    Line::new()
        .show_symbol(false)
        .symbol(Symbol::None)
        .line_style(LineStyle::new().color(color(tint)).width(width))
        .item_style(ItemStyle::new().color(color(tint)))
        .z(1) // under the dots and their words, which ECharts would draw below
        .silent(true)
}

/// The same in dashes.
pub(super) fn dashed(tint: &str) -> Line {
    let style = LineStyle::new()
        .color(color(tint))
        .width(1.5)
        .type_(LineStyleType::Dashed);
    stroke(tint, 1.5).line_style(style)
}

/// A filled line.
pub(super) fn area(fill: &str, edge: &str) -> Line {
    stroke(edge, 1.5).area_style(AreaStyle::new().color(color(fill)).opacity(1.0))
}

/// A filled staircase.
pub(super) fn stairs(fill: &str, edge: &str) -> Line {
    area(fill, edge).step(Step::Middle)
}

/// Bold words.
pub(super) fn strong(label: Label) -> Label {
    label.font_weight(FontWeight::Bold)
}

pub(super) fn color(value: &str) -> Color {
    Color::from(value)
}

/// Divides by a power of a thousand, so that axes need no zeros.
pub(super) fn unit_of(top: f64) -> (f64, &'static str) {
    match top {
        top if 1e12 <= top => (1e12, "T"),
        top if 1e9 <= top => (1e9, "G"),
        top if 1e6 <= top => (1e6, "M"),
        top if 1e3 <= top => (1e3, "K"),
        _ => (1.0, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_end_on_round_numbers_in_at_most_five_steps() {
        for top in [0.3, 1.0, 7.03, 14.0, 23.0, 99.0, 101.0, 12_345.0] {
            let (end, step) = round_top(top);
            assert!(top <= end * (1.0 + 1e-9), "{top}: {end}");
            assert!(end / step <= 5.0 + 1e-9, "{top}: {end} by {step}");
        }
        assert_eq!(round_top(f64::NAN), (1.0, 0.5));
    }
}
