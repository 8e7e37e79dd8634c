//! Stored bytes from the start through the retention.

use super::draw::{self, rounded, unit_of};
use super::gateways::line;
use super::label::{Margins, Spot, Words};
use super::limits::{Kind, LimitLine, Status, TARGET_RATIO, limit_lines};
use super::tip::{Tip, TipRow};
use super::{Palette, Picture, axis, spread};
use crate::catalog::guide::CONTROL_PLANE;
use crate::plan::uncertainty::Band;
use crate::plan::{Plan, StoragePoint};
use crate::say::page::chart as say;
use crate::say::page::tip::Unit;
use crate::say::words;

/// The last day at the axis stands half beyond its end.
const MARGINS: Margins = Margins {
    right: 22.0,
    ..draw::MARGINS
};
/// Points of the line.
const POINTS: f64 = 60.0;

/// Stored bytes over twice the retention, with and without growth.
pub fn storage_chart(plan: &Plan, palette: &Palette, width: f64) -> Picture {
    drawn(plan, &Band::default(), (palette, width))
}

/// The same with the band of what is on disk.
pub(super) fn drawn(plan: &Plan, band: &Band, (palette, width): (&Palette, f64)) -> Picture {
    let days = &plan.storage.timeline;
    let flat = plan.storage.retained_bytes;
    // Growth without end would flatten everything else; the line is cut there.
    let grown = days
        .iter()
        .map(|point| point.bytes_with_growth)
        .fold(flat, f64::max);
    let grown = grown.max(spread::highest(band)).min(flat.max(1.0) * 10.0);
    let limits = disks(plan, grown);
    let highest = limits.iter().map(|limit| limit.at).fold(grown, f64::max);
    let (unit, prefix) = unit_of(highest);
    let (top, _) = axis::round_top(highest * 1.12 / unit);
    let labels: Vec<String> = days.iter().map(|point| say::day(point.day)).collect();
    let every = POINTS / if width < 480.0 { 3.0 } else { 6.0 };
    let series = |read: fn(&StoragePoint) -> f64| -> Vec<f64> {
        days.iter()
            .map(|point| rounded(read(point) / unit))
            .collect()
    };
    let area = draw::area(&palette.series[2], &palette.series_line[0]);
    let mut chart = draw::base(MARGINS)
        .tooltip(draw::tooltip(palette))
        .x_axis(axis::categories(labels, every, palette))
        .y_axis(axis::values(&words::bytes_unit(prefix), top, palette))
        .series(
            area.name(say::TODAYS_LOAD)
                .data(series(|point| point.bytes)),
        );
    if flat < grown {
        let line = draw::dashed(&palette.series_line[1]).name(say::WITH_GROWTH);
        chart = chart.series(line.data(series(|point| point.bytes_with_growth)));
    }
    let mut notes = draw::notes(palette, days.len(), top);
    notes.margins = MARGINS;
    notes.lines = limit_lines(limits, unit, palette);
    let outline = days
        .iter()
        .map(|point| point.bytes.max(point.bytes_with_growth) / unit);
    notes.outline = outline.map(|bytes| bytes.min(top)).collect();
    let spot = Spot::At(POINTS * 0.75, flat / unit);
    notes
        .words
        .push(draw::summit(say::kept(flat), spot, 0.0, palette));
    notes.words.extend(cut(days, top * unit, palette));
    chart = spread::edges(chart, &mut notes, band, unit, palette);
    let head = say::STORAGE_HEAD.map(str::to_owned).to_vec();
    let picture = Picture {
        chart,
        notes,
        tip: tip(days, palette, flat < grown),
        summary: say::storage(plan),
        head,
        rows: rows(days),
        ..Picture::default()
    };
    spread::told(picture, band, 6, words::bytes)
}

/// Where the line leaves the drawing, and where it ends: an axis that is cut says so.
fn cut(days: &[StoragePoint], top: f64, palette: &Palette) -> Option<Words> {
    let at = days
        .iter()
        .position(|point| top < point.bytes_with_growth)?;
    let last = days.last()?;
    let said = say::goes_on(&words::bytes(last.bytes_with_growth), &say::day(last.day));
    Some(Words {
        text: said,
        tint: palette.ink.clone(),
        is_strong: false,
        spot: Spot::Beside(at as f64, f64::MAX),
        dot: 0.0,
    })
}

/// What is said of a day.
fn tip(days: &[StoragePoint], palette: &Palette, has_growth: bool) -> Tip {
    let row = |name: &str, tint: &str, read: fn(&StoragePoint) -> f64| TipRow {
        name: name.to_owned(),
        tint: tint.to_owned(),
        values: days.iter().map(read).collect(),
    };
    let grown = row(say::WITH_GROWTH, &palette.series_line[1], |point| {
        point.bytes_with_growth
    });
    let flat = row(say::TODAYS_LOAD, &palette.series_line[0], |point| {
        point.bytes
    });
    Tip {
        heads: days.iter().map(|point| say::day(point.day)).collect(),
        unit: Unit::Bytes,
        rows: [flat]
            .into_iter()
            .chain(has_growth.then_some(grown))
            .collect(),
        ..Tip::default()
    }
}

fn rows(days: &[StoragePoint]) -> Vec<Vec<String>> {
    let row = |point: &StoragePoint| {
        let day = format!("{:.0}", point.day);
        vec![
            day,
            words::bytes(point.bytes),
            words::bytes(point.bytes_with_growth),
        ]
    };
    days.iter().step_by(6).map(row).collect()
}

/// The guide's disks that are not far off the chart; the plan's own is solid.
fn disks(plan: &Plan, grown: f64) -> Vec<LimitLine> {
    let flat = plan.storage.retained_bytes;
    let chosen = plan.control_plane.size;
    let sizes = CONTROL_PLANE
        .iter()
        .map(|size| (size, size.postgres_disk_gb * 1e9));
    let near = sizes.filter(|(size, bytes)| *bytes <= grown * 5.0 || size.name == chosen);
    near.filter(|(_, bytes)| *bytes <= grown.max(1.0) * 12.0)
        .map(|(size, bytes)| {
            let kind = if size.name == chosen {
                Kind::Hard
            } else {
                Kind::Soft
            };
            let end = if 0.0 < flat {
                words::multiple(bytes / plan.storage.disk_bytes)
            } else {
                String::new()
            };
            // A disk that is not the plan's cannot be full.
            let status = match kind {
                Kind::Hard => Status::of(plan.storage.disk_bytes / bytes, TARGET_RATIO),
                _ => Status::Calm,
            };
            let disk = line(bytes, say::disk(size.name, bytes), &end, kind);
            LimitLine { status, ..disk }
        })
        .collect()
}
