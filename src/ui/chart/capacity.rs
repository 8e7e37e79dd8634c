//! Cost of too many and too few gateways.

use super::draw::{self, rounded, unit_of};
use super::instances::{from_cliff, in_steps, marks, place, total};
use super::label::{Margins, Spot, Words};
use super::tip::{Tip, TipRow};
use super::{Palette, Picture, axis, spread};
use crate::plan::uncertainty::Band;
use crate::plan::{CurvePoint, Plan};
use crate::say::page::chart as say;
use crate::say::page::tip::Unit;
use crate::say::words;

/// The number of gateways is below the axis.
const MARGINS: Margins = Margins {
    bottom: 44.0,
    ..draw::MARGINS
};

/// Cost of gateways and lost requests, by number of gateways.
pub fn capacity_chart(plan: &Plan, palette: &Palette, width: f64) -> Picture {
    drawn(plan, &Band::default(), (palette, width))
}

/// The same with the band of both costs together, a place for each point of the plan's curve.
pub(super) fn drawn(plan: &Plan, band: &Band, (palette, width): (&Palette, f64)) -> Picture {
    let own = plan.gateway.instances;
    let here = plan.cost.curve.iter().find(|point| point.instances == own);
    // The areas are cut, since the cost of losing everything would flatten the rest.
    let ceiling = here.map_or(1.0, |point| total(point) * 4.0).max(1.0);
    let steps = in_steps(&plan.cost.curve);
    let curve = from_cliff(&steps, own, ceiling);
    let shown = band.of_places(curve.iter().filter_map(|one| place_of(plan, one.instances)));
    let at_own = place_of(plan, own).and_then(|at| band.at(at));
    let most = curve.iter().map(total).fold(0.0, f64::max);
    let most = most.max(at_own.map_or(0.0, |[.., high]| high)).min(ceiling);
    let (unit, prefix) = unit_of(most);
    let (top, _) = axis::round_top(most * 1.1 / unit);
    let series = |read: fn(&CurvePoint) -> f64| -> Vec<f64> {
        let costs = curve.iter().map(|point| rounded(read(point) / unit));
        costs.collect()
    };
    let gateways = draw::area(&palette.series[2], &palette.series_line[0]);
    let lost = draw::area(&palette.series[1], &palette.series_line[1]);
    let axis = axis::categories(marks(curve, width), 1.0, palette);
    let chart = draw::base(MARGINS)
        .tooltip(draw::tooltip(palette))
        .x_axis(axis::below(axis, say::GATEWAYS_UNIT, palette))
        .y_axis(axis::values(&say::usd_axis(prefix), top, palette))
        .series(
            gateways
                .name(say::GATEWAYS_COST)
                .stack("cost")
                .data(series(|point| point.provisioned_usd)),
        )
        .series(
            lost.name(say::LOST_COST)
                .stack("cost")
                .data(series(|point| point.lost_usd)),
        );
    let mut notes = draw::notes(palette, curve.len(), top);
    notes.margins = MARGINS;
    notes.outline = curve
        .iter()
        .map(|point| (total(point) / unit).min(top))
        .collect();
    if let (Some(point), Some(at)) = (here, place(curve, own)) {
        let said = say::planned(own, total(point));
        let spot = Spot::Beside(at, total(point) / unit);
        notes.words.push(draw::summit(said, spot, 6.0, palette));
    }
    notes.words.extend(cut(curve, unit, top, palette));
    notes.words.extend(layers(curve, unit, top, palette));
    let chart = spread::edges(chart, &mut notes, &shown, unit, palette);
    let mut picture = Picture {
        chart,
        notes,
        tip: tip(curve, palette),
        summary: summary(plan, here),
        head: say::CAPACITY_HEAD.map(str::to_owned).to_vec(),
        rows: rows(&plan.cost.curve),
        ..Picture::default()
    };
    if let Some(points) = at_own {
        let said = say::capacity_spread(own, points);
        picture.summary = [&picture.summary, " ", &said].concat();
        spread::listed(&mut picture, band, 1, say::CAPACITY_SPREAD);
    }
    picture.tip.band = shown;
    picture
}

/// The place of a number of gateways on the plan's curve.
fn place_of(plan: &Plan, count: u32) -> Option<usize> {
    let mut curve = plan.cost.curve.iter();
    curve.position(|point| point.instances == count)
}

/// Where the areas leave the drawing, and the cost there.
fn cut(curve: &[CurvePoint], unit: f64, top: f64, palette: &Palette) -> Option<Words> {
    let first = curve.first().filter(|point| top * unit < total(point))?;
    let said = say::cut_cost(first.instances, total(first));
    Some(plain(said, Spot::Beside(0.0, top), palette))
}

fn plain(text: String, spot: Spot, palette: &Palette) -> Words {
    Words {
        text,
        tint: palette.ink.clone(),
        is_strong: false,
        spot,
        dot: 0.0,
    }
}

/// Names of both areas.
fn layers(curve: &[CurvePoint], unit: f64, top: f64, palette: &Palette) -> Vec<Words> {
    let layer = |name: &str, tone: usize, edges: fn(&CurvePoint) -> (f64, f64)| {
        let places = curve.iter().map(|point| {
            let (low, high) = edges(point);
            let (low, high) = ((low / unit).min(top), (high / unit).min(top));
            (f64::midpoint(low, high), high - low)
        });
        let spot = Spot::In(places.collect(), palette.ink.clone());
        Words {
            tint: palette.on_series[tone].clone(),
            ..plain(name.to_owned(), spot, palette)
        }
    };
    let has_lost = curve.iter().any(|point| 0.0 < point.lost_usd);
    let lost = has_lost.then(|| {
        layer(say::LOST_COST, 1, |point| {
            (point.provisioned_usd, total(point))
        })
    });
    let gateways = layer(say::GATEWAYS_COST, 2, |point| (0.0, point.provisioned_usd));
    [gateways].into_iter().chain(lost).collect()
}

/// Tooltip for a number of gateways.
fn tip(curve: &[CurvePoint], palette: &Palette) -> Tip {
    let row = |name: &str, tone: usize, read: fn(&CurvePoint) -> f64| TipRow {
        name: name.to_owned(),
        tint: palette.series_line[tone].clone(),
        values: curve.iter().map(read).collect(),
    };
    Tip {
        heads: curve
            .iter()
            .map(|point| say::gateways_count(&point.instances.to_string()))
            .collect(),
        unit: Unit::Usd,
        rows: vec![
            row(say::GATEWAYS_COST, 0, |point| point.provisioned_usd),
            row(say::LOST_COST, 1, |point| point.lost_usd),
        ],
        has_total: true,
        ..Tip::default()
    }
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
    say::capacity(plan.cost.gateways_per_month_usd, here, cheapest, fewest)
}
