//! Texts that stand for a value which another program fills in later.

use serde_json::Value;

/// Why a placeholder is not read.
pub(super) const GAP: &str = "is a placeholder: read the rendered file";
/// Why a whole with one is not read.
pub(super) const HOLDS_GAP: &str = "holds a placeholder: read the rendered file";
const NO_WHOLE: &str = "is no object and no list, and the file's target takes nothing else here";
/// What nobody knows is not filled in.
const NOT_FILLED: &str = "nothing is filled in for it";
/// What a placeholder begins with, whatever stands behind it.
const STARTS: [&str; 8] = [
    "${",
    "$(",
    "{{",
    "{vault://",
    "$ENV://",
    "$env://",
    "os.environ/",
    "env.",
];
/// What stands around the name of a placeholder.
const AROUND: [(&str, &str); 8] = [
    ("<", ">"),
    ("((", "))"),
    ("[[", "]]"),
    ("#{", "}"),
    ("__", "__"),
    ("@", "@"),
    ("%", "%"),
    ("<%", "%>"),
];

/// Whether a text stands for a value that a program fills in later, or holds such a place.
pub(super) fn is_placeholder(text: &str) -> bool {
    let text = text.trim();
    let is_name = |name: &str| {
        let is_sign = |c: char| c.is_ascii_alphanumeric() || c == '_';
        name.chars().all(is_sign) && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
    };
    let starts = STARTS.iter().any(|start| text.starts_with(start));
    let holds = ["${", "$(", "{{"].iter().any(|sign| text.contains(sign));
    let is_around = AROUND.iter().any(|(start, end)| {
        let inner = text.strip_prefix(start).and_then(|it| it.strip_suffix(end));
        inner.is_some_and(|inner| {
            is_name(&inner.trim_matches(['=', ' ']).replace(['.', '-', ' '], "_"))
        })
    });
    // Terraform writes a plain `${` with two dollars.
    let is_plain = text.contains("$${");
    (starts || holds) && !is_plain || is_around || text.strip_prefix('$').is_some_and(is_name)
}

/// Whether a text as a whole is a template's place for a value.
pub(super) fn is_template(text: &str) -> bool {
    let text = text.trim();
    let mut around = [("${", "}"), ("$(", ")"), ("{{", "}}")].into_iter();
    around.any(|(start, end)| text.starts_with(start) && text.ends_with(end))
}

/// Whether one of two names is a placeholder, which may come to the other.
pub(super) fn may_be(one: &str, other: &str) -> bool {
    is_placeholder(one) != is_placeholder(other)
}

/// Whether a value is a placeholder, or a whole with one in it.
pub(super) fn holds_placeholder(value: &Value) -> bool {
    match value {
        Value::String(text) => is_placeholder(text),
        Value::Array(items) => items.iter().any(holds_placeholder),
        Value::Object(fields) => fields.values().any(holds_placeholder),
        _ => false,
    }
}

/// The reason for a value that is not read: a placeholder in it goes before any other.
pub(super) fn reason<'w>(value: &Value, why: &'w str) -> &'w str {
    match value {
        _ if !holds_placeholder(value) => why,
        Value::String(_) => GAP,
        _ => HOLDS_GAP,
    }
}

/// The reason for a value that nobody knows, with the promise that nothing stands in for it.
pub(super) fn unfilled(value: &Value) -> String {
    format!("{}; {NOT_FILLED}", reason(value, NO_WHOLE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_of_programs_are_known_and_words_are_none() {
        for text in [
            "${CPU}",
            "$(CPU)",
            "$CPU",
            "{{ cpu }}",
            "a-{{ b }}",
            "<CPU>",
            "((cpu))",
            "[[ cpu ]]",
            "__CPU__",
            "@CPU@",
            "%CPU%",
            "#{cpu}",
            "<%= cpu %>",
            "os.environ/CPU",
            "x${a}y",
        ] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in [
            "500m", "50%", "a@b.c", "", "$", "$5", "<", "kt_queue", "$${a}", "< 5",
        ] {
            assert!(!is_placeholder(text), "{text}");
        }
    }
}
