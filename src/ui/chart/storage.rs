//! Stored bytes from the start through the retention.

use super::draw::{self, rounded, unit_of};
use super::gateways::line;
use super::label::{Margins, Spot, Words};
use super::limits::{Kind, LimitLine, Status, TARGET_RATIO, limit_lines};
use super::tip::{Tip, TipRow};
use super::{Palette, Picture, axis, spread};
use crate::catalog::guide::CONTROL_PLANE;
use crate::plan::uncertainty::Band;
use crate::plan::{Plan, StoragePlan, StoragePoint};
use crate::say::page::chart as say;
use crate::say::page::tip::Unit;
use crate::say::words;

/// Half of the last day's label extends beyond the axis.
const MARGINS: Margins = Margins {
    right: 22.0,
    ..draw::MARGINS
};
/// Number of points on the line.
const POINTS: f64 = 60.0;

/// Stored bytes over twice the retention, with and without growth.
pub fn storage_chart(plan: &Plan, palette: &Palette, width: f64) -> Picture {
    drawn(plan, &Band::default(), (palette, width))
}

/// Stored bytes with the band of disk usage.
pub(super) fn drawn(plan: &Plan, band: &Band, (palette, width): (&Palette, f64)) -> Picture {
    let days = &plan.storage.timeline;
    let flat = plan.storage.retained_bytes;
    // The line is cut, since unlimited growth would flatten the rest.
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
        let line = draw::dashed(&palette.series_line[1]).name(say::on_disk(&plan.storage));
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
    let head = say::storage_head(&plan.storage).to_vec();
    let picture = Picture {
        chart,
        notes,
        tip: tip(&plan.storage, palette, flat < grown),
        summary: say::storage(plan),
        head,
        rows: rows(days),
        ..Picture::default()
    };
    spread::told(picture, band, 6)
}

/// Text where the line leaves the drawing, with its final value.
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

/// Tooltip of a day.
fn tip(storage: &StoragePlan, palette: &Palette, is_apart: bool) -> Tip {
    let days = &storage.timeline;
    let row = |name: &str, tint: &str, read: fn(&StoragePoint) -> f64| TipRow {
        name: name.to_owned(),
        tint: tint.to_owned(),
        values: days.iter().map(read).collect(),
    };
    let grown = row(&say::on_disk(storage), &palette.series_line[1], |point| {
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
            .chain(is_apart.then_some(grown))
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

/// Disk sizes of the guide near the chart's range; the plan's own is solid.
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
            // Under a growing load older events are fewer, so a disk holds a higher multiple of it.
            let own = plan.control_plane.disk_max_scale.filter(|_| 0.0 < flat);
            let share = bytes / plan.control_plane.postgres_disk_bytes;
            let end = own.map_or_else(String::new, |scale| words::multiple(scale * share));
            // Only the plan's own disk can be full.
            let status = match kind {
                Kind::Hard => Status::of(plan.storage.disk_bytes / bytes, TARGET_RATIO),
                _ => Status::Calm,
            };
            let disk = line(bytes, say::disk(size.name, bytes), &end, kind);
            LimitLine { status, ..disk }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::date::date;
    use crate::plan::evaluate;
    use crate::scenario::link::from_fragment;

    fn plan(fragment: &str) -> Plan {
        let (scenario, _) = from_fragment(fragment);
        evaluate(&scenario, date(2026, 11, 28))
    }

    /// 200,000 events of 2,000 B per day are 36 GB in 90 days, and 43.2 GB with 20 % dead rows. The
    /// load grows by 8 % per month: over 90 days, x = 2.957 × ln 1.08 = 0.2276, the events are (1 −
    /// e⁻ˣ) ÷ x = 0.894 of those at the last day's load. 50 ÷ (43.2 × 0.894) = 1.29.
    #[test]
    fn a_disk_has_the_multiple_of_its_finding() {
        let plan = plan("requests-per-day=200000&growth=8&cp=small");
        let own = disks(&plan, 1e12)
            .into_iter()
            .find(|line| line.kind == Kind::Hard);
        let scale = plan.control_plane.disk_max_scale.expect("it fills");
        assert!((scale - 1.294).abs() < 0.01, "{scale}");
        assert_eq!(own.expect("a disk").end, words::multiple(scale));
    }

    #[test]
    fn growth_is_named_only_where_the_load_grows() {
        let still = say::on_disk(&plan("").storage);
        assert_eq!(still, "on disk, with dead rows");
        let grown = say::on_disk(&plan("growth=8").storage);
        assert_eq!(grown, "on disk, with growth and dead rows");
    }
}
