//! Places whose value another program fills in later: nobody knows it, so that nothing is filled
//! in for it as if it were absent.

use std::collections::BTreeSet;

use serde_json::Value;

use super::fact::Facts;
use super::lines::join;
use super::placeholder::unfilled;
use super::value::at;

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
