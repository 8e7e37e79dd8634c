//! Utilization of each provider's tightest limit, now and after the worst loss.

mod look;
mod used;

use charming::datatype::DataPoint;
use charming::series::Bar;

use super::draw::{self, literal};
use super::label::{self, Margins};
use super::tip::{Tip, TipRow};
use super::{Palette, Picture, axis};
use crate::plan::{Drill, LimitState, Plan};
use crate::say::page::chart as say;
use crate::say::page::tip::Unit;
use look::{beside, keys, mark, point, posts};
use used::{MOST, ROW, Used, by_use, percent, said};

/// Height of a bar, in pixels.
const BAR: f64 = 12.0;

/// Bars relative to 100 %, fullest on top, with the target marked.
pub fn providers_chart(plan: &Plan, palette: &Palette, width: f64) -> Picture {
    let lost = plan.worst_drill();
    let used = by_use(plan, lost);
    let target = used
        .first()
        .map_or(80.0, |row| row.provider.target_ratio * 100.0);
    let states = used.iter().flat_map(|row| [row.now, row.after]);
    let longest = states.clone().map(percent).fold(100.0, f64::max);
    // Bars, posts and marks end where the axis does: at a round number.
    let (most, _) = axis::round_top(longest.min(MOST));
    let keys = keys(&used, lost, palette);
    let widest = states
        .map(|state| label::width(&said(state), false))
        .fold(0.0, f64::max);
    let names: Vec<String> = used
        .iter()
        .map(|row| label::fitted(&row.provider.name, width * label::NAMES, false))
        .collect();
    let room = names
        .iter()
        .map(|name| label::width(name, false))
        .fold(0.0, f64::max);
    let above = label::key_rows(&keys, width) as f64 * label::ROW;
    let margins = Margins {
        left: room + 12.0,
        right: (widest + 10.0).max(48.0),
        top: above + 26.0,
        bottom: 26.0,
    };
    let rows = used.len() as f64;
    let mut notes = draw::notes(palette, 2, rows);
    notes.ends.0 = most;
    notes.margins = margins;
    notes.keys = keys;
    notes.posts = posts(target, palette).to_vec();
    mark(&mut notes, &used, (most, lost.is_some()), palette);
    let upwards = names.into_iter().rev().map(|name| literal(&name)).collect();
    let mut chart = draw::base(margins)
        .tooltip(draw::tooltip(palette))
        .x_axis(axis::percents(
            most,
            width - margins.left - margins.right,
            palette,
        ))
        .y_axis(axis::names(upwards, palette));
    let bar = |read: fn(&Used) -> LimitState, is_now| {
        let data = used
            .iter()
            .rev()
            .map(|row| point(row, read(row), is_now, palette));
        let data: Vec<DataPoint> = data.collect();
        let bar = Bar::new().data(data).bar_width(BAR).bar_gap("30%");
        bar.label(beside(palette))
    };
    chart = chart.series(bar(|row| row.now, true).name(say::NORMAL));
    if let Some(drill) = lost {
        chart = chart.series(bar(|row| row.after, false).name(say::after_losing(&drill.lost)));
    }
    Picture {
        chart,
        tip: tip(&used, lost, palette),
        notes,
        height: Some(margins.top + margins.bottom + rows * ROW),
        summary: summary(plan, longest),
        head: say::PROVIDERS_HEAD.map(str::to_owned).to_vec(),
        rows: used.iter().map(cells).collect(),
        ..Picture::default()
    }
}

/// Summary of the drawing, including where bars are cut.
fn summary(plan: &Plan, longest: f64) -> String {
    let cut = (MOST < longest).then(|| [" ", &say::cut_at(MOST / 100.0)].concat());
    say::providers(plan) + &cut.unwrap_or_default()
}

/// Tooltip of a provider; ECharts counts rows from the bottom.
fn tip(used: &[Used], lost: Option<&Drill>, palette: &Palette) -> Tip {
    let row = |name: String, tint: &str, read: fn(&Used) -> LimitState| TipRow {
        name,
        tint: tint.to_owned(),
        values: used
            .iter()
            .rev()
            .map(|row| read(row).ratio().unwrap_or(f64::NAN))
            .collect(),
    };
    let now = row(say::NORMAL.to_owned(), &palette.series[0], |row| row.now);
    let after = lost.map(|drill| {
        let name = say::after_losing(&drill.lost);
        row(name, &palette.series_line[2], |row| row.after)
    });
    let head = |row: &Used| say::tightest(&row.provider.name, row.provider.tightest.as_ref());
    Tip {
        heads: used.iter().rev().map(head).collect(),
        unit: Unit::Percent,
        rows: [now].into_iter().chain(after).collect(),
        ..Tip::default()
    }
}

fn cells(row: &Used) -> Vec<String> {
    let share = |state| match said(state) {
        none if none.is_empty() => "–".to_owned(),
        said => said,
    };
    let kind = row
        .provider
        .tightest
        .map_or(say::NONE_KNOWN, |used| used.kind.unit());
    vec![
        row.provider.name.clone(),
        kind.to_owned(),
        share(row.now),
        share(row.after),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::date::date;
    use crate::plan::evaluate;
    use crate::scenario::link::from_fragment;

    /// The lines at target and limit stand where the axis has 80 and 100 %, however long a bar is:
    /// the axis ends at the next round number.
    #[test]
    fn posts_stand_on_the_axis() {
        let mut was_over = false;
        for requests in [50_000, 108_000, 125_000, 160_000, 190_000, 900_000] {
            let link = format!("v=2&requests-per-day={requests}");
            let plan = evaluate(&from_fragment(&link).0, date(2026, 11, 26));
            let picture = providers_chart(&plan, &Palette::default(), 500.0);
            let chart = serde_json::to_value(&picture.chart).expect("a chart");
            let end = chart["xAxis"]["max"].as_f64();
            assert_eq!(end, Some(picture.notes.ends.0), "{requests}");
            was_over |= end.is_some_and(|end| 100.0 < end && end < 200.0);
        }
        assert!(was_over, "an axis that ends between the limit and the cut");
    }
}
