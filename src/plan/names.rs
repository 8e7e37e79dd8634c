//! Distinct names for the rows of a plan.

use std::borrow::Cow;

use crate::catalog::provider as catalog;
use crate::scenario::Scenario;

/// The scenario with distinct names for all rows: sentences about a loss need to tell the lost
/// provider from the others.
pub(super) fn named(scenario: &Scenario) -> Cow<'_, Scenario> {
    let workloads = || scenario.workloads.iter().map(|row| row.name.trim());
    let providers = || scenario.providers.iter().map(|row| row.name.trim());
    if is_clear(workloads()) && is_clear(providers()) {
        return Cow::Borrowed(scenario);
    }
    let mut named = scenario.clone();
    let own = workloads().map(|name| if name.is_empty() { "Workload" } else { name });
    let clear = numbered(&own.collect::<Vec<_>>());
    for (row, name) in named.workloads.iter_mut().zip(clear) {
        row.name = name;
    }
    let own = scenario.providers.iter().map(|row| match row.name.trim() {
        "" => catalog::vendor(&row.vendor).map_or(row.vendor.as_str(), |vendor| vendor.name),
        name => name,
    });
    let clear = numbered(&own.collect::<Vec<_>>());
    for (row, name) in named.providers.iter_mut().zip(clear) {
        row.name = name;
    }
    Cow::Owned(named)
}

fn is_clear<'a>(names: impl Iterator<Item = &'a str> + Clone) -> bool {
    let mut rest = names;
    while let Some(name) = rest.next() {
        if name.is_empty() || rest.clone().any(|other| other == name) {
            return false;
        }
    }
    true
}

/// The second row of a name gets the number 2, unless another row has that name.
fn numbered(names: &[&str]) -> Vec<String> {
    let mut clear: Vec<String> = Vec::with_capacity(names.len());
    for (index, name) in names.iter().enumerate() {
        let mut number = 1 + names[..index].iter().filter(|other| *other == name).count();
        let mut own = (*name).to_owned();
        if 1 < number {
            own = format!("{name} {number}");
            while names.contains(&own.as_str()) || clear.contains(&own) {
                number += 1;
                own = format!("{name} {number}");
            }
        }
        clear.push(own);
    }
    clear
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(link: &str) -> (Vec<String>, Vec<String>) {
        let scenario = crate::scenario::link::from_fragment(link).0;
        let named = named(&scenario).into_owned();
        let workloads = named.workloads.into_iter().map(|row| row.name);
        let providers = named.providers.into_iter().map(|row| row.name);
        (workloads.collect(), providers.collect())
    }

    #[test]
    fn rows_of_one_name_are_numbered_and_empty_names_filled() {
        let (workloads, providers) = names(
            "w=,1/day,1,1&w=Chat,1/day,1,1&w=Chat,1/day,1,1\
             &p=openai,,,50&p=openai,,,25,name:&p=custom,,,25,name:Own",
        );
        assert_eq!(workloads, ["Workload", "Chat", "Chat 2"]);
        assert_eq!(providers, ["OpenAI", "OpenAI 2", "Own"]);
        let (workloads, _) = names("w=A,1/day,1,1&w=A,1/day,1,1&w=A 2,1/day,1,1&w=A,1/day,1,1");
        assert_eq!(workloads, ["A", "A 3", "A 2", "A 4"]);
    }

    #[test]
    fn names_that_tell_rows_apart_stay() {
        let scenario = Scenario::default();
        assert!(matches!(named(&scenario), Cow::Borrowed(_)));
    }
}
