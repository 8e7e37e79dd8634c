//! Requests by key or tag. The texts are discarded at once: groups are distinguished by hash and
//! known by index.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::model_sums::ModelSums;
use super::observed::Grouped;
use super::source::keyed;

/// Maximum number of groups; a text with more distinct values is no key or tag.
const MOST: usize = 1_000;
/// Prefix of tags that a gateway sets by itself.
const AUTOMATIC: &str = "User-Agent:";
/// Relative difference of equal sums in different order.
const ROUNDING: f64 = 1e-9;

keyed! {
    /// Property shared by the requests of a workload.
    By {
        /// Model.
        Model = "model",
        /// Key or identity of the caller.
        Key = "key",
        /// Tag, project or application.
        Tag = "tag",
        /// Whether requests are sent in batches.
        Batch = "batch",
    }
}

/// Sums by key or by tag. Group 0 has the requests without one, and is not summed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Groups {
    /// Groups by the hash of the text in the file.
    numbers: HashMap<u64, usize>,
    sums: Vec<ModelSums>,
    current: usize,
    is_full: bool,
}

impl Groups {
    /// Sets the text of the next requests.
    pub(crate) fn choose(&mut self, text: &str) {
        self.current = self.number(text.trim_ascii());
    }

    /// Adds to the group of the last text.
    pub(crate) fn add(&mut self, sums: &ModelSums) {
        if let Some(at) = self.current.checked_sub(1)
            && let Some(group) = self.sums.get_mut(at)
        {
            group.add(sums);
        }
    }

    fn number(&mut self, text: &str) -> usize {
        if text.is_empty() || self.is_full {
            return 0;
        }
        let hash = hash(text);
        if let Some(number) = self.numbers.get(&hash) {
            return *number;
        }
        // Equal tags may be in another order, or next to meaningless ones.
        let tags = tags(text);
        let number = if tags.is_empty() {
            0
        } else {
            let next = self.sums.len() + 1;
            let number = *self.numbers.entry(self::hash(&tags)).or_insert(next);
            if number == next {
                self.sums.push(ModelSums::default());
            }
            number
        };
        self.numbers.insert(hash, number);
        self.is_full = MOST < self.sums.len() || 4 * MOST < self.numbers.len();
        number
    }

    /// Sums of all groups, and the rest of the total; empty if there are too many groups, or if
    /// they exceed the total.
    pub(crate) fn finish(self, models: &[(Option<String>, ModelSums)]) -> Grouped {
        let mut rest = ModelSums::default();
        for (_, sums) in models {
            rest.add(sums);
        }
        let whole = rest;
        for sums in &self.sums {
            rest.subtract(sums);
        }
        let least = -ROUNDING * (whole.requests + whole.tokens.all());
        if self.is_full || rest.requests < least || rest.tokens.all() < least {
            return Grouped::default();
        }
        if rest.requests <= -least {
            rest = ModelSums::default();
        }
        Grouped {
            groups: self.sums,
            rest,
        }
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// Sorted tags of a list, or the text itself; empty if meaningless.
fn tags(text: &str) -> String {
    if text == "null" || text == "{}" {
        return String::new();
    }
    let Ok(mut tags) = serde_json::from_str::<Vec<String>>(text) else {
        return text.to_owned();
    };
    tags.retain(|tag| !(tag.is_empty() || tag.starts_with(AUTOMATIC)));
    tags.sort_unstable();
    tags.join("\u{1f}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::traffic::model_sums::{Times, Tokens};

    fn sums(requests: f64) -> ModelSums {
        ModelSums {
            requests,
            with_tokens: requests,
            batch: 0.0,
            gateway_hits: 0.0,
            untold: 0.0,
            times: Times::default(),
            tokens: Tokens {
                input: 10.0 * requests,
                ..Tokens::default()
            },
        }
    }

    #[test]
    fn the_same_tags_are_one_group_in_any_order() {
        let mut groups = Groups::default();
        for text in [
            r#"["a","b"]"#,
            r#"["b", "User-Agent: curl", "a"]"#,
            r#"["a"]"#,
            "[]",
            r#"["User-Agent: curl"]"#,
            "",
            "null",
        ] {
            groups.choose(text);
            groups.add(&sums(1.0));
        }
        // Seven requests: two with a and b, one with a, four with none.
        let grouped = groups.finish(&[(None, sums(7.0))]);
        let counts = grouped.listed().into_iter().map(|(_, sums)| sums.requests);
        assert_eq!(counts.collect::<Vec<_>>(), [2.0, 1.0, 4.0]);
    }

    #[test]
    fn a_text_of_each_request_is_no_tag() {
        let mut groups = Groups::default();
        for at in 0..=MOST {
            groups.choose(&format!("request {at}"));
            groups.add(&sums(1.0));
        }
        assert!(groups.finish(&[(None, sums(1_001.0))]).groups.is_empty());
    }

    #[test]
    fn groups_with_more_than_the_whole_are_not_told() {
        let mut groups = Groups::default();
        groups.choose("a");
        groups.add(&sums(3.0));
        assert!(groups.finish(&[(None, sums(2.0))]).groups.is_empty());
    }
}
