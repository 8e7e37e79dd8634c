//! Stored bytes from the start through the retention.

use charming::element::LabelPosition;

use super::draw::{self, unit_of};
use super::gateways::line;
use super::limits::{Kind, apart, limit_line};
use super::tokens::rounded;
use super::{Palette, Picture};
use crate::catalog::guide::CONTROL_PLANE;
use crate::plan::{Plan, words};

/// Points of the line.
const POINTS: usize = 60;

/// Stored bytes over twice the retention, with and without growth.
pub fn storage_chart(plan: &Plan, palette: &Palette, width: f64) -> Picture {
    let days = &plan.storage.timeline;
    let last = days.last().map_or(1.0, |point| point.day);
    let flat = plan.storage.retained_bytes;
    // Growth without end would flatten everything else; the line is cut there.
    let grown = days
        .iter()
        .map(|point| point.bytes_with_growth)
        .fold(flat, f64::max)
        .min(flat.max(1.0) * 10.0);
    let disks = CONTROL_PLANE
        .iter()
        .filter(|size| size.postgres_disk_gb * 1e9 <= grown.max(1e9) * 5.0);
    let chosen = plan.control_plane.postgres_disk_bytes;
    let limits: Vec<_> = disks
        .map(|size| {
            let bytes = size.postgres_disk_gb * 1e9;
            let is_chosen = (bytes - chosen).abs() < 1.0;
            let kind = if is_chosen { Kind::Hard } else { Kind::Soft };
            let end = if 0.0 < flat {
                words::multiple(bytes / flat)
            } else {
                String::new()
            };
            (
                bytes,
                format!("{} disk, {}", size.name, words::bytes(bytes)),
                end,
                kind,
            )
        })
        .collect();
    let highest = limits.iter().map(|l| l.0).fold(grown, f64::max);
    let (unit, prefix) = unit_of(highest);
    let (top, _) = draw::round_top(highest * 1.12 / unit);
    let labels: Vec<String> = days
        .iter()
        .map(|point| format!("{:.0} d", point.day))
        .collect();
    let every = (POINTS as f64 / if width < 480.0 { 3.0 } else { 6.0 }).max(1.0);
    let series = |read: fn(&crate::plan::StoragePoint) -> f64| -> Vec<f64> {
        days.iter()
            .map(|point| rounded(read(point) / unit))
            .collect()
    };
    let mut chart = draw::base(44.0, 16.0, 28.0)
        .tooltip(draw::tooltip(palette))
        .x_axis(draw::categories(labels, every, palette))
        .y_axis(draw::values(&format!("{prefix}B"), top, palette))
        .series(
            draw::area(&palette.series[2], &palette.series_line[0])
                .name("today’s load")
                .data(series(|point| point.bytes)),
        );
    if flat < grown {
        chart = chart.series(
            draw::dashed(&palette.series_line[1])
                .name("with growth")
                .data(series(|p| p.bytes_with_growth)),
        );
    }
    let lines = limits
        .into_iter()
        .map(|(at, name, end, kind)| line(at / unit, name, &end, kind));
    for limit in apart(lines.collect(), top) {
        chart = chart.series(limit_line(&limit, palette));
    }
    let said = format!("{} kept", words::bytes(flat));
    let mark = draw::strong(draw::label(
        &said,
        &palette.ink,
        LabelPosition::Top,
        palette,
    ));
    chart = chart.series(draw::dot(
        POINTS as f64 * 0.75,
        flat / unit,
        mark,
        &palette.ink,
        0.1,
    ));
    let rows = days.iter().step_by(6).map(|point| {
        vec![
            format!("{:.0}", point.day),
            words::bytes(point.bytes),
            words::bytes(point.bytes_with_growth),
        ]
    });
    let head = ["Day", "At today’s load", "With growth"]
        .map(str::to_owned)
        .to_vec();
    Picture {
        chart,
        summary: summary(plan, last, grown),
        head,
        rows: rows.collect(),
    }
}

fn summary(plan: &Plan, last: f64, grown: f64) -> String {
    let flat = plan.storage.retained_bytes;
    let disk = words::bytes(plan.control_plane.postgres_disk_bytes);
    let growth = if flat < grown {
        format!(
            ", {} after {} days of growth",
            words::bytes(grown),
            words::significant(last)
        )
    } else {
        String::new()
    };
    format!(
        "Events take {} once the retention is reached{growth}; the {} disk has {disk}.",
        words::bytes(flat),
        plan.control_plane.size.to_lowercase(),
    )
}
