//! Gateways needed by several scenarios.

use charming::element::Step;

use super::super::{Palette, Picture, axis, draw};
use super::{Overlaid, base, head, line, rows, summit, tip, title};
use crate::model::day::SAMPLES;
use crate::say::page::chart as say;
use crate::say::page::tip::Unit;

/// Gateways over the day, one line per scenario.
pub(in crate::ui) fn gateways_overlay(
    sides: &[Overlaid],
    palette: &Palette,
    width: f64,
) -> Picture {
    let most = |side: &Overlaid| side.plan.day.instances.iter().copied().max().unwrap_or(0);
    let highest = sides.iter().map(most).max().unwrap_or(0);
    let (top, _) = axis::round_top((f64::from(highest) * 1.15).max(4.0));
    let mut chart = base(palette, width).y_axis(axis::counts(say::GATEWAYS_UNIT, top, palette));
    let mut notes = draw::notes(palette, SAMPLES, top);
    for (index, side) in sides.iter().enumerate() {
        let needed = side.plan.day.instances.iter();
        let data: Vec<f64> = needed.map(|count| f64::from(*count)).collect();
        let stairs = line(index, palette).step(Step::Middle);
        chart = chart.series(stairs.name(title(side)).data(data));
        let first = side.plan.day.instances.iter();
        // At the middle of the first interval at the maximum.
        let at = middle(first.map(|count| *count == most(side)));
        let words = say::side(side.letter, &most(side).to_string());
        let height = f64::from(most(side));
        notes.words.push(summit(words, at as f64, height, palette));
    }
    let said = sides.iter().map(|side| {
        let hours = side.plan.day.pod_hours;
        say::side_gateways(side.letter, side.name, most(side), hours)
    });
    Picture {
        chart,
        notes,
        tip: tip(sides, Unit::Gateways, palette, |side| {
            let needed = side.plan.day.instances.iter();
            needed.map(|count| f64::from(*count)).collect()
        }),
        summary: said.collect::<Vec<_>>().join(" "),
        head: head(sides, say::GATEWAYS_UNIT),
        rows: rows(sides, |side, sample| {
            let needed = side.plan.day.instances.get(sample);
            needed.copied().unwrap_or(0).to_string()
        }),
        ..Picture::default()
    }
}

fn middle(is_highest: impl Iterator<Item = bool>) -> usize {
    let places: Vec<usize> = is_highest
        .enumerate()
        .filter_map(|(at, is_highest)| is_highest.then_some(at))
        .collect();
    places.get(places.len() / 2).copied().unwrap_or(0)
}
