//! The day's areas, one for each workload, and their names.

use charming::Chart;
use charming::element::LabelPosition;

use super::draw::rounded;
use super::{Palette, draw, rank};
use crate::plan::Plan;
use crate::say::page::chart as say;

/// A band of the day.
pub(super) struct Band {
    pub(super) name: String,
    pub(super) mean_tpm: f64,
}

/// How the day is drawn: divisor, end of the axis, busiest sample, longest name.
#[derive(Clone, Copy)]
pub(super) struct Scale {
    pub(super) unit: f64,
    pub(super) top: f64,
    pub(super) peak_at: usize,
    pub(super) longest_name: usize,
}

/// The bands of a day, to be drawn.
pub(super) struct Areas<'a> {
    pub(super) bands: &'a [Band],
    pub(super) profile: &'a [f64],
    pub(super) scale: Scale,
    pub(super) palette: &'a Palette,
}

impl Areas<'_> {
    /// The bands from the bottom up.
    pub(super) fn stack(&self, mut chart: Chart) -> Chart {
        for (index, band) in self.bands.iter().enumerate() {
            let tone = index.min(2);
            let tokens = |x: &f64| rounded(x * band.mean_tpm / self.scale.unit);
            let data: Vec<f64> = self.profile.iter().map(tokens).collect();
            let area = draw::area(&self.palette.series[tone], &self.palette.series_line[tone]);
            chart = chart.series(area.name(band.name.as_str()).stack("tokens").data(data));
        }
        chart
    }

    /// Names in the bands that are thick enough, after all areas, so that none covers them.
    pub(super) fn names(&self, mut chart: Chart) -> Chart {
        let (scale, palette) = (self.scale, self.palette);
        let at_peak = self.profile.get(scale.peak_at).copied().unwrap_or(1.0);
        let mut below = 0.0;
        for (index, band) in self.bands.iter().enumerate() {
            let tone = index.min(2);
            let height = band.mean_tpm * at_peak / scale.unit;
            if scale.top * 0.07 < height {
                let text = draw::literal(&shortened(&band.name, scale.longest_name));
                let tint = &palette.on_series[tone];
                let name = draw::label(&text, tint, LabelPosition::Inside, palette);
                let (at, middle) = (scale.peak_at as f64, below + height / 2.0);
                chart = chart.series(draw::dot(at, middle, name, &palette.series[tone], 0.1));
            }
            below += height;
        }
        chart
    }
}

/// The largest workloads, and one band for the others.
pub(super) fn bands(plan: &Plan) -> Vec<Band> {
    let workloads = &plan.demand.workloads;
    let ranked = rank(workloads);
    let mut bands: Vec<Band> = ranked
        .iter()
        .filter_map(|index| workloads.get(*index))
        .map(|w| Band {
            name: w.name.clone(),
            mean_tpm: w.mean_tpm,
        })
        .collect();
    let rest: f64 = (0..workloads.len())
        .filter(|index| !ranked.contains(index))
        .filter_map(|index| workloads.get(index))
        .map(|w| w.mean_tpm)
        .sum();
    if ranked.len() < workloads.len() {
        bands.push(Band {
            name: say::OTHER.to_owned(),
            mean_tpm: rest,
        });
    }
    bands
}

/// A name of at most so many characters, whole words if it has any.
fn shortened(name: &str, most: usize) -> String {
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let kept: String = name.chars().take(most).collect();
    // A first word of one or two letters would say nothing.
    match kept.rsplit_once(' ').filter(|(words, _)| 2 < words.len()) {
        Some((words, _)) => words.trim_end().to_owned() + "…",
        None => kept.chars().take(most - 1).chain(['…']).collect(),
    }
}
