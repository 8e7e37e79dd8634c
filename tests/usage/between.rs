//! Days that several files leave out, whole weeks of requests, units, and names that are private.

use std::fs;

use serde_json::Value;

use super::folder;
use super::judged::Held;

/// What `fit --json` says of some files of one source.
fn fitted(files: &[&Held]) -> Value {
    let (first, others) = files.split_first().unwrap();
    let others: Vec<&str> = others.iter().map(|file| file.path()).collect();
    let output = first.run(&["fit", "--json"], &others);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn text(file: &Held) -> String {
    String::from_utf8(file.run(&["fit"], &[]).stdout).unwrap()
}

#[track_caller]
fn near(value: &Value, expected: f64, error: f64) {
    let value = value.as_f64().unwrap();
    let off = (value / expected - 1.0).abs();
    assert!(off < error, "{value}, not {expected}");
}

/// One call a minute over these days of October 2026.
fn minutes(days: std::ops::Range<u32>) -> String {
    let mut rows = vec!["timestamp,input_tokens,output_tokens".to_owned()];
    for day in days {
        for minute in 0..1_440 {
            let (hour, minute) = (minute / 60, minute % 60);
            let second = 17 + minute % 5;
            rows.push(format!(
                "2026-10-{day:02}T{hour:02}:{minute:02}:{second:02}Z,100,10"
            ));
        }
    }
    rows.join("\n")
}

/// Two days of a call a minute, and two days a week later: 1,440 requests a day in each of them,
/// which are all that the files cover. In one file the five days between were empty: of nearly nine
/// days (12,959 minutes and more) 4 × 1,440 calls are 640 a day.
#[test]
fn days_between_two_files_are_unseen_and_those_in_one_are_empty() {
    let first = Held::new("first-days.csv", &minutes(5..7));
    let second = Held::new("second-days.csv", &minutes(12..14));
    for files in [[&first, &second], [&second, &first]] {
        let found = fitted(&files);
        near(&found["facts"]["per_day"]["requests"], 1_440.0, 1e-3);
        let flags = found["facts"]["flags"].as_array().unwrap();
        let has = |flag: &str| flags.iter().any(|it| it == flag);
        assert!(
            has("days_between_files") && !has("long_silence"),
            "{flags:?}"
        );
    }
    let rest = minutes(12..14);
    let (_, rest) = rest.split_once('\n').unwrap();
    let one = Held::new("all-days.csv", &[&minutes(5..7), "\n", rest].concat());
    let found = fitted(&[&one]);
    near(&found["facts"]["per_day"]["requests"], 640.0, 1e-3);
}

/// `LiteLLM`'s daily table of these days of October 2026, 100 requests each.
fn daily(days: &[u32]) -> String {
    let mut rows = vec![
        "Date,Team,Team ID,Spend ($),Requests,Successful Requests,Failed Requests,Total Tokens,\
         Prompt Tokens,Completion Tokens"
            .to_owned(),
    ];
    let row = |day| format!("2026-10-{day:02},a,b,1,100,100,0,1100,1000,100");
    rows.extend(days.iter().map(row));
    rows.join("\n")
}

/// Three days of 100 requests, and three days after four that no file has: 100 a day. A day that
/// lacks in one file was empty: of 3 days of 100 in four days, 75.
#[test]
fn days_between_files_of_days_are_unseen() {
    let first = Held::new("first.csv", &daily(&[1, 2, 3]));
    let second = Held::new("second.csv", &daily(&[8, 9, 10]));
    let found = fitted(&[&first, &second]);
    near(&found["facts"]["per_day"]["requests"], 100.0, 1e-9);
    let quiet = Held::new("quiet.csv", &daily(&[1, 2, 4]));
    near(
        &fitted(&[&quiet])["facts"]["per_day"]["requests"],
        75.0,
        1e-9,
    );
}

/// 21 days of calls, the first of each at 00:03:17 and the last at 23:48:17; of 96 a day in the
/// first week, 106 in the second and 117 in the third, 10.4 % more each week:
/// (117 ÷ 96)^(30.4375 ÷ 14) = 1.537 a month.
#[test]
fn three_weeks_that_begin_after_midnight_are_three_weeks() {
    let mut rows = vec!["timestamp,input_tokens,output_tokens".to_owned()];
    for day in 0..21_u32 {
        let calls = [96, 106, 117][(day / 7) as usize];
        for at in 0..calls {
            let minute = 3 + at * 1_425 / (calls - 1);
            let (hour, minute) = (minute / 60, minute % 60);
            let day = day + 1;
            rows.push(format!("2026-10-{day:02}T{hour:02}:{minute:02}:17Z,100,10"));
        }
    }
    let file = Held::new("weeks.csv", &rows.join("\n"));
    let found = fitted(&[&file]);
    assert_eq!(found["fit"]["growth"]["weeks"], 3);
    let percent = &found["fit"]["growth"]["percent_per_month"];
    near(percent, 53.7, 0.01);
}

/// Thirty days of tokens without a count of requests, 184,013 a day on average, counted from the
/// rows by another program.
#[test]
fn tokens_of_a_day_are_called_tokens() {
    let bytes = fs::read_to_string(folder().join("anthropic-console-1d.csv")).unwrap();
    let said = text(&Held::new("tokens-of-days.csv", &bytes));
    assert!(said.contains("184,013 tokens a day on average"), "{said}");
}

/// A fine-tuned model is its base, at the vendor's prices; its owner's names, and a prompt in the
/// model column, are in no answer.
#[test]
fn private_names_in_the_model_column_reach_no_answer() {
    let mut rows = vec!["timestamp,input_tokens,output_tokens,request_model".to_owned()];
    let models = [
        "ft:gpt-4o-mini-2024-07-18:acme-corp:anna-suffix:AbC123",
        "gpt-4o",
        "Write a poem about Anna Leak in Paris",
    ];
    for at in 0..90 {
        let (minute, second, model) = (at / 2, at % 2 * 30 + 7, models[at % 3]);
        rows.push(format!(
            "2026-10-05T09:{minute:02}:{second:02}Z,100,50,{model}"
        ));
    }
    let file = Held::new("tuned.csv", &rows.join("\n"));
    let answer = fitted(&[&file]).to_string() + &text(&file);
    for part in ["acme", "anna", "AbC123", "poem", "Anna"] {
        assert!(!answer.contains(part), "{part}: {answer}");
    }
    let scenario = file.fitted(&["--by", "model"]);
    let tuned = scenario
        .workloads
        .iter()
        .find(|it| it.name.starts_with("ft:"));
    assert_eq!(tuned.unwrap().name, "ft:gpt-4o-mini-2024-07-18");
    let models: Vec<&str> = scenario.providers.iter().map(|it| &*it.model).collect();
    assert!(models.contains(&"gpt-4o-mini"), "{models:?}");
}
