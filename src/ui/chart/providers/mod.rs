//! Use of each provider's tightest limit, normal and after the worst loss.

mod look;

use charming::datatype::DataPoint;
use charming::series::Bar;

use super::draw::{self, literal};
use super::label::{self, Margins};
use super::limits::Status;
use super::tip::{Tip, TipRow};
use super::{Palette, Picture, axis};
use crate::plan::{Drill, DrillRow, LimitState, Plan, ProviderPlan};
use crate::say::page::chart as say;
use crate::say::page::tip::Unit;
use crate::say::words;
use look::{beside, keys, mark, point, posts};

/// The axis ends here, in percent: a bar that is longer is cut and marked.
const MOST: f64 = 200.0;
/// Height of a provider's row in pixels.
const ROW: f64 = 34.0;
/// From the middle of a row to the middle of a bar of two.
const BESIDE: f64 = 8.0;
/// Height of a bar.
const BAR: f64 = 12.0;

/// A provider with its use now and after the worst loss.
struct Used<'a> {
    provider: &'a ProviderPlan,
    now: LimitState,
    after: LimitState,
}

/// Bars against 100 %, the fullest on top, with the target marked.
pub fn providers_chart(plan: &Plan, palette: &Palette, width: f64) -> Picture {
    let lost = plan.worst_drill();
    let used = by_use(plan, lost);
    let target = used
        .first()
        .map_or(80.0, |row| row.provider.target_ratio * 100.0);
    let states = used.iter().flat_map(|row| [row.now, row.after]);
    let longest = states.clone().map(percent).fold(100.0, f64::max);
    let most = longest.min(MOST);
    let keys = keys(&used, lost, palette);
    let widest = states
        .map(|state| label::width(&said(state), false))
        .fold(0.0, f64::max);
    let names: Vec<String> = used
        .iter()
        .map(|row| label::fitted(&row.provider.name, width * 0.36, false))
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
        .x_axis(axis::percents(most, palette))
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
    let cut = (MOST < longest).then(|| say::cut_at(MOST / 100.0));
    Picture {
        chart,
        tip: tip(&used, lost, palette),
        notes,
        height: Some(margins.top + margins.bottom + rows * ROW),
        summary: [say::providers(plan)]
            .into_iter()
            .chain(cut)
            .collect::<Vec<_>>()
            .join(" "),
        head: say::PROVIDERS_HEAD.map(str::to_owned).to_vec(),
        rows: used.iter().map(cells).collect(),
        ..Picture::default()
    }
}

/// The providers with requests, the fullest first; one without a known limit comes last.
fn by_use<'a>(plan: &'a Plan, lost: Option<&Drill>) -> Vec<Used<'a>> {
    let carrying = plan.providers.iter().filter(|p| 0.0 < p.share_ratio);
    let mut used: Vec<Used> = carrying
        .map(|provider| Used {
            provider,
            now: provider.state(),
            after: lost.map_or(LimitState::Unknown, |drill| {
                let rows = &mut drill.providers.iter();
                let found = rows.find(|row| row.row == provider.row);
                found.map_or(LimitState::Unknown, DrillRow::state)
            }),
        })
        .collect();
    used.sort_by(|a, b| fullness(b.now).total_cmp(&fullness(a.now)));
    used
}

fn fullness(state: LimitState) -> f64 {
    match state {
        LimitState::Unknown => -1.0,
        LimitState::Closed => f64::MAX,
        LimitState::Used(ratio) => ratio,
    }
}

/// Percent to a tenth; none of what has no bar.
fn percent(state: LimitState) -> f64 {
    state
        .ratio()
        .map_or(0.0, |ratio| libm::round(ratio * 1e3) / 10.0)
}

fn said(state: LimitState) -> String {
    match state {
        LimitState::Unknown => String::new(),
        LimitState::Closed => say::NOTHING_ALLOWED.to_owned(),
        LimitState::Used(ratio) => words::percent(ratio),
    }
}

fn status(state: LimitState, target: f64) -> Status {
    match state {
        LimitState::Unknown => Status::Calm,
        LimitState::Closed => Status::Over,
        LimitState::Used(ratio) => Status::of(ratio, target),
    }
}

/// What is said of a provider; ECharts counts them from the bottom.
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
