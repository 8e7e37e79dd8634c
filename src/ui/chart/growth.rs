//! Growing load against the first limits it reaches.

use super::draw::{self, rounded};
use super::label::{Margins, Spot};
use super::limits::{Kind, LimitLine, Status, limit_lines};
use super::tip::{Tip, TipRow};
use super::{Palette, Picture, axis, spread};
use crate::plan::uncertainty::{Band, Uncertainty};
use crate::plan::{Finding, Plan, VerdictState};
use crate::say;
use crate::say::page::chart as page;
use crate::say::page::sure;
use crate::say::page::tip::Unit;
use crate::say::words;

/// Number of months drawn.
const MONTHS: u32 = 18;
/// Points per month.
const EACH: u32 = 4;
/// Maximum number of limits with a line.
const LINES: usize = 5;
/// The last month is written out at the end of the axis.
const MARGINS: Margins = Margins {
    right: 34.0,
    ..draw::MARGINS
};
/// Height of the chart as a multiple of the highest limit.
const ABOVE: f64 = 1.25;

/// Whether growth reaches a limit within the months drawn, and none is exceeded before.
pub(in crate::ui) fn grows_into_a_limit(growth_ratio: f64, plan: &Plan) -> bool {
    let fails = plan.verdict.state == VerdictState::Fails;
    0.0 < growth_ratio && !fails && reached(plan).next().is_some()
}

/// Month of a finding, and the finding.
type Reached<'a> = (f64, &'a Finding);

/// Findings caused by growth, with their months; drills are excluded.
fn reached(plan: &Plan) -> impl Iterator<Item = Reached<'_>> {
    let real = plan
        .findings
        .iter()
        .filter(|finding| !finding.kind.is_drill());
    let dated = real.filter(|finding| finding.when.on.is_some());
    let dated = dated.filter_map(|finding| Some((finding.when.in_months?, finding)));
    dated.filter(|(months, _)| 0.0 < *months && *months <= f64::from(MONTHS))
}

/// Load as a multiple of today's over the months, with the first limits.
pub(in crate::ui) fn growth_chart(
    growth_ratio: f64,
    plan: &Plan,
    known: Option<&Uncertainty>,
    (palette, width): (&Palette, f64),
) -> Picture {
    let load = |months: f64| libm::pow(1.0 + growth_ratio, months);
    let mut reached: Vec<Reached> = reached(plan).collect();
    reached.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    reached.truncate(LINES);
    let last = reached
        .last()
        .map_or(f64::from(MONTHS), |(months, _)| *months);
    let highest = load(f64::from(MONTHS)).min(load(last) * ABOVE);
    let (top, _) = axis::round_top(highest * 1.1);
    let at = |point: u32| f64::from(point) / f64::from(EACH);
    // The months end where the load leaves the chart.
    let points = (0..=MONTHS * EACH).take_while(|point| load(at(*point)) <= top);
    let month = |point| (page::month(plan.today, at(point)), rounded(load(at(point))));
    let drawn: Vec<(String, f64)> = points.clone().map(month).collect();
    let (labels, heights): (Vec<String>, Vec<f64>) = drawn.iter().cloned().unzip();
    let every = f64::from(EACH) * if width < 480.0 { 6.0 } else { 3.0 };
    let area = draw::area(&palette.series[2], &palette.series_line[0]);
    let chart = draw::base(MARGINS)
        .tooltip(draw::tooltip(palette))
        .x_axis(axis::categories(labels, every, palette))
        .y_axis(axis::values(page::TIMES_TODAY, top, palette))
        .series(area.name(page::LOAD).data(heights));
    let line = |(index, (months, finding)): (usize, &(f64, &Finding))| LimitLine {
        at: load(*months),
        name: say::finding::title(&finding.kind),
        detail: String::new(),
        end: say::finding::due(finding).unwrap_or_default(),
        kind: if index == 0 { Kind::First } else { Kind::Hard },
        status: Status::Calm,
    };
    let mut notes = draw::notes(palette, drawn.len(), top);
    notes.margins = MARGINS;
    notes.outline = drawn.iter().map(|(_, height)| *height).collect();
    notes.lines = limit_lines(reached.iter().enumerate().map(line), 1.0, palette);
    for (months, _) in &reached {
        let spot = Spot::At(months * f64::from(EACH), load(*months));
        notes
            .words
            .push(draw::summit(String::new(), spot, 5.0, palette));
    }
    let band = known.and_then(|known| known.load(points.map(at)));
    let band = band.unwrap_or_default();
    let shown = below(band.clone(), top);
    let chart = spread::edges(chart, &mut notes, &shown, 1.0, palette);
    let tip = Tip {
        heads: drawn.iter().map(|(month, _)| month.clone()).collect(),
        unit: Unit::Times,
        rows: vec![TipRow {
            name: page::LOAD.to_owned(),
            tint: palette.series_line[0].clone(),
            values: drawn.iter().map(|(_, height)| *height).collect(),
        }],
        band,
        ..Tip::default()
    };
    let picture = Picture {
        chart,
        notes,
        tip,
        summary: page::growth(growth_ratio, reached.first().map(|(_, finding)| *finding)),
        head: page::GROWTH_HEAD.map(str::to_owned).to_vec(),
        rows: rows(plan, &reached, load),
        ..Picture::default()
    };
    match known {
        Some(known) => told(picture, plan, known, &reached),
        None => picture,
    }
}

/// Band within the chart; its lines leave it one by one.
fn below(band: Band, top: f64) -> Band {
    let cut = |edge: Vec<f64>| edge.into_iter().take_while(|load| *load <= top).collect();
    Band {
        low: cut(band.low),
        middle: cut(band.middle),
        high: cut(band.high),
    }
}

/// Picture with the load's band in the month of each limit.
fn told(mut picture: Picture, plan: &Plan, known: &Uncertainty, reached: &[Reached]) -> Picture {
    let months = reached.iter().map(|(months, _)| *months);
    let band = known.load(months);
    let at = |row: usize| band.as_ref()?.at(row);
    if let Some((months, _)) = reached.first() {
        let month = page::month(plan.today, *months);
        let spread = page::growth_spread(&month, at(0), known.room);
        picture.summary = [&picture.summary, " ", &spread].concat();
    }
    if band.is_some() {
        let head = [sure::LOW, sure::MEDIAN, sure::HIGH];
        picture.head.extend(head.map(str::to_owned));
    }
    for (row, cells) in picture.rows.iter_mut().enumerate() {
        cells.extend(at(row).into_iter().flatten().map(words::multiple));
    }
    picture
}

/// Rows of the table, one per limit: finding, month, load.
fn rows(plan: &Plan, reached: &[Reached], load: impl Fn(f64) -> f64) -> Vec<Vec<String>> {
    let row = |(months, finding): &(f64, &Finding)| {
        vec![
            say::finding::title(&finding.kind),
            page::month(plan.today, *months),
            words::multiple(load(*months)),
        ]
    };
    reached.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::super::label;
    use super::super::palette::Palette;
    use super::*;
    use crate::catalog::date::date;
    use crate::plan::evaluate;
    use crate::scenario::link::from_fragment;

    fn drawn(link: &str) -> Option<Picture> {
        let (scenario, _) = from_fragment(link);
        let plan = evaluate(&scenario, date(2026, 11, 26));
        let growth = scenario.traffic.growth_percent / 100.0;
        grows_into_a_limit(growth, &plan)
            .then(|| growth_chart(growth, &plan, None, (&Palette::default(), 600.0)))
    }

    #[test]
    fn the_first_limit_and_its_month_are_told_at_the_load_of_that_day() {
        let picture = drawn(
            "v=2&requests-per-day=200000&avg-input-tokens=900&avg-output-tokens=350&growth=12",
        );
        let picture = picture.expect("growth reaches a limit");
        let first = &picture.rows[0];
        assert_eq!(first[1], "Feb 2027", "{first:?}");
        // 1.12 per month from 26 November: after three months 1.12³ = 1.405.
        let load: f64 = first[2].trim_end_matches('×').parse().expect("a multiple");
        assert!((1.37..1.41).contains(&load), "{load}");
        let told = words::plain_spaces(&picture.summary);
        assert!(
            told.starts_with("The load grows by 12 % a month; "),
            "{told}"
        );
        assert!(told.ends_with("in Feb 2027."), "{told}");
    }

    #[test]
    fn the_last_month_has_room_at_the_end_of_the_axis() {
        // Half of the widest month in the axis font, which is smaller.
        let months = ["May 2028", "Nov 2026", "Mar 2027", "Sep 2028"];
        for month in months {
            let half = label::width(month, false) / 2.0;
            assert!(half <= MARGINS.right, "{month}: {half}");
        }
    }

    #[test]
    fn without_growth_there_is_no_such_picture() {
        assert!(drawn("v=2").is_none());
        // The disk fills from empty, without any growth.
        assert!(drawn("v=2&requests-per-day=5000000").is_none());
        // Limits exceeded today are not due to growth.
        assert!(drawn("v=2&requests-per-day=5000000&growth=10").is_none());
    }
}
