//! Requests per minute by outcome; those served in time are the goodput.

use charming::element::LineStyle;
use charming::series::Line;

use super::super::label::Key;
use super::super::{Palette, Picture, axis, draw};
use super::{base, below, each, most, tip};
use crate::lived::{Minute, Strips};
use crate::model::day::SAMPLES;
use crate::say::page::day as say;
use crate::say::page::tip::Unit;

/// Requests in time, late and unanswered, stacked; arriving and waiting as lines.
pub(in crate::ui) fn fates_strip(strips: &Strips, palette: &Palette, width: f64) -> Picture {
    let a_minute = |count: fn(&Minute) -> u64| {
        each(&strips.steps, |step| {
            count(step) as f64 / strips.step_min.max(1.0)
        })
    };
    let in_time = a_minute(|step| step.in_time);
    let late = a_minute(|step| step.late);
    let unanswered = a_minute(|step| step.unanswered);
    let arriving = a_minute(|step| step.offered);
    let waiting = each(&strips.steps, |step| step.waiting as f64);
    let stacked = a_minute(|step| step.in_time + step.late + step.unanswered);
    let highest = most(&stacked).max(most(&arriving)).max(most(&waiting));
    let (unit, prefix) = draw::unit_of(highest);
    let (top, _) = axis::round_top(highest * 1.12 / unit);
    let tip = tip(
        Unit::Requests,
        &[
            (say::IN_TIME, &palette.series_line[2], &in_time),
            (say::LATE, &palette.warn, &late),
            (say::UNANSWERED, &palette.danger, &unanswered),
            (say::ARRIVING, &palette.ink, &arriving),
        ],
    );
    let drawn =
        |values: &[f64]| -> Vec<f64> { values.iter().map(|it| draw::rounded(it / unit)).collect() };
    let keys = vec![
        Key::area(&palette.series[2], &palette.series[2], say::IN_TIME),
        Key::area(&palette.warn, &palette.warn, say::LATE),
        Key::area(&palette.danger, &palette.danger, say::UNANSWERED),
        Key::line(&palette.ink, false, say::ARRIVING),
        Key::line(&palette.ink_muted, true, say::WAITING),
    ];
    let margins = below(&keys, width);
    // An edge would show also where there is nothing.
    let filled = |tint: &str| draw::area(tint, tint).line_style(LineStyle::new().width(0.0));
    let good = filled(&palette.series[2]);
    let slow = filled(&palette.warn);
    let none = filled(&palette.danger);
    let arrives = draw::stroke(&palette.ink, 1.0).name(say::ARRIVING);
    let waits = draw::dashed(&palette.ink_muted).name(say::WAITING);
    let stack =
        |area: Line, name: &str, values: &[f64]| area.name(name).stack("fates").data(drawn(values));
    let chart = base(margins, width, palette)
        .y_axis(axis::values(&say::requests_axis(prefix), top, palette))
        .series(stack(good, say::IN_TIME, &in_time))
        .series(stack(slow, say::LATE, &late))
        .series(stack(none, say::UNANSWERED, &unanswered))
        .series(arrives.data(drawn(&arriving)))
        .series(waits.data(drawn(&waiting)));
    let mut notes = draw::notes(palette, SAMPLES, top);
    notes.margins = margins;
    notes.keys = keys;
    Picture {
        chart,
        notes,
        tip,
        summary: say::fates(strips),
        ..Picture::default()
    }
}
