//! Intervals with no more digits than they have.

use crate::model::digits;
use crate::plan::uncertainty::Interval;
use crate::plan::{Figure, FigureId};
use crate::say::figure;
use crate::say::words::{self, PERCENT};
use crate::scenario::number::grouped;

/// Numbers that stand together: two digits of their distance are known, and no more.
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

/// How a figure is written: what it is divided by, and what stands around the digits.
fn style(id: &FigureId, highest: f64) -> (f64, &'static str, String) {
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

/// The parts of an interval: its 5 % point, median and 95 % point without their unit, and what
/// stands before and behind them.
fn parts(of: &Interval) -> ([String; 3], &'static str, String) {
    let (by, before, behind) = style(&of.id, of.p95.abs().max(of.p05.abs()));
    let values = [of.p05, of.p50, of.p95].map(|value| value / by);
    let is_whole = matches!(of.id, FigureId::Gateways | FigureId::Connections);
    let width = values[2] - values[0];
    let texts = if is_whole {
        values.map(|value| grouped(libm::round(value))).to_vec()
    } else if 0.0 < width {
        together(&values, width)
    } else {
        values.map(words::significant).to_vec()
    };
    let mut texts = texts.into_iter();
    let texts = std::array::from_fn(|_| texts.next().unwrap_or_default());
    (texts, before, behind.trim_end().to_owned())
}

/// `$610 to $940`, `180 to 280 K/min`.
pub fn interval(of: &Interval) -> String {
    let ([low, _, high], before, behind) = parts(of);
    if low == high {
        return [before, &low, &behind].concat();
    }
    [before, &low, " to ", before, &high, &behind].concat()
}

/// The 5 % point, the median and the 95 % point, each with its unit.
pub fn three(of: &Interval) -> [String; 3] {
    let (texts, before, behind) = parts(of);
    texts.map(|text| [before, &text, &behind].concat())
}

/// Beside a figure: `5 to 95 %: 4 to 7, median 5`.
pub fn of_figure(of: &Interval) -> String {
    let [low, median, high] = three(of);
    let ends = ["5 to 95 %: ", &interval(of)].concat();
    if low == high {
        return ends;
    }
    [&ends, ", median ", &median].concat()
}

/// A value of a figure in its own words.
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
