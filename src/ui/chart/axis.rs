//! Axes with round ends, few lines and subdued labels.

use charming::component::Axis;
use charming::element::{
    AxisLabel, AxisLine, AxisTick, AxisType, LineStyle, NameLocation, SplitLine, TextStyle,
};

use super::draw::{LABEL_SIZE, color};
use super::{Palette, clock_labels};

/// Font size of axis labels, in pixels.
const AXIS_SIZE: f64 = 11.0;
/// Hours of a day as the x axis.
pub(super) fn hours(width: f64, palette: &Palette) -> Axis {
    categories(
        clock_labels(),
        if width < 480.0 { 72.0 } else { 36.0 },
        palette,
    )
}

/// Labels as the x axis, of which every `every`th is shown.
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

/// X axis with its unit below.
pub(super) fn below(axis: Axis, unit: &str, palette: &Palette) -> Axis {
    axis.name(unit)
        .name_location(NameLocation::Middle)
        .name_gap(26.0)
        .name_text_style(quiet(palette))
}

fn quiet(palette: &Palette) -> TextStyle {
    let tint = color(&palette.ink_faint);
    TextStyle::new().color(tint).font_size(AXIS_SIZE)
}

/// Values as the y axis, from zero to `top`, with the unit above.
pub(super) fn values(unit: &str, top: f64, palette: &Palette) -> Axis {
    let (top, step) = round_top(top);
    Axis::new()
        .type_(AxisType::Value)
        .min(0.0)
        .max(top)
        .interval(step)
        .name(unit)
        .name_text_style(quiet(palette))
        .axis_label(axis_label(palette))
        .axis_line(AxisLine::new().show(false))
        .axis_tick(AxisTick::new().show(false))
        .split_line(SplitLine::new().line_style(LineStyle::new().color(color(&palette.line))))
}

/// Counts as the y axis, without fractions.
pub(super) fn counts(unit: &str, top: f64, palette: &Palette) -> Axis {
    values(unit, top.max(4.0), palette)
}

/// Percentages as the x axis, over `room` pixels: if the labels would touch, only the middle and
/// the end have one.
pub(super) fn percents(most: f64, room: f64, palette: &Palette) -> Axis {
    /// Width of a label with its gap, in pixels.
    const LABEL: f64 = 42.0;
    let axis = values("", most, palette).axis_label(axis_label(palette).formatter("{value} %"));
    let (top, step) = round_top(most);
    if room < LABEL * top / step {
        axis.interval(top / 2.0)
    } else {
        axis
    }
}

/// Names as the y axis.
pub(super) fn names(names: Vec<String>, palette: &Palette) -> Axis {
    Axis::new()
        .type_(AxisType::Category)
        .data(names)
        .axis_label(
            axis_label(palette)
                .color(color(&palette.ink))
                .font_size(LABEL_SIZE),
        )
        .axis_line(AxisLine::new().show(true))
        .axis_tick(AxisTick::new().show(false))
        .split_line(SplitLine::new().show(false))
}

/// Round end of an axis, and its step; at most five steps.
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
