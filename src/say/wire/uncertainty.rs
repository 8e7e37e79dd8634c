//! How sure, for programs.

use std::borrow::Cow;

use serde::Serialize;

use crate::plan::LimitKind;
use crate::plan::uncertainty::{self as plan, Outcome};
use crate::say::{finding, uncertainty as say, words};

/// What is known where numbers are ranges.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(super) struct Uncertainty {
    /// The answer in a sentence.
    text: String,
    /// Futures that were drawn.
    draws: u32,
    /// Share of the futures in which today's peak fits; null where a limit is unknown.
    fits_ratio: Option<f64>,
    /// Until when it fits, of 5, 50 and 95 in 100 futures; null where no end is in sight.
    until: Option<[Option<String>; 3]>,
    /// The last day to order that is in time in 95 of 100 futures; today where it has passed.
    order_by: Option<String>,
    /// Whether that day has passed: what is ordered today is in time in fewer futures.
    order_is_late: bool,
    /// The same for other shares of the futures, the highest first.
    orders: Vec<Order>,
    /// The ranges.
    inputs: Vec<Input>,
    /// Limits that some future asks too much of.
    over: Vec<Over>,
    /// Share of the futures in which the queue grows as long as the peak lasts.
    queue_over_ratio: f64,
    /// What gives way first.
    first: Vec<First>,
    /// Gateways that are enough at the peak in 95 of 100 futures.
    gateways_p95: Option<u32>,
    /// The autoscaler's maximum that lets so many run, where the deployed one does not.
    raise_hpa_max: Option<u32>,
    /// 5th percentile, median and 95th percentile of each figure.
    figures: Vec<Interval>,
    /// What matters most, for each outcome.
    tornados: Vec<Tornado>,
    /// Which guess to replace by a measurement first.
    measure_first: Option<String>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct Input {
    /// Key, as in links.
    key: &'static str,
    /// Name for people.
    name: String,
    /// The range as links write it.
    range: String,
    /// 5th percentile.
    low: f64,
    /// The number everything else is counted with.
    point: f64,
    /// 95th percentile.
    high: f64,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct Order {
    /// Share of the futures in which it comes in time, unless the day has passed.
    ratio: f64,
    /// The last day, today where it has passed; null where no end is in sight.
    by: Option<String>,
    /// Whether the day has passed: what is ordered today comes in time in fewer futures.
    is_late: bool,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct Over {
    /// Name of the provider.
    provider: String,
    /// What is limited.
    limit: LimitKind,
    /// Whether it is the organization’s, beside one of the row’s own.
    #[serde(skip_serializing_if = "Option::is_none")]
    of_organization: Option<bool>,
    /// Share of the futures.
    ratio: f64,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct First {
    /// Id of the finding.
    finding: Cow<'static, str>,
    /// Its title.
    title: String,
    /// Share of the futures.
    ratio: f64,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct Interval {
    /// Id of the figure.
    id: Cow<'static, str>,
    /// Its value at the points.
    point: f64,
    /// 5th percentile.
    p05: f64,
    /// Median.
    p50: f64,
    /// 95th percentile.
    p95: f64,
    /// The interval in words.
    text: String,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct Tornado {
    /// The outcome: `room`, `days`, `wait` in seconds, `late` as a share, or the id of a figure.
    outcome: Cow<'static, str>,
    /// Its value at the points.
    base: f64,
    /// The inputs, the one that moves it farthest first.
    bars: Vec<Bar>,
    /// The input that goes with it most closely over all futures, where that is another one.
    first_by_draws: Option<String>,
    /// Where inputs act together, in a sentence.
    together: Option<String>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct Bar {
    /// Name of the input.
    input: String,
    /// The outcome with the input at its 5th percentile.
    at_low: f64,
    /// The same at its 95th percentile.
    at_high: f64,
    /// Rank correlation over all futures.
    rank_correlation: Option<f64>,
    /// The bar in words.
    text: String,
}

impl Uncertainty {
    pub(super) fn of(sure: &plan::Uncertainty) -> Self {
        let day = |day: Option<_>| day.map(|day: crate::catalog::date::Date| day.to_string());
        let all = f64::from(sure.draws.max(1));
        let first = sure.tornados.first();
        Self {
            text: words::plain_spaces(&say::verdict(sure)),
            draws: sure.draws,
            fits_ratio: sure.fits_ratio,
            until: sure
                .until
                .map(|until| [until.p05, until.p50, until.p95].map(day)),
            order_by: sure.until.and_then(|until| day(until.order_by())),
            order_is_late: sure.until.is_some_and(|until| until.is_late()),
            orders: orders(sure),
            inputs: (0..sure.inputs.len()).map(|at| input(sure, at)).collect(),
            over: sure.over.iter().map(over).collect(),
            queue_over_ratio: sure.queue_over_ratio,
            first: sure
                .first
                .iter()
                .map(|way| First {
                    finding: way.kind.id(),
                    title: finding::title(&way.kind),
                    ratio: f64::from(way.futures) / all,
                })
                .collect(),
            gateways_p95: sure.gateways_p95,
            raise_hpa_max: sure.raised(),
            figures: sure.figures.iter().map(interval).collect(),
            tornados: sure.tornados.iter().map(|one| tornado(sure, one)).collect(),
            measure_first: first.and_then(|first| say::measure(sure, first)),
        }
    }
}

fn input(sure: &plan::Uncertainty, at: usize) -> Input {
    let input = &sure.inputs[at];
    Input {
        key: input.spec.key,
        name: say::input(sure, at),
        range: input.range.written(),
        low: input.range.low,
        point: input.point,
        high: input.range.high,
    }
}

fn orders(sure: &plan::Uncertainty) -> Vec<Order> {
    let all = sure.until.map(|until| until.orders);
    let order = |order: &plan::OrderBy| Order {
        ratio: order.share,
        by: order.day.map(|day| day.to_string()),
        is_late: order.is_late,
    };
    all.iter().flatten().map(order).collect()
}

fn over(limit: &plan::LimitChance) -> Over {
    Over {
        provider: limit.name.clone(),
        limit: limit.limit,
        of_organization: limit.of_organization.then_some(true),
        ratio: limit.ratio,
    }
}

fn interval(one: &plan::Interval) -> Interval {
    Interval {
        id: one.id.key(),
        point: one.point,
        p05: one.p05,
        p50: one.p50,
        p95: one.p95,
        text: words::plain_spaces(&say::interval(one)),
    }
}

fn tornado(sure: &plan::Uncertainty, one: &plan::Tornado) -> Tornado {
    Tornado {
        outcome: match &one.outcome {
            Outcome::Room => Cow::Borrowed("room"),
            Outcome::Days => Cow::Borrowed("days"),
            Outcome::Wait => Cow::Borrowed("wait"),
            Outcome::Late => Cow::Borrowed("late"),
            Outcome::Figure(id) => id.key(),
        },
        base: one.base,
        bars: one
            .bars
            .iter()
            .map(|bar| Bar {
                input: say::input(sure, bar.input),
                at_low: bar.at_low,
                at_high: bar.at_high,
                rank_correlation: bar.correlation,
                text: words::plain_spaces(&say::bar(sure, &one.outcome, bar)),
            })
            .collect(),
        first_by_draws: one.first_by_draws.map(|at| say::input(sure, at)),
        together: say::together(sure, one),
    }
}
