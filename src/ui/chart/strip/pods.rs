//! Gateways over the simulated day: needed by the plan, desired by the autoscaler, ready.

use super::super::gateways::line;
use super::super::label::Key;
use super::super::limits::{Kind, limit_lines};
use super::super::{Palette, Picture, axis, draw};
use super::{base, below, each, most, tip};
use crate::lived::Strips;
use crate::model::day::SAMPLES;
use crate::say::page::chart::{GATEWAYS_UNIT, hpa_maximum, hpa_minimum};
use crate::say::page::day as say;
use crate::say::page::tip::Unit;

/// Ready gateways as an area, desired and needed ones as lines, between the autoscaler's bounds.
pub(in crate::ui) fn pods_strip(strips: &Strips, palette: &Palette, width: f64) -> Picture {
    let needed: Vec<f64> = strips.needed.iter().map(|pods| f64::from(*pods)).collect();
    let wanted = each(&strips.steps, |step| f64::from(step.wanted));
    let ready = each(&strips.steps, |step| f64::from(step.ready));
    let highest = most(&needed).max(most(&wanted)).max(most(&ready));
    let (least, max) = strips.bounds;
    let mut limits = vec![line(f64::from(least), hpa_minimum(least), "", Kind::Soft)];
    if f64::from(max) <= highest * 2.5 {
        limits.push(line(f64::from(max), hpa_maximum(max), "", Kind::Hard));
    }
    let highest = limits.iter().map(|limit| limit.at).fold(highest, f64::max);
    let (top, _) = axis::round_top((highest * 1.15).max(4.0));
    let stairs = draw::stairs(&palette.series[2], &palette.series_line[2]);
    let wants = draw::stroke(&palette.series_line[0], 1.5).step(charming::element::Step::Middle);
    let tip = tip(
        Unit::Gateways,
        &[
            (say::READY, &palette.series_line[2], &ready),
            (say::WANTED, &palette.series_line[0], &wanted),
            (say::NEEDED, &palette.ink_muted, &needed),
        ],
    );
    let needs = draw::dashed(&palette.ink_muted);
    let keys = vec![
        Key::area(&palette.series[2], &palette.series_line[2], say::READY),
        Key::line(&palette.series_line[0], false, say::WANTED),
        Key::line(&palette.ink_muted, true, say::NEEDED),
    ];
    let margins = below(&keys, width);
    let chart = base(margins, width, palette)
        .y_axis(axis::counts(GATEWAYS_UNIT, top, palette))
        .series(stairs.name(say::READY).data(ready))
        .series(wants.name(say::WANTED).data(wanted))
        .series(needs.name(say::NEEDED).data(needed));
    let mut notes = draw::notes(palette, SAMPLES, top);
    notes.lines = limit_lines(limits, 1.0, palette);
    notes.margins = margins;
    notes.keys = keys;
    Picture {
        chart,
        notes,
        tip,
        summary: say::pods(strips),
        ..Picture::default()
    }
}
