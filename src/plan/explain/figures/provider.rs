//! Figures about the use of provider limits.

use super::{Figure, Formula, GUIDE, Head, figure, requests_of};
use crate::model::demand::SECONDS_PER_MINUTE;
use crate::plan::limits::{CountedRow, tightest, upstream_s};
use crate::plan::{Chapters, Depth, LimitKind, LimitState, LimitUse, ProviderPlan, words};
use crate::scenario::Scenario;

/// Load on the tightest limit over that limit, for each provider that carries load.
pub(super) fn utilizations<D: Depth>(
    scenario: &Scenario,
    chapters: &Chapters,
) -> Vec<Option<(f64, Formula)>> {
    let used = |plan: &ProviderPlan| {
        (0.0 < plan.share_ratio)
            .then(|| utilization::<D>(scenario, chapters, plan))
            .flatten()
    };
    chapters.providers.iter().map(used).collect()
}

fn utilization<D: Depth>(
    scenario: &Scenario,
    chapters: &Chapters,
    plan: &ProviderPlan,
) -> Option<(f64, Formula)> {
    let used = plan.tightest.as_ref()?;
    let formula = D::reason(|| use_formula(scenario, chapters, plan, used));
    Some((used.state.ratio()?, formula.unwrap_or_default()))
}

fn use_formula(
    scenario: &Scenario,
    chapters: &Chapters,
    plan: &ProviderPlan,
    used: &LimitUse,
) -> Option<Formula> {
    let row = chapters.row(plan)?;
    let provider = row.provider;
    let formula = loaded(scenario, chapters, plan, used.kind)?.op("÷");
    let source = limit_source(row);
    Some(match used.kind {
        LimitKind::Units => {
            let unit = provider.unit.input_tpm;
            formula
                .op("(")
                .from("Units", used.limit / unit, "", "your input")
                .op("×")
                .said("Input of a unit", unit, "tok/min", &source)
                .op(")")
        }
        _ if used.usable_ratio < 1.0 => formula
            .op("(")
            .said("Limit", used.published, used.kind.unit(), &source)
            .op("×")
            .from("Left by bursts", used.usable_ratio, "", WINDOW)
            .op(")"),
        kind => formula.said("Limit", used.limit, kind.unit(), &source),
    })
}

const WINDOW: &str =
    "counts within the window pass it once in a hundred (normal approximation, your burstiness)";

fn limit_source(row: &CountedRow<'_>) -> String {
    let units = row.units;
    if let Some(row) = row.tier() {
        let date = words::day_month_year(row.as_of);
        return [row.name, ", ", &date, "; ", row.source].concat();
    }
    let reserved = row.model.and_then(|row| row.provisioned);
    reserved.filter(|_| units.is_some()).map_or_else(
        || "your input".to_owned(),
        |row| {
            let date = words::day_month_year(row.as_of);
            [row.unit, ", ", &date, "; ", row.source].concat()
        },
    )
}

/// The load on a limit, left to right.
fn loaded(
    scenario: &Scenario,
    chapters: &Chapters,
    plan: &ProviderPlan,
    kind: LimitKind,
) -> Option<Formula> {
    let demand = &chapters.demand;
    let row = chapters.row(plan)?;
    let (provider, counted) = (row.provider, row.tokens);
    let peak = || {
        let figure = "figure “Peak requests”";
        Formula::new().from("Peak rate", demand.peak_rps, "rps", figure)
    };
    let base = match kind {
        LimitKind::Rpd | LimitKind::Tpd => requests_of(scenario, chapters, Formula::new()),
        LimitKind::Concurrency => peak(),
        _ => peak()
            .op("×")
            .from("Seconds in a minute", SECONDS_PER_MINUTE, "s", GUIDE),
    };
    let share = "weight over the sum of the weights";
    let shared = base
        .op("×")
        .from("Share of the requests", plan.share_ratio, "", share);
    let tokens = match kind {
        LimitKind::Rpm | LimitKind::Rpd => {
            let calls = "what the cache and batches leave, each try by itself";
            return Some(if (demand.calls_per_request - 1.0).abs() < 1e-12 {
                shared
            } else {
                let value = demand.calls_per_request;
                shared.op("×").from("Calls of a request", value, "", calls)
            });
        }
        LimitKind::Concurrency => {
            let held = "first token × tries + output ÷ speed; rough, third parties";
            let value = upstream_s(provider, demand);
            return Some(
                shared
                    .op("×")
                    .from("Time at the provider", value, "s", held),
            );
        }
        LimitKind::Tpm | LimitKind::Tpd => counted.combined,
        LimitKind::Itpm => counted.input,
        LimitKind::Otpm => counted.output,
        LimitKind::Units => counted.weighted,
    };
    let source = ["as ", &provider.name, " counts them: ", row.vendor.source].concat();
    let loaded = shared.op("×");
    Some(loaded.said("Tokens counted", tokens, "tokens", &source))
}

/// A share of a limit without its unit.
fn percent_digits(ratio: f64) -> String {
    let mut text = words::percent(ratio);
    text.truncate(text.trim_end_matches(words::PERCENT).len());
    text
}

pub(super) fn tightest_limit<D: Depth>(
    chapters: &Chapters,
    uses: &[Option<(f64, Formula)>],
) -> Figure {
    let carrying = chapters.providers.iter().zip(uses);
    let carrying = carrying.filter(|(plan, _)| 0.0 < plan.share_ratio);
    let tightest = tightest(carrying, |(plan, _)| plan.state());
    let explained = tightest.and_then(|(plan, used)| {
        let (ratio, formula) = used.clone()?;
        let noun = plan.tightest.map_or("", |used| used.kind.noun());
        Some((ratio, formula, [&plan.name, " ", noun].concat()))
    });
    let words = "Use of a limit = peak load on it ÷ the limit";
    let (id, label, unit) = ("tightest-limit", "Tightest limit", "%");
    let closed = tightest
        .map(|(plan, _)| plan)
        .filter(|plan| plan.state() == LimitState::Closed)
        .and_then(|plan| Some((plan, plan.tightest?.kind)));
    if let Some((ratio, formula, sub)) = explained.filter(|_| closed.is_none()) {
        let value = percent_digits(ratio);
        let head = Head {
            id: id.into(),
            label: label.into(),
            value,
            unit: unit.into(),
            sub,
            words,
            result: ratio,
        };
        return figure(head, true, formula);
    }
    let (limit, known, sub) = match closed {
        Some((plan, kind)) => {
            let sub = [&plan.name, " ", kind.noun(), ": nothing allowed"].concat();
            ("Limit", "nothing is allowed", sub)
        }
        None => ("Limits", "none is known", "no limit known".to_owned()),
    };
    let formula = D::reason(|| Formula::new().from(limit, 0.0, "", known));
    let head = Head {
        id: id.into(),
        label: label.into(),
        value: "–".to_owned(),
        unit: "".into(),
        sub,
        words,
        result: 0.0,
    };
    figure(head, true, formula)
}

pub(super) fn provider(plan: &ProviderPlan, (ratio, formula): (f64, Formula)) -> Figure {
    let noun = plan.tightest.map_or("", |used| used.kind.noun());
    let head = Head {
        id: ["use-", &plan.id].concat().into(),
        label: [&plan.name, " ", noun].concat().into(),
        value: percent_digits(ratio),
        unit: "%".into(),
        sub: plan
            .max_scale()
            .map_or_else(String::new, |s| ["full at ", &words::multiple(s)].concat()),
        words: "Use of a limit = peak load on it ÷ the limit",
        result: ratio,
    };
    figure(head, false, formula)
}
