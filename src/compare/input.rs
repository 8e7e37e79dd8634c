//! Inputs that differ.

use serde_json::{Map, Value};

use super::difference::{Difference, or_dash};
use crate::say::compare as say;
use crate::scenario::link::Rows;
use crate::scenario::property::{self, Spec};
use crate::scenario::{Scenario, file, number::grouped};

/// Input that differs between several scenarios.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Varied {
    /// Label of the input.
    pub label: String,
    /// Value per scenario; a dash for a scenario without it.
    pub values: Vec<String>,
}

/// Differing input of two or more scenarios, before formatting.
struct Line {
    label: String,
    /// Kind of a row that some scenario lacks: the line is about the row itself.
    missing: Option<Rows>,
    values: Vec<Option<String>>,
}

/// Inputs that differ: workloads, providers, then the settings by key. Rows are compared by
/// position.
pub fn inputs(before: &Scenario, after: &Scenario) -> Vec<Difference> {
    let told = |line: Line| {
        let [before, after] = <[_; 2]>::try_from(line.values).ok()?;
        let label = match line.missing {
            Some(rows) if before.is_none() => say::added(rows),
            Some(rows) => say::removed(rows),
            None => line.label,
        };
        Some(Difference::new(label, before, after))
    };
    let lines = lines(&[before, after]);
    lines.into_iter().filter_map(told).collect()
}

/// Inputs that differ between several scenarios, ordered as in [`inputs`], without the scenario
/// names.
pub fn varied(scenarios: &[&Scenario]) -> Vec<Varied> {
    let told = |line: Line| Varied {
        label: line.label,
        values: line.values.into_iter().map(or_dash).collect(),
    };
    let lines = lines(scenarios).into_iter();
    lines
        .filter(|line| line.label != say::label("name"))
        .map(told)
        .collect()
}

fn lines(scenarios: &[&Scenario]) -> Vec<Line> {
    let sides: Vec<Value> = scenarios.iter().map(|s| file::to_json(s)).collect();
    let mut found = Vec::new();
    let mut keys_in_order = keys(sides.last());
    // Workloads first, then providers, then the settings.
    keys_in_order.sort_by_key(|key| match key.as_str() {
        "name" => 0,
        "workloads" => 1,
        "providers" => 2,
        _ => 3,
    });
    for key in keys_in_order {
        let values: Vec<&Value> = sides.iter().map(|side| &side[&key]).collect();
        let kind = match key.as_str() {
            "workloads" => Rows::Workloads,
            "providers" => Rows::Providers,
            _ => {
                push(&key, "", &values, &mut found);
                continue;
            }
        };
        let rows = |value: &Value| value.as_array().map_or(0, Vec::len);
        for index in 0..values.iter().map(|value| rows(value)).max().unwrap_or(0) {
            let rows: Vec<Option<&Value>> = values.iter().map(|rows| rows.get(index)).collect();
            compare_rows(kind, index, &rows, &mut found);
        }
    }
    found
}

/// Fields that identify a row; listed before its values.
const FIRST: [&str; 6] = ["name", "provider", "model", "tier", "weight", "requests"];

fn keys(side: Option<&Value>) -> Vec<String> {
    let fields: Option<&Map<String, Value>> = side.and_then(Value::as_object);
    fields.map_or_else(Vec::new, |fields| fields.keys().cloned().collect())
}

fn compare_rows(kind: Rows, index: usize, rows: &[Option<&Value>], found: &mut Vec<Line>) {
    let name = |row: &Value| match row["name"].as_str() {
        Some(name) if !name.is_empty() => name.to_owned(),
        _ => say::nameless(kind, index),
    };
    if rows.contains(&None) {
        found.push(Line {
            label: say::place(kind, index),
            missing: Some(kind),
            values: rows.iter().map(|row| row.map(name)).collect(),
        });
    }
    let present = || rows.iter().flatten().copied();
    let Some(last) = present().last().filter(|_| 1 < present().count()) else {
        return;
    };
    // Rows with different names share only their position.
    let owner = if present().all(|row| name(row) == name(last)) {
        format!("{}: ", name(last))
    } else {
        format!("{}: ", say::place(kind, index))
    };
    let mut keys_in_order = keys(Some(last));
    keys_in_order.sort_by_key(|key| {
        FIRST
            .iter()
            .position(|first| first == key)
            .unwrap_or(FIRST.len())
    });
    for key in keys_in_order {
        let differs = present().any(|row| row[&key] != last[&key]);
        if differs {
            let value = |row: Option<&Value>| row.map_or(Value::Null, |row| row[&key].clone());
            let values: Vec<Value> = rows.iter().copied().map(value).collect();
            push(&key, &owner, &values.iter().collect::<Vec<_>>(), found);
        }
    }
}

fn push(key: &str, owner: &str, values: &[&Value], found: &mut Vec<Line>) {
    if values.windows(2).any(|two| two[0] != two[1]) {
        let spec = spec(key);
        let label = spec.map_or_else(|| word(key), |spec| spec.label.to_owned());
        let unit = spec.map_or("", |spec| spec.unit);
        found.push(Line {
            label: format!("{owner}{label}"),
            missing: None,
            values: values.iter().map(|value| shown(value, unit)).collect(),
        });
    }
}

/// Specification of the number with this key, in any part of a scenario.
fn spec(key: &str) -> Option<Spec> {
    let scenario = property::SCENARIO.iter().map(|number| number.spec());
    let workload = property::WORKLOAD.iter().map(|number| number.spec());
    let provider = property::PROVIDER.iter().map(|number| number.spec());
    scenario
        .chain(workload)
        .chain(provider)
        .find(|spec| spec.key == key)
}

/// Label of an input that is not a number.
fn word(key: &str) -> String {
    let scenario = property::SCENARIO_CHOICES
        .iter()
        .map(|one| (one.key, one.title));
    let workload = property::WORKLOAD_CHOICES
        .iter()
        .map(|one| (one.key, one.title));
    let named = scenario.chain(workload).find(|(choice, _)| *choice == key);
    named.map_or_else(|| say::label(key), |(_, title)| title.to_owned())
}

fn shown(value: &Value, unit: &str) -> Option<String> {
    let text = match value {
        Value::Null => return None,
        Value::Number(number) => grouped(number.as_f64().unwrap_or_default()),
        Value::String(text) if text.is_empty() => return None,
        Value::String(text) => text.clone(),
        Value::Array(hours) => return Some(say::own_values(hours.len())),
        other => other.to_string(),
    };
    Some(format!("{text} {unit}").trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(change: impl Fn(&mut Scenario)) -> Vec<String> {
        let before = Scenario::default();
        let mut after = before.clone();
        change(&mut after);
        let inputs = inputs(&before, &after).into_iter();
        inputs
            .map(|input| format!("{}: {} → {}", input.label, input.before, input.after))
            .collect()
    }

    #[test]
    fn each_difference_has_the_words_of_its_field() {
        let told = told(|scenario| {
            scenario.traffic.growth_percent = 15.0;
            scenario.providers[1].limits.tpm = None;
            "gpt-6-sol".clone_into(&mut scenario.providers[0].model);
            scenario.gateway.queue_overflow = crate::scenario::Overflow::DropOldest;
        });
        let expected = [
            "Growth: 0 % / month → 15 % / month",
            "Full queue: reject → drop_oldest",
            "OpenAI: Model: gpt-4o → gpt-6-sol",
            "Azure OpenAI: TPM: 300,000 /min → –",
        ];
        for line in expected {
            assert!(told.contains(&line.to_owned()), "{line}: {told:?}");
        }
        assert_eq!(told.len(), expected.len());
    }

    #[test]
    fn rows_that_came_or_went_are_one_line_each() {
        let removed = told(|scenario| scenario.providers.truncate(2));
        assert_eq!(removed, ["Removed provider: Anthropic → –"]);
        let added = told(|scenario| {
            let mut row = scenario.workloads[0].clone();
            "Chat".clone_into(&mut row.name);
            scenario.workloads.push(row);
        });
        assert_eq!(added, ["Added workload: – → Chat"]);
    }

    #[test]
    fn several_scenarios_show_each_value_but_only_where_they_differ() {
        let first = Scenario::default();
        let mut second = first.clone();
        "Black Friday".clone_into(&mut second.name);
        second.workloads[0].requests = 150_000.0;
        let mut third = first.clone();
        third.traffic.headroom = 2.0;
        third.providers.truncate(2);
        let told: Vec<String> = varied(&[&first, &second, &third])
            .iter()
            .map(|line| format!("{}: {}", line.label, line.values.join(" | ")))
            .collect();
        assert_eq!(
            told,
            [
                "All requests: Requests: 50,000 | 150,000 | 50,000",
                "Provider 3: Anthropic | Anthropic | –",
                "Headroom: 1.5 × | 1.5 × | 2 ×",
            ]
        );
    }

    #[test]
    fn a_row_that_one_of_three_lacks_still_shows_where_the_others_differ() {
        let first = Scenario::default();
        let mut second = first.clone();
        second.providers[2].weight = 40.0;
        let mut third = first.clone();
        third.providers.truncate(2);
        let told = varied(&[&first, &second, &third]);
        let weight = told.iter().find(|line| line.label == "Anthropic: Weight");
        let values = weight.map(|line| line.values.join(" | "));
        assert_eq!(values.as_deref(), Some("15 | 40 | –"), "{told:?}");
    }

    #[test]
    fn rows_of_different_names_are_told_by_their_place() {
        let first = Scenario::default();
        let mut second = first.clone();
        second.providers.rotate_left(1);
        second.providers.truncate(1);
        let told = varied(&[&first, &second]);
        let of = |label: &str| told.iter().find(|line| line.label == label);
        let name = of("Provider 1: Name").map(|line| line.values.join(" | "));
        assert_eq!(name.as_deref(), Some("OpenAI | Azure OpenAI"), "{told:?}");
    }
}
