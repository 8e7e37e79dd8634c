//! Which inputs differ.

use serde_json::{Map, Value};

use super::Difference;
use crate::scenario::property::{self, Spec};
use crate::scenario::{Scenario, file, number::grouped};

/// Inputs that differ, in the order of a scenario file. Rows are compared by position.
pub fn inputs(before: &Scenario, after: &Scenario) -> Vec<Difference> {
    let [before, after] = [before, after].map(file::to_json);
    let mut found = Vec::new();
    let empty = Map::new();
    let fields = |value: &Value| value.as_object().unwrap_or(&empty).clone();
    for (key, value) in &fields(&after) {
        let was = &before[key];
        match (was, value) {
            (Value::Array(was), Value::Array(rows)) if is_row_list(rows) => {
                compare_rows(key, was, rows, &mut found);
            }
            _ => push(key, "", was, value, &mut found),
        }
    }
    found
}

fn is_row_list(rows: &[Value]) -> bool {
    rows.first().is_some_and(Value::is_object)
}

fn compare_rows(list: &str, before: &[Value], after: &[Value], found: &mut Vec<Difference>) {
    let one = list.trim_end_matches('s');
    for index in 0..before.len().max(after.len()) {
        let name = |row: &Value| match row["name"].as_str() {
            Some(name) if !name.is_empty() => name.to_owned(),
            _ => format!("{one} {}", index + 1),
        };
        match (before.get(index), after.get(index)) {
            (Some(was), Some(is)) => {
                let owner = format!("{}: ", name(is));
                for (key, value) in is.as_object().into_iter().flatten() {
                    push(key, &owner, &was[key], value, found);
                }
            }
            (None, Some(row)) => {
                let label = format!("Added {one}");
                found.push(Difference::new(label, None, Some(name(row))));
            }
            (Some(row), None) => {
                let label = format!("Removed {one}");
                found.push(Difference::new(label, Some(name(row)), None));
            }
            (None, None) => {}
        }
    }
}

fn push(key: &str, owner: &str, before: &Value, after: &Value, found: &mut Vec<Difference>) {
    if before != after {
        let spec = spec(key);
        let label = spec.map_or_else(|| word(key), |spec| spec.label.to_owned());
        let unit = spec.map_or("", |spec| spec.unit);
        found.push(Difference::new(
            format!("{owner}{label}"),
            shown(before, unit),
            shown(after, unit),
        ));
    }
}

/// The number with this key, whoever owns it.
fn spec(key: &str) -> Option<Spec> {
    let scenario = property::SCENARIO.iter().map(|number| number.spec());
    let workload = property::WORKLOAD.iter().map(|number| number.spec());
    let provider = property::PROVIDER.iter().map(|number| number.spec());
    scenario
        .chain(workload)
        .chain(provider)
        .find(|spec| spec.key == key)
}

/// Labels of the inputs that are no numbers.
fn word(key: &str) -> String {
    let label = match key {
        "name" => "Name",
        "shape" => "Day",
        "chain" => "Policy chain",
        "overflow" => "Full queue",
        "size" => "Control plane",
        "from" => "Profile",
        "period" => "Requests per",
        "provider" => "Provider",
        "model" => "Model",
        "tier" => "Tier",
        "events" => "An event holds",
        key => return key.replace('-', " "),
    };
    label.to_owned()
}

fn shown(value: &Value, unit: &str) -> Option<String> {
    let text = match value {
        Value::Null => return None,
        Value::Number(number) => grouped(number.as_f64().unwrap_or_default()),
        Value::String(text) if text.is_empty() => return None,
        Value::String(text) => text.clone(),
        Value::Array(hours) => return Some(format!("{} values of your own", hours.len())),
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
}
