//! Names of a file as they are shown: a label's value or a column may name a person.

/// Replaces a hidden value.
pub(crate) const HIDDEN: &str = "…";

/// Labels whose values name no person.
const HARMLESS: [&str; 14] = [
    "__name__",
    "code",
    "direction",
    "handler",
    "job",
    "kind",
    "le",
    "method",
    "model",
    "provider",
    "route",
    "status",
    "status_code",
    "type",
];

/// The value of a label, unless it may name a person.
pub(crate) fn label<'v>(name: &str, value: &'v str) -> &'v str {
    let is_harmless = HARMLESS.contains(&name) || name.starts_with("gen_ai_");
    if is_harmless && !value.contains('@') {
        value
    } else {
        HIDDEN
    }
}

/// The name of a column, without addresses and without values of labels that may name a person.
pub(crate) fn column(name: &str) -> String {
    let mut shown = String::new();
    let mut parts = name.split('"');
    let mut before = parts.next().unwrap_or_default();
    shown.push_str(before);
    while let Some(value) = parts.next() {
        let label_of = before.trim_end_matches('=');
        let start = label_of.rfind([',', '{', ' ']).map_or(0, |at| at + 1);
        let value = label(&label_of[start..], value);
        before = parts.next().unwrap_or_default();
        shown.extend(["\"", value, "\"", before]);
    }
    if shown.contains('@') {
        HIDDEN.clone_into(&mut shown);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_persons_are_hidden() {
        let cases = [
            ("sum(requests)", "sum(requests)"),
            ("bob@example.com", "…"),
            (
                "{model=\"m-1\", user=\"bob\"}",
                "{model=\"m-1\", user=\"…\"}",
            ),
        ];
        for (name, expected) in cases {
            assert_eq!(column(name), expected);
        }
        assert_eq!(label("status", "429"), "429");
        assert_eq!(label("api_key", "sk-1"), HIDDEN);
        assert_eq!(label("route", "bob@example.com"), HIDDEN);
    }
}
