//! Tokens per minute over the day against each provider's limit.

use charming::element::LabelPosition;

use super::draw::{self, unit_of};
use super::limits::{Kind, LimitLine, apart, limit_line};
use super::{Palette, Picture, clock, clock_labels, rank};
use crate::model::day;
use crate::plan::{Plan, words};

/// Limits further away than this many peaks would flatten the day.
const FARTHEST: f64 = 4.0;

/// A band of the day.
struct Band {
    name: String,
    mean_tpm: f64,
}

/// Tokens per minute, stacked by workload; a limit is the total at which it is full.
pub fn tokens_chart(plan: &Plan, palette: &Palette, width: f64) -> Picture {
    let bands = bands(plan);
    let peak_at = day::busiest(&plan.day.profile);
    let peak = plan.demand.peak_tpm;
    let limits = limits(plan, 480.0 <= width);
    let shown: Vec<LimitLine> = limits
        .iter()
        .filter(|limit| limit.at <= peak * FARTHEST)
        .cloned()
        .collect();
    let highest = shown.iter().map(|limit| limit.at).fold(peak, f64::max);
    let (unit, prefix) = unit_of(highest);
    let (top, _) = draw::round_top(highest * 1.12 / unit);
    let mut chart = draw::base(44.0, 16.0, 28.0)
        .tooltip(draw::tooltip(palette))
        .x_axis(draw::categories(
            clock_labels(),
            if width < 480.0 { 72.0 } else { 36.0 },
            palette,
        ))
        .y_axis(draw::values(&format!("{prefix} tokens/min"), top, palette));
    let mut below = 0.0;
    for (index, band) in bands.iter().enumerate() {
        let tone = index.min(2);
        let data: Vec<f64> = plan
            .day
            .profile
            .iter()
            .map(|x| rounded(x * band.mean_tpm / unit))
            .collect();
        let area = draw::area(&palette.series[tone], &palette.series_line[tone]);
        chart = chart.series(area.name(band.name.as_str()).stack("tokens").data(data));
        let height = band.mean_tpm * plan.day.profile.get(peak_at).copied().unwrap_or(1.0) / unit;
        if bands.len() > 1 && top * 0.08 < height {
            let tint = &palette.on_series[tone];
            let name = draw::label(&draw::literal(&band.name), tint, LabelPosition::Inside, palette);
            chart = chart.series(draw::dot(
                peak_at as f64,
                below + height / 2.0,
                name,
                &palette.series[tone],
                0.1,
            ));
        }
        below += height;
    }
    for limit in apart(
        shown
            .iter()
            .map(|l| LimitLine {
                at: l.at / unit,
                ..l.clone()
            })
            .collect(),
        top,
    ) {
        chart = chart.series(limit_line(&limit, palette));
    }
    let at = clock(peak_at * 5);
    let said = format!("peak {} at {at}", words::short(peak));
    let side = if peak_at < 72 {
        LabelPosition::Right
    } else {
        LabelPosition::Left
    };
    let mark = draw::strong(draw::label(&said, &palette.ink, side, palette));
    if 0.0 < peak {
        chart = chart.series(draw::dot(
            peak_at as f64,
            peak / unit,
            mark,
            &palette.ink,
            6.0,
        ));
    }
    Picture {
        chart,
        summary: summary(plan, &limits, &at),
        head: head(&bands),
        rows: rows(plan, &bands),
    }
}

fn bands(plan: &Plan) -> Vec<Band> {
    let workloads = &plan.demand.workloads;
    let ranked = rank(workloads);
    let mut bands: Vec<Band> = ranked
        .iter()
        .filter_map(|index| workloads.get(*index))
        .map(|w| Band {
            name: w.name.clone(),
            mean_tpm: w.mean_tpm,
        })
        .collect();
    let rest: f64 = (0..workloads.len())
        .filter(|index| !ranked.contains(index))
        .filter_map(|index| workloads.get(index))
        .map(|w| w.mean_tpm)
        .sum();
    if ranked.len() < workloads.len() {
        bands.push(Band {
            name: "other".to_owned(),
            mean_tpm: rest,
        });
    }
    bands
}

/// Each provider's tightest limit as the total load at which it is full.
fn limits(plan: &Plan, is_wide: bool) -> Vec<LimitLine> {
    let mut limits: Vec<LimitLine> = plan
        .providers
        .iter()
        .filter_map(|provider| {
            let scale = provider.max_scale?;
            let used = provider
                .limits
                .iter()
                .find(|l| Some(l.kind) == provider.binding_limit)?;
            let noun = used.kind.noun();
            let detail = format!(" (limit {} {})", words::short(used.limit), used.kind.unit());
            Some(LimitLine {
                at: plan.demand.peak_tpm * scale,
                name: format!(
                    "{} {noun} full{}",
                    provider.name,
                    if is_wide { &detail } else { "" }
                ),
                end: words::multiple(scale),
                kind: Kind::Hard,
            })
        })
        .collect();
    limits.sort_by(|a, b| a.at.total_cmp(&b.at));
    if let Some(first) = limits.first_mut() {
        first.kind = Kind::First;
    }
    limits
}

fn summary(plan: &Plan, limits: &[LimitLine], at: &str) -> String {
    let peak = words::short(plan.demand.peak_tpm);
    match limits.first() {
        Some(first) => {
            let name = first.name.split(" (").next().unwrap_or_default();
            let far = if plan.demand.peak_tpm * FARTHEST < first.at {
                ", beyond the chart"
            } else {
                ""
            };
            format!(
                "The day peaks at {peak} tokens/min at {at}; {name} at {}{far}.",
                first.end
            )
        }
        None => format!("The day peaks at {peak} tokens/min at {at}; no limit is known."),
    }
}

fn head(bands: &[Band]) -> Vec<String> {
    let names = bands.iter().map(|band| band.name.clone());
    ["Time".to_owned()]
        .into_iter()
        .chain(names)
        .chain(["All, tokens/min".to_owned()])
        .collect()
}

fn rows(plan: &Plan, bands: &[Band]) -> Vec<Vec<String>> {
    let hours = (0..24).map(|hour| hour * 12);
    hours
        .map(|sample| {
            let factor = plan.day.profile.get(sample).copied().unwrap_or(0.0);
            let values = bands
                .iter()
                .map(|band| words::short(band.mean_tpm * factor));
            let all = words::short(plan.demand.mean_tpm * factor);
            [clock(sample * 5)]
                .into_iter()
                .chain(values)
                .chain([all])
                .collect()
        })
        .collect()
}

/// Four digits: more would only lengthen the tooltip.
pub(super) fn rounded(value: f64) -> f64 {
    libm::round(value * 1e4) / 1e4
}
