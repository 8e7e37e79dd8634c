//! Requests and tokens per minute in a vendor's fixed ratio: a file's values for both apply.

use kt_capacity::export;
use kt_capacity::plan::evaluate;
use kt_capacity::scenario::{Provider, Scenario};

use super::{TODAY, reading};

/// Azure gives gpt-4o 6 requests with each 1,000 tokens: with 777,000 tokens 4,662; bought units
/// replace both.
#[test]
fn a_pack_pairs_the_limits_of_who_has_bought_no_units() {
    for units in [None, Some(100.0)] {
        let mut row = Provider::first_of(1, "azure-openai", 1.0);
        row.choose_model("gpt-4o");
        row.limits.tpm = Some(777_000.0);
        row.units = units;
        let scenario = Scenario {
            providers: vec![row],
            ..Scenario::default()
        };
        let plan = evaluate(&scenario, TODAY);
        let pack = export::file("policy-config.yaml", &scenario, &plan, "").unwrap();
        let line = "requests_per_minute: 4662";
        let is_paired = pack.text.contains(line);
        assert_eq!(is_paired, units.is_none(), "{}", pack.text);
    }
}

/// 1,800 requests are those of gpt-4o's lowest tier on Azure, which has 300,000 tokens beside
/// them; a file that says 1,800 beside other tokens says so.
#[test]
fn requests_of_a_tier_stay_beside_tokens_of_ones_own() {
    for text in [
        "model_list: [{model_name: a, litellm_params: {model: azure/gpt-4o, rpm: 1800, tpm: \
         500000}}]",
        "providers: {targets: [{id: azure-openai, provider: azure-openai, model: gpt-4o, \
         rate_limits: {requests_per_minute: 1800, tokens_per_minute: 500000}}]}",
    ] {
        let read = reading(text);
        let row = &read.scenario.providers[0];
        assert_eq!((row.limits.rpm, row.limits.tpm), (Some(1_800.0), Some(5e5)));
        assert_eq!(
            row.rpm_by_ratio(&row.limits, row.tier_row()),
            None,
            "{text}"
        );
    }
}
