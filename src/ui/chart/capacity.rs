//! Costs of too many and of too few gateways.

use charming::element::LabelPosition;

use super::axis;
use super::draw::rounded;
use super::draw::{self, unit_of};
use super::{Palette, Picture};
use crate::plan::{CurvePoint, Plan, words};
use crate::say::page::chart as say;

/// Cost of the gateways and of lost requests against their number.
pub fn capacity_chart(plan: &Plan, palette: &Palette, width: f64) -> Picture {
    let curve = &plan.cost.curve;
    let own = plan.gateway.instances;
    let here = curve.iter().find(|point| point.instances == own);
    // Losing everything would flatten the rest; the areas are cut there.
    let ceiling = here.map_or(1.0, |point| total(point) * 4.0).max(1.0);
    let most = curve.iter().map(total).fold(0.0, f64::max).min(ceiling);
    let (unit, prefix) = unit_of(most);
    let (top, _) = axis::round_top(most * 1.1 / unit);
    let unit_name = say::usd_axis(prefix);
    let labels: Vec<String> = curve
        .iter()
        .map(|point| point.instances.to_string())
        .collect();
    let series = |read: fn(&CurvePoint) -> f64| -> Vec<f64> {
        curve
            .iter()
            .map(|point| rounded(read(point) / unit))
            .collect()
    };
    let every = (curve.len() as f64 / if width < 480.0 { 4.0 } else { 8.0 })
        .ceil()
        .max(1.0);
    let gateways = draw::area(&palette.series[2], &palette.series_line[0]);
    let lost = draw::area(&palette.series[1], &palette.series_line[1]);
    let provisioned = series(|point| point.provisioned_usd);
    let mut chart = draw::base(44.0, 16.0, 28.0)
        .tooltip(draw::tooltip(palette))
        .x_axis(axis::categories(labels, every, palette))
        .y_axis(axis::values(&unit_name, top, palette))
        .series(
            gateways
                .name(say::GATEWAYS_COST)
                .stack("cost")
                .data(provisioned),
        )
        .series(
            lost.name(say::LOST_COST)
                .stack("cost")
                .data(series(|point| point.lost_usd)),
        );
    if let (Some(point), Some(at)) = (here, curve.iter().position(|p| p.instances == own)) {
        let said = say::planned(own, total(point));
        let height = total(point) / unit;
        // Right of the dot and below the line that rises there, where the words have room.
        let is_free = at * 5 <= curve.len() * 3 && top * 0.2 < height;
        let mark = if is_free {
            let mark = draw::label(&said, &palette.ink, LabelPosition::Right, palette);
            mark.offset((0.0, 12.0))
        } else {
            draw::label(&said, &palette.ink, LabelPosition::Top, palette)
        };
        let mark = draw::strong(mark);
        chart = chart.series(draw::dot(at as f64, height, mark, &palette.ink, 6.0));
    }
    Picture {
        chart,
        summary: summary(plan, here),
        head: say::CAPACITY_HEAD.map(str::to_owned).to_vec(),
        rows: rows(curve),
    }
}

fn total(point: &CurvePoint) -> f64 {
    point.provisioned_usd + point.lost_usd
}

fn rows(curve: &[CurvePoint]) -> Vec<Vec<String>> {
    let row = |point: &CurvePoint| {
        vec![
            point.instances.to_string(),
            point
                .capacity_ratio
                .map_or_else(|| "–".to_owned(), words::multiple),
            words::usd(point.provisioned_usd),
            words::percent(point.lost_ratio),
            words::usd(point.lost_usd),
        ]
    };
    curve.iter().map(row).collect()
}

fn summary(plan: &Plan, here: Option<&CurvePoint>) -> String {
    let cheapest = plan
        .cost
        .curve
        .iter()
        .min_by(|a, b| total(a).total_cmp(&total(b)));
    let (Some(here), Some(cheapest)) = (here, cheapest) else {
        return say::NOTHING_TO_COMPARE.to_owned();
    };
    let fewest = plan
        .cost
        .curve
        .first()
        .filter(|point| point.instances < here.instances);
    say::capacity(here, cheapest, fewest)
}
