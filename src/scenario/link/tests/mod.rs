#![expect(clippy::float_cmp, reason = "a link gives back exactly what it says")]

use super::*;
use crate::scenario::property::{self, NumberProblem, Spec};
use crate::scenario::{DayShape, Period, Provider, Scenario, Workload};

mod keys;
mod whole;

#[track_caller]
fn check(fragment: &str, expected_notices: &[Notice]) -> Scenario {
    let (scenario, notices) = from_fragment(fragment);
    assert_eq!(notices, expected_notices, "{fragment}");
    let (again, none) = from_fragment(&to_fragment(&scenario));
    assert_eq!(
        (&again, none),
        (&scenario, vec![]),
        "round trip of {fragment}"
    );
    scenario
}

fn bad(key: &str, value: &str, allowed: Allowed) -> Notice {
    Notice::BadValue {
        key: key.into(),
        value: value.into(),
        allowed,
    }
}

fn bad_number(key: &str, value: &str, spec: &Spec) -> Notice {
    let problem = NumberProblem::NotAllowed(spec.bounds());
    bad(key, value, Allowed::Number(problem))
}

/// The page shows the prerendered default at once if the address has no link, or the default's.
#[test]
fn the_page_knows_the_link_of_the_default_before_any_program() {
    let first = include_str!("../../../../public/theme.js");
    let own = to_fragment(&Scenario::default());
    assert!(first.contains(&format!("(#({own})?)?$/")), "{own}");
}

#[test]
fn the_default_has_a_link_of_its_own() {
    assert_eq!(to_fragment(&Scenario::default()), "v=2");
    assert_eq!(check("#v=2", &[]), Scenario::default());
    // Links without a version were written for the first, with its tiers.
    let first = Scenario::of_version(1);
    assert_eq!(check("", &[]).providers.len(), first.providers.len());
    assert_eq!(to_fragment(&check("", &[])), "v=1");
    assert_eq!(check("#v=1", &[]), first);
    let tiers = |scenario: &Scenario| {
        scenario
            .providers
            .iter()
            .map(|row| row.tier.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(tiers(&first), ["Build", "Data Zone Tier 1", "Start"]);
    assert_eq!(
        tiers(&Scenario::default()),
        ["Grow", "Data Zone Tier 1", "Scale"]
    );
}

#[test]
fn the_flags_of_the_command_are_the_simple_keys() {
    let scenario = check(
        "requests-per-day=60000&avg-input-tokens=900&avg-output-tokens=100\
         &peak-multiplier=2&provider=anthropic&model=claude-sonnet-5&tier=Build",
        &[],
    );
    assert_eq!(scenario.workloads[0].requests_per_day(), 60_000.0);
    assert_eq!(scenario.traffic.peak_multiplier, 2.0);
    assert_eq!(scenario.providers.len(), 1);
    assert_eq!(scenario.providers[0].limits.otpm, Some(1e6));
}

#[test]
fn rows_carry_names_with_any_character() {
    let mut scenario = Scenario {
        name: "Q1, <script>alert(1)</script> & “x” = 50 % 🚀 +".to_owned(),
        ..Scenario::default()
    };
    scenario.workloads[0].name = "a,b:c/d&e=f".to_owned();
    let second = Workload {
        id: 2,
        max_output_tokens: Some(700.0),
        ..Workload::empty(2)
    };
    scenario.workloads.push(Workload {
        period: Period::Minute,
        requests: 0.1,
        ..second
    });
    scenario.providers = vec![Provider::first_of(3, "groq", 1.0)];
    scenario.providers[0].limits.tpm = None;
    scenario.providers[0].name = "Groq: fast, cheap".to_owned();
    scenario.traffic.shape = DayShape::Custom([0.5; 24]);
    let (again, notices) = from_fragment(&to_fragment(&scenario));
    assert_eq!((again, notices), (scenario, vec![]));
}

#[test]
fn links_survive_what_people_do_to_them() {
    let requests = property::REQUESTS.spec();
    for value in ["NaN", "1e999", ""] {
        let notice = bad_number("requests-per-day", value, &requests);
        check(&format!("#requests-per-day={value}"), &[notice]);
    }
    let growth = property::GROWTH.spec();
    check("#growth=-5", &[bad_number("growth", "-5", &growth)]);
    check("#gpu=8", &[Notice::UnknownKey("gpu".into())]);
    check("#v=9&growth=5", &[Notice::NewerVersion("9".into())]);
    check("#v=banana", &[bad("v", "banana", Allowed::Versions)]);
    check("#v=0&growth=5", &[bad("v", "0", Allowed::Versions)]);
    check("#v=", &[bad("v", "", Allowed::Versions)]);
    check(
        "#%%%&&&===&\u{0}",
        &[
            Notice::UnknownKey("%%%".into()),
            Notice::UnknownKey(String::new()),
            Notice::UnknownKey("\u{0}".into()),
        ],
    );
    check("#name=%3Cscript%3Ealert(1)%3C/script%3E", &[]);
    let (scenario, notices) = from_fragment("#p=nobody,x,y,1&p=openai,gpt-4o,Bui");
    assert_eq!(scenario.providers.len(), 1, "the readable row is kept");
    assert_eq!(scenario.providers[0].weight, 100.0);
    assert_eq!(
        notices.len(),
        2,
        "the row that is none, and the tier cut short"
    );
    check(
        "#w=Chat",
        &[
            bad_number("requests", "", &requests),
            Notice::RowLeftOut {
                name: "Chat".into(),
                is_last: true,
            },
        ],
    );
}

/// A number that cannot be read takes the default's, and a period that is none leaves its row out.
#[test]
fn a_row_that_is_half_read_does_not_count() {
    let (scenario, notices) = from_fragment("#v=2&w=A,500/day,abc,2&w=B,5/fortnight,1,2");
    let rows: Vec<(&str, f64, f64)> = scenario
        .workloads
        .iter()
        .map(|row| (&*row.name, row.requests, row.input_tokens))
        .collect();
    assert_eq!(rows, [("A", 500.0, 1_500.0)]);
    assert_eq!(notices.len(), 3);
}

#[test]
fn a_megabyte_of_link_is_read_up_to_its_bound() {
    let long = format!("growth=7&name={}", "x".repeat(1_000_000));
    assert_eq!(check(&long, &[Notice::TooLong]).traffic.growth_percent, 7.0);
    let many = "w=a,1/day,1,1&".repeat(1_000);
    assert_eq!(
        check(&many, &[Notice::TooManyRows(Rows::Workloads)])
            .workloads
            .len(),
        MOST_ROWS
    );
    check(&"é".repeat(100_000), &[Notice::TooLong]);
}

#[test]
fn a_typical_link_is_short() {
    let link = "v=1&name=Support+platform&w=Support+chat,960000/day,900,350,from:chat\
                &w=RAG,360000/day,4500,500,cached:20,max:700&p=openai,gpt-4o-mini,Launch,60\
                &p=azure-openai,gpt-4.1-mini,Global+Tier+1,25&p=anthropic,claude-sonnet-5,Start,15\
                &growth=15&concurrency=64";
    let scenario = check(link, &[]);
    let written = to_fragment(&scenario);
    assert!(
        written.len() <= 300,
        "{} characters: {written}",
        written.len()
    );
}

/// A control character or an endless name in the form came back shorter from the link, so the
/// page was not the one that had been shared; an empty model came back as another model.
#[test]
fn names_are_written_as_they_will_be_read() {
    let mut scenario = Scenario {
        name: "a\u{0}b\n".to_owned(),
        ..Scenario::default()
    };
    scenario.workloads[0].name = "x".repeat(LONGEST_NAME + 1);
    scenario.providers = vec![Provider::from_catalog(2, "openai", "gpt-4o\t", "", 1.0)];
    let scenario = check(&to_fragment(&scenario), &[]);
    assert_eq!(scenario.name, "ab");
    assert_eq!(scenario.workloads[0].name.len(), LONGEST_NAME);
    assert_eq!(scenario.providers[0].model, "gpt-4o");
    assert_eq!(scenario.providers[0].tier, "Own limits");
    assert_eq!(check("v=2&model=&tier=", &[]), Scenario::default());
    let nameless = Scenario {
        name: "\u{b}".to_owned(),
        ..Scenario::default()
    };
    assert_eq!(to_fragment(&nameless), "v=2");
    assert_eq!(check("p=groq,%00,%07", &[]), check("p=groq", &[]));
}

/// The model brought its own first tier along, and the tier before it in the link was lost.
#[test]
fn a_tier_may_stand_before_its_model() {
    let before = check("provider=anthropic&tier=Build&model=claude-sonnet-5", &[]);
    let after = check("provider=anthropic&model=claude-sonnet-5&tier=Build", &[]);
    assert_eq!(before, after);
}

/// The last `growth` counted, or the first `provider`, and nobody was told of the other.
#[test]
fn a_key_that_stands_there_twice_is_told() {
    let repeated = |key: &str, value: &str| Notice::Repeated {
        key: key.into(),
        value: value.into(),
        is_first: key == "provider",
    };
    let scenario = check("growth=5&growth=7", &[repeated("growth", "7")]);
    assert_eq!(scenario.traffic.growth_percent, 7.0);
    let both = "provider=groq&provider=openai";
    let scenario = check(both, &[repeated("provider", "groq")]);
    assert_eq!(scenario.providers[0].vendor, "groq");
    check("v=1&name=a&v=1&name=b+c", &[repeated("name", "b c")]);
    // What cannot be used does not count.
    let (scenario, notices) = from_fragment("growth=5&growth=7&growth=much");
    assert_eq!(scenario.traffic.growth_percent, 7.0);
    assert!(notices.contains(&repeated("growth", "7")), "{notices:?}");
    let (_, notices) = from_fragment("v=1&v=2&v=x");
    assert!(notices.contains(&repeated("v", "2")), "{notices:?}");
    let (default, _) = from_fragment("v=1&v=2&v=x");
    assert_eq!(default, from_fragment("v=2").0);
    // Attributes of the frame's tag in another site override its scenario.
    check("v=1&growth=5&growth=7&embed=https%3A//docs.example", &[]);
    check("w=a,1/day,1,1&w=a,1/day,1,1&p=groq&p=groq", &[]);
}

/// A mistyped tier or model took its place without a word, and with it every limit was gone.
#[test]
fn a_model_or_a_tier_that_nobody_knows_is_told() {
    let told = |link: &str| {
        let (scenario, notices) = from_fragment(link);
        (scenario.providers[0].clone(), notices)
    };
    let unlisted = |notices: &[Notice], expected: (Listed, &str, &str), among: &str| {
        let [
            Notice::Unlisted {
                of_kind,
                name,
                of,
                known,
            },
        ] = notices
        else {
            panic!("one name is not listed: {notices:?}");
        };
        assert_eq!((*of_kind, name.as_str(), of.as_str()), expected);
        assert!(known.contains(&among), "{known:?}");
    };
    let (row, notices) = told("provider=openai&model=gpt-4oo");
    assert_eq!(row.model, "gpt-4oo", "a newer link may know it");
    unlisted(&notices, (Listed::Model, "gpt-4oo", "OpenAI"), "gpt-4o");
    let (row, notices) = told("p=openai,gpt-4o,Biuld,60");
    assert_eq!(row.tier, "Biuld");
    unlisted(&notices, (Listed::Tier, "Biuld", "gpt-4o"), "Build");
    // A row with limits of its own needs no table, and a vendor without models has none.
    for known in [
        "p=openai,gpt-9,Own+limits,60,tpm:450000",
        "p=openai,gpt-4o,Negotiated,60,rpm:5000",
        "p=openai,gpt-4o,Own+limits,60",
        "p=custom,my-model,Own+limits,60",
        "p=custom,llama,Rack+7,60",
        "provider=openai&model=GPT-4o&tier=build",
    ] {
        assert_eq!(told(known).1, [], "{known}");
    }
}

#[test]
fn a_link_copied_out_of_html_is_read_as_it_was_meant() {
    let scenario = check("v=1&amp;growth=5&amp;w=a%26amp%3Bb,1/day,1,1", &[]);
    assert_eq!(scenario.traffic.growth_percent, 5.0);
    assert_eq!(scenario.workloads[0].name, "a&amp;b");
    assert_eq!(bare("#v=1&amp;view=brief"), "v=1&view=brief");
}

#[test]
fn a_scenario_after_the_question_mark_is_found_among_what_others_put_there() {
    let found = |query: &str| of_query(query).map(|(ours, rest)| format!("{ours} {rest}"));
    assert_eq!(
        found("?utm_source=mail&v=1&growth=5&amp;view=brief&gclid=7").as_deref(),
        Some("v=1&growth=5&view=brief utm_source=mail&gclid=7")
    );
    assert_eq!(
        found("requests-per-day=50000").as_deref(),
        Some("requests-per-day=50000 ")
    );
    // An unusable value is reported, not left to other programs.
    assert_eq!(found("?growth=-5").as_deref(), Some("growth=-5 "));
    for others in [
        "",
        "?",
        "?light",
        "?utm_source=mail",
        "?theme=dark&view=brief",
        "?embed",
        "?v=123",
        "?p=42",
    ] {
        assert_eq!(found(others), None, "{others}");
    }
}

#[test]
fn an_address_has_its_scenario_after_the_hash_or_the_question_mark() {
    for (address, fragment) in [
        ("https://a.example/", None),
        ("https://a.example/?page=2", None),
        ("https://a.example/#v=1&growth=5", Some("v=1&growth=5")),
        ("#view=brief", Some("view=brief")),
        ("/?v=1&growth=5&utm_source=mail", Some("v=1&growth=5")),
        ("/?growth=5#view=brief", Some("growth=5&view=brief")),
        ("/?growth=5#growth=6", Some("growth=6")),
        ("v=1&name=Peak?&growth=5", None),
        ("#v=1&name=Peak?&growth=5", Some("v=1&name=Peak?&growth=5")),
    ] {
        assert_eq!(of_address(address).as_deref(), fragment, "{address}");
    }
}

#[test]
fn empty_parts_of_a_row_are_told() {
    for link in [
        "w=,,,,",
        "w=",
        "p=",
        "p=,,,",
        "p=openai,,,",
        "shape=,,,",
        "w=a,1/day,1,1,,",
    ] {
        assert_ne!(from_fragment(link).1, [], "{link}");
    }
}

#[test]
fn pairs_laid_over_a_link_take_the_place_of_their_like() {
    let over = |link: &str, pairs: &[(&str, &str)]| write::laid_over(link, pairs);
    assert_eq!(
        over("v=1&growth=5&name=a", &[("growth", "7")]),
        "v=1&name=a&growth=7"
    );
    assert_eq!(
        over("v=1", &[("growth", "7"), ("growth", "9")]),
        "v=1&growth=9"
    );
    assert_eq!(
        over("v=1&w=a,1,1,1", &[("w", "b,2,2,2")]),
        "v=1&w=a,1,1,1&w=b,2,2,2"
    );
}
