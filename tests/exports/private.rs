//! Names, addresses and account numbers appear in no output.

use kt_capacity::traffic::{Answers, Column, Measure, Outcome, Unit};
use serde_json::{Value, json};

use super::{NINE, check, outcome, read, read_with, series_use};

#[track_caller]
fn is_silent(file: &str, secrets: &[&str]) -> String {
    let found = read_with(&[file.as_bytes()], &Answers::default());
    let text = format!("{found:?}");
    for secret in secrets {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    text
}

#[test]
fn a_row_is_never_taken_for_a_header() {
    let rows = "req-1,alice@example.com,sk-fake,2026-10-05T09:00:00Z,12,34\n\
                req-2,bob@example.com,sk-fake,2026-10-05T09:01:00Z,12,34\n";
    is_silent(rows, &["alice", "sk-fake", "req-1"]);
    for first in [
        "a,bob@example.com,x",
        "a,2026-10-05 09:00:00,x",
        "a,12.5,x",
        "a,{\"\"k\"\":1},x",
    ] {
        let file = format!("{first}\n{first}\n");
        check(&read(&[&file]), &[("/reason", json!("no_header"))]);
    }
}

/// 2 + 3 requests of two users, whose names need not be known to count them.
#[test]
fn the_question_of_series_hides_values_of_labels() {
    let series = |user: &str, count: &str| {
        let metric = json!({ "route": "llm", "user": user });
        json!({ "metric": metric, "values": [[NINE, count]] })
    };
    let result = [series("alice", "2"), series("bob", "3")];
    let file = json!({
        "status": "success", "data": { "resultType": "matrix", "result": result },
    })
    .to_string();
    check(
        &read(&[&file]),
        &[("/choices", json!(["route=llm, user=…"]))],
    );
    let answers = Answers {
        series: vec![series_use(("user", "…"), Measure::Answered)],
        ..Answers::default()
    };
    let found = outcome(&read_with(&[file.as_bytes()], &answers));
    check(&found, &[("/requests/answered", json!(5))]);
}

#[test]
fn a_panel_hides_names_of_persons() {
    let file = "Time,bob@example.com,\"{model=\"\"m\"\", user=\"\"alice\"\"}\",Requests\n\
                1791190800000,1,2,3\n";
    let expected = json!(["… 2", "{model=\"m\", user=\"…\"} 3", "Requests"]);
    check(&read(&[file]), &[("/choices", expected)]);
    is_silent(file, &["bob", "alice"]);
}

#[test]
fn labels_of_cloudwatch_are_the_readers_own_words() {
    let metric = |label: &str| {
        let times = ["2026-10-05T09:00:00Z"];
        json!({ "Label": label, "Timestamps": times, "Values": [1] })
    };
    let results = [
        metric("alice laptop Invocations"),
        metric("bob amazon.nova-lite-v1:0 InputTokenCount"),
        metric("team of carol EstimatedTPMQuotaUsage"),
    ];
    let file = json!({ "MetricDataResults": results }).to_string();
    let text = is_silent(&file, &["alice", "laptop", "bob", "carol"]);
    assert!(text.contains("EstimatedTPMQuotaUsage"), "{text}");
    check(
        &read(&[&file]),
        &[
            ("/models/0/model", json!("amazon.nova-lite-v1:0")),
            ("/models/1/model", Value::Null),
        ],
    );
}

#[test]
fn keys_that_are_addresses_are_not_listed() {
    let file = r#"[{"timestamp":"2026-10-05T09:00:00Z","input_tokens":1,"output_tokens":1,
                    "alice@example.com":1,"team":2}]"#;
    let text = is_silent(file, &["alice"]);
    assert!(text.contains("team"), "{text}");
}

#[test]
fn numbers_of_accounts_are_cut_from_models() {
    let arn = "arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.amazon.nova-lite-v1:0";
    let other = "arn:aws:sagemaker:eu-west-1:123456789012:endpoint";
    for (model, name) in [
        (arn.to_owned(), json!("eu.amazon.nova-lite-v1:0")),
        (format!("bedrock/{arn}"), json!("eu.amazon.nova-lite-v1:0")),
        (format!("bedrock/{other}"), Value::Null),
    ] {
        let file = format!(
            "timestamp,input_tokens,output_tokens,request_model\n\
             2026-10-05T09:00:00Z,1,1,{model}\n"
        );
        is_silent(&file, &["123456789012"]);
        check(&read(&[&file]), &[("/models/0/model", name)]);
    }
    // Two accounts and a bare name are one model.
    let file = format!(
        "timestamp,input_tokens,output_tokens,request_model\n\
         2026-10-05T09:00:00Z,1,1,{arn}\n2026-10-05T09:01:00Z,1,1,{}\n\
         2026-10-05T09:02:00Z,1,1,eu.amazon.nova-lite-v1:0\n",
        arn.replace("12345", "54321")
    );
    check(&read(&[&file]), &[("/models/0/requests", json!(3))]);
}

#[test]
fn nothing_is_kept_of_a_refused_file() {
    let found = read_with(
        &[b"a@example.com,1\nb@example.com,2\n"],
        &Answers::default(),
    );
    assert!(matches!(found, Outcome::Refused(_)));
}

/// A key or address in place of a model names none; columns with such names are hidden, and
/// identified by position in a question.
#[test]
fn keys_and_addresses_are_hidden_wherever_a_name_is_shown() {
    let secrets = ["sk-proj-ABCDEF1234567890", "erika@example.invalid"];
    let mut rows = "timestamp,input_tokens,output_tokens,request_model\n".to_owned();
    for (minute, model) in [(0, secrets[0]), (1, secrets[1]), (2, "gpt-4o")] {
        let row = format!("2026-10-05T09:0{minute}:00Z,1,1,{model}\n");
        rows.push_str(&row);
    }
    is_silent(&rows, &secrets);
    check(
        &read(&[&rows]),
        &[
            ("/models/0/model", json!("gpt-4o")),
            ("/models/1/model", Value::Null),
            ("/models/1/requests", json!(2)),
        ],
    );
    let unused = format!(
        "timestamp,input_tokens,output_tokens,{}\n2026-10-05T09:00:00Z,1,1,x,y\n",
        secrets.join(",")
    );
    is_silent(&unused, &secrets);
    let asked = format!("when,{},count\n2026-10-05T09:00:00Z,1,1\n", secrets[0]);
    is_silent(&asked, &secrets);
    let choices = json!(["when", "… 2", "count"]);
    check(&read(&[&asked]), &[("/choices", choices)]);
    // By its hidden name a column can be chosen all the same.
    let column = |name: &str, means: &str| Column {
        name: name.to_owned(),
        means: means.to_owned(),
        unit: Unit::PerBucket,
    };
    let answers = Answers {
        columns: vec![
            column("when", "timestamp"),
            column("… 2", "input_tokens"),
            column("count", "output_tokens"),
        ],
        ..Answers::default()
    };
    let found = outcome(&read_with(&[asked.as_bytes()], &answers));
    check(&found, &[("/tokens/input", json!(1))]);
}

/// A table that was turned has a column for each person.
#[test]
fn a_column_that_bears_a_name_is_not_listed() {
    let persons = ["Alice Smith", "bob", "Müller, Erika", "ACME"];
    let file = format!(
        "timestamp,input_tokens,output_tokens,web_search_count,\"{}\"\n\
         2026-10-05T09:00:00Z,1,1,0,1,2,3,4\n",
        persons.join("\",\"")
    );
    let text = is_silent(&file, &persons);
    assert!(text.contains("web_search_count"), "{text}");
    let record = json!([{ "timestamp": "2026-10-05T09:00:00Z", "input_tokens": 1,
                          "output_tokens": 1, "Alice Smith": 1, "bob": 2, "team": 3 }]);
    let text = is_silent(&record.to_string(), &persons);
    assert!(text.contains("team"), "{text}");
    // Where columns are asked about, a person's is chosen by its place.
    let asked = "when,Alice Smith,Total Count\n2026-10-05T09:00:00Z,1,1\n";
    let choices = json!(["when", "… 2", "Total Count"]);
    check(&read(&[asked]), &[("/choices", choices)]);
    is_silent(asked, &persons);
}
