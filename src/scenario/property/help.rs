//! Sentences that explain the inputs, separate from the tables: the first part of the page needs
//! only the tables.

use super::choice::{PROVIDER_CHOICE_HELPS, SCENARIO_CHOICE_HELPS, WORKLOAD_CHOICE_HELPS};
use super::table::{PROVIDER_HELPS, SCENARIO_HELPS, WORKLOAD_HELPS};

/// Sentence that explains the input with this key.
pub fn help(key: &str) -> &'static str {
    let tables = [
        WORKLOAD_HELPS,
        PROVIDER_HELPS,
        SCENARIO_HELPS,
        WORKLOAD_CHOICE_HELPS,
        PROVIDER_CHOICE_HELPS,
        SCENARIO_CHOICE_HELPS,
    ];
    let mut rows = tables.into_iter().flatten();
    rows.find(|(own, _)| *own == key)
        .map_or("", |(_, help)| help)
}

#[cfg(test)]
mod tests {
    use super::super::*;

    /// Keys are unique: a number and a choice with one key would share a sentence.
    #[test]
    fn every_key_has_a_sentence_of_its_own() {
        let numbers = [WORKLOAD.iter().map(|row| row.key).collect::<Vec<_>>()]
            .into_iter()
            .chain([PROVIDER.iter().map(|row| row.key).collect()])
            .chain([SCENARIO.iter().map(|row| row.key).collect()]);
        let mut seen = Vec::new();
        for key in numbers.flatten() {
            assert!(help(key).ends_with('.'), "{key}");
            assert!(!seen.contains(&key), "{key}");
            seen.push(key);
        }
        for choice in SCENARIO_CHOICES.iter().map(|row| row.key) {
            assert!(
                help(choice).ends_with('.') && !seen.contains(&choice),
                "{choice}"
            );
        }
    }
}
