//! Gateways needed over the day between the autoscaler's ends.

use charming::element::LabelPosition;

use super::draw;
use super::limits::{Kind, LimitLine, apart, limit_line};
use super::{Palette, Picture, clock, clock_labels};
use crate::plan::{Plan, words};

/// Gateways needed over the day.
pub fn gateways_chart(plan: &Plan, palette: &Palette, width: f64) -> Picture {
    let gateway = &plan.gateway;
    let needed: Vec<f64> = plan.day.instances.iter().map(|n| f64::from(*n)).collect();
    let most = f64::from(gateway.instances).max(needed.iter().copied().fold(0.0, f64::max));
    let (min, max) = (
        f64::from(gateway.instances_min),
        f64::from(gateway.instances_max),
    );
    let mut limits = vec![line(
        min,
        format!("HPA minimum {}", gateway.instances_min),
        "",
        Kind::Soft,
    )];
    let shows_max = max <= most * 8.0;
    if shows_max {
        let holds = gateway
            .max_scale
            .map_or_else(String::new, |s| format!("holds {}", words::multiple(s)));
        limits.push(line(
            max,
            format!("HPA maximum {}", gateway.instances_max),
            &holds,
            Kind::Hard,
        ));
    }
    let highest = limits.iter().map(|limit| limit.at).fold(most, f64::max);
    let (top, _) = draw::round_top((highest * 1.15).max(4.0));
    let mut chart = draw::base(44.0, 16.0, 28.0)
        .tooltip(draw::tooltip(palette))
        .x_axis(draw::categories(
            clock_labels(),
            if width < 480.0 { 72.0 } else { 36.0 },
            palette,
        ))
        .y_axis(draw::counts("gateways", top, palette))
        .series(
            draw::stairs(&palette.series[2], &palette.series_line[0])
                .name("gateways")
                .data(needed.clone()),
        );
    for limit in apart(limits, top) {
        chart = chart.series(limit_line(&limit, palette));
    }
    let when = busy(&needed, most);
    let said = format!("{} needed {when}", gateway.instances);
    let middle = needed.iter().position(|n| *n >= most).unwrap_or(144);
    let mark = draw::strong(draw::label(&said, &palette.ink, LabelPosition::Top, palette));
    // Where the minimum is enough, its own line says so.
    if min + top * 0.1 < most {
        let at = (middle as f64).clamp(60.0, 228.0);
        chart = chart.series(draw::dot(at, most, mark, &palette.ink, 0.1));
    }
    let summary = format!(
        "{} {when}; the autoscaler keeps {} to {}; {} pod-hours a day.",
        words::counted(gateway.instances, "gateway"),
        gateway.instances_min,
        gateway.instances_max,
        words::significant(plan.day.pod_hours),
    );
    let rows = (0..24).map(|hour| {
        let need = plan.day.instances.get(hour * 12).copied().unwrap_or(0);
        vec![clock(hour * 60), need.to_string()]
    });
    Picture {
        chart,
        summary,
        head: vec!["Time".to_owned(), "Gateways needed".to_owned()],
        rows: rows.collect(),
    }
}

pub(super) fn line(at: f64, name: String, end: &str, kind: Kind) -> LimitLine {
    LimitLine {
        at,
        name,
        end: end.to_owned(),
        kind,
    }
}

/// When the most are needed.
fn busy(needed: &[f64], most: f64) -> String {
    if needed.iter().all(|n| most <= *n) {
        return "all day".to_owned();
    }
    let first = needed.iter().position(|n| most <= *n).unwrap_or(0);
    let last = needed.iter().rposition(|n| most <= *n).unwrap_or(0);
    format!("from {} to {}", clock(first * 5), clock((last + 1) * 5))
}
