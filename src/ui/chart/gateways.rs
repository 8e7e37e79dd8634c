//! Gateways needed over the day between the autoscaler's ends.

use charming::element::LabelPosition;

use super::axis;
use super::draw;
use super::limits::{Kind, LimitLine, apart, limit_line};
use super::{Palette, Picture, spread};
use crate::plan::uncertainty::Band;
use crate::plan::{GatewayPlan, Plan};
use crate::say::page::chart as say;
use crate::say::page::what_if;
use crate::say::words;

/// Gateways needed over the day.
pub fn gateways_chart(plan: &Plan, palette: &Palette, width: f64) -> Picture {
    drawn(plan, &Band::default(), None, (palette, width))
}

/// The same with its band, and with a line for those that a loss leaves.
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
    let mut limits = ends(gateway, most);
    limits.extend(left.map(|left| line(f64::from(left), what_if::left(left), "", Kind::First)));
    let highest = limits.iter().map(|limit| limit.at).fold(most, f64::max);
    let highest = highest.max(spread::highest(band));
    let (top, _) = axis::round_top((highest * 1.15).max(4.0));
    let stairs = draw::stairs(&palette.series[2], &palette.series_line[0]);
    let mut chart = draw::base(44.0, 16.0, 28.0)
        .tooltip(draw::tooltip(palette))
        .x_axis(axis::hours(width, palette))
        .y_axis(axis::counts(say::GATEWAYS_UNIT, top, palette))
        .series(stairs.name(say::GATEWAYS_UNIT).data(needed.clone()));
    for limit in apart(limits, top) {
        chart = chart.series(limit_line(&limit, palette));
    }
    let when = busy(&needed, most);
    // Too close to another line of words, the sentence below has to do.
    let near = |limit: u32| (f64::from(limit) - most).abs() < top * 0.16;
    if !near(gateway.instances_min) && !near(gateway.instances_max) {
        let said = say::needed(gateway.instances, &when);
        let at = needed.iter().position(|n| most <= *n).unwrap_or(144) as f64;
        let label = draw::label(&said, &palette.ink, LabelPosition::Top, palette);
        let mark = draw::strong(label);
        chart = chart.series(draw::dot(
            at.clamp(60.0, 228.0),
            most,
            mark,
            &palette.ink,
            0.1,
        ));
    }
    chart = spread::edges(chart, band, 1.0, palette);
    let head = say::GATEWAYS_HEAD.map(str::to_owned).to_vec();
    let rows = (0..24).map(|hour| {
        let need = plan.day.instances.get(hour * 12).copied().unwrap_or(0);
        vec![say::clock(hour * 60), need.to_string()]
    });
    let picture = Picture {
        chart,
        summary: say::gateways(gateway, &when, plan.day.pod_hours),
        head,
        rows: rows.collect(),
    };
    spread::told(picture, band, 12, words::significant)
}

/// The autoscaler's minimum, and its maximum if that is not far off the chart.
fn ends(gateway: &GatewayPlan, most: f64) -> Vec<LimitLine> {
    let (min, max) = (gateway.instances_min, gateway.instances_max);
    let mut limits = vec![line(f64::from(min), say::hpa_minimum(min), "", Kind::Soft)];
    if f64::from(max) <= most * 8.0 {
        let end = gateway.max_scale.map_or_else(String::new, say::holds);
        limits.push(line(
            f64::from(max),
            say::hpa_maximum(max),
            &end,
            Kind::Hard,
        ));
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
    }
}

/// When the most are needed.
fn busy(needed: &[f64], most: f64) -> String {
    if needed.iter().all(|n| most <= *n) {
        return say::ALL_DAY.to_owned();
    }
    let first = needed.iter().position(|n| most <= *n).unwrap_or(0);
    let last = needed.iter().rposition(|n| most <= *n).unwrap_or(0);
    say::from_to(first * 5, (last + 1) * 5)
}
