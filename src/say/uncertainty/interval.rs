//! Intervals with only their significant digits.

use crate::model::demand::SECONDS_PER_DAY;
use crate::model::digits;
use crate::model::limit::TOLERANCE;
use crate::plan::uncertainty::{Interval, MOST_USE};
use crate::plan::{Figure, FigureId};
use crate::say::figure;
use crate::say::words::{self, PERCENT};
use crate::scenario::number::grouped;

/// Numbers rounded to two digits of their distance.
pub(super) fn together(values: &[f64], width: f64) -> Vec<String> {
    let power = libm::floor(libm::log10(width) + 1e-9) - 1.0;
    let rounded = |value: f64| {
        if 0.0 <= power {
            let unit = libm::pow(10.0, power);
            grouped(libm::round(value / unit) * unit)
        } else {
            let places = [0_u8, 1, 2, 3, 4, 5, 6];
            let place = places.iter().find(|place| -power <= f64::from(**place));
            digits::to_places(value, *place.unwrap_or(&6))
        }
    };
    values.iter().map(|value| rounded(*value)).collect()
}

/// Format of a figure: divisor, prefix and suffix.
type Style = (f64, &'static str, String);

fn style(id: &FigureId, highest: f64) -> Style {
    let scaled = || match highest {
        top if 1e12 <= top => (1e12, "T"),
        top if 1e9 <= top => (1e9, "G"),
        top if 1e6 <= top => (1e6, "M"),
        top if 1e4 <= top => (1e3, "K"),
        _ => (1.0, ""),
    };
    let with = |unit: &str| {
        let (by, prefix) = scaled();
        (by, "", [" ", prefix, unit].concat())
    };
    match id {
        FigureId::PeakRequests | FigureId::MeanRate => (1.0, "", " rps".to_owned()),
        FigureId::PeakTokens => with("/min"),
        FigureId::TightestLimit
        | FigureId::Use(_)
        | FigureId::SlotsInUse
        | FigureId::FailedRequests => (0.01, "", PERCENT.to_owned()),
        FigureId::StoredEvents | FigureId::StoredPerDay => {
            let (by, prefix) = scaled();
            (by, "", [" ", &words::bytes_unit(prefix)].concat())
        }
        FigureId::Cost | FigureId::CostPerThousand => match highest {
            top if 1e6 <= top => (1e6, "$", " M".to_owned()),
            _ => (1.0, "$", String::new()),
        },
        FigureId::TokensPerDay => with(""),
        FigureId::Gateways | FigureId::Connections | FigureId::InFlight => (1.0, "", String::new()),
    }
}

/// An interval in words: 5 % point, median and 95 % point, and their common prefix and suffix.
struct Parts {
    texts: [String; 3],
    before: &'static str,
    behind: String,
}

/// Ratio of the ends from which on each has its own digits and prefix.
const WIDE: f64 = 10.0;

impl Parts {
    fn of(of: &Interval) -> Self {
        let points = [of.p05, of.p50, of.p95];
        let mut parts = Self::new(points, &|highest| style(&of.id, highest), of.id.is_whole());
        for (text, point) in parts.texts.iter_mut().zip(points) {
            if of.id == FigureId::TightestLimit && MOST_USE <= point {
                *text = ["over ", &grouped(MOST_USE * 100.0)].concat();
            }
        }
        parts
    }

    fn new(points: [f64; 3], style: &dyn Fn(f64) -> Style, is_whole: bool) -> Self {
        let [low, _, high] = points;
        if !is_whole && 0.0 < low && low * WIDE < high {
            return Self::apart(points, style);
        }
        let (by, before, behind) = style(low.abs().max(high.abs()));
        let values = points.map(|value| value / by);
        // Values that differ by rounding alone are one.
        let width = values[2] - values[0];
        let width = if width <= TOLERANCE * values[2].abs() {
            0.0
        } else {
            width
        };
        let texts = if is_whole {
            values.map(|value| grouped(libm::round(value))).to_vec()
        } else if 0.0 < width {
            // Amounts have no fractions of a cent, and no cents next to hundreds of dollars.
            let cents = match values[2].abs() {
                _ if before != "$" || !behind.is_empty() => 0.0,
                top if 100.0 <= top => 10.0,
                top if 1.0 <= top => 0.1,
                _ => 0.0,
            };
            together(&values, f64::max(width, cents))
        } else {
            values.map(words::significant).to_vec()
        };
        let mut texts = texts.into_iter();
        Self {
            texts: std::array::from_fn(|_| texts.next().unwrap_or_default()),
            before,
            behind: behind.trim_end().to_owned(),
        }
    }

    /// Ends far apart: rounded to two digits of the width, the lower one would be 0.
    fn apart(points: [f64; 3], style: &dyn Fn(f64) -> Style) -> Self {
        let styles = points.map(style);
        let behind = styles[2].2.clone();
        let is_shared = styles.iter().all(|(.., own)| *own == behind);
        let mut texts = points.iter().zip(&styles).map(|(point, (by, _, own))| {
            let value = point / by;
            // Amounts have no fractions of a cent.
            let least = if styles[2].1 == "$" && 1.0 <= value {
                0.1
            } else {
                0.0
            };
            let text = together(&[value], value.max(least)).concat();
            if is_shared {
                text
            } else {
                text + own.trim_end()
            }
        });
        Self {
            texts: std::array::from_fn(|_| texts.next().unwrap_or_default()),
            before: styles[2].1,
            behind: if is_shared {
                behind.trim_end().to_owned()
            } else {
                String::new()
            },
        }
    }

    /// `$610 to $940`.
    fn ends(&self) -> String {
        let (before, behind) = (self.before, self.behind.as_str());
        let [low, _, high] = self.texts.each_ref().map(String::as_str);
        if low == high {
            return [before, low, behind].concat();
        }
        [before, low, " to ", before, high, behind].concat()
    }

    fn three(self) -> [String; 3] {
        let (before, behind) = (self.before, self.behind);
        self.texts.map(|text| [before, &text, &behind].concat())
    }

    /// `5 to 95 %: $610 to $940, median $760`.
    fn whole(&self) -> String {
        let ends = ["5 to 95 %: ", &self.ends()].concat();
        let [low, median, high] = &self.texts;
        if low == high {
            return ends;
        }
        [&ends, ", median ", self.before, median, &self.behind].concat()
    }
}

/// `$610 to $940`, `180 to 280 K/min`.
pub fn interval(of: &Interval) -> String {
    Parts::of(of).ends()
}

/// 5 % point, median and 95 % point, each with its unit.
pub fn three(of: &Interval) -> [String; 3] {
    Parts::of(of).three()
}

/// Three values of a unit, from the lowest up, each with it: `9.71 %`, `9.73 %` and `9.74 %`.
pub(super) fn three_in(points: [f64; 3], by: f64, unit: &'static str) -> [String; 3] {
    Parts::new(points, &|_| (by, "", unit.to_owned()), false).three()
}

/// Beside a figure: `5 to 95 %: 4 to 7, median 5`.
pub fn of_figure(of: &Interval) -> String {
    Parts::of(of).whole()
}

/// Note next to the multiple of today's load that fits.
pub(in crate::say) fn of_room(points: [f64; 3]) -> String {
    Parts::new(points, &|_| (1.0, "", "×".to_owned()), false).whole()
}

/// Note next to the requests per day, from their mean rate.
pub(in crate::say) fn of_requests(rate: &Interval) -> String {
    let points = [rate.p05, rate.p50, rate.p95].map(|rps| rps * SECONDS_PER_DAY);
    let style = |highest| style(&FigureId::TokensPerDay, highest);
    Parts::new(points, &style, false).whole()
}

/// A value in the format of its figure.
pub(super) fn value(id: &FigureId, result: f64) -> String {
    let shown = Figure {
        id: id.clone(),
        result,
        aside: crate::plan::Aside::Nothing,
    };
    match id {
        FigureId::Cost => words::usd(result),
        FigureId::TightestLimit => words::percent(result),
        _ => figure::value(&shown),
    }
}
