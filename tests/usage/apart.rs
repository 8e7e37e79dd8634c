//! What a file tells apart stays apart: the minutes of each model, input, cached and output tokens.

use std::fmt::Write as _;

use kt_capacity::catalog::date::date;
use kt_capacity::plan::evaluate;
use kt_capacity::scenario::Scenario;
use kt_capacity::scenario::property::{INPUT_TOKENS, OUTPUT_TOKENS, REQUESTS};
use serde_json::{Value, json};

use super::judged::{Held, buckets};

/// The measured limits under these providers.
fn limits(file: &Held, providers: &str) -> Vec<Value> {
    let link = format!("#v=2&{providers}");
    let output = file.run(&["estimate", "--json", "--link", &link, "--trace"], &[]);
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    found["measured"]["limits"].as_array().unwrap().clone()
}

/// A limit of a provider.
#[track_caller]
fn limit<'l>(limits: &'l [Value], provider: &str, kind: &str) -> &'l Value {
    let is_it = |it: &&Value| it["provider"] == provider && it["limit"] == kind;
    let found = limits.iter().find(is_it);
    found.unwrap_or_else(|| panic!("{provider} {kind}: {limits:?}"))
}

/// The fullest minute of a limit: its time, utilization, and minutes over the limit.
#[track_caller]
fn assert_fullest(limit: &Value, at: &str, ratio: f64, over: f64) {
    let fullest = &limit["worst"][0];
    assert_eq!(fullest["at"], at, "{limit}");
    let found = fullest["utilization_ratio"].as_f64().unwrap();
    assert!((found - ratio).abs() < 1e-9 * ratio, "{found}, not {ratio}");
    let counted = json!({"minutes": over, "at_least": false});
    assert_eq!(limit["over_100_percent"], counted, "{limit}");
}

/// Each minute 20 requests of 250 tokens to one model, 2 of 61,000 to another, which has 8 at
/// 00:40.
fn two_models(name: &str) -> Held {
    let small = ("gpt-4o-mini-2024-07-18", 20, 4_000, 1_000, false);
    let large = ("gpt-4o-2024-08-06", 2, 120_000, 2_000, false);
    let mut page: Value = serde_json::from_str(&buckets(60, 60, &[small, large])).unwrap();
    let busy = &mut page["data"][40]["results"][1];
    busy["num_model_requests"] = json!(8);
    busy["input_tokens"] = json!(480_000);
    busy["output_tokens"] = json!(8_000);
    Held::new(name, &page.to_string())
}

/// 8 × 61,000 = 488,000 of 450,000 are 108.4 %, once; 20 × 250 = 5,000 of 2 M are 0.25 % in each
/// minute. 8 of 10 requests are 80 %, and 20 of 10 always 200 %.
#[test]
fn a_limit_counts_the_minutes_of_its_own_model() {
    let providers = "p=openai,gpt-4o,Own,50,name:Large,tpm:450k,rpm:10\
        &p=openai,gpt-4o-mini,Own,50,name:Small,tpm:2M,rpm:10";
    let limits = limits(&two_models("own-minutes.json"), providers);
    let (first, busy) = ("2026-10-05T00:00:00Z", "2026-10-05T00:40:00Z");
    let fullest = |provider, kind| limit(&limits, provider, kind);
    assert_fullest(fullest("Large", "tpm"), busy, 488_000.0 / 450_000.0, 1.0);
    assert_fullest(fullest("Small", "tpm"), first, 0.0025, 0.0);
    assert_fullest(fullest("Large", "rpm"), busy, 0.8, 0.0);
    assert_fullest(fullest("Small", "rpm"), first, 2.0, 60.0);
}

/// Half of each minute's tokens go to a provider that nobody called: of 493,000 tokens at 00:40
/// 246,500 fill a limit of 450,000 by 54.8 %, and the answer says that they are a share.
#[test]
fn minutes_of_providers_that_were_not_called_are_a_share_and_say_so() {
    let providers = "p=groq,a,Own,50,name:A,tpm:450k&p=mistral,b,Own,50,name:B,tpm:450k";
    let file = two_models("shared-minutes.json");
    let limits = limits(&file, providers);
    for name in ["A", "B"] {
        let limit = limit(&limits, name, "tpm");
        assert_fullest(limit, "2026-10-05T00:40:00Z", 246_500.0 / 450_000.0, 0.0);
        assert_eq!(limit["by_share"], true);
    }
    let link = format!("#v=2&{providers}");
    let output = file.run(&["estimate", "--link", &link, "--trace"], &[]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("does not tell the minutes"), "{text}");
}

/// Rows of single requests over 20 minutes, 10 a minute: time, input, cached, output and model of
/// each.
fn rows(of: impl Fn(u32, u32) -> String) -> String {
    let mut text =
        "timestamp,input_tokens,cached_input_tokens,output_tokens,request_model\n".to_owned();
    for minute in 0..20 {
        for at in 0..10 {
            let second = at * 6;
            let cells = of(minute, at);
            writeln!(text, "2026-10-05T00:{minute:02}:{second:02}Z,{cells}").unwrap();
        }
    }
    text.push_str("2026-10-05T00:20:30Z,1,0,1,gpt-4o\n");
    text
}

/// Ten requests of 2,000 tokens in and 100 out a minute, in one minute of 100 in and 2,000 out:
/// 20,000 in of 30,000 are 66.7 %, 20,000 out of 16,000 are 125 % in that minute.
#[test]
fn input_and_output_tokens_fill_limits_of_their_own() {
    let of = |minute, _| match minute {
        12 => "100,0,2000,gpt-4o".to_owned(),
        _ => "2000,0,100,gpt-4o".to_owned(),
    };
    let file = Held::new("in-and-out.csv", &rows(of));
    let limits = limits(&file, "p=custom,a,Own,100,name:A,itpm:30k,otpm:16k");
    let fullest = |kind| limit(&limits, "A", kind);
    assert_fullest(fullest("otpm"), "2026-10-05T00:12:00Z", 1.25, 1.0);
    assert_fullest(fullest("itpm"), "2026-10-05T00:00:00Z", 20.0 / 30.0, 0.0);
}

/// A vendor that counts no cached input counts 10 × 100 of ten requests of 1,000 with 900 cached:
/// 10 % of 10,000. Ten of 500 without a cached token are 50 %, in one minute.
#[test]
fn cached_tokens_of_a_minute_count_as_the_vendor_counts_them() {
    let of = |minute, _| match minute {
        7 => "500,0,10,claude-sonnet-4-5".to_owned(),
        _ => "1000,900,10,claude-sonnet-4-5".to_owned(),
    };
    let file = Held::new("cached.csv", &rows(of));
    let limits = limits(
        &file,
        "p=anthropic,claude-sonnet-4-5,Own,100,name:A,itpm:10k",
    );
    let itpm = limit(&limits, "A", "itpm");
    assert_fullest(itpm, "2026-10-05T00:07:00Z", 0.5, 0.0);
    let second = itpm["worst"][1]["utilization_ratio"].as_f64().unwrap();
    assert!((second - 0.1).abs() < 1e-9, "{second}");
}

/// Single requests: nine of 100 tokens to one model and one of 9,000 to another each minute, which
/// gets all ten in minute 3. 90,000 of 100,000 are 90 %; the other model has 900, 0.9 %.
#[test]
fn single_requests_keep_the_minutes_of_their_models() {
    let of = |minute, at| match (minute, at) {
        (3, _) | (_, 0) => "8000,0,1000,gpt-4o".to_owned(),
        _ => "90,0,10,gpt-4o-mini".to_owned(),
    };
    let file = Held::new("single.csv", &rows(of));
    let providers = "p=openai,gpt-4o,Own,50,name:Large,tpm:100k\
        &p=openai,gpt-4o-mini,Own,50,name:Small,tpm:100k";
    let limits = limits(&file, providers);
    let fullest = |provider| limit(&limits, provider, "tpm");
    assert_fullest(fullest("Large"), "2026-10-05T00:03:00Z", 0.9, 0.0);
    assert_fullest(fullest("Small"), "2026-10-05T00:00:00Z", 0.009, 0.0);
}

/// An hour of each: 1,200 requests of 200 tokens in and 50 out to one model, 120 of 60,000 and
/// 1,000 to another; as rows of a file of 24 hours.
fn two_sizes() -> Held {
    let small = ("gpt-4o-mini-2024-07-18", 1_200, 240_000, 60_000, false);
    let large = ("gpt-4o-2024-08-06", 120, 7_200_000, 120_000, false);
    Held::new("two-sizes.json", &buckets(24, 3_600, &[small, large]))
}

/// 2,880 requests a day × 30.436875 days × (60,000 × $2.50 + 1,000 × $10) ÷ 1 M = $14,025.31 for
/// one model, and 28,800 × 30.436875 × (200 × $0.15 + 50 × $0.60) ÷ 1 M = $52.59 for the other.
#[test]
fn the_workload_of_a_model_goes_to_the_provider_that_served_it() {
    let scenario = two_sizes().fitted(&["--by", "model"]);
    let ids = scenario.target_ids();
    for (name, model) in [
        ("gpt-4o-2024-08-06", "gpt-4o"),
        ("gpt-4o-mini-2024-07-18", "gpt-4o-mini"),
    ] {
        let workload = scenario.workloads.iter().find(|it| it.name == name);
        let row = scenario.providers.iter().position(|it| it.model == model);
        assert_eq!(workload.unwrap().to, Some(ids[row.unwrap()].clone()));
    }
    let plan = evaluate(&scenario, date(2026, 11, 29));
    let expected = 14_025.312 + 52.594_92;
    let found = plan.cost.tokens_per_month_usd;
    assert!((found / expected - 1.0).abs() < 1e-6, "{found}");
    // Merged, they go to both, by their weights.
    let merged = two_sizes().fitted(&["--merge", "all=*"]);
    assert_eq!(merged.workloads[0].to, None);
}

/// The model of one vendor goes there; the other model of the file was called at two vendors and
/// goes to both, but not to the first.
#[test]
fn a_model_that_several_vendors_serve_goes_to_each_of_them() {
    let mut text = "id,timestamp,provider,model,decision,input_tokens,output_tokens\n".to_owned();
    let calls = [
        ("anthropic", "claude-sonnet-4-5"),
        ("openai", "gpt-4o"),
        ("azure-openai", "gpt-4o"),
    ];
    for at in 0..90 {
        let (provider, model) = calls[at % 3];
        let time = format!("2026-10-05T09:{:02}:{:02}Z", at / 2, at % 2 * 30);
        writeln!(text, "e{at},{time},{provider},{model},allow,100,10").unwrap();
    }
    let scenario = Held::new("vendors.csv", &text).fitted(&["--by", "model"]);
    let to = |name: &str| {
        let found = scenario.workloads.iter().find(|it| it.name == name);
        let to = found.unwrap().to.clone().unwrap();
        let mut ids: Vec<String> = to.split('/').map(str::to_owned).collect();
        ids.sort();
        ids
    };
    assert_eq!(to("claude-sonnet-4-5"), ["anthropic"]);
    assert_eq!(to("gpt-4o"), ["azure-openai", "openai"]);
}

/// 21 days of some hundred calls each, the mean size of a day another than of the day before.
/// Merged into one workload, they are the file's requests and tokens with the ranges that it has
/// without a merge.
#[test]
fn one_workload_of_all_models_keeps_the_ranges_of_the_file() {
    let mut text = "timestamp,input_tokens,output_tokens,request_model\n".to_owned();
    for day in 0..21 {
        for at in 0..100 + day % 4 {
            let (input, output) = (1_000 + 7 * day + at, 300 + 13 * (day % 5));
            let model = ["gpt-4o", "gpt-4o-mini"][at % 2];
            let (hour, minute, second) = (at / 5, at % 5 * 12, at % 7 * 8 + 1);
            let time = format!("2026-10-{:02}T{hour:02}:{minute:02}:{second:02}Z", day + 1);
            writeln!(text, "{time},{input},{output},{model}").unwrap();
        }
    }
    let file = Held::new("whole.csv", &text);
    let (whole, merged) = (file.fitted(&[]), file.fitted(&["--merge", "all=*"]));
    let of = |scenario: &Scenario| {
        let row = &scenario.workloads[0];
        [&REQUESTS, &INPUT_TOKENS, &OUTPUT_TOKENS].map(|number| number.entry(row))
    };
    assert!(of(&whole).iter().all(|entry| entry.range.is_some()));
    assert_eq!(of(&merged), of(&whole));
    assert_eq!(merged.workloads[0].name, "all");
}
