//! Ratio of requests per minute to tokens per minute, for vendors that fix it.

/// Requests per minute per 1,000 tokens per minute, by the longest matching prefix of the model
/// name.
///
/// # Source
///
/// Microsoft, "Manage Azure `OpenAI` in Foundry Models quota" (8 April 2026): older chat models 6,
/// o3 and o4-mini 1, o1 one per 6,000 tokens, o3-mini, o1-mini and o3-pro one per 10,000. For
/// gpt-4o-mini and newer models, the tier tables of February and August 2026.
const AZURE: [(&str, f64); 15] = [
    ("", 6.0),
    ("gpt-4o-mini", 10.0),
    ("o1", 1.0 / 6.0),
    ("o1-mini", 0.1),
    ("o3", 1.0),
    ("o3-mini", 0.1),
    ("o3-pro", 0.1),
    ("o4-mini", 1.0),
    ("gpt-4.1", 1.0),
    ("gpt-5", 10.0),
    ("gpt-5-mini", 1.0),
    ("gpt-5-nano", 1.0),
    ("gpt-5.5", 1.0),
    ("gpt-5.6", 1.0),
    ("gpt-6", 1.0),
];

/// Requests per minute per 1,000 tokens per minute; `None` if a vendor does not fix the ratio.
pub fn requests_per_1000_tokens(vendor: &str, model: &str) -> Option<f64> {
    let rows = AZURE.iter().filter(|(start, _)| model.starts_with(start));
    let longest = rows.max_by_key(|(start, _)| start.len());
    longest
        .filter(|_| vendor == "azure-openai")
        .map(|row| row.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_beginning_of_a_name_counts() {
        let cases = [
            ("gpt-4o", 6.0),
            ("gpt-4o-mini", 10.0),
            ("gpt-35-turbo", 6.0),
            ("my-deployment", 6.0),
            ("o3", 1.0),
            ("o3-mini", 0.1),
            ("gpt-5.2", 10.0),
            ("gpt-5-mini", 1.0),
            ("gpt-6.1-sol", 1.0),
        ];
        for (model, ratio) in cases {
            assert_eq!(
                requests_per_1000_tokens("azure-openai", model),
                Some(ratio),
                "{model}"
            );
        }
        assert_eq!(requests_per_1000_tokens("openai", "gpt-4o"), None);
    }
}
