//! Places whose value another program fills in later: nobody knows it, so that nothing is filled
//! in for it as if it were absent.

use std::collections::BTreeSet;

use serde_json::Value;

use super::fact::Facts;
use super::lines::join;
use super::value::at;

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

/// The place that keeps nobody from knowing what stands at another one: a text or a number where
/// a whole belongs, or an item of that kind in a list.
pub(super) fn of(document: &Value, place: &str) -> Option<String> {
    let mut whole = place;
    loop {
        let found = if whole.is_empty() {
            Some(document)
        } else {
            at(document, whole)
        };
        match found {
            None => {}
            Some(Value::Null | Value::Object(_)) => return None,
            Some(Value::Array(items)) => {
                let is_known = |item: &Value| item.is_object() || item.is_null();
                let open = items.iter().position(|item| !is_known(item))?;
                return Some(join(whole, &open.to_string()));
            }
            Some(_) => return Some(whole.to_owned()),
        }
        if whole.is_empty() {
            return None;
        }
        whole = whole.rsplit_once('.').map_or("", |(whole, _)| whole);
    }
}

/// Takes back what was filled in for places that nobody knows, and tells these.
pub(super) fn settle(document: &Value, facts: &mut Facts) {
    let understood = std::mem::take(&mut facts.understood);
    let open = |place: &str| {
        let found = of(document, place)?;
        (!understood.contains(&found)).then_some(found)
    };
    let mut found = BTreeSet::new();
    facts.values.retain(|fact| {
        let place = fact.because.as_ref().and_then(|_| open(&fact.path));
        let is_kept = place.is_none();
        found.extend(place);
        is_kept
    });
    // What is said of a place that is not there holds only where it is known to be absent.
    facts.unused.retain(|(place, _)| {
        let own = if at(document, place).is_none() {
            open(place)
        } else {
            None
        };
        let is_kept = own.is_none();
        found.extend(own);
        is_kept
    });
    for place in found {
        let Some(value) = at(document, &place) else {
            continue;
        };
        let is_told = facts.unused.iter().any(|(told, _)| *told == place);
        if !is_told {
            facts.unused.push((place, unfilled(value)));
        }
    }
    facts.understood = understood;
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

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

    #[test]
    fn a_place_is_open_below_a_text_and_beside_one_in_a_list() {
        let document = json!({"spec": {"behavior": "${B}", "metrics": [{"type": "Pods"}, "${M}"],
            "gone": null, "whole": {"list": [], "plain": [{"a": 1}]}}});
        for (place, open) in [
            ("spec.behavior.scaleUp.policies", Some("spec.behavior")),
            ("spec.metrics", Some("spec.metrics.1")),
            ("spec.minReplicas", None),
            ("spec.gone.inner", None),
            ("spec.whole.list", None),
            ("spec.whole.plain", None),
        ] {
            assert_eq!(of(&document, place).as_deref(), open, "{place}");
        }
        assert_eq!(of(&json!("${S}"), "spec").as_deref(), Some(""));
    }
}
