//! Tokens per minute of several scenarios.

use super::super::draw::rounded;
use super::super::draw::unit_of;
use super::super::limits::{Kind, LimitLine, apart, limit_line, provider_limits};
use super::super::{Palette, Picture, axis};
use super::{CLOSEST, Overlaid, Summit, base, head, line, marked, rows, title};
use crate::model::day;
use crate::plan::{Plan, words};
use crate::say::page::chart as say;

/// Limits further away than this many peaks would flatten the day.
const FARTHEST: f64 = 4.0;
/// Tokens per minute of each over the day, with the total at which its first limit is full.
pub(in crate::ui) fn tokens_overlay(sides: &[Overlaid], palette: &Palette, width: f64) -> Picture {
    let highest_peak = sides.iter().map(peak).fold(0.0, f64::max);
    let limits = sides.iter().filter_map(tightest);
    let mut limits: Vec<LimitLine> = limits
        .filter(|limit| limit.at <= highest_peak * FARTHEST)
        .collect();
    let highest = limits.iter().map(|limit| limit.at);
    let highest = highest.fold(highest_peak, f64::max);
    let (unit, prefix) = unit_of(highest);
    let (top, _) = axis::round_top(highest * 1.12 / unit);
    for limit in &mut limits {
        limit.at /= unit;
    }
    if width < 480.0 || is_crowded(&limits, top) {
        shorten(&mut limits);
    }
    let unit_name = say::tokens_axis(prefix);
    let mut chart = base(palette, width).y_axis(axis::values(&unit_name, top, palette));
    let mut summits = Vec::new();
    for (index, side) in sides.iter().enumerate() {
        let data = minutes(side.plan).map(|tokens| rounded(tokens / unit));
        chart = chart.series(line(index, palette).name(title(side)).data(data.collect()));
        let height = peak(side) / unit;
        summits.push(Summit {
            at: day::busiest(&side.plan.day.profile),
            height,
            lift: lift(height, &limits, top),
            words: say::side(side.letter, &words::short(peak(side))),
        });
    }
    for limit in apart(limits, top) {
        chart = chart.series(limit_line(&limit, palette));
    }
    Picture {
        chart: marked(chart, summits, top, palette),
        summary: sides.iter().map(sentence).collect::<Vec<_>>().join(" "),
        head: head(sides, say::TOKENS_UNIT),
        rows: rows(sides, |side, sample| {
            words::short(minutes(side.plan).nth(sample).unwrap_or(0.0))
        }),
    }
}

fn peak(side: &Overlaid) -> f64 {
    side.plan.demand.peak_tpm
}

fn tightest(side: &Overlaid) -> Option<LimitLine> {
    let limit = provider_limits(side.plan, false).into_iter().next()?;
    Some(LimitLine {
        name: say::side_limit(side.letter, &limit.name),
        kind: Kind::First,
        ..limit
    })
}

/// Whether two limits would share a line of words.
fn is_crowded(limits: &[LimitLine], top: f64) -> bool {
    let near = |a: &LimitLine, b: &LimitLine| (a.at - b.at).abs() < top * CLOSEST;
    let mut pairs = limits.iter().enumerate();
    pairs.any(|(index, a)| limits.iter().skip(index + 1).any(|b| near(a, b)))
}

/// Where there is no room for whose limit it is, the sentence below has to do.
fn shorten(limits: &mut [LimitLine]) {
    for limit in limits {
        let letter = limit.name.split(':').next().unwrap_or_default();
        limit.name = say::side_full(letter);
    }
}

/// How far the words of a summit move up, in pixels, so that no limit runs through them.
fn lift(height: f64, limits: &[LimitLine], top: f64) -> f64 {
    const DRAWN: f64 = 186.0; // the height of the drawing between its axes
    const WORDS: f64 = 20.0;
    let above = limits.iter().map(|limit| (limit.at - height) / top * DRAWN);
    let crossing = above.filter(|above| (-4.0..WORDS + 4.0).contains(above));
    crossing.fold(0.0, |lift: f64, above| lift.max(above + WORDS))
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
    plan.day.profile.iter().map(|x| x * plan.demand.mean_tpm)
}
