//! Several scenarios in one chart: a line for each, named by its letter.

mod gateways;
mod tokens;

pub(in crate::ui) use gateways::gateways_overlay;
pub(in crate::ui) use tokens::tokens_overlay;

use charming::Chart;
use charming::element::{LabelPosition, LineStyle, LineStyleType};
use charming::series::Line;

use super::draw::{self, color};
use super::{Palette, axis};
use crate::plan::Plan;
use crate::say::page::chart as say;

/// A scenario of the chart.
#[derive(Clone, Copy)]
pub(in crate::ui) struct Overlaid<'a> {
    /// Its name in the chart.
    pub(in crate::ui) letter: &'static str,
    /// Its name in the table.
    pub(in crate::ui) name: &'a str,
    /// Its answers.
    pub(in crate::ui) plan: &'a Plan,
}

/// Words closer than this share of the height, and this many samples, share a line.
const CLOSEST: f64 = 0.09;
const CLOSEST_SAMPLES: usize = 72;

/// The highest point of a line, in words.
struct Summit {
    at: usize,
    height: f64,
    /// How far its words stand above it, pixels.
    lift: f64,
    words: String,
}

/// A day with room for its axes.
fn base(palette: &Palette, width: f64) -> Chart {
    draw::base(44.0, 16.0, 28.0)
        .tooltip(draw::tooltip(palette))
        .x_axis(axis::hours(width, palette))
}

/// Each side has a stroke of its own, so that no one has to tell shades apart.
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

/// Letters and values at the summits; those too close to each other share their words.
fn marked(mut chart: Chart, summits: Vec<Summit>, top: f64, palette: &Palette) -> Chart {
    let mut said: Vec<Summit> = Vec::new();
    for summit in summits {
        let near = said.iter_mut().find(|other| {
            (other.height - summit.height).abs() < top * CLOSEST
                && other.at.abs_diff(summit.at) < CLOSEST_SAMPLES
        });
        match near {
            Some(other) => {
                other.words = format!("{} · {}", other.words, summit.words);
                other.height = other.height.max(summit.height);
                other.lift = other.lift.max(summit.lift);
            }
            None => said.push(summit),
        }
    }
    for summit in said {
        let label = draw::label(&summit.words, &palette.ink, LabelPosition::Top, palette);
        let label = label.background_color(color(&palette.surface));
        let label = draw::strong(label.distance(summit.lift.max(3.0)));
        let at = (summit.at as f64).clamp(24.0, 264.0);
        chart = chart.series(draw::dot(at, summit.height, label, &palette.ink, 0.1));
    }
    chart
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
