//! Errors of unreadable files in one sentence: place, mistake and remedy.

use kt_capacity::import::{Unreadable, read};
use kt_capacity::scenario::Scenario;

use super::{TODAY, reading, refused};

/// Each slip with its line, its column and a word of the mend.
#[test]
fn a_slip_has_its_line_its_column_and_a_mend() {
    for (text, place, mend) in [
        ("a: b: c\n", "line 1, column 5", "quotes"),
        ("a:\n  - b\n c: d\n", "line 3, column 2", "align"),
        ("- a\nb: c\n", "line 2, column 1", "align"),
        ("a: \"unclosed\n", "line 1, column 4", "add the quote"),
        ("a: {b: c\n", "line 1, column 4", "bracket"),
        ("a: [1, 2\nb: 3\n", "line 2, column 2", "comma"),
        ("a: *nope\n", "line 1, column 4", "anchor"),
        ("a: @x\n", "line 1, column 4", "quotes"),
        ("a: %b\n", "line 1, column 4", "quotes"),
        ("a: \"\\q\"\n", "line 1, column", "single quotes"),
        ("[tool.x]\na = 1\n", "line 2, column 1", "---"),
        ("\"a\",\"b\"\nc\n", "line 1, column", "quote"),
        ("%YAML 3.0\n---\na: 1\n", "line 1", "version"),
        (
            "{\"kind\": \"Deployment\" \"a\": 1}",
            "line 1, column 23",
            "comma",
        ),
    ] {
        let told = refused(text).to_string();
        assert!(
            told.contains(place) && told.contains(mend),
            "{text}: {told}"
        );
        for leaked in [
            "mapping",
            "scalar",
            "collection",
            "expected",
            "node",
            "token",
        ] {
            assert!(!told.contains(leaked), "{text}: {told}");
        }
    }
}

#[test]
fn a_scenario_of_junk_rows_names_them() {
    let told = refused("{\"providers\": [{\"foo\": 1}, {\"bar\": 2}, 7]}").to_string();
    for row in [
        "providers[0] has foo",
        "providers[1] has bar",
        "providers[2] has 7",
    ] {
        assert!(told.contains(row), "{told}");
    }
    let told = refused("version: 2\nworkloads: [{load: 4}]\nproviders: [openai]\n").to_string();
    assert!(told.contains("workloads[0] has load"), "{told}");
    assert!(told.contains("providers[0] has \"openai\""), "{told}");
    let told = refused("version: 2\nproviders: [{provider: nobody, rpm: 5}]\n").to_string();
    assert!(told.contains("has provider: nobody, rpm"), "{told}");
    // One row of ours stands; the others are told by their places.
    let read = reading(
        "{\"version\": 2, \"providers\": [{\"provider\": \"openai\", \"rpm\": 77}, {\"foo\": 1}]}",
    );
    assert_eq!(read.scenario.providers[0].limits.rpm, Some(77.0));
    let mut left = read.left.iter();
    assert!(
        left.any(|left| left.place.contains("providers[1]")),
        "{:#?}",
        read.left
    );
}

/// A head says how much, and not over which time: Groq counts requests a day under the name that
/// `OpenAI` uses for a minute.
#[test]
fn what_was_recorded_is_told_for_what_it_is() {
    for (text, limit) in [
        (
            "x-ratelimit-limit-requests: 10000\nx-ratelimit-remaining-requests: 9999\n",
            "x-ratelimit-limit-requests 10000",
        ),
        (
            "HTTP/2 200 \r\nanthropic-ratelimit-input-tokens-limit: 2000000\r\n",
            "anthropic-ratelimit-input-tokens-limit 2000000",
        ),
        (
            "< RateLimit-Limit: 60\n< content-type: text/html\n",
            "RateLimit-Limit 60",
        ),
    ] {
        let told = refused(text);
        assert!(matches!(told, Unreadable::Headers(_)), "{text}: {told}");
        assert!(told.to_string().contains(limit), "{told}");
        assert!(!told.to_string().contains("remaining"), "{told}");
    }
    for text in [
        "# HELP rpm x\n# TYPE rpm gauge\nrpm{model=\"gpt-4o\"} 499\n",
        "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}}",
        "{\"results\":{\"A\":{\"frames\":[]}}}",
        "\"Time\",\"limit rpm\"\n2026-11-01 00:00:00,10000\n",
    ] {
        assert_eq!(refused(text), Unreadable::Series, "{text}");
    }
    // A table of limits is no usage data, and no YAML that is indented wrongly.
    for text in [
        "| Model | RPM | TPM |\n|---|---:|---:|\n| gpt-4o | 500 | 30,000 |\n",
        "Model | RPM\n:--- | ---\ngpt-4o | 500\n",
        "provider,model,rpm,tpm\nopenai,gpt-4o,500,30000\n",
        "# Limits\n\n| Model | RPM |\n|---|---|\n| gpt-4o | 500 |\n",
        "Our limits:\n\n| Model | RPM |\n|---|---|\n| gpt-4o | 500 |\n",
        "| Model | Requests per minute | Tokens/min |\n|:--|--:|--:|\n| gpt-4o | 500 | 3 |\n",
    ] {
        let told = refused(text).to_string();
        assert!(told.contains("a table of limits"), "{text}: {told}");
    }
    for text in [
        "# Usage\n\n| time | requests |\n|---|---|\n| 2026-11-01T00:00:00Z | 100 |\n",
        "| Hour | Requests per minute |\n|---|---|\n| 8 | 100 |\n",
    ] {
        assert_eq!(refused(text), Unreadable::Series, "{text}");
    }
    let told = refused("# Inputs\n\n| key | value |\n|---|---|\n| hpa-min | 4 |\n").to_string();
    assert!(told.contains("a table in Markdown"), "{told}");
    // A configuration with such words is still one.
    let limit = "maxReplicas: 9\n# x-ratelimit-limit-requests: 5\n";
    assert!(read(limit, &Scenario::default(), TODAY).is_err());
}
