//! Providers named by rows are the ones called.

use kt_capacity::traffic::{Answers, Outcome, digest};
use serde_json::json;

use super::read_with;

/// Rows by the provider that they name: 7 of 10 calls went to Azure, and all by the same model.
#[test]
fn the_provider_that_a_row_names_was_called() {
    let head = "id,timestamp,gateway_id,provider,model,decision,input_tokens,output_tokens\n";
    let row = |at: u32| {
        let provider = if at < 7 { "azure-openai" } else { "openai" };
        format!("{at},2026-10-05T09:0{at}:00Z,gw,{provider},gpt-4o,allow,100,10\n")
    };
    let file = (0..10)
        .map(row)
        .fold(head.to_owned(), |all, row| all + &row);
    let rows = called(&file);
    let expected = [("azure-openai", "gpt-4o", 70.0), ("openai", "gpt-4o", 30.0)];
    assert_eq!(
        rows,
        expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c))
    );
    // LiteLLM, by its own words; one that the catalogue lacks keeps its share and its name.
    let record = |at: u32, provider: &str, model: &str| {
        json!({
            "request_id": format!("r{at}"), "call_type": "acompletion", "model": model,
            "startTime": format!("2026-10-05T09:0{at}:00Z"), "prompt_tokens": 10,
            "completion_tokens": 1, "custom_llm_provider": provider,
        })
    };
    let file = json!([
        record(0, "azure", "gpt-4o"),
        record(1, "vertex_ai", "gemini-2.5-pro"),
        record(2, "together_ai", "llama-3.3-70b"),
        record(3, "groq", "llama-3.3-70b-versatile"),
    ])
    .to_string();
    let mut vendors: Vec<(String, f64)> = called(&file)
        .into_iter()
        .map(|(vendor, _, weight)| (vendor, weight))
        .collect();
    vendors.sort_by(|a, b| a.0.cmp(&b.0));
    let expected = ["azure-openai", "custom", "google-vertex", "groq"];
    assert_eq!(vendors, expected.map(|vendor| (vendor.to_owned(), 25.0)));
}

fn called(file: &str) -> Vec<(String, String, f64)> {
    let Outcome::Read(observed) = read_with(&[file.as_bytes()], &Answers::default()) else {
        panic!("a file that is read");
    };
    let rows = kt_capacity::import::called_providers(&digest(&observed, 0));
    let rows = rows.into_iter();
    rows.map(|row| (row.vendor, row.model, row.weight))
        .collect()
}
