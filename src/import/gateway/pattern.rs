//! Patterns for model names in Envoy's header matches.

use serde_json::Value;

/// Signs that a pattern here cannot have.
const SIGNS: &str = "\\^$.|?*+()[]{}";

/// Regular expression of plain text and `.*`.
pub(super) struct Pattern {
    /// Texts between the places of `.*`.
    texts: Vec<String>,
}

/// Whether a header is compared by a regular expression.
pub(super) fn is_pattern(header: &Value) -> bool {
    header["type"] == "RegularExpression"
}

impl Pattern {
    /// Pattern, or `None` if it has other signs.
    pub(super) fn read(text: &str) -> Option<Self> {
        // Envoy compares the whole value, with or without these ends.
        let text = text.strip_prefix('^').unwrap_or(text);
        let text = text.strip_suffix('$').unwrap_or(text);
        let texts = text.split(".*").map(|text| {
            let plain = text.replace("\\.", "");
            let is_plain = !plain.contains(|c| SIGNS.contains(c));
            is_plain.then(|| text.replace("\\.", "."))
        });
        let texts = texts.collect::<Option<_>>()?;
        Some(Self { texts })
    }

    /// Whether the whole name matches.
    pub(super) fn is_of(&self, name: &str) -> bool {
        let [first, middle @ .., last] = self.texts.as_slice() else {
            return self.texts.iter().all(|text| text == name);
        };
        let Some(mut rest) = name.strip_prefix(first.as_str()) else {
            return false;
        };
        for text in middle {
            let Some((_, after)) = rest.split_once(text.as_str()) else {
                return false;
            };
            rest = after;
        }
        rest.ends_with(last.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn a_pattern_of_texts_and_anything_between_matches_whole_names() {
        for (pattern, name, is_match) in [
            ("gpt-.*", "gpt-4o", true),
            ("gpt-.*", "my-gpt-4o", false),
            (".*-mini", "gpt-4o-mini", true),
            (".*-mini", "gpt-4o-minim", false),
            ("gpt-4.*-mini", "gpt-4-mini", true),
            ("^gpt-4\\.1$", "gpt-4.1", true),
            ("gpt-4\\.1", "gpt-4-1", false),
            ("gpt-4o", "gpt-4o-mini", false),
            ("a.*a", "a", false),
            (".*", "anything", true),
        ] {
            let read = Pattern::read(pattern).expect(pattern);
            assert_eq!(read.is_of(name), is_match, "{pattern} {name}");
        }
        for pattern in ["gpt-(4o|5)", "gpt-[0-9]+", "gpt.4", "a?"] {
            assert!(Pattern::read(pattern).is_none(), "{pattern}");
        }
    }
}
