//! Requests per minute by outcome; those served in time are the goodput.

use charming::element::LineStyle;

use super::super::{Palette, Picture, axis, draw};
use super::{base, each, most, tip};
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
    let (top, _) = axis::round_top(highest * 1.12);
    let tip = tip(
        Unit::Requests,
        &[
            (say::IN_TIME, &palette.series_line[2], &in_time),
            (say::LATE, &palette.warn, &late),
            (say::UNANSWERED, &palette.danger, &unanswered),
            (say::ARRIVING, &palette.ink, &arriving),
        ],
    );
    // An edge would be visible even at zero.
    let filled = |tint: &str| draw::area(tint, tint).line_style(LineStyle::new().width(0.0));
    let good = filled(&palette.series[2]);
    let slow = filled(&palette.warn);
    let none = filled(&palette.danger);
    let chart = base(draw::MARGINS, width, palette)
        .y_axis(axis::values(say::REQUESTS_UNIT, top, palette))
        .series(good.name(say::IN_TIME).stack("fates").data(in_time))
        .series(slow.name(say::LATE).stack("fates").data(late))
        .series(none.name(say::UNANSWERED).stack("fates").data(unanswered))
        .series(
            draw::stroke(&palette.ink, 1.0)
                .name(say::ARRIVING)
                .data(arriving),
        )
        .series(
            draw::dashed(&palette.ink_muted)
                .name(say::WAITING)
                .data(waiting),
        );
    Picture {
        chart,
        notes: draw::notes(palette, SAMPLES, top),
        tip,
        summary: say::fates(strips),
        ..Picture::default()
    }
}
