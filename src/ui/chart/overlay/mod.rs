//! Several scenarios in one chart: one line each, named by a letter.

mod gateways;
mod tokens;

pub(in crate::ui) use gateways::gateways_overlay;
pub(in crate::ui) use tokens::tokens_overlay;

use charming::Chart;
use charming::element::{LineStyle, LineStyleType};
use charming::series::Line;

use super::draw::{self, color};
use super::label::{Spot, Words};
use super::tip::{Tip, TipRow};
use super::{Palette, axis, clock_labels};
use crate::plan::Plan;
use crate::say::page::chart as say;
use crate::say::page::tip::Unit;

/// Scenario in the chart.
#[derive(Clone, Copy)]
pub(in crate::ui) struct Overlaid<'a> {
    /// Letter in the chart.
    pub(in crate::ui) letter: &'static str,
    /// Name in the table.
    pub(in crate::ui) name: &'a str,
    /// Plan of the scenario.
    pub(in crate::ui) plan: &'a Plan,
}

/// Chart of a day with space for its axes.
fn base(palette: &Palette, width: f64) -> Chart {
    draw::base(draw::MARGINS)
        .tooltip(draw::tooltip(palette))
        .x_axis(axis::hours(width, palette))
}

/// Line with its own dash pattern, so that scenarios differ not only in shade.
fn line(index: usize, palette: &Palette) -> Line {
    let tint = &palette.series_line[index.min(2)];
    let dash = [
        LineStyleType::Solid,
        LineStyleType::Dashed,
        LineStyleType::Dotted,
    ];
    let style = LineStyle::new().color(color(tint)).width(2.0);
    let [solid, dashed, dotted] = dash;
    draw::stroke(tint, 2.0).line_style(style.type_(match index {
        0 => solid,
        1 => dashed,
        _ => dotted,
    }))
}

/// Letter and value at the highest point of a line.
fn summit(words: String, at: f64, height: f64, palette: &Palette) -> Words {
    draw::summit(words, Spot::At(at, height), 0.0, palette)
}

/// Tooltip at a time of day, with a value per scenario.
fn tip(
    sides: &[Overlaid],
    unit: Unit,
    palette: &Palette,
    values: impl Fn(&Overlaid) -> Vec<f64>,
) -> Tip {
    let row = |(index, side): (usize, &Overlaid)| TipRow {
        name: title(side),
        tint: palette.series_line[index.min(2)].clone(),
        values: values(side),
    };
    Tip {
        heads: clock_labels(),
        unit,
        rows: sides.iter().enumerate().map(row).collect(),
        ..Tip::default()
    }
}

fn title(side: &Overlaid) -> String {
    draw::literal(&say::side(side.letter, side.name))
}

fn head(sides: &[Overlaid], unit: &str) -> Vec<String> {
    let names = sides.iter().map(|side| say::side_in(&title(side), unit));
    [say::TIME.to_owned()].into_iter().chain(names).collect()
}

fn rows(sides: &[Overlaid], value: impl Fn(&Overlaid, usize) -> String) -> Vec<Vec<String>> {
    let row = |hour: usize| {
        let values = sides.iter().map(|side| value(side, hour * 12));
        [say::clock(hour * 60)].into_iter().chain(values).collect()
    };
    (0..24).map(row).collect()
}
