//! The day's areas, one for each workload, and their names.

use charming::Chart;

use super::draw::rounded;
use super::label::{Spot, Words};
use super::{Palette, draw, rank};
use crate::plan::Plan;
use crate::say::page::chart as say;

/// Samples between the places at which a name may stand.
const EACH: usize = 6;

/// A band of the day.
pub(super) struct Band {
    pub(super) name: String,
    pub(super) mean_tpm: f64,
}

/// How the day is drawn: divisor and longest name.
#[derive(Clone, Copy)]
pub(super) struct Scale {
    pub(super) unit: f64,
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

    /// Heights of all bands together.
    pub(super) fn outline(&self) -> Vec<f64> {
        let mean: f64 = self.bands.iter().map(|band| band.mean_tpm).sum();
        let height = |x: &f64| x * mean / self.scale.unit;
        self.profile.iter().step_by(EACH).map(height).collect()
    }

    /// Names in the bands, or beside those that are too thin.
    pub(super) fn names(&self) -> Vec<Words> {
        let (scale, palette) = (self.scale, self.palette);
        let mut below = 0.0;
        let name = |(index, band): (usize, &Band)| {
            let thick = band.mean_tpm / scale.unit;
            let middle = below + thick / 2.0;
            below += thick;
            let places = self.profile.iter().step_by(EACH);
            let places = places.map(|x| (x * middle, x * thick)).collect();
            Words {
                text: shortened(&band.name, scale.longest_name),
                tint: palette.on_series[index.min(2)].clone(),
                is_strong: false,
                spot: Spot::In(places, palette.ink.clone()),
                dot: 0.0,
            }
        };
        self.bands.iter().enumerate().map(name).collect()
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
