//! Chart style: labels, lines, areas, dots.

use charming::Chart;
use charming::component::Grid;
use charming::datatype::{DataPoint, DataPointItem};
use charming::element::{
    AreaStyle, Color, ItemStyle, LineStyle, LineStyleType, Step, Symbol, Tooltip, Trigger,
};
use charming::series::Line;

use super::Palette;
use super::label::{Inks, Margins, Notes, Spot, Words};

/// Font size of labels, in pixels.
pub(super) const LABEL_SIZE: f64 = 12.0;

/// Space around the axes, which the cursor over the day's strips uses too (`public/day.css`).
pub(super) const MARGINS: Margins = Margins {
    left: 44.0,
    right: 16.0,
    top: 28.0,
    bottom: 26.0,
};

/// Empty chart with space for its axes.
pub(super) fn base(margins: Margins) -> Chart {
    let grid = Grid::new().left(margins.left).right(margins.right);
    Chart::new()
        .animation(false)
        .grid(grid.top(margins.top).bottom(margins.bottom))
}

/// Empty notes for a drawing with this many positions along the x axis and this height.
pub(super) fn notes(palette: &Palette, places: usize, top: f64) -> Notes {
    let last = places.max(2) - 1;
    Notes {
        margins: MARGINS,
        ends: (last as f64, top),
        inks: Inks {
            halo: palette.surface.clone(),
            leader: palette.mark.clone(),
            ink: palette.ink.clone(),
            font: palette.font.clone(),
        },
        ..Notes::default()
    }
}

/// Bold text at a point, with a dot of `dot` pixels.
pub(super) fn summit(text: String, spot: Spot, dot: f64, palette: &Palette) -> Words {
    Words {
        text,
        tint: palette.ink.clone(),
        is_strong: true,
        spot,
        dot,
    }
}

/// Tooltip with the values at the pointer; `echarts.js` fills it.
pub(super) fn tooltip(palette: &Palette) -> Tooltip {
    Tooltip::new()
        .trigger(Trigger::Axis)
        .background_color(color(&palette.surface))
        .border_color(color(&palette.line_control))
}

/// Name with escaped braces, which ECharts would read as a template.
pub(super) fn literal(name: &str) -> String {
    name.replace(['{', '}'], "")
}

/// Line without symbols.
pub(super) fn stroke(tint: &str, width: f64) -> Line {
    Line::new()
        .show_symbol(false)
        .symbol(Symbol::None)
        .line_style(LineStyle::new().color(color(tint)).width(width))
        .item_style(ItemStyle::new().color(color(tint)))
        .z(1) // under the lines and words of the notes
        .silent(true)
}

/// Dashed line without symbols.
pub(super) fn dashed(tint: &str) -> Line {
    let style = LineStyle::new()
        .color(color(tint))
        .width(1.5)
        .type_(LineStyleType::Dashed);
    stroke(tint, 1.5).line_style(style)
}

/// Filled line.
pub(super) fn area(fill: &str, edge: &str) -> Line {
    stroke(edge, 1.5).area_style(AreaStyle::new().color(color(fill)).opacity(1.0))
}

/// Filled step line.
pub(super) fn stairs(fill: &str, edge: &str) -> Line {
    area(fill, edge).step(Step::Middle)
}

/// Bar with a name, which may be its label.
pub(super) fn named_bar(value: f64, name: String, tint: &str) -> DataPoint {
    let bar = DataPointItem::new(value).name(name);
    bar.item_style(ItemStyle::new().color(color(tint))).into()
}

pub(super) fn color(value: &str) -> Color {
    Color::from(value)
}

/// Divisor and prefix, a power of a thousand, for short axis labels.
pub(super) fn unit_of(top: f64) -> (f64, &'static str) {
    match top {
        top if 1e12 <= top => (1e12, "T"),
        top if 1e9 <= top => (1e9, "G"),
        top if 1e6 <= top => (1e6, "M"),
        top if 1e3 <= top => (1e3, "K"),
        _ => (1.0, ""),
    }
}

/// Value with four significant digits, for a short tooltip.
pub(super) fn rounded(value: f64) -> f64 {
    libm::round(value * 1e4) / 1e4
}
