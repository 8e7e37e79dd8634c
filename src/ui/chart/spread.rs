//! The band of a line: its 5 and 95 % points, as dashed lines with their words.

use charming::Chart;
use charming::element::LabelPosition;

use super::draw::{self, rounded};
use super::{Palette, Picture};
use crate::model::rank;
use crate::plan::uncertainty::Band;
use crate::say::page::sure as say;

/// The highest point of a band; none of no band.
pub(super) fn highest(band: &Band) -> f64 {
    band.high.iter().copied().fold(0.0, f64::max)
}

/// The chart with both edges of a band, divided as the chart is, and their words where the upper
/// edge is highest.
pub(super) fn edges(mut chart: Chart, band: &Band, unit: f64, palette: &Palette) -> Chart {
    for (name, edge) in [(say::LOW, &band.low), (say::HIGH, &band.high)] {
        if edge.is_empty() {
            return chart;
        }
        let values: Vec<f64> = edge.iter().map(|value| rounded(value / unit)).collect();
        chart = chart.series(draw::dashed(&palette.ink).name(name).data(values));
    }
    let ranks = rank::ranks(&band.high);
    let top = ranks.iter().copied().fold(0.0, f64::max);
    let at = ranks.iter().position(|rank| top <= *rank).unwrap_or(0);
    let value = band.high.get(at).copied().unwrap_or(0.0);
    let words = draw::label(say::BAND, &palette.ink, LabelPosition::Top, palette);
    chart.series(draw::dot(at as f64, value / unit, words, &palette.ink, 0.1))
}

/// The picture with the band in its table; `step` samples of the band make a row.
pub(super) fn told(
    mut picture: Picture,
    band: &Band,
    step: usize,
    say: fn(f64) -> String,
) -> Picture {
    if band.low.is_empty() {
        return picture;
    }
    picture
        .head
        .extend([say::LOW, say::HIGH].map(str::to_owned));
    for (index, row) in picture.rows.iter_mut().enumerate() {
        let at = |edge: &[f64]| edge.get(index * step).copied().map(say).unwrap_or_default();
        row.extend([at(&band.low), at(&band.high)]);
    }
    picture
}
