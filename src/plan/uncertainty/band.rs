//! Uncertainty bands around the lines of charts.

use super::answer::{POINTS, Uncertainty};
use super::draws::Draws;
use crate::model::rank;
use crate::scenario::property::GROWTH;

/// 5 % point, median and 95 % point at each point of a line.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Band {
    /// 5 % points.
    pub low: Vec<f64>,
    /// Medians.
    pub middle: Vec<f64>,
    /// 95 % points.
    pub high: Vec<f64>,
}

/// Bands of the charts; empty if there is none.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bands {
    /// Tokens per minute over the day.
    pub tokens: Band,
    /// Gateways needed over the day.
    pub gateways: Band,
    /// Bytes on disk over the days of the storage chart.
    pub bytes: Band,
    /// Dollars a month for each number of gateways of the plan's curve: for them, and for the
    /// requests that they lose.
    pub costs: Band,
}

impl Band {
    fn push(&mut self, [low, middle, high]: [f64; 3]) {
        self.low.push(low);
        self.middle.push(middle);
        self.high.push(high);
    }

    /// 5 % point, median and 95 % point at an index; `None` beyond the end.
    pub fn at(&self, place: usize) -> Option<[f64; 3]> {
        let [low, middle, high] = [&self.low, &self.middle, &self.high];
        Some([*low.get(place)?, *middle.get(place)?, *high.get(place)?])
    }

    /// The band at some of its places.
    #[must_use]
    pub fn of_places(&self, places: impl Iterator<Item = usize>) -> Self {
        let mut band = Self::default();
        for points in places.filter_map(|place| self.at(place)) {
            band.push(points);
        }
        band
    }
}

impl Draws {
    /// Bands of the charts from the draws so far.
    pub fn bands(&mut self) -> Bands {
        let mut bands = Bands::default();
        while self.draw(&mut bands) {}
        bands
    }

    /// A small step towards the bands: lines of a few more futures, then a few more points of each
    /// band. Returns whether there is more to do.
    pub fn draw(&mut self, bands: &mut Bands) -> bool {
        const AT_ONCE: usize = 8;
        const COLUMNS: usize = 2;
        let drawn = &mut self.drawn;
        let next = self.courses[drawn.futures..].iter().take(AT_ONCE);
        let before = drawn.futures;
        next.for_each(|course| drawn.push(course));
        if before < drawn.futures {
            return true;
        }
        let mut left = COLUMNS;
        let all: [(&mut Band, &[Vec<f32>], Points); 4] = [
            (&mut bands.tokens, &drawn.tokens, rank::points),
            (&mut bands.gateways, &drawn.gateways, rank::observed),
            (&mut bands.bytes, &drawn.bytes, rank::points),
            (&mut bands.costs, &drawn.costs, rank::points),
        ];
        for (band, columns, points) in all {
            for column in columns.iter().skip(band.low.len()).take(left) {
                let values: Vec<f64> = column.iter().copied().map(f64::from).collect();
                band.push(points(&values, POINTS).unwrap_or_default());
                left -= 1;
            }
        }
        left == 0
    }
}

/// Function that gives quantiles of values.
type Points = fn(&[f64], [f64; 3]) -> Option<[f64; 3]>;

impl Uncertainty {
    /// Band of the load over these months, as multiples of today's; `None` if growth is not a
    /// range.
    ///
    /// Load increases with growth in every month, so the quantiles of the load are those of the
    /// growth.
    pub fn load(&self, months: impl Iterator<Item = f64>) -> Option<Band> {
        let growth = self.inputs.iter().find(|one| one.spec.key == GROWTH.key)?;
        let ratios = POINTS.map(|share| 1.0 + growth.value(share) / 100.0);
        let mut band = Band::default();
        for month in months {
            band.push(ratios.map(|ratio| libm::pow(ratio, month)));
        }
        Some(band)
    }
}
