//! Bands around the lines of the charts.

use super::answer::{POINTS, Uncertainty};
use super::draws::Draws;
use super::sample::Lines;
use crate::model::rank;
use crate::scenario::property::GROWTH;

/// 5 % point, median and 95 % point of a line, point by point.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Band {
    /// The lower edge.
    pub low: Vec<f64>,
    /// The median.
    pub middle: Vec<f64>,
    /// The upper edge.
    pub high: Vec<f64>,
}

/// Points of values at shares of them.
type Points = fn(&[f64], [f64; 3]) -> Option<[f64; 3]>;

/// Bands of the charts; empty where there is none.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bands {
    /// Tokens per minute over the day.
    pub tokens: Band,
    /// Gateways needed over the day.
    pub gateways: Band,
    /// Stored bytes at today's load.
    pub bytes: Band,
    /// The same with growth.
    pub bytes_with_growth: Band,
}

impl Draws {
    /// Bands of the charts from the draws so far; no part of them where the days differ.
    pub fn bands(&self) -> Bands {
        bands(&self.lines, self.point.lines.as_ref())
    }
}

impl Uncertainty {
    /// The band of the load after so many months, as multiples of today's; none where growth is no
    /// range.
    ///
    /// More growth is more load in every month, so that the points of the load are those of the
    /// growth.
    pub fn load(&self, months: impl Iterator<Item = f64>) -> Option<Band> {
        let growth = self.inputs.iter().find(|one| one.spec.key == GROWTH.key)?;
        let ratios = POINTS.map(|share| 1.0 + growth.value(share) / 100.0);
        let mut band = Band::default();
        for month in months {
            let [low, middle, high] = ratios.map(|ratio| libm::pow(ratio, month));
            band.low.push(low);
            band.middle.push(middle);
            band.high.push(high);
        }
        Some(band)
    }
}

fn bands(lines: &[Lines], point: Option<&Lines>) -> Bands {
    let band_by = |read: fn(&Lines) -> &Vec<f64>, points: Points| {
        let length = point.map_or(0, |point| read(point).len());
        let mut band = Band::default();
        for at in 0..length {
            let values = lines.iter().filter_map(|line| read(line).get(at).copied());
            let values: Vec<f64> = values.collect();
            let [low, middle, high] = points(&values, POINTS).unwrap_or_default();
            band.low.push(low);
            band.middle.push(middle);
            band.high.push(high);
        }
        band
    };
    let band = |read| band_by(read, rank::points);
    // Where the retention is a range, the same point of the line is another day.
    let same_days = lines
        .iter()
        .all(|line| point.is_some_and(|point| point.days == line.days));
    let stored = |read| {
        if same_days {
            band(read)
        } else {
            Band::default()
        }
    };
    Bands {
        tokens: band(|line| &line.tokens),
        gateways: band_by(|line| &line.gateways, rank::observed),
        bytes: stored(|line| &line.bytes),
        bytes_with_growth: stored(|line| &line.bytes_with_growth),
    }
}
