//! Stored bytes from the start through the retention.

use charming::element::LabelPosition;

use super::axis;
use super::draw::rounded;
use super::draw::{self, unit_of};
use super::gateways::line;
use super::limits::{Kind, LimitLine, apart, limit_line};
use super::{Palette, Picture, spread};
use crate::catalog::guide::CONTROL_PLANE;
use crate::plan::uncertainty::Band;
use crate::plan::{Plan, StoragePoint};
use crate::say::page::chart as say;
use crate::say::words;

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
    let mut chart = draw::base(44.0, 16.0, 28.0)
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
    let lines = limits.into_iter().map(|limit| LimitLine {
        at: limit.at / unit,
        ..limit
    });
    for limit in apart(lines.collect(), top) {
        chart = chart.series(limit_line(&limit, palette));
    }
    let said = say::kept(flat);
    let mark = draw::strong(draw::label(
        &said,
        &palette.ink,
        LabelPosition::Top,
        palette,
    ));
    chart = chart.series(draw::dot(
        POINTS * 0.75,
        flat / unit,
        mark,
        &palette.ink,
        0.1,
    ));
    chart = spread::edges(chart, band, unit, palette);
    let head = say::STORAGE_HEAD.map(str::to_owned).to_vec();
    let picture = Picture {
        chart,
        summary: say::storage(plan),
        head,
        rows: rows(days),
    };
    spread::told(picture, band, 6, words::bytes)
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
            line(bytes, say::disk(size.name, bytes), &end, kind)
        })
        .collect()
}
