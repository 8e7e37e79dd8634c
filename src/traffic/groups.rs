//! Requests by the key or by the tag that they bear. The texts are dropped at once: a group is
//! told from the others by a hash, and known by its place.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::observed::{Grouped, ModelSums};
use super::source::keyed;

/// The most groups that are told apart: what differs more often is no key and no tag.
const MOST: usize = 1_000;
/// The tags that a gateway sets by itself begin so.
const AUTOMATIC: &str = "User-Agent:";
/// How far sums of the same numbers in another order lie apart.
const ROUNDING: f64 = 1e-9;

keyed! {
    /// A property that requests of one workload share.
    By {
        /// The model.
        Model = "model",
        /// The key of the caller, or its identity.
        Key = "key",
        /// A tag, or the project or application.
        Tag = "tag",
        /// Whether they are sent in batches.
        Batch = "batch",
    }
}

/// Sums by key or by tag. Group 0 is that of requests without one, and is not summed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Groups {
    /// Groups by the hash of a text as it stands in the file.
    numbers: HashMap<u64, usize>,
    sums: Vec<ModelSums>,
    current: usize,
    is_full: bool,
}

impl Groups {
    /// Takes the text that the next requests bear.
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
        // The same tags may be written in another order, or with others that say nothing.
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

    /// The sums of all groups, and what is left of the whole; nothing if there are too many
    /// groups, or if they have more than the whole.
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

/// The tags of a list in their order, or the text as it stands; empty if it says nothing.
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
    use crate::traffic::observed::Tokens;

    fn sums(requests: f64) -> ModelSums {
        ModelSums {
            requests,
            with_tokens: requests,
            batch: 0.0,
            gateway_hits: 0.0,
            untold: 0.0,
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
        // Seven requests: two bear a and b, one bears a, four bear none.
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
