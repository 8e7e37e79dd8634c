//! Tokens per minute over the day against each provider's limit.

use charming::element::LabelPosition;

use super::axis;
use super::bands::{Areas, Band, Scale, bands};
use super::draw::{self, unit_of};
use super::limits::{LimitLine, apart, limit_line, provider_limits};
use super::measured::Measured;
use super::{Palette, Picture, spread};
use crate::model::day;
use crate::plan::Plan;
use crate::plan::uncertainty::Band as Spread;
use crate::say::page::chart as say;
use crate::say::words;
use crate::traffic;

/// Limits further away than this many peaks would flatten the day.
const FARTHEST: f64 = 4.0;

/// Tokens per minute, stacked by workload; a limit is the total at which it is full.
pub fn tokens_chart(plan: &Plan, palette: &Palette, width: f64) -> Picture {
    tokens_measured(plan, (None, &Spread::default()), palette, width)
}

/// The same with the measured day, and with the band of all tokens where numbers are ranges.
pub(in crate::ui) fn tokens_measured(
    plan: &Plan,
    (band, spread): (Option<&traffic::Band>, &Spread),
    palette: &Palette,
    width: f64,
) -> Picture {
    let measured = band.map(|band| Measured::of(plan, band));
    let bands = bands(plan);
    let peak_at = day::busiest(&plan.day.profile);
    let peak = plan.demand.peak_tpm;
    let limits = provider_limits(plan, 480.0 <= width);
    let shown = limits.iter().filter(|limit| limit.at <= peak * FARTHEST);
    let most = measured.as_ref().map_or(0.0, Measured::highest);
    let highest = shown
        .clone()
        .map(|limit| limit.at)
        .fold(peak.max(most), f64::max);
    let highest = highest.max(spread::highest(spread));
    let (unit, prefix) = unit_of(highest);
    let (top, _) = axis::round_top(highest * 1.12 / unit);
    let mut chart = draw::base(44.0, 16.0, 28.0)
        .tooltip(draw::tooltip(palette))
        .x_axis(axis::hours(width, palette))
        .y_axis(axis::values(&say::tokens_axis(prefix), top, palette));
    let areas = Areas {
        bands: &bands,
        profile: &plan.day.profile,
        scale: Scale {
            unit,
            top,
            peak_at,
            // On a phone a name is shortened; it does not vanish.
            longest_name: if width < 480.0 { 16 } else { 40 },
        },
        palette,
    };
    chart = areas.stack(chart);
    if 1 < bands.len() {
        chart = areas.names(chart);
    }
    if let Some(measured) = &measured {
        chart = measured.draw(chart, unit, palette);
    }
    let lines = shown.map(|limit| LimitLine {
        at: limit.at / unit,
        ..limit.clone()
    });
    let drawn = apart(lines.collect(), top);
    for limit in &drawn {
        chart = chart.series(limit_line(limit, palette));
    }
    let at = say::clock(peak_at * 5);
    if 0.0 < peak {
        let said = say::tokens_peak(peak, &at);
        let day = plan.day.profile.len().max(1);
        let words = Words {
            peak: (peak_at as f64 / day as f64, peak / unit, &said),
            top,
            width,
        };
        let label = draw::label(&said, &palette.ink, words.place(&drawn), palette);
        let mark = draw::strong(label);
        chart = chart.series(draw::dot(
            peak_at as f64,
            peak / unit,
            mark,
            &palette.ink,
            6.0,
        ));
    }
    chart = spread::edges(chart, spread, unit, palette);
    let far = peak * FARTHEST;
    let first = limits.first();
    let first = first.map(|limit| (&*limit.name, &*limit.end, far < limit.at));
    let summary = say::tokens(plan, first, &at);
    let picture = Picture {
        chart,
        summary,
        head: head(&bands),
        rows: rows(plan, &bands),
    };
    let picture = spread::told(picture, spread, 12, words::short);
    match measured {
        Some(measured) => with_measured(picture, &measured),
        None => picture,
    }
}

/// The words of the peak and the chart that they stand in.
struct Words<'a> {
    /// Part of the day, height and text.
    peak: (f64, f64, &'a str),
    top: f64,
    width: f64,
}

impl Words<'_> {
    /// Above the peak, or beside it where the words of a limit stand there.
    fn place(&self, limits: &[LimitLine]) -> LabelPosition {
        // About: pixels of a letter and beside the axis, and a line as a part of the height.
        const LETTER: f64 = 6.3;
        const MARGIN: f64 = 48.0;
        const LINE: f64 = 0.1;
        let (at, height, text) = self.peak;
        let left = at * self.width - text.chars().count() as f64 * LETTER / 2.0;
        let is_hidden = limits.iter().any(|limit| {
            let letters = limit.name.chars().count() + limit.detail.chars().count();
            let is_level = (limit.at - height).abs() < LINE * self.top;
            is_level && left < MARGIN + letters as f64 * LETTER
        });
        match is_hidden {
            false => LabelPosition::Top,
            true if at < 0.6 => LabelPosition::Right,
            true => LabelPosition::Left,
        }
    }
}

/// The words and the cells of the measured day.
fn with_measured(mut picture: Picture, measured: &Measured) -> Picture {
    picture.summary = [&picture.summary, " ", &measured.summary()].concat();
    picture
        .head
        .extend([say::MEDIAN_DAY, say::WORST].map(str::to_owned));
    for (hour, row) in picture.rows.iter_mut().enumerate() {
        row.extend(measured.cells(hour * 12));
    }
    picture
}

fn head(bands: &[Band]) -> Vec<String> {
    let names = bands.iter().map(|band| band.name.clone());
    [say::TIME.to_owned()]
        .into_iter()
        .chain(names)
        .chain([say::ALL_TOKENS.to_owned()])
        .collect()
}

fn rows(plan: &Plan, bands: &[Band]) -> Vec<Vec<String>> {
    let hours = (0..24).map(|hour| hour * 12);
    hours
        .map(|sample| {
            let factor = plan.day.profile.get(sample).copied().unwrap_or(0.0);
            let values = bands
                .iter()
                .map(|band| words::short(band.mean_tpm * factor));
            let all = words::short(plan.demand.mean_tpm * factor);
            [say::clock(sample * 5)]
                .into_iter()
                .chain(values)
                .chain([all])
                .collect()
        })
        .collect()
}
