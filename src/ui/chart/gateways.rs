//! Gateways needed over the day, between the autoscaler's bounds.

use super::label::Spot;
use super::limits::{Kind, LimitLine, Status, limit_lines};
use super::tip::{Tip, TipRow};
use super::{Palette, Picture, axis, clock_labels, draw, spread};
use crate::plan::uncertainty::Band;
use crate::plan::{GatewayPlan, Plan};
use crate::say::page::chart as say;
use crate::say::page::tip::Unit;
use crate::say::page::what_if;

/// Gateways needed over the day.
pub fn gateways_chart(plan: &Plan, palette: &Palette, width: f64) -> Picture {
    drawn(plan, &Band::default(), None, (palette, width))
}

/// Gateways needed over the day with their band, and with a line for those left after a loss.
pub(super) fn drawn(
    plan: &Plan,
    band: &Band,
    left: Option<u32>,
    (palette, width): (&Palette, f64),
) -> Picture {
    let gateway = &plan.gateway;
    let needed: Vec<f64> = plan.day.instances.iter().map(|n| f64::from(*n)).collect();
    let most = needed
        .iter()
        .copied()
        .fold(f64::from(gateway.instances), f64::max);
    let mut limits = ends(gateway, most, left);
    limits.extend(left.map(|left| {
        let end = held(gateway, f64::from(left), most);
        LimitLine {
            status: if f64::from(left) < most {
                Status::Over
            } else {
                Status::Calm
            },
            ..line(f64::from(left), what_if::left(left), &end, Kind::First)
        }
    }));
    let highest = limits.iter().map(|limit| limit.at).fold(most, f64::max);
    let highest = highest.max(spread::highest(band));
    let (top, _) = axis::round_top((highest * 1.15).max(4.0));
    let stairs = draw::stairs(&palette.series[2], &palette.series_line[0]);
    let mut chart = draw::base(draw::MARGINS)
        .tooltip(draw::tooltip(palette))
        .x_axis(axis::hours(width, palette))
        .y_axis(axis::counts(say::GATEWAYS_UNIT, top, palette))
        .series(stairs.name(say::GATEWAYS_UNIT).data(needed.clone()));
    let mut notes = draw::notes(palette, needed.len(), top);
    notes.outline = needed.iter().copied().step_by(6).collect();
    notes.lines = limit_lines(limits, 1.0, palette);
    let when = busy(&needed, most);
    let said = say::needed(gateway.instances, &when);
    let spot = Spot::At(middle(&needed, most), most);
    notes.words.push(draw::summit(said, spot, 0.0, palette));
    chart = spread::edges(chart, &mut notes, band, 1.0, palette);
    let head = say::GATEWAYS_HEAD.map(str::to_owned).to_vec();
    let rows = (0..24).map(|hour| {
        let need = plan.day.instances.get(hour * 12).copied().unwrap_or(0);
        vec![say::clock(hour * 60), need.to_string()]
    });
    let tip = Tip {
        heads: clock_labels(),
        unit: Unit::Gateways,
        rows: vec![TipRow {
            name: say::NEEDED.to_owned(),
            tint: palette.series_line[0].clone(),
            values: needed,
        }],
        ..Tip::default()
    };
    let picture = Picture {
        chart,
        notes,
        tip,
        summary: say::gateways(gateway, &when, plan.day.pod_hours),
        head,
        rows: rows.collect(),
        ..Picture::default()
    };
    spread::told(picture, band, 12)
}

/// Middle of the first interval with the most gateways.
fn middle(needed: &[f64], most: f64) -> f64 {
    let first = needed.iter().position(|n| most <= *n).unwrap_or(0);
    let stretch = needed.iter().skip(first).take_while(|n| most <= **n);
    first as f64 + (stretch.count().max(1) - 1) as f64 / 2.0
}

/// Load carried by the most gateways, of which `most` would be needed with headroom.
fn held(gateway: &GatewayPlan, pods: f64, most: f64) -> String {
    let scale = gateway.max_scale;
    scale.map_or_else(String::new, |scale| say::holds(scale, most <= pods))
}

/// Lines of the autoscaler's minimum and, if near the chart, its maximum, or those left of it after
/// a loss.
fn ends(gateway: &GatewayPlan, most: f64, left: Option<u32>) -> Vec<LimitLine> {
    let (min, max) = (gateway.instances_min, gateway.instances_max);
    let mut limits = vec![line(f64::from(min), say::hpa_minimum(min), "", Kind::Soft)];
    if f64::from(max) <= most * 8.0 {
        let end = match left {
            None => held(gateway, f64::from(max), most),
            Some(_) => String::new(),
        };
        let scale = gateway.max_scale.filter(|_| left.is_none());
        let status = scale.map_or(Status::Calm, Status::at_scale);
        let maximum = line(f64::from(max), say::hpa_maximum(max), &end, Kind::Hard);
        limits.push(LimitLine { status, ..maximum });
    }
    limits
}

pub(super) fn line(at: f64, name: String, end: &str, kind: Kind) -> LimitLine {
    LimitLine {
        at,
        name,
        detail: String::new(),
        end: end.to_owned(),
        kind,
        status: Status::Calm,
    }
}

/// Time with the most gateways.
fn busy(needed: &[f64], most: f64) -> String {
    if needed.iter().all(|n| most <= *n) {
        return say::ALL_DAY.to_owned();
    }
    let first = needed.iter().position(|n| most <= *n).unwrap_or(0);
    let last = needed.iter().rposition(|n| most <= *n).unwrap_or(0);
    say::from_to(first * 5, (last + 1) * 5)
}
