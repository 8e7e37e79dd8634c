//! Measured day in the tokens chart: median, range of eight days in ten, and maximum.

use charming::Chart;
use charming::datatype::{CompositeValue, DataPoint};
use charming::element::{AreaStyle, LineStyle, LineStyleType};
use charming::series::Line;

use super::Palette;
use super::draw::{self, rounded};
use crate::model::day::SAMPLES;
use crate::plan::Plan;
use crate::say::page::chart as say;
use crate::say::words;
use crate::traffic::Band;

/// Measured day, for drawing.
pub(super) struct Measured<'a> {
    band: &'a Band,
    /// Tokens per unit of the band.
    tokens: f64,
}

impl<'a> Measured<'a> {
    pub(super) fn of(plan: &Plan, band: &'a Band) -> Self {
        let tokens = if band.is_tokens {
            1.0
        } else {
            plan.demand.tokens_per_request
        };
        Self { band, tokens }
    }

    /// Maximum tokens per minute.
    pub(super) fn highest(&self) -> f64 {
        let worst = self.band.worst.iter().flatten();
        worst.fold(0.0, |high, x| f64::max(high, x * self.tokens))
    }

    /// Draws the band with median and maximum, over the modelled areas.
    pub(super) fn draw(&self, chart: Chart, unit: f64, palette: &Palette) -> Chart {
        let scaled = |x: f64| rounded(x * self.tokens / unit);
        let low = self.samples(|at| self.band.low[at].map(scaled));
        let between = self.samples(|at| {
            let (low, high) = self.band.low[at].zip(self.band.high[at])?;
            Some(scaled(high) - scaled(low))
        });
        let median = self.samples(|at| self.band.median[at].map(scaled));
        let worst = self.samples(|at| self.band.worst[at].map(scaled));
        let edge = || draw::stroke(&palette.ink_faint, 0.0).stack("measured");
        let fill = AreaStyle::new()
            .color(draw::color(&palette.ink_faint))
            .opacity(0.35);
        let dotted = LineStyle::new()
            .color(draw::color(&palette.ink_muted))
            .width(1.0)
            .type_(LineStyleType::Dotted);
        let named = |line: Line, name: &str| line.name(name.to_owned());
        chart
            .series(edge().data(low))
            .series(edge().area_style(fill).data(between))
            .series(named(draw::stroke(&palette.ink, 1.5), say::MEDIAN_DAY).data(median))
            .series(
                named(draw::stroke(&palette.ink_muted, 1.0), say::WORST)
                    .line_style(dotted)
                    .data(worst),
            )
    }

    /// Summary of the measured day.
    pub(super) fn summary(&self) -> String {
        say::measured(self.highest(), self.band.days)
    }

    /// Table cells of an hour.
    pub(super) fn cells(&self, sample: usize) -> [String; 2] {
        let at = self.slot(sample);
        [self.band.median[at], self.band.worst[at]]
            .map(|value| value.map_or_else(|| "–".to_owned(), |x| words::short(x * self.tokens)))
    }

    fn slot(&self, sample: usize) -> usize {
        sample * self.band.median.len() / SAMPLES
    }

    /// Values per sample of the day; the chart omits samples without data.
    fn samples(&self, value: impl Fn(usize) -> Option<f64>) -> Vec<DataPoint> {
        let point = |sample| match value(self.slot(sample)) {
            Some(x) => DataPoint::Value(CompositeValue::from(x)),
            None => DataPoint::Value(CompositeValue::from("-")),
        };
        (0..SAMPLES).map(point).collect()
    }
}
