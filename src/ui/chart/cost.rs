//! Cost breakdown: tokens per provider, and operation of the gateway.

use charming::element::{Label, LabelPosition};
use charming::series::Bar;

use super::draw::{self, LABEL_SIZE, color, literal, unit_of};
use super::label::{self, Margins};
use super::tip::{Tip, TipRow};
use super::{Palette, Picture, axis};
use crate::plan::Plan;
use crate::say::page::chart as say;
use crate::say::page::tip::Unit;
use crate::say::words;

/// Height of a row, in pixels.
const ROW: f64 = 24.0;
/// Height of a bar, in pixels.
const BAR: f64 = 12.0;

/// Part of the cost: name, dollars per month, and whether the price is known.
struct Part {
    name: String,
    usd: f64,
    is_priced: bool,
}

/// Bars in dollars per month, largest on top.
pub fn cost_chart(plan: &Plan, palette: &Palette, width: f64) -> Picture {
    let parts = parts(plan);
    let all = plan.cost.per_month_usd;
    let said = |part: &Part| {
        if part.is_priced {
            say::cost_share(part.usd, all)
        } else {
            say::NO_PRICE.to_owned()
        }
    };
    let longest = |texts: &mut dyn Iterator<Item = String>| {
        texts
            .map(|text| label::width(&text, false))
            .fold(0.0, f64::max)
    };
    let fitted = |part: &Part| label::fitted(&part.name, width * label::NAMES, false);
    let margins = Margins {
        left: longest(&mut parts.iter().map(fitted)) + 12.0,
        right: longest(&mut parts.iter().map(said)) + 10.0,
        top: 8.0,
        bottom: 4.0,
    };
    let most = parts.iter().map(|part| part.usd).fold(0.0, f64::max);
    let (unit, _) = unit_of(most);
    let (top, _) = axis::round_top(most / unit);
    let bars = parts.iter().rev().map(|part| {
        let value = draw::rounded(part.usd / unit);
        draw::named_bar(value, said(part), &palette.series[0])
    });
    let words = Label::new()
        .show(true)
        .position(LabelPosition::Right)
        .formatter("{b}")
        .color(color(&palette.ink))
        .font_size(LABEL_SIZE)
        .font_family(palette.font.as_str());
    let bar = Bar::new()
        .name(say::COST_A_MONTH)
        .data(bars.collect::<Vec<_>>());
    let names = parts.iter().rev().map(|part| literal(&fitted(part)));
    // The bars have labels, so the axis has none.
    let values = axis::values("", top, palette).show(false);
    let chart = draw::base(margins)
        .tooltip(draw::tooltip(palette))
        .x_axis(values)
        .y_axis(axis::names(names.collect(), palette))
        .series(bar.bar_width(BAR).label(words));
    let row = |part: &Part| {
        vec![
            part.name.clone(),
            words::usd(part.usd),
            share(part.usd, all),
        ]
    };
    Picture {
        chart,
        notes: draw::notes(palette, 2, 1.0),
        tip: tip(&parts, palette),
        height: Some(margins.top + margins.bottom + parts.len() as f64 * ROW),
        summary: say::cost(plan, parts.first().map(|part| (&*part.name, part.usd))),
        head: say::COST_HEAD.map(str::to_owned).to_vec(),
        rows: parts.iter().map(row).collect(),
        ..Picture::default()
    }
}

/// Parts of the monthly cost, largest first; they sum to the total.
fn parts(plan: &Plan) -> Vec<Part> {
    let cost = &plan.cost;
    let provider = |part: &crate::plan::NamedCost| Part {
        name: part.name.clone(),
        usd: part.per_month_usd,
        is_priced: !cost.unpriced.contains(&part.name),
    };
    let own = |name: &str, usd| Part {
        name: name.to_owned(),
        usd,
        is_priced: true,
    };
    let platform = cost.infrastructure_per_month_usd - cost.gateways_per_month_usd;
    let mut parts: Vec<Part> = cost.providers.iter().map(provider).collect();
    parts.push(own(say::GATEWAYS_COST, cost.gateways_per_month_usd));
    parts.push(own(say::PLATFORM_COST, platform.max(0.0)));
    parts.sort_by(|a, b| b.usd.total_cmp(&a.usd));
    parts
}

fn share(usd: f64, all: f64) -> String {
    if 0.0 < all {
        words::percent(usd / all)
    } else {
        "–".to_owned()
    }
}

fn tip(parts: &[Part], palette: &Palette) -> Tip {
    Tip {
        heads: parts.iter().rev().map(|part| part.name.clone()).collect(),
        unit: Unit::Usd,
        rows: vec![TipRow {
            name: say::COST_A_MONTH.to_owned(),
            tint: palette.series[0].clone(),
            values: parts.iter().rev().map(|part| part.usd).collect(),
        }],
        ..Tip::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::date::date;
    use crate::plan::evaluate;
    use crate::scenario::link::from_fragment;

    #[test]
    fn the_parts_are_the_whole_cost_and_the_largest_stands_first() {
        // Guide's example, from the golden links: tokens 18,157.50 + machines 163.45 + disk 5.75 =
        // 18,326.70 dollars per month.
        let (scenario, _) = from_fragment("v=1");
        let plan = evaluate(&scenario, date(2026, 11, 28));
        let parts = parts(&plan);
        let all: f64 = parts.iter().map(|part| part.usd).sum();
        assert!((all - 18_326.70).abs() < 0.01, "{all}");
        assert!(parts.is_sorted_by(|a, b| b.usd <= a.usd));
        let picture = cost_chart(&plan, &Palette::default(), 400.0);
        // Three providers, the gateways, and the storage of events.
        assert_eq!(picture.rows.len(), 5);
    }
}
