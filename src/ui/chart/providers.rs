//! Use of each provider's tightest limit, normal and after the worst loss.

use charming::datatype::{CompositeValue, DataPoint, DataPointItem};
use charming::element::{
    ItemStyle, LabelPosition, LineStyle, LineStyleType, MarkLine, MarkLineData, MarkLineVariant,
    Symbol,
};
use charming::series::Bar;

use super::axis;
use super::draw::{self, color};
use super::{Palette, Picture};
use crate::plan::{Drill, Plan, words};
use crate::say::page::chart as say;

/// A bar shorter than this share of the axis gets its label beside it anyway.
const MOST: f64 = 200.0;

/// Bars against 100 %, with the target marked.
pub fn providers_chart(plan: &Plan, palette: &Palette, width: f64) -> Picture {
    let used: Vec<_> = plan
        .providers
        .iter()
        .filter(|p| 0.0 < p.share_ratio)
        .collect();
    let lost = plan.worst_drill();
    let normal: Vec<Option<f64>> = used.iter().map(|p| p.state().ratio()).collect();
    let after: Vec<Option<f64>> = used.iter().map(|p| after(lost, p.row)).collect();
    let most = normal
        .iter()
        .chain(&after)
        .map(|ratio| percent(*ratio))
        .fold(100.0, f64::max);
    let room = if width < 480.0 { 96.0 } else { 128.0 };
    // The first row of the scenario stands on top.
    let names: Vec<String> = used.iter().rev().map(|p| p.name.clone()).collect();
    let value = || draw::label("{b}", &palette.ink, LabelPosition::Right, palette);
    let mut chart = draw::base(room, 64.0, 28.0)
        .tooltip(draw::tooltip(palette))
        .x_axis(axis::percents(most.min(MOST), palette))
        .y_axis(axis::names(names, palette));
    if let Some(drill) = lost {
        let data = bars(&after, &palette.series[2], &palette.series_line[2], palette);
        let name = say::after_losing(&drill.lost);
        let bar = Bar::new().name(name.as_str()).data(data);
        chart = chart.series(bar.bar_width(12).label(value()));
    }
    let data = bars(&normal, &palette.series[0], &palette.series[0], palette);
    let bar = Bar::new()
        .name(say::NORMAL)
        .data(data)
        .bar_width(12)
        .bar_gap("30%");
    chart = chart.series(bar.label(value()).mark_line(marks(
        plan,
        palette,
        width < 480.0 || 120.0 < most,
    )));
    let head = say::PROVIDERS_HEAD;
    let rows = used.iter().zip(after).map(|(p, after)| {
        let share = |ratio: Option<f64>| ratio.map_or_else(|| "–".to_owned(), words::percent);
        let kind = p.tightest.map_or(say::NONE_KNOWN, |used| used.kind.unit());
        vec![
            p.name.clone(),
            kind.to_owned(),
            share(p.state().ratio()),
            share(after),
        ]
    });
    let rows = rows.collect();
    Picture {
        chart,
        summary: say::providers(plan),
        head: head.map(str::to_owned).to_vec(),
        rows,
    }
}

/// Use of a provider after the worst loss; none for the lost one itself.
fn after(lost: Option<&Drill>, row: u32) -> Option<f64> {
    lost?
        .providers
        .iter()
        .find(|provider| provider.row == row)?
        .state()
        .ratio()
}

fn percent(ratio: Option<f64>) -> f64 {
    ratio.map_or(0.0, |ratio| libm::round(ratio * 1e3) / 10.0)
}

/// Bars from the bottom up; what is over the limit is red.
fn bars(ratios: &[Option<f64>], fill: &str, edge: &str, palette: &Palette) -> Vec<DataPoint> {
    let bar = |ratio: &Option<f64>| {
        let value = percent(*ratio);
        let (fill, edge) = if 100.0 < value {
            (palette.danger.as_str(), palette.danger.as_str())
        } else {
            (fill, edge)
        };
        let style = ItemStyle::new()
            .color(color(fill))
            .border_color(color(edge))
            .border_width(1.0);
        // ECharts reads "-" as no value.
        let value = match ratio {
            Some(_) => CompositeValue::from(value.min(MOST)),
            None => CompositeValue::from("-"),
        };
        // The words stand in the name: a cut bar still says its full value.
        let words = ratio.map_or_else(String::new, words::percent);
        DataPointItem::new(value)
            .name(words)
            .item_style(style)
            .into()
    };
    ratios.iter().rev().map(bar).collect()
}

/// The target and the limit, named above the bars.
fn marks(plan: &Plan, palette: &Palette, is_crowded: bool) -> MarkLine {
    let target = plan
        .providers
        .first()
        .map_or(80.0, |p| p.target_ratio * 100.0);
    // Where the two names would touch, the axis has to do.
    let named = if is_crowded {
        String::new()
    } else {
        say::target(target)
    };
    let mark = |at: f64, words: &str, tint: &str| {
        let label = draw::end_label(words, tint, palette);
        MarkLineVariant::Simple(MarkLineData::new().x_axis(at).label(label))
    };
    let style = LineStyle::new()
        .color(color(&palette.mark))
        .width(1.0)
        .type_(LineStyleType::Dashed);
    MarkLine::new()
        .silent(true)
        .symbol(vec![Symbol::None, Symbol::None])
        .line_style(style)
        .data(vec![
            mark(target, &named, &palette.ink_muted),
            mark(100.0, say::LIMIT, &palette.ink),
        ])
}
