//! Figures about dollars.

use super::{Figure, Formula, Head, figure};
use crate::model::growth::DAYS_PER_MONTH;
use crate::plan::{Chapters, Depth, words};

pub(super) fn cost<D: Depth>(chapters: &Chapters) -> Figure {
    let cost = &chapters.cost;
    let formula = D::reason(|| {
        let prices = "your workloads × token prices by share (genai-prices, litellm)";
        let machines = "gateways of the peak all month, API, PostgreSQL, disk × your unit prices";
        let infrastructure_usd = cost.infrastructure_per_month_usd;
        Formula::new()
            .from("Tokens", cost.tokens_per_month_usd, "$", prices)
            .op("+")
            .from("Infrastructure", infrastructure_usd, "$", machines)
    });
    let (value, prefix) = words::scaled(cost.per_month_usd);
    let unit = [if prefix == "K" { "k" } else { prefix }, "$"].concat();
    let head = Head {
        id: "cost".into(),
        label: "Cost per month".into(),
        value,
        unit: unit.into(),
        sub: match cost.per_1000_requests_usd {
            _ if !cost.unpriced.is_empty() => format!("without {}", cost.unpriced.join(", ")),
            Some(usd) => words::usd(usd) + " per 1,000 requests",
            None => "no requests".to_owned(),
        },
        words: "Cost = tokens + infrastructure, a month of 30.4 days",
        result: cost.per_month_usd,
    };
    figure(head, true, formula)
}

pub(super) fn cost_per_thousand<D: Depth>(chapters: &Chapters) -> Option<Figure> {
    let usd = chapters.cost.per_1000_requests_usd?;
    let formula = D::reason(|| {
        let (cost_usd, source) = (chapters.cost.per_month_usd, "figure “Cost per month”");
        let requests = chapters.demand.requests_per_day;
        Formula::new()
            .from("Cost per month", cost_usd, "$", source)
            .op("÷")
            .op("(")
            .input("Requests", requests, "/day", "requests")
            .op("×")
            .from("Days in a month", DAYS_PER_MONTH, "days", "365.2425 ÷ 12")
            .op(")")
            .op("×")
            .from("A thousand", 1_000.0, "", "")
    });
    let head = Head {
        id: "cost-per-1000".into(),
        label: "Cost of 1,000 requests".into(),
        value: words::usd(usd).trim_start_matches('$').to_owned(),
        unit: "$".into(),
        sub: String::new(),
        words: "Cost per month ÷ requests per month × 1,000",
        result: usd,
    };
    Some(figure(head, false, formula))
}
