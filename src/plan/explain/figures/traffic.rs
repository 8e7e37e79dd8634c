//! Figures about requests and tokens.

use super::{Figure, Formula, GUIDE, Head, figure, requests_of};
use crate::model::demand::{SECONDS_PER_DAY, SECONDS_PER_MINUTE};
use crate::plan::{Chapters, Depth, words};
use crate::scenario::Scenario;

pub(super) fn peak_requests<D: Depth>(scenario: &Scenario, chapters: &Chapters) -> Figure {
    let demand = &chapters.demand;
    let formula = D::reason(|| {
        let peak = scenario.traffic.peak_multiplier;
        requests_of(scenario, chapters, Formula::new())
            .op("÷")
            .from("Seconds in a day", SECONDS_PER_DAY, "s", "24 × 60 × 60")
            .op("×")
            .input("Peak over mean", peak, "", "peak-multiplier")
    });
    let head = Head {
        id: "peak-requests".into(),
        label: "Peak requests".into(),
        value: words::significant(demand.peak_rps),
        unit: "rps".into(),
        sub: [
            &words::significant(demand.mean_rps),
            " mean × ",
            &crate::scenario::number::grouped(scenario.traffic.peak_multiplier),
        ]
        .concat(),
        words: "Peak rate = requests per day ÷ seconds in a day × peak over mean",
        result: demand.peak_rps,
    };
    figure(head, true, formula)
}

pub(super) fn peak_tokens<D: Depth>(chapters: &Chapters) -> Figure {
    let demand = &chapters.demand;
    let formula = D::reason(|| {
        let (rate, workloads) = ("figure “Peak requests”", "mean of your workloads");
        let tokens = demand.tokens_per_request;
        Formula::new()
            .from("Peak rate", demand.peak_rps, "rps", rate)
            .op("×")
            .from("Tokens of a request", tokens, "tokens", workloads)
            .op("×")
            .from("Seconds in a minute", SECONDS_PER_MINUTE, "s", GUIDE)
    });
    let (value, prefix) = words::scaled(demand.peak_tpm);
    let head = Head {
        id: "peak-tokens".into(),
        label: "Peak tokens".into(),
        value,
        unit: [prefix, "/min"].concat().into(),
        sub: words::short(demand.tokens_per_day) + " per day",
        words: "Peak tokens per minute = peak rate × tokens of a request × 60, as if the peak \
                lasted the whole minute",
        result: demand.peak_tpm,
    };
    figure(head, true, formula)
}

pub(super) fn tokens_per_day<D: Depth>(scenario: &Scenario, chapters: &Chapters) -> Figure {
    let demand = &chapters.demand;
    let (value, prefix) = words::scaled(demand.tokens_per_day);
    let formula = D::reason(|| {
        let (tokens, workloads) = (demand.tokens_per_request, "mean of your workloads");
        requests_of(scenario, chapters, Formula::new())
            .op("×")
            .from("Tokens of a request", tokens, "tokens", workloads)
    });
    let head = Head {
        id: "tokens-per-day".into(),
        label: "Daily token budget".into(),
        value,
        unit: prefix.into(),
        sub: words::short(demand.tokens_per_request) + " per request",
        words: "Daily token budget = requests per day × tokens of a request",
        result: demand.tokens_per_day,
    };
    figure(head, false, formula)
}

pub(super) fn mean_rate<D: Depth>(scenario: &Scenario, chapters: &Chapters) -> Figure {
    let formula = D::reason(|| {
        requests_of(scenario, chapters, Formula::new())
            .op("÷")
            .from("Seconds in a day", SECONDS_PER_DAY, "s", "24 × 60 × 60")
    });
    let head = Head {
        id: "mean-rate".into(),
        label: "Mean rate".into(),
        value: words::significant(chapters.demand.mean_rps),
        unit: "rps".into(),
        sub: words::significant(chapters.demand.peak_rpm) + " RPM at the peak",
        words: "Mean rate = requests per day ÷ seconds in a day",
        result: chapters.demand.mean_rps,
    };
    figure(head, false, formula)
}
