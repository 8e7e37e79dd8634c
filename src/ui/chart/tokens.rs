//! Tokens per minute over the day against provider limits.

use super::bands::{Areas, Band, Scale, bands};
use super::draw::{self, unit_of};
use super::label::{Spot, headroom};
use super::limits::{limit_lines, provider_limits};
use super::measured::Measured;
use super::minutes::Minutes;
use super::tip::{Tip, TipRow};
use super::{Palette, Picture, axis, clock_labels, spread};
use crate::model::day;
use crate::plan::Plan;
use crate::plan::uncertainty::Band as Spread;
use crate::say::page::chart as say;
use crate::say::page::tip::Unit;
use crate::say::words;
use crate::traffic;

/// Maximum distance of a limit in peaks; more would flatten the day.
const FARTHEST: f64 = 4.0;

/// Tokens per minute, stacked by workload; a limit is the total at which it is reached.
pub fn tokens_chart(plan: &Plan, palette: &Palette, width: f64) -> Picture {
    tokens_measured(plan, (None, &Spread::default()), palette, width)
}

/// Tokens per minute with the measured day, and with the band of the total if inputs are ranges.
pub(in crate::ui) fn tokens_measured(
    plan: &Plan,
    (band, spread): (Option<&traffic::Band>, &Spread),
    palette: &Palette,
    width: f64,
) -> Picture {
    let measured = band.map(|band| Measured::of(plan, band));
    let bands = bands(plan);
    let load = Minutes::of(plan);
    let peak = load.peak();
    let limits = provider_limits(plan, 480.0 <= width);
    let shown = limits.iter().filter(|limit| limit.at <= peak * FARTHEST);
    let most = measured.as_ref().map_or(0.0, Measured::highest);
    let highest = shown
        .clone()
        .map(|limit| limit.at)
        .fold(peak.max(most), f64::max);
    let highest = highest.max(spread::highest(spread));
    let room = headroom(shown.clone().map(|limit| limit.at));
    let (unit, prefix) = unit_of(highest);
    let (top, _) = axis::round_top(highest * room / unit);
    let mut chart = draw::base(draw::MARGINS)
        .tooltip(draw::tooltip(palette))
        .x_axis(axis::hours(width, palette))
        .y_axis(axis::values(&say::tokens_axis(prefix), top, palette));
    let mut notes = draw::notes(palette, day::SAMPLES, top);
    let areas = Areas {
        bands: &bands,
        profile: &plan.day.profile,
        scale: Scale {
            unit,
            // Names are shortened on a phone, not omitted.
            longest_name: if width < 480.0 { 16 } else { 40 },
        },
        palette,
    };
    chart = areas.stack(chart);
    if let Some(measured) = &measured {
        chart = measured.draw(chart, unit, palette);
    }
    notes.outline = areas.outline();
    let name = limits.first().map(|limit| (limit.name.clone(), limit.at));
    notes.lines = limit_lines(shown.cloned(), unit, palette);
    let when = busiest(&plan.day.profile);
    let at = when.map(|at| say::clock(at * 5));
    if 0.0 < peak {
        let said = say::tokens_peak(peak, at.as_deref());
        // A flat day has no peak, so the text is in the middle.
        let (x, dot) = when.map_or((day::SAMPLES / 2, 0.0), |at| (at, 6.0));
        let spot = Spot::At(x as f64, peak / unit);
        notes.words.push(draw::summit(said, spot, dot, palette));
    }
    if 1 < bands.len() {
        notes.words.extend(areas.names());
    }
    chart = spread::edges(chart, &mut notes, spread, unit, palette);
    let far = peak * FARTHEST;
    let first = limits.first();
    let first = first.map(|limit| (&*limit.name, &*limit.end, far < limit.at));
    let summary = say::tokens(plan, (peak, load.batch_tpm), first, at.as_deref());
    let picture = Picture {
        tip: tip(plan, &areas, name),
        chart,
        notes,
        summary,
        head: head(&bands),
        rows: rows(plan, &bands),
        ..Picture::default()
    };
    let picture = spread::told(picture, spread, 12);
    match measured {
        Some(measured) => with_measured(picture, &measured),
        None => picture,
    }
}

/// Busiest sample of a day; `None` for a flat day.
fn busiest(profile: &[f64]) -> Option<usize> {
    let at = day::busiest(profile);
    let most = profile.get(at)?;
    let least = profile.iter().copied().fold(*most, f64::min);
    // A difference of 1 % is invisible and below the precision of a day.
    (least < most * 0.99).then_some(at)
}

/// Tooltip at a time of day: workloads, total, and first limit.
fn tip(plan: &Plan, areas: &Areas, first: Option<(String, f64)>) -> Tip {
    let band = |(index, band): (usize, &Band)| TipRow {
        name: band.name.clone(),
        tint: areas.palette.series[index.min(2)].clone(),
        values: plan.day.profile.iter().map(|x| band.tpm(*x)).collect(),
    };
    Tip {
        heads: clock_labels(),
        unit: Unit::Tokens,
        rows: areas.bands.iter().enumerate().map(band).collect(),
        has_total: 1 < areas.bands.len(),
        limit: first,
        ..Tip::default()
    }
}

/// Adds the measured day to summary and table.
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
            let values = bands.iter().map(|band| words::short(band.tpm(factor)));
            let all = words::short(bands.iter().map(|band| band.tpm(factor)).sum());
            [say::clock(sample * 5)]
                .into_iter()
                .chain(values)
                .chain([all])
                .collect()
        })
        .collect()
}
