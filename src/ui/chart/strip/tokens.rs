//! Tokens per minute as used, against the limits.

use super::super::draw::{self, unit_of};
use super::super::label::headroom;
use super::super::limits::{LimitLine, limit_lines, provider_limits};
use super::super::minutes::Minutes;
use super::super::{Palette, Picture, axis};
use super::{base, each, most, tip};
use crate::lived::Strips;
use crate::model::day::SAMPLES;
use crate::plan::Plan;
use crate::say::page::chart::tokens_axis;
use crate::say::page::day as say;
use crate::say::page::tip::Unit;

/// Maximum distance of a limit in peaks; more would flatten the day.
const FARTHEST: f64 = 3.0;

/// Tokens per minute; a limit is the total at which a provider is full.
pub(in crate::ui) fn tokens_strip(
    strips: &Strips,
    plan: &Plan,
    palette: &Palette,
    width: f64,
) -> Picture {
    let taken = each(&strips.steps, |step| {
        step.tokens.max(0) as f64 / strips.step_min.max(1.0)
    });
    let peak = most(&taken);
    let at = taken.iter().position(|tokens| peak <= *tokens).unwrap_or(0);
    // The simulated day has no batches.
    let batches = Minutes::of(plan).batch_tpm;
    let mut limits = provider_limits(plan, false);
    for limit in &mut limits {
        limit.at -= batches;
    }
    let shown = limits
        .iter()
        .filter(|limit| limit.at <= FARTHEST * peak.max(Minutes::of(plan).direct_peak_tpm));
    let highest = shown.clone().map(|limit| limit.at).fold(peak, f64::max);
    let room = headroom(shown.clone().map(|limit| limit.at));
    let (unit, prefix) = unit_of(highest);
    let (top, _) = axis::round_top(highest * room / unit);
    let area = draw::area(&palette.series[2], &palette.series_line[0]);
    let values: Vec<f64> = taken
        .iter()
        .map(|tokens| draw::rounded(tokens / unit))
        .collect();
    let chart = base(draw::MARGINS, width, palette)
        .y_axis(axis::values(&tokens_axis(prefix), top, palette))
        .series(area.name(say::TAKEN).data(values));
    let mut notes = draw::notes(palette, SAMPLES, top);
    let bare = shown.map(|limit| LimitLine {
        end: String::new(),
        ..limit.clone()
    });
    notes.lines = limit_lines(bare, unit, palette);
    let mut tip = tip(
        Unit::Tokens,
        &[(say::TAKEN, &palette.series_line[0], &taken)],
    );
    tip.limit = limits.first().map(|limit| (limit.name.clone(), limit.at));
    Picture {
        chart,
        notes,
        tip,
        summary: say::tokens(peak, at * 5),
        ..Picture::default()
    }
}
