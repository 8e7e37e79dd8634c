//! Tokens per minute of several scenarios.

use super::super::draw::{self, rounded, unit_of};
use super::super::label::headroom;
use super::super::limits::{Kind, LimitLine, limit_lines, provider_limits};
use super::super::minutes::Minutes;
use super::super::{Palette, Picture, axis};
use super::{Overlaid, base, head, line, rows, summit, tip, title};
use crate::model::day;
use crate::plan::Plan;
use crate::say::page::chart as say;
use crate::say::page::tip::Unit;
use crate::say::words;

/// Maximum distance of a limit in peaks; more would flatten the day.
const FARTHEST: f64 = 4.0;
/// Tokens per minute over the day, with the total at which each scenario's first limit is reached.
pub(in crate::ui) fn tokens_overlay(sides: &[Overlaid], palette: &Palette, width: f64) -> Picture {
    let highest_peak = sides.iter().map(peak).fold(0.0, f64::max);
    let limits = sides.iter().filter_map(tightest);
    let limits: Vec<LimitLine> = limits
        .filter(|limit| limit.at <= highest_peak * FARTHEST)
        .collect();
    let highest = limits.iter().map(|limit| limit.at);
    let highest = highest.fold(highest_peak, f64::max);
    let room = headroom(limits.iter().map(|limit| limit.at));
    let (unit, prefix) = unit_of(highest);
    let (top, _) = axis::round_top(highest * room / unit);
    let unit_name = say::tokens_axis(prefix);
    let mut chart = base(palette, width).y_axis(axis::values(&unit_name, top, palette));
    let mut notes = draw::notes(palette, day::SAMPLES, top);
    notes.lines = limit_lines(limits, unit, palette);
    for (index, side) in sides.iter().enumerate() {
        let data = minutes(side.plan).map(|tokens| rounded(tokens / unit));
        chart = chart.series(line(index, palette).name(title(side)).data(data.collect()));
        let at = day::busiest(&side.plan.day.profile) as f64;
        let words = say::side(side.letter, &words::short(peak(side)));
        notes
            .words
            .push(summit(words, at, peak(side) / unit, palette));
    }
    Picture {
        chart,
        notes,
        tip: tip(sides, Unit::Tokens, palette, |side| {
            minutes(side.plan).collect()
        }),
        summary: sides.iter().map(sentence).collect::<Vec<_>>().join(" "),
        head: head(sides, say::TOKENS_UNIT),
        rows: rows(sides, |side, sample| {
            words::short(minutes(side.plan).nth(sample).unwrap_or(0.0))
        }),
        ..Picture::default()
    }
}

fn peak(side: &Overlaid) -> f64 {
    Minutes::of(side.plan).peak()
}

fn tightest(side: &Overlaid) -> Option<LimitLine> {
    let limit = provider_limits(side.plan, false).into_iter().next()?;
    Some(LimitLine {
        name: say::side_limit(side.letter, limit.name.trim_end_matches(say::IS_FULL)),
        kind: Kind::First,
        ..limit
    })
}

fn sentence(side: &Overlaid) -> String {
    let at = say::clock(day::busiest(&side.plan.day.profile) * 5);
    let limit = provider_limits(side.plan, false).into_iter().next();
    say::side_tokens(
        (side.letter, side.name),
        (peak(side), &at),
        limit.as_ref().map(|limit| (&*limit.name, &*limit.end)),
    )
}

fn minutes(plan: &Plan) -> impl Iterator<Item = f64> {
    Minutes::of(plan).each()
}
