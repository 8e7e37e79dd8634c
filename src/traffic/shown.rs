//! Shown names of a file: label values and columns may name a person.

use super::usual::is_usual;

/// Replacement of a hidden value.
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

/// Prefixes of keys, in lower case.
const KEYS: [&str; 12] = [
    "sk-",
    "sk_",
    "pk-",
    "pk_",
    "rk_",
    "gsk_",
    "hf_",
    "ghp_",
    "github_pat_",
    "xox",
    "aiza",
    "eyj",
];
/// Prefixes of keys that consist of letters and digits only.
const SOLID_KEYS: [&str; 2] = ["akia", "asia"];
/// Minimum characters after such a prefix.
const KEY_LEAST: usize = 8;
/// Minimum length of an unbroken run of letters and digits that is no word.
const RANDOM_LEAST: usize = 32;

/// Whether a text contains an email address or a key, regardless of case and also within a URL.
pub(crate) fn is_private(text: &str) -> bool {
    let text = &text.replace("%40", "@");
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let mut words = text.split(|c| !is_word(c));
    has_address(text) || words.any(|word| is_key(word) || word.split(['-', '_']).any(is_random))
}

/// Whether an `@` joins two parts of an email address; it may also precede the version of a model.
fn has_address(text: &str) -> bool {
    let mut parts = text.split('@');
    parts.next();
    let is_host = |part: &str| {
        let part = part.trim_start();
        let is_host = |c: char| c.is_alphanumeric() || c == '-' || c == '.';
        let host = part.split(|c| !is_host(c)).next().unwrap_or_default();
        host.chars().any(char::is_alphabetic) && host != "latest" && host != "default"
    };
    parts.any(is_host)
}

fn is_key(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    let begins = |word: &str, key: &str| {
        word.strip_prefix(key)
            .is_some_and(|rest| KEY_LEAST <= rest.len())
    };
    let solid = word.split(['-', '_']).next().unwrap_or_default();
    KEYS.iter().any(|key| begins(&word, key)) || SOLID_KEYS.iter().any(|key| begins(solid, key))
}

fn is_random(word: &str) -> bool {
    let has = |of: fn(&u8) -> bool| word.bytes().any(|byte| of(&byte));
    RANDOM_LEAST <= word.len() && has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic)
}

/// Prefix of a fine-tuned model.
const TUNED: &str = "ft:";
/// What follows the base of a fine-tuned model in older names.
const TUNED_BEFORE: &str = ":ft-";

/// A model's name without what follows the base of a fine-tuned one: the names of an organization
/// and of the reader's own, and an id. `ft:gpt-4o-mini-2024-07-18:acme:support:AbC` is
/// `ft:gpt-4o-mini-2024-07-18`.
pub(crate) fn base_model(name: &str) -> &str {
    if let Some(at) = name.find(TUNED_BEFORE) {
        return &name[..at];
    }
    let is_apart = |at: &usize| name[..*at].is_empty() || name[..*at].ends_with('/');
    let Some(start) = name.find(TUNED).filter(is_apart) else {
        return name;
    };
    let base = start + TUNED.len();
    let end = name[base..].find(':').map_or(name.len(), |at| base + at);
    &name[..end]
}

/// Minimum words of a sentence.
const SENTENCE_LEAST: usize = 3;
/// Maximum words of a model's name.
const WORDS_MOST: usize = 6;

/// Whether a text is a sentence, rather than a model's name or a formula: several words, none with
/// a digit, or several in lower case, or very many.
pub(crate) fn is_sentence(text: &str) -> bool {
    if text.contains(['{', '=', '(', '[']) {
        return false;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_lower = |word: &&&str| {
        word.chars()
            .all(|c| c.is_lowercase() || ".,!?;".contains(c))
    };
    let has_digit = words
        .iter()
        .any(|word| word.contains(|c: char| c.is_ascii_digit()));
    let lower = words.iter().filter(is_lower).count();
    SENTENCE_LEAST <= words.len()
        && (!has_digit || SENTENCE_LEAST <= lower || WORDS_MOST < words.len())
}

/// Value of a label, unless it may name a person.
pub(crate) fn label<'v>(name: &str, value: &'v str) -> &'v str {
    let is_harmless = HARMLESS.contains(&name) || name.starts_with("gen_ai_");
    if !is_harmless || is_private(value) {
        return HIDDEN;
    }
    base_model(value)
}

/// Name of a column, without addresses and without label values that may name a person.
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
    if is_private(&shown) {
        HIDDEN.clone_into(&mut shown);
    }
    shown
}

/// Whether a text is two or more capitalized words, unlike a column: `Alice Smith`.
fn is_name_of_person(text: &str) -> bool {
    let words: Vec<&str> = text
        .split([' ', ','])
        .filter(|word| !word.is_empty())
        .collect();
    let is_capital = |word: &&str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.all(|letter| letter.is_lowercase() || "-'’.".contains(letter))
    };
    1 < words.len() && words.iter().all(is_capital) && !words.iter().any(|word| is_usual(word))
}

/// Shown names of a header; hidden ones are distinguished by position.
pub(crate) fn columns(header: &[String]) -> Vec<String> {
    let shown = |(at, name): (usize, &String)| {
        let is_hidden = is_name_of_person(name);
        let shown = if is_hidden {
            HIDDEN.to_owned()
        } else {
            column(name)
        };
        if shown == *name {
            shown
        } else {
            format!("{shown} {at}")
        }
    };
    (1..).zip(header).map(shown).collect()
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
        assert_eq!(label("model", "sk-proj-ABCDEF1234567890"), HIDDEN);
        assert_eq!(column("sum for sk-proj-ABCDEF1234567890"), HIDDEN);
    }

    /// The base of a fine-tuned model says what it costs; what its owner named it is private.
    #[test]
    fn fine_tuned_models_are_shown_by_their_base() {
        let cases = [
            (
                "ft:gpt-4o-mini-2024-07-18:acme-corp:anna-suffix:AbC123",
                "ft:gpt-4o-mini-2024-07-18",
            ),
            ("openai/ft:gpt-4o:acme::AbC123", "openai/ft:gpt-4o"),
            ("curie:ft-acme-2023-05-05-10-00-00", "curie"),
            ("ft:gpt-4o", "ft:gpt-4o"),
            ("soft:model", "soft:model"),
            ("anthropic.claude-v2:1", "anthropic.claude-v2:1"),
        ];
        for (name, base) in cases {
            assert_eq!(base_model(name), base);
        }
        let series = "{model=\"ft:gpt-4o:acme:anna:AbC123\"}";
        assert_eq!(column(series), "{model=\"ft:gpt-4o\"}");
    }

    #[test]
    fn a_sentence_is_no_name_of_a_model() {
        for text in [
            "Please summarise the contract of Anna Leak",
            "Write to Anna",
            "why does error 500 come back again?",
        ] {
            assert!(is_sentence(text), "{text}");
        }
        for name in [
            "gpt-4o",
            "Claude Sonnet 4.5",
            "Gemini 2.5 Pro Preview",
            "Llama 3.1 405B Instruct",
            "sum by (model) (rate(tokens[5m]))",
        ] {
            assert!(!is_sentence(name), "{name}");
        }
    }

    #[test]
    fn names_of_models_are_no_keys() {
        for name in [
            "claude-sonnet-4-5@20250929",
            "gemini-2.5-pro@default",
            "ft:gpt-4o-mini-2024-07-18:acme::9abcXYZ1",
            "anthropic.claude-sonnet-4-5-20250929-v1:0",
            "accounts/fireworks/models/llama-v3p1-405b-instruct",
            "text-embedding-3-small",
        ] {
            assert!(!is_private(name), "{name}");
        }
        for text in [
            "erika@example.invalid",
            "model of erika@example.invalid",
            "Bearer eyJhbGciOiJIUzI1NiJ9",
            "AKIAIOSFODNN7EXAMPLE",
            "0123456789abcdef0123456789abcdef",
        ] {
            assert!(is_private(text), "{text}");
        }
    }
}
