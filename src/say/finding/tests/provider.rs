//! Findings about providers.

use super::{check, clause, message, status, title, words};
use crate::plan::{
    Falling, FindingKind, LimitKind, LimitState, LimitUse, ProviderLimit, ProviderLoss,
    ReservedOffer, ShareOf,
};
use crate::scenario::Scope;

fn used(kind: LimitKind, load: f64, limit: f64) -> LimitUse {
    LimitUse {
        kind,
        load,
        limit,
        published: limit,
        usable_ratio: 1.0,
        state: if 0.0 < limit {
            LimitState::Used(load / limit)
        } else {
            LimitState::Closed
        },
        max_scale: Some(limit / load),
        refused_ratio: None,
        per_1000_tokens: None,
        scope: Scope::Provider,
        counters: 1.0,
        beside: 0.0,
        before: 0.0,
        of_organization: false,
        few: None,
    }
}

#[test]
fn limits_and_prices_that_are_not_known() {
    check(
        &FindingKind::UnknownLimits {
            is_spare: false,
            id: "custom".to_owned(),
            name: "Own".to_owned(),
            model: "llama".to_owned(),
            tier: "Own limits".to_owned(),
        },
        [
            "unknown-custom",
            "Own’s limits are unknown",
            "",
            "No limits known for llama: enter them, or choose a model and a tier.",
        ],
    );
    check(
        &FindingKind::Unpriced {
            names: vec!["Own".to_owned()],
        },
        [
            "unpriced",
            "Cost is incomplete",
            "",
            "No price is known for Own; its use counts as free.",
        ],
    );
    let names = vec!["Own".to_owned(), "Other".to_owned()];
    assert_eq!(
        message(&FindingKind::Unpriced { names }),
        "No price is known for Own, Other; their use counts as free."
    );
}

#[test]
fn a_limit_of_a_provider() {
    let mut limit = ProviderLimit {
        row: 2,
        id: "openai".to_owned(),
        name: "OpenAI".to_owned(),
        share_ratio: 0.6,
        peak_share_ratio: 0.6,
        of: ShareOf::Requests,
        with_retries: false,
        rps: 1.25,
        is_first: true,
        used: used(LimitKind::Tpm, 144_000.0, 450_000.0),
        others: vec![
            used(LimitKind::Rpm, 62.0, 1_000.0),
            used(LimitKind::Rpd, 1.0, 0.0),
            used(LimitKind::Tpd, 5e6, 1e7),
        ],
        too_large: None,
        assumed_answer: None,
    };
    let about = "60 % of the requests are 1.25 rps at the peak: ";
    check(
        &FindingKind::ProviderLimit(limit.clone()),
        [
            "provider-openai",
            "OpenAI tokens",
            "32 % at peak",
            &format!("{about}144 K of 450 K tokens/min. Its other limits: RPM 6.2 %, TPD 50 %."),
        ],
    );
    limit.others.clear();
    limit.used = LimitUse {
        usable_ratio: 0.5,
        ..used(LimitKind::Rpm, 1_500.0, 1_000.0)
    };
    check(
        &FindingKind::ProviderLimit(limit.clone()),
        [
            "provider-openai",
            "OpenAI requests",
            "over by 50 %",
            &format!(
                "{about}1,500 of 1,000 requests/min. It is judged over less than a minute, and \
                 bursts leave 50 % of it."
            ),
        ],
    );
    limit.used = used(LimitKind::Concurrency, 50.0, 20.0);
    let kind = FindingKind::ProviderLimit(limit.clone());
    assert_eq!(title(&kind), "OpenAI concurrent requests");
    assert_eq!(status(&kind), "at 2.50 times its limit");
    limit.used = used(LimitKind::Units, 50.0, 0.0);
    let kind = FindingKind::ProviderLimit(limit);
    assert_eq!(title(&kind), "OpenAI reserved throughput");
    assert_eq!(status(&kind), "nothing allowed");
}

#[test]
fn the_loss_of_a_provider() {
    check(
        &FindingKind::NoSecondProvider,
        [
            "failover-none",
            "No second provider",
            "",
            "All requests go to one provider: if it fails, nothing is served. Add a second one \
             with a weight above 0.",
        ],
    );
    let mut loss = ProviderLoss {
        lost_row: 2,
        lost: "OpenAI".to_owned(),
        served_ratio: 1.0,
        homeless_ratio: 0.0,
        falling: Falling::ByWeight,
        held_before_trip: None,
        row: 3,
        name: "A, B".to_owned(),
        share_ratio: 0.75,
        used: used(LimitKind::Otpm, 40_000.0, 80_000.0),
        others: Vec::new(),
    };
    let about = "The requests of OpenAI fall to the others by weight. A, B then gets 75 % of the \
                 requests: ";
    check(
        &FindingKind::ProviderLoss(loss.clone()),
        [
            "failover",
            "A, B, if OpenAI is lost",
            "50 % at peak",
            &format!("{about}40 K of 80 K output tokens/min."),
        ],
    );
    loss.served_ratio = 0.9;
    loss.held_before_trip = Some(49.2);
    assert_eq!(
        words::plain_spaces(&message(&FindingKind::ProviderLoss(loss.clone()))),
        format!(
            "{about}40 K of 80 K output tokens/min. 90 % of the requests could be served. \
             Until the breaker opens, the lost provider holds 50 requests, more than the free \
             slots: others wait too."
        )
    );
    for (falling, text) in [
        (Falling::InOrder, "in their order"),
        (Falling::WhereBound, "that they may go to, by weight"),
    ] {
        loss.falling = falling;
        let told = words::plain_spaces(&message(&FindingKind::ProviderLoss(loss.clone())));
        let begins = format!("The requests of OpenAI fall to the others {text}. A, B then gets");
        assert!(told.starts_with(&begins), "{told}");
    }
}

#[test]
fn prices() {
    check(
        &FindingKind::Reserve(ReservedOffer {
            row: 4,
            name: "Azure OpenAI".to_owned(),
            unit: "PTU".to_owned(),
            units: 110.0,
            units_exact: 105.9,
            reserved_per_month_usd: 28_600.0,
            pay_as_you_go_per_month_usd: 40_000.0,
            mean_utilization_ratio: 0.32,
            break_even_utilization_ratio: None,
            break_even_scale: None,
        }),
        [
            "reserve-4",
            "Azure OpenAI reserved would cost less",
            "",
            "110 PTU for $28,600 a month carry the peak; the same tokens cost $40,000 at list \
             price. They would be 32 % full on average.",
        ],
    );
    check(
        &FindingKind::CheaperSplit {
            saved_per_month_usd: 1_200.0,
        },
        [
            "cheaper-weights",
            "A cheaper split would fit",
            "",
            "Filling the cheapest provider up to its target use first, then the next, saves \
             $1,200 a month in tokens. Check that the models give comparable answers.",
        ],
    );
}

#[test]
fn facts_out_of_date() {
    let shutdown = |is_gone| FindingKind::ModelShutdown {
        row: 2,
        name: "The one".to_owned(),
        model: "gpt-4o".to_owned(),
        on: "2026-10-09",
        is_gone,
    };
    check(
        &shutdown(true),
        [
            "model-2",
            "The one: gpt-4o was shut down on 9 Oct 2026",
            "",
            "Pick a replacement model.",
        ],
    );
    assert_eq!(
        title(&shutdown(false)),
        "The one: gpt-4o ends on 9 Oct 2026"
    );
    // A name keeps its typed form in any position.
    assert_eq!(clause(&shutdown(true)), title(&shutdown(true)));
    let old = |as_of| FindingKind::OldLimits {
        row: 2,
        name: "OpenAI".to_owned(),
        tier: "Build".to_owned(),
        as_of,
        age_days: 95,
    };
    check(
        &old("2026-08-20"),
        [
            "stale-2",
            "OpenAI limits are old",
            "",
            "OpenAI Build was read on 20 Aug 2026, 95 days ago. Check it in the provider’s console \
             and correct it here if it changed.",
        ],
    );
    assert!(message(&old("2026-08")).starts_with("OpenAI Build was read in Aug 2026, 95 days"));
}
