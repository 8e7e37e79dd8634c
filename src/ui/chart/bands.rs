//! Areas of the day, one per workload, with names.

use charming::Chart;

use super::draw::rounded;
use super::label::{Spot, Words};
use super::minutes::Minutes;
use super::{Palette, draw, rank};
use crate::plan::{Plan, WorkloadDemand};
use crate::say::page::chart as say;

/// Samples between possible positions of a name.
const EACH: usize = 6;

/// Band of the day.
pub(super) struct Band {
    pub(super) name: String,
    pub(super) mean_tpm: f64,
    /// Whether the traffic is constant over the day.
    pub(super) is_flat: bool,
}

impl Band {
    /// Tokens per minute at a multiple of the day's mean.
    pub(super) fn tpm(&self, multiple: f64) -> f64 {
        self.mean_tpm * if self.is_flat { 1.0 } else { multiple }
    }
}

/// Scale of the day's drawing, and maximum length of a name.
#[derive(Clone, Copy)]
pub(super) struct Scale {
    pub(super) unit: f64,
    pub(super) longest_name: usize,
}

/// Bands of a day, for drawing.
pub(super) struct Areas<'a> {
    pub(super) bands: &'a [Band],
    pub(super) profile: &'a [f64],
    pub(super) scale: Scale,
    pub(super) palette: &'a Palette,
}

impl Areas<'_> {
    /// Chart with the bands, from the bottom up.
    pub(super) fn stack(&self, mut chart: Chart) -> Chart {
        for (index, band) in self.bands.iter().enumerate() {
            let tone = index.min(2);
            let tokens = |x: &f64| rounded(band.tpm(*x) / self.scale.unit);
            let data: Vec<f64> = self.profile.iter().map(tokens).collect();
            let area = draw::area(&self.palette.series[tone], &self.palette.series_line[tone]);
            chart = chart.series(area.name(band.name.as_str()).stack("tokens").data(data));
        }
        chart
    }

    /// Total height of all bands.
    pub(super) fn outline(&self) -> Vec<f64> {
        let height = |x: &f64| {
            let bands = self.bands.iter();
            bands.map(|band| band.tpm(*x)).sum::<f64>() / self.scale.unit
        };
        self.profile.iter().step_by(EACH).map(height).collect()
    }

    /// Names in the bands, or beside thin ones.
    pub(super) fn names(&self) -> Vec<Words> {
        let (scale, palette) = (self.scale, self.palette);
        let name = |(index, band): (usize, &Band)| {
            let below = self.bands.get(..index).unwrap_or_default();
            let places = self.profile.iter().step_by(EACH).map(|x| {
                let low: f64 = below.iter().map(|band| band.tpm(*x)).sum();
                let thick = band.tpm(*x);
                ((low + thick / 2.0) / scale.unit, thick / scale.unit)
            });
            let places = places.collect();
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

/// Bands of the largest workloads, one for the others, and one for all batches.
pub(super) fn bands(plan: &Plan) -> Vec<Band> {
    let workloads = &plan.demand.workloads;
    let ranked = rank(workloads);
    let direct = |w: &WorkloadDemand| w.mean_tpm * (1.0 - w.batched_ratio);
    let band = |name: &str, mean_tpm, is_flat| Band {
        name: name.to_owned(),
        mean_tpm,
        is_flat,
    };
    let named = ranked.iter().filter_map(|index| workloads.get(*index));
    let mut bands: Vec<Band> = named.map(|w| band(&w.name, direct(w), false)).collect();
    if ranked.len() < workloads.len() {
        let others = workloads.iter().enumerate();
        let others = others.filter(|(index, _)| !ranked.contains(index));
        let rest = others.map(|(_, w)| direct(w)).sum();
        bands.push(band(say::OTHER, rest, false));
    }
    let batches = Minutes::of(plan).batch_tpm;
    if 0.0 < batches {
        bands.push(band(say::BATCHES, batches, true));
    }
    bands
}

/// Name with at most `most` characters, cut between words if possible.
fn shortened(name: &str, most: usize) -> String {
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let kept: String = name.chars().take(most).collect();
    // A single word of one or two letters would be meaningless.
    match kept.rsplit_once(' ').filter(|(words, _)| 2 < words.len()) {
        Some((words, _)) => words.trim_end().to_owned() + "…",
        None => kept.chars().take(most - 1).chain(['…']).collect(),
    }
}
