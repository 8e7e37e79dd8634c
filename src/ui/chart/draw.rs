//! The house style of a chart: labels, lines, areas, dots.

use charming::Chart;
use charming::component::Grid;
use charming::datatype::{CompositeValue, DataPoint};
use charming::element::font_settings::FontWeight;
use charming::element::{
    AreaStyle, Color, ItemStyle, Label, LabelPosition, LineStyle, LineStyleType, Step, Symbol,
    SymbolSize, Tooltip, Trigger,
};
use charming::series::{Line, Scatter};

use super::Palette;

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
        .item_style(ItemStyle::new().color(color(tint)).opacity(1.0))
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

/// Four digits: more would only lengthen the tooltip.
pub(super) fn rounded(value: f64) -> f64 {
    libm::round(value * 1e4) / 1e4
}
