//! Times to answer that a file measures take the place of the guesses.

use std::fmt::Write as _;

use kt_capacity::catalog::date::date;
use kt_capacity::plan::evaluate;
use kt_capacity::scenario::{Provider, Scenario};

use super::judged::Held;

#[track_caller]
fn near(found: f64, expected: f64) {
    assert!(
        (found / expected - 1.0).abs() < 1e-3,
        "{found}, not {expected}"
    );
}

/// Time that a mean request is held, seconds: the provider's, and 10 ms of the gateway.
fn held_s(scenario: &Scenario) -> f64 {
    evaluate(scenario, date(2026, 11, 29))
        .gateway
        .time_in_flight_s
}

/// Ninety calls, half a minute apart, with 210 tokens out, of `latency_s` each.
fn timed_calls(latency_s: &str) -> String {
    let mut text = "timestamp,input_tokens,output_tokens,latency_s,request_model\n".to_owned();
    for at in 0..90 {
        let (minute, second) = (at / 2, at % 2 * 30 + at % 3);
        let time = format!("2026-10-05T09:{minute:02}:{second:02}Z");
        writeln!(text, "{time},100,210,{latency_s},gpt-4o").unwrap();
    }
    text
}

/// 3.5 s a call: the guess of the first token stays, and what is left of them is spent on 210
/// tokens, so that a call is held for 3.51 s.
#[test]
fn a_duration_alone_fits_the_speed_beside_the_guess_of_the_first_token() {
    let file = Held::new("duration.csv", &timed_calls("3.5"));
    let scenario = file.fitted(&[]);
    let row = &scenario.providers[0];
    let mut guess = Provider::first_of(1, "openai", 1.0);
    guess.choose_model("gpt-4o");
    near(row.ttft_s, guess.ttft_s);
    near(row.output_tps, 210.0 / (3.5 - guess.ttft_s));
    near(held_s(&scenario), 3.51);
    let output = file.run(&["estimate", "--trace"], &[]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("in 3.50 s on average, as measured"), "{said}");
    assert!(
        said.contains("a guess: the file does not tell it"),
        "{said}"
    );
}

/// Calls of 0.08 s are over before the guess of a first token is: half of them, 0.04 s, is left to
/// it, and 210 tokens in the other half are 5,250 a second.
#[test]
fn a_guess_above_the_measured_time_gives_way() {
    let scenario = Held::new("short.csv", &timed_calls("0.08")).fitted(&[]);
    let row = &scenario.providers[0];
    near(row.ttft_s, 0.04);
    near(row.output_tps, 5_250.0);
    near(held_s(&scenario), 0.09);
}

/// One model answers 200 tokens in 4.5 s with the first after 0.5 s: 200 ÷ 4 = 50 a second. The
/// other 100 in 1.2 s with the first after 0.2 s: 100 a second. As one workload both have 150
/// tokens, 150 ÷ 4 = 37.5 and 150 ÷ 1 = 150 a second; a mean call takes (4.5 + 1.2) ÷ 2 s, and
/// 0.01 s of the gateway, either way.
#[test]
fn each_model_has_the_times_that_the_file_measures() {
    let mut text = "request_id,call_type,prompt_tokens,completion_tokens,startTime,\
        completionStartTime,endTime,model\n"
        .to_owned();
    let time = |minute, second: f64| format!("2026-10-05T09:{minute:02}:{second:06.3}Z");
    for minute in 0..60 {
        for (model, output, first, last) in
            [("gpt-4o", 200, 0.5, 4.5), ("gpt-4o-mini", 100, 0.2, 1.2)]
        {
            let times = [0.0, first, last].map(|second| time(minute, 7.0 + second));
            let (times, id) = (times.join(","), format!("{model}-{minute}"));
            writeln!(text, "{id},acompletion,90,{output},{times},{model}").unwrap();
        }
    }
    let file = Held::new("first-token.csv", &text);
    let told = |scenario: &Scenario, model: &str| {
        let row = scenario.providers.iter().find(|it| it.model == model);
        row.map(|it| (it.ttft_s, it.output_tps)).unwrap()
    };
    let apart = file.fitted(&["--by", "model"]);
    assert_eq!(told(&apart, "gpt-4o"), (0.5, 50.0));
    assert_eq!(told(&apart, "gpt-4o-mini"), (0.2, 100.0));
    near(held_s(&apart), 2.86);
    let whole = file.fitted(&[]);
    assert_eq!(told(&whole, "gpt-4o"), (0.5, 37.5));
    assert_eq!(told(&whole, "gpt-4o-mini"), (0.2, 150.0));
    near(held_s(&whole), 2.86);
}
