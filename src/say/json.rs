//! JSON syntax errors, in words.

use std::fmt::Display;

/// Prefixes of the parser's messages, and their wording.
const SLIPS: [(&str, &str); 14] = [
    ("EOF while parsing a list", "it ends inside a list"),
    ("EOF while parsing an object", "it ends inside an object"),
    ("EOF while parsing a string", "it ends inside a text"),
    ("EOF", "it ends before a value"),
    ("expected `:`", "a key has no colon"),
    ("expected `,`", "a comma or a closing bracket is missing"),
    ("expected value", "a value is missing, or is no JSON"),
    ("expected ident", "a word is none of true, false and null"),
    ("key must be a string", "a key has no quotes"),
    ("trailing comma", "a comma stands before a closing bracket"),
    ("trailing characters", "something follows its end"),
    (
        "control character",
        "a text holds a tab or the end of a line",
    ),
    ("number out of range", "a number is too large"),
    (
        "recursion limit",
        "more than 100 collections inside each other",
    ),
];

/// A syntax error with its line; `error` is from `serde_json`.
pub fn problem(error: &impl Display, line: usize) -> String {
    let text = error.to_string();
    let known = SLIPS.iter().find(|(start, _)| text.starts_with(start));
    let slip = known.map_or("a sign is not allowed", |(_, slip)| slip);
    format!("{slip} in line {line}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_slip_has_words_of_its_own() {
        for (text, told) in [
            (
                "{\"a\": 1,}",
                "a comma stands before a closing bracket in line 1",
            ),
            ("{\n\"a\" 1}", "a key has no colon in line 2"),
            ("{a: 1}", "a key has no quotes in line 1"),
            (
                "[1\n2]",
                "a comma or a closing bracket is missing in line 2",
            ),
            ("{\"a\": [1,", "it ends before a value in line 1"),
            ("{\"a\": 1", "it ends inside an object in line 1"),
            ("{\"a\": \"b", "it ends inside a text in line 1"),
            (
                "{\"a\": yes}",
                "a value is missing, or is no JSON in line 1",
            ),
            ("{} x", "something follows its end in line 1"),
            ("[1e999]", "a number is too large in line 1"),
        ] {
            let read: Result<serde_json::Value, _> = serde_json::from_str(text);
            let problem = read.map_err(|error| problem(&error, error.line()));
            assert_eq!(problem, Err(told.to_owned()), "{text}");
        }
    }
}
