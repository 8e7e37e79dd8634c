//! Prices of the catalogue, from `genai-prices`, compared with a second source.

use kt_capacity::catalog::date::date;
use kt_capacity::catalog::provider as catalog;
use kt_capacity::catalog::ratio::requests_per_1000_tokens;
use kt_capacity::plan::{FindingKind, Plan, evaluate};
use kt_capacity::scenario::link::{from_fragment, to_fragment};

/// Vendor, model, then input, cached input and output in dollars per million tokens.
type Row = (&'static str, &'static str, f64, Option<f64>, f64);

/// As litellm 1.109.1 (MIT) lists them, `model_prices_and_context_window.json`.
const LITELLM: &[Row] = &[
    ("openai", "gpt-6.1-sol", 2.0, Some(0.1), 10.0),
    ("openai", "gpt-6.1-terra", 1.0, Some(0.05), 5.0),
    ("openai", "gpt-6-astra", 10.0, Some(1.0), 50.0),
    ("openai", "gpt-6-sol", 2.0, Some(0.2), 10.0),
    ("openai", "gpt-6-luna", 0.1, Some(0.01), 0.5),
    ("openai", "gpt-5.4", 2.5, Some(0.25), 15.0),
    ("openai", "gpt-5.2", 1.75, Some(0.175), 14.0),
    ("openai", "gpt-5", 1.25, Some(0.125), 10.0),
    ("openai", "gpt-5-mini", 0.25, Some(0.025), 2.0),
    ("openai", "gpt-4.1", 2.0, Some(0.5), 8.0),
    ("openai", "gpt-4.1-mini", 0.4, Some(0.1), 1.6),
    ("openai", "gpt-4o", 2.5, Some(1.25), 10.0),
    ("openai", "gpt-4o-mini", 0.15, Some(0.075), 0.6),
    ("openai", "text-embedding-3-small", 0.02, None, 0.0),
    ("openai", "text-embedding-3-large", 0.13, None, 0.0),
    ("anthropic", "claude-opus-5-5", 4.0, Some(0.2), 20.0),
    ("anthropic", "claude-sonnet-5-5", 2.0, Some(0.1), 10.0),
    ("anthropic", "claude-haiku-5-5", 0.1, Some(0.01), 0.5),
    ("anthropic", "claude-opus-5", 5.0, Some(0.5), 25.0),
    ("anthropic", "claude-sonnet-5", 2.0, Some(0.2), 10.0),
    ("anthropic", "claude-sonnet-4-6", 3.0, Some(0.3), 15.0),
    ("anthropic", "claude-haiku-4-5", 1.0, Some(0.1), 5.0),
    ("anthropic", "claude-sonnet-4-5", 3.0, Some(0.3), 15.0),
    (
        "google-vertex",
        "gemini-3.1-pro-preview",
        2.0,
        Some(0.2),
        12.0,
    ),
    ("google-vertex", "gemini-2.5-pro", 1.25, Some(0.125), 10.0),
    ("google-vertex", "gemini-3.7-flash", 0.75, Some(0.075), 3.75),
    ("google-vertex", "gemini-2.5-flash", 0.3, Some(0.03), 2.5),
    (
        "google-gemini-api",
        "gemini-2.5-pro",
        1.25,
        Some(0.125),
        10.0,
    ),
    (
        "google-gemini-api",
        "gemini-2.5-flash",
        0.3,
        Some(0.03),
        2.5,
    ),
    (
        "google-gemini-api",
        "gemini-2.5-flash-lite",
        0.1,
        Some(0.01),
        0.4,
    ),
    ("groq", "openai/gpt-oss-120b", 0.15, Some(0.075), 0.6),
    ("groq", "openai/gpt-oss-20b", 0.075, Some(0.0375), 0.3),
    ("mistral", "mistral-large-4", 1.36, Some(0.14), 4.18),
    ("mistral", "mistral-medium-3-5", 1.5, Some(0.15), 7.5),
    ("cohere", "command-a-03-2025", 2.5, None, 10.0),
    ("deepseek", "deepseek-v4-pro", 1.32, Some(0.044), 3.96),
    ("deepseek", "deepseek-flash", 0.3, Some(0.006), 1.2),
];

/// Differences between the two sources, and the one used.
const DIFFERENT: &[(&str, &str)] = &[
    // The price that is in force since 29 October 2026, by genai-prices 0.2.3.
    ("mistral", "mistral-large-4"),
    // litellm lists the price of the busy hours, the catalogue that of the others.
    ("deepseek", "deepseek-v4-pro"),
    ("deepseek", "deepseek-flash"),
];

#[test]
fn prices_agree_with_a_second_source_but_for_those_listed() {
    let mut different = Vec::new();
    for (vendor, name, input, cached, output) in LITELLM {
        let row = catalog::model(vendor, name).and_then(|model| model.price);
        let price = row.unwrap_or_else(|| panic!("{vendor} {name} has no price"));
        let pairs = [
            (price.input_usd_per_mtok, *input),
            (
                price.cached_usd_per_mtok,
                cached.unwrap_or(price.cached_usd_per_mtok),
            ),
            (price.output_usd_per_mtok, *output),
        ];
        if pairs
            .iter()
            .any(|(ours, theirs)| (ours - theirs).abs() > 1e-6 * theirs.abs())
        {
            different.push((*vendor, *name));
        }
    }
    assert_eq!(different, DIFFERENT);
}

/// Cached input of a batch, dollars per million tokens: half of the price for some models, the
/// whole of it for others (`genai-prices` 0.2.3; of Azure none is published).
const CACHED_IN_BATCHES: &[(&str, &str, f64)] = &[
    ("openai", "gpt-4o", 1.25),
    ("openai", "gpt-4o-mini", 0.075),
    ("openai", "gpt-4.1", 0.5),
    ("openai", "gpt-4.1-mini", 0.1),
    ("openai", "gpt-5", 0.0625),
    ("openai", "gpt-5-mini", 0.0125),
    ("openai", "gpt-5.2", 0.0875),
    ("openai", "gpt-6-astra", 0.5),
    ("openai", "gpt-6.1-sol", 0.05),
    ("azure-openai", "gpt-4.1-mini", 0.1),
    ("anthropic", "claude-opus-5-5", 0.1),
    ("anthropic", "claude-sonnet-4-5", 0.15),
    ("anthropic", "claude-haiku-5-5", 0.005),
    ("google-gemini-api", "gemini-2.5-flash", 0.03),
    ("google-gemini-api", "gemini-2.5-flash-lite", 0.01),
    ("google-gemini-api", "gemini-2.5-pro", 0.125),
    ("groq", "openai/gpt-oss-120b", 0.075),
    ("groq", "openai/gpt-oss-20b", 0.0375),
    ("mistral", "mistral-large-4", 0.035),
    ("mistral", "mistral-medium-3-5", 0.075),
];

/// 1,000 requests a day of 10,000 and 1,000 tokens at $0.75 and $3.75 a million are $11.25, and
/// 30.436875 of them $342.41 a month; each price doubles on the first of January 2027, that of
/// Gemini 4 Argon on the first of December 2026 (`genai-prices` 0.2.1).
#[test]
fn a_price_that_changes_is_told_before_and_after_its_day() {
    let told = |model: &str, today| {
        let link = format!(
            "requests-per-day=1000&failures=0&avg-input-tokens=10000&avg-output-tokens=1000\
             &p=google-gemini-api,{model},Tier+3,100"
        );
        let plan = evaluate(&from_fragment(&link).0, today);
        let mut changes = plan.findings.iter().filter_map(|found| match &found.kind {
            FindingKind::PriceChange(change) => Some(change.clone()),
            _ => None,
        });
        changes.next()
    };
    let change = told("gemini-3.8-flash", date(2026, 11, 29)).expect("it is announced");
    assert_eq!((change.on, change.is_past), (date(2027, 1, 1), false));
    assert_eq!((change.next.input, change.next.output), (1.5, 7.5));
    let month = 11.25 * 30.436_875;
    assert!((change.per_month_usd - month).abs() < 0.01, "{change:?}");
    assert!(
        (change.next_per_month_usd - 2.0 * month).abs() < 0.01,
        "{change:?}"
    );
    let change = told("gemini-3.8-flash", date(2027, 1, 1)).expect("it is known");
    assert!(change.is_past);
    let change = told("gemini-4-argon", date(2026, 12, 2)).expect("it is known");
    assert_eq!((change.on, change.is_past), (date(2026, 12, 1), true));
    assert_eq!((change.next.input, change.next.output), (4.0, 20.0));
    assert_eq!(told("gemini-3.5-flash", date(2026, 11, 29)), None);
    // Prices of one's own stay as they are.
    assert_eq!(
        told("gemini-3.8-flash,price-input:1", date(2026, 11, 29)),
        None
    );
}

/// Once the day has come, one press takes the doubled prices, and the plan counts them.
#[test]
fn a_price_in_force_is_taken_by_its_fix() {
    let today = date(2027, 1, 2);
    let (mut scenario, _) = from_fragment(
        "requests-per-day=1000&failures=0&avg-input-tokens=10000&avg-output-tokens=1000\
         &p=google-gemini-api,gemini-3.8-flash,Tier+3,100",
    );
    let fix = |plan: &Plan| {
        let mut found = plan.findings.iter();
        let found = found.find(|found| matches!(found.kind, FindingKind::PriceChange(_)));
        found.and_then(|found| found.fixes.first().cloned())
    };
    let fix_of_past = fix(&evaluate(&scenario, today)).expect("it is offered");
    let month = 11.25 * 30.436_875;
    assert!((fix_of_past.effect.more_usd().expect("a price is known") - month).abs() < 0.01);
    for edit in fix_of_past.edits() {
        edit.apply(&mut scenario);
    }
    let plan = evaluate(&scenario, today);
    assert!((plan.cost.tokens_per_month_usd - 2.0 * month).abs() < 0.01);
    assert_eq!(fix(&plan), None);
    // A link keeps them.
    let (read, _) = from_fragment(&to_fragment(&scenario));
    assert_eq!(read.providers[0].prices, scenario.providers[0].prices);
}

#[test]
fn cached_input_costs_in_a_batch_what_is_published() {
    for (vendor, model, usd) in CACHED_IN_BATCHES {
        // A million cached tokens a day, all in batches, for 365.2425 ÷ 12 days.
        let (scenario, _) = from_fragment(&format!(
            "v=2&requests-per-day=1000&avg-input-tokens=1000&avg-output-tokens=0&batch=100\
             &cached=100&p={vendor},{model},,100"
        ));
        let plan = evaluate(&scenario, date(2026, 11, 26));
        let per_day = plan.cost.tokens_per_month_usd / (365.2425 / 12.0);
        assert!(
            (per_day - usd).abs() < 1e-9,
            "{vendor} {model}: {per_day}, {usd}"
        );
    }
}

#[test]
fn azure_pairs_requests_with_tokens_as_its_tiers_do() {
    let rows = catalog::models("azure-openai");
    let mut seen = 0;
    for model in rows {
        for tier in model.tiers.iter().filter(|tier| tier.evidence != "G") {
            let (Some(rpm), Some(tpm)) = (tier.rpm, tier.tpm) else {
                continue;
            };
            let ratio = requests_per_1000_tokens("azure-openai", model.name).expect("a ratio");
            assert!(
                (rpm / tpm * 1e3 / ratio - 1.0).abs() < 1e-9,
                "{} {}",
                model.name,
                tier.name
            );
            seen += 1;
        }
    }
    assert!(20 < seen, "{seen} tiers");
}
