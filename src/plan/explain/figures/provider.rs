//! Figures about the use of provider limits.

use super::{Figure, Formula, GUIDE, Head, figure, requests_of};
use crate::model::demand::SECONDS_PER_MINUTE;
use crate::plan::providers::counted_tokens;
use crate::plan::{Chapters, LimitKind, ProviderPlan, words};
use crate::scenario::Scenario;

/// Load on the tightest limit over that limit.
fn utilization(
    scenario: &Scenario,
    chapters: &Chapters,
    plan: &ProviderPlan,
) -> Option<(f64, Formula)> {
    let used = plan
        .limits
        .iter()
        .find(|used| Some(used.kind) == plan.binding_limit)?;
    let ratio = used.utilization_ratio?;
    let provider = scenario.provider(plan.row)?;
    let counted = counted_tokens(scenario, provider, &chapters.demand);
    let base = if used.kind == LimitKind::Rpd {
        requests_of(chapters, Formula::new())
    } else {
        Formula::new()
            .from(
                "Peak rate",
                chapters.demand.peak_rps,
                "rps",
                "figure “Peak requests”",
            )
            .op("×")
            .from("Seconds in a minute", SECONDS_PER_MINUTE, "s", GUIDE)
    };
    let share = "weight over the sum of the weights";
    let shared = base
        .op("×")
        .from("Share of the requests", plan.share_ratio, "", share);
    let tokens = match used.kind {
        LimitKind::Rpm | LimitKind::Rpd => None,
        LimitKind::Tpm => Some(counted.combined),
        LimitKind::Itpm => Some(counted.input),
        LimitKind::Otpm => Some(counted.output),
    };
    let loaded = match tokens {
        Some(tokens) => {
            let vendor = provider.vendor_row();
            let source = format!("as {} counts them: {}", provider.name, vendor.source);
            shared
                .op("×")
                .from("Tokens counted", tokens, "tokens", &source)
        }
        None => shared,
    };
    let row = provider.tier_row();
    let source = row.map_or_else(
        || "your input".to_owned(),
        |row| {
            format!(
                "{}, {}; {}",
                row.name,
                words::day_month_year(row.as_of),
                row.source
            )
        },
    );
    let formula = loaded
        .op("÷")
        .from("Limit", used.limit, used.kind.unit(), &source);
    Some((ratio, formula))
}

pub(super) fn tightest_limit(scenario: &Scenario, chapters: &Chapters) -> Figure {
    let tightest = chapters
        .providers
        .iter()
        .filter(|plan| 0.0 < plan.share_ratio && plan.utilization_ratio.is_some())
        .max_by(|a, b| {
            let ratio = |plan: &ProviderPlan| plan.utilization_ratio.unwrap_or(0.0);
            ratio(a).total_cmp(&ratio(b))
        });
    let explained = tightest.and_then(|plan| {
        let (ratio, formula) = utilization(scenario, chapters, plan)?;
        let noun = plan.binding_limit.map_or("", LimitKind::noun);
        Some((ratio, formula, format!("{} {noun}", plan.name)))
    });
    let words = "Use of a limit = peak load on it ÷ the limit";
    let (id, label, unit) = ("tightest-limit", "Tightest limit", "%");
    if let Some((ratio, formula, sub)) = explained {
        let value = words::percent(ratio).trim_end_matches(" %").to_owned();
        let head = Head {
            id,
            label,
            value,
            unit,
            sub,
            words,
            result: ratio,
        };
        return figure(head, true, formula);
    }
    let formula = Formula::new().from("Limits", 0.0, "", "none is known");
    let head = Head {
        id,
        label,
        value: "–".to_owned(),
        unit: "",
        sub: "no limit known".to_owned(),
        words,
        result: 0.0,
    };
    figure(head, true, formula)
}

pub(super) fn provider(
    scenario: &Scenario,
    chapters: &Chapters,
    plan: &ProviderPlan,
) -> Option<Figure> {
    let (ratio, formula) = utilization(scenario, chapters, plan)?;
    let noun = plan.binding_limit.map_or("", LimitKind::noun);
    let head = Head {
        id: &format!("use-{}", plan.id),
        label: &format!("{} {noun}", plan.name),
        value: words::percent(ratio).trim_end_matches(" %").to_owned(),
        unit: "%",
        sub: plan
            .max_scale
            .map_or_else(String::new, |s| format!("full at {}", words::multiple(s))),
        words: "Use of a limit = peak load on it ÷ the limit",
        result: ratio,
    };
    Some(figure(head, false, formula))
}
