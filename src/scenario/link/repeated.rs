//! Keys that a link has more than once.

use std::collections::BTreeMap;

use super::notice::Notice;
use super::pair::decode;

/// Repeated keys other than rows, each with the value that counts. In a frame, the tag's attributes
/// follow the scenario and override it on purpose.
pub(super) fn repeated(pairs: &[(String, &str)], notices: &[Notice]) -> Vec<Notice> {
    if pairs.iter().any(|(key, _)| key == "embed") {
        return Vec::new();
    }
    let mut all: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (key, value) in pairs {
        if !matches!(key.as_str(), "w" | "p" | "view" | "theme" | "") {
            all.entry(key).or_default().push(value);
        }
    }
    let told = all.into_iter().filter_map(|(key, values)| {
        if values.iter().all(|value| *value == values[0]) {
            return None;
        }
        let is_usable = |value: &String| {
            !notices.iter().any(|notice| {
                matches!(notice, Notice::BadValue { key: bad, value: text, .. }
                    if bad == key && text == value)
            })
        };
        let mut values = values.into_iter().map(decode);
        let is_first = key == "provider";
        let value = if is_first {
            values.next()
        } else {
            values.rfind(is_usable)
        };
        Some(Notice::Repeated {
            key: key.to_owned(),
            value: value?,
            is_first,
        })
    });
    told.collect()
}
