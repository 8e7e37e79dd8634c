//! Band of a line: 5th and 95th percentile as dashed lines with text; the median is in the text
//! only.

use charming::Chart;

use super::draw::{self, rounded};
use super::label::{Notes, Spot, Words};
use super::{Palette, Picture};
use crate::plan::uncertainty::Band;
use crate::say::page::sure as say;

/// Highest point of a band, if any.
pub(super) fn highest(band: &Band) -> f64 {
    band.high.iter().copied().fold(0.0, f64::max)
}

/// Chart with both edges of a band, in the chart's unit; their texts are at the peak of the upper
/// edge.
pub(super) fn edges(
    mut chart: Chart,
    notes: &mut Notes,
    band: &Band,
    unit: f64,
    palette: &Palette,
) -> Chart {
    for (name, edge) in [(say::LOW, &band.low), (say::HIGH, &band.high)] {
        if edge.is_empty() {
            return chart;
        }
        let values: Vec<f64> = edge.iter().map(|value| rounded(value / unit)).collect();
        let top = notes.ends.1;
        notes
            .curves
            .push(values.iter().map(|value| value.min(top)).collect());
        chart = chart.series(draw::dashed(&palette.ink).name(name).data(values));
    }
    let median: Vec<f64> = band
        .middle
        .iter()
        .map(|value| rounded(value / unit))
        .collect();
    chart = chart.series(
        draw::stroke(&palette.ink, 0.0)
            .name(say::MEDIAN)
            .data(median),
    );
    // An edge may leave the picture: its words stand at the highest point that is in it.
    let at = busiest(band, notes.ends.1 * unit);
    let value = band.high.get(at).copied().unwrap_or(0.0);
    notes.words.push(Words {
        text: say::BAND.to_owned(),
        tint: palette.ink.clone(),
        is_strong: false,
        spot: Spot::At(at as f64, value / unit),
        dot: 0.0,
    });
    chart
}

/// The first of the samples whose upper edge is highest, of those up to a height.
fn busiest(band: &Band, most: f64) -> usize {
    let mut found = (0, f64::NEG_INFINITY);
    for (at, value) in band.high.iter().enumerate() {
        if found.1 < *value && *value <= most {
            found = (at, *value);
        }
    }
    found.0
}

/// Picture with the band in its summary, tooltip and table, of `step` samples per row.
pub(super) fn told(mut picture: Picture, band: &Band, step: usize) -> Picture {
    let unit = picture.tip.unit;
    let Some(highest) = band.at(busiest(band, f64::INFINITY)) else {
        return picture;
    };
    picture.summary = [&picture.summary, " ", &say::at_highest(unit, highest)].concat();
    listed(&mut picture, band, step, [say::LOW, say::MEDIAN, say::HIGH]);
    picture.tip.band = band.clone();
    picture
}

/// Columns of the band in the table of a picture, under these heads; `step` samples of it make a
/// row.
pub(super) fn listed(picture: &mut Picture, band: &Band, step: usize, heads: [&str; 3]) {
    let unit = picture.tip.unit;
    picture.head.extend(heads.map(str::to_owned));
    for (index, row) in picture.rows.iter_mut().enumerate() {
        let points = band.at(index * step).into_iter();
        row.extend(points.flat_map(|at| say::three(unit, at)));
    }
}
