//! Scenario ⇄ JSON document, with the keys of the link.
//!
//! Links, files and flags share one vocabulary: key, range and message of a number come from
//! `property`, so that they cannot diverge. Reading is strict: a program that misspells keys gets
//! all errors at once.

use serde_json::{Map, Value, json};

use super::link::{LONGEST_NAME, MOST_ROWS, VERSION};
use super::property::{self, Choice, Entry, Number, NumberProblem, Options, Ranged, Takes};
use super::{Provider, Scenario, Workload};
use crate::catalog::provider as catalog;
use crate::model::digits;

/// An unusable part of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// Path, for example `workloads[0].requests`; empty for the document itself.
    pub field: String,
    /// The value found.
    pub value: String,
    /// Allowed values.
    pub allowed: Allowed,
}

/// Allowed content in place of a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Allowed {
    /// An object with the fields of a scenario.
    Object,
    /// A link version that this release knows.
    Version,
    /// A list of at least one row.
    Rows,
    /// An object, as a row.
    Row,
    /// One of these fields.
    Fields(Vec<&'static str>),
    /// A number or a range, except for the given problem.
    Number(NumberProblem),
    /// A value of a choice.
    Choice(Options),
    /// One of these words.
    Words(Vec<&'static str>),
    /// A bounded text of one line.
    Name,
}

/// The document of a scenario, with all values.
pub fn to_json(scenario: &Scenario) -> Value {
    let mut document = Map::new();
    document.insert("version".to_owned(), json!(VERSION));
    document.insert("name".to_owned(), json!(scenario.name));
    let workloads: Vec<Value> = scenario.workloads.iter().map(workload_json).collect();
    document.insert("workloads".to_owned(), json!(workloads));
    let providers: Vec<Value> = scenario.providers.iter().map(provider_json).collect();
    document.insert("providers".to_owned(), json!(providers));
    write_choices(&mut document, property::SCENARIO_CHOICES, scenario);
    write_numbers(&mut document, property::SCENARIO, scenario);
    Value::Object(document)
}

fn workload_json(workload: &Workload) -> Value {
    let mut row = Map::new();
    row.insert("name".to_owned(), json!(workload.name));
    write_choices(&mut row, property::WORKLOAD_CHOICES, workload);
    write_numbers(&mut row, property::WORKLOAD, workload);
    Value::Object(row)
}

fn provider_json(provider: &Provider) -> Value {
    let mut row = Map::new();
    row.insert("provider".to_owned(), json!(provider.vendor));
    row.insert("name".to_owned(), json!(provider.name));
    row.insert("model".to_owned(), json!(provider.model));
    row.insert("tier".to_owned(), json!(provider.tier));
    write_choices(&mut row, property::PROVIDER_CHOICES, provider);
    write_numbers(&mut row, property::PROVIDER, provider);
    Value::Object(row)
}

fn write_choices<S>(document: &mut Map<String, Value>, table: &[&Choice<S>], owner: &S) {
    for choice in table {
        let word = (choice.get)(owner);
        // A version looks like a number, but is a word.
        let word_of_hours = word
            .as_ref()
            .filter(|_| choice.takes == Takes::WordsOrHours);
        let hours: Option<Vec<f64>> = word_of_hours.and_then(|word| hours(word));
        let value = hours.map_or_else(|| json!(word), |hours| json!(hours));
        document.insert(choice.key.to_owned(), value);
    }
}

/// The numbers in a word that lists hours.
fn hours(word: &str) -> Option<Vec<f64>> {
    let numbers = word.split(',').map(digits::read);
    numbers.collect()
}

fn write_numbers<S: Ranged>(document: &mut Map<String, Value>, table: &[&Number<S>], owner: &S) {
    for number in table {
        let Entry { value, range } = number.entry(owner);
        if let Some(range) = range {
            document.insert(number.key.to_owned(), json!(range.written()));
            continue;
        }
        // Whole numbers are written without a decimal point.
        let value = match value {
            Some(value) if value.fract() == 0.0 && value.abs() < 9e15 => {
                serde_json::from_str(&format!("{value:.0}")).unwrap_or(Value::Null)
            }
            value => json!(value),
        };
        document.insert(number.key.to_owned(), value);
    }
}

/// The scenario of a document, with defaults for missing values.
///
/// # Errors
///
/// All invalid values, each with the allowed ones.
pub fn from_json(document: &Value) -> Result<Scenario, Vec<Problem>> {
    let mut reader = Reader {
        problems: Vec::new(),
    };
    let said = document.get("version").and_then(Value::as_u64);
    let version = said.and_then(|version| u32::try_from(version).ok());
    let mut scenario = Scenario::of_version(version.unwrap_or(VERSION));
    match document {
        Value::Object(document) => reader.document(document, &mut scenario),
        other => reader.wrong("", other, Allowed::Object),
    }
    let rows = scenario.workloads.iter_mut().map(|row| &mut row.id);
    let rows = rows.chain(scenario.providers.iter_mut().map(|row| &mut row.id));
    rows.zip(1..).for_each(|(id, next)| *id = next);
    if reader.problems.is_empty() {
        Ok(scenario)
    } else {
        Err(reader.problems)
    }
}

struct Reader {
    problems: Vec<Problem>,
}

impl Reader {
    fn wrong(&mut self, field: &str, value: &Value, allowed: Allowed) {
        let mut shown = value.to_string();
        if let Some((end, _)) = shown.char_indices().nth(60) {
            shown.truncate(end);
            shown.push('…');
        }
        self.problems.push(Problem {
            field: field.to_owned(),
            value: shown,
            allowed,
        });
    }

    fn document(&mut self, document: &Map<String, Value>, scenario: &mut Scenario) {
        for (key, value) in document {
            match key.as_str() {
                "version" => self.version(value),
                "name" => self.text(key, value, &mut scenario.name),
                "workloads" => {
                    if let Some(rows) = self.rows(key, value) {
                        scenario.workloads = self.each(key, rows, Self::workload);
                    }
                }
                "providers" => {
                    if let Some(rows) = self.rows(key, value) {
                        scenario.providers = self.each(key, rows, Self::provider);
                    }
                }
                _ => {
                    let (numbers, choices) = (property::SCENARIO, property::SCENARIO_CHOICES);
                    self.either((key, key), value, numbers, choices, scenario);
                }
            }
        }
    }

    fn version(&mut self, value: &Value) {
        if value
            .as_u64()
            .is_none_or(|version| u64::from(VERSION) < version)
        {
            self.wrong("version", value, Allowed::Version);
        }
    }

    fn rows<'a>(&mut self, key: &str, value: &'a Value) -> Option<&'a Vec<Value>> {
        let rows = value
            .as_array()
            .filter(|rows| (1..=MOST_ROWS).contains(&rows.len()));
        if rows.is_none() {
            self.wrong(key, value, Allowed::Rows);
        }
        rows
    }

    fn each<T>(
        &mut self,
        key: &str,
        rows: &[Value],
        read: fn(&mut Self, &str, &Map<String, Value>) -> T,
    ) -> Vec<T> {
        let mut read_rows = Vec::with_capacity(rows.len());
        for (index, row) in rows.iter().enumerate() {
            let place = format!("{key}[{index}]");
            match row.as_object() {
                Some(row) => read_rows.push(read(self, &place, row)),
                None => self.wrong(&place, row, Allowed::Row),
            }
        }
        read_rows
    }

    fn workload(&mut self, place: &str, row: &Map<String, Value>) -> Workload {
        let mut workload = Workload::empty(0);
        for (key, value) in row {
            let field = format!("{place}.{key}");
            if key == "name" {
                self.text(&field, value, &mut workload.name);
            } else {
                let (numbers, choices) = (property::WORKLOAD, property::WORKLOAD_CHOICES);
                self.either((&field, key), value, numbers, choices, &mut workload);
            }
        }
        workload
    }

    /// Vendor, model and tier fill in the row; other values override it.
    fn provider(&mut self, place: &str, row: &Map<String, Value>) -> Provider {
        let vendors: Vec<&'static str> =
            catalog::vendors().iter().map(|vendor| vendor.id).collect();
        let mut vendor = "custom".to_owned();
        let given = row.get("provider").unwrap_or(&Value::Null);
        self.word(&format!("{place}.provider"), given, vendors, &mut vendor);
        let mut provider = Provider::first_of(0, &vendor, 100.0);
        if let Some(model) = row.get("model").and_then(Value::as_str) {
            provider.choose_model(model);
        }
        if let Some(tier) = row.get("tier").and_then(Value::as_str) {
            provider.choose_tier(tier);
        }
        for (key, value) in row {
            let field = format!("{place}.{key}");
            match key.as_str() {
                "provider" => {}
                "name" => self.text(&field, value, &mut provider.name),
                "model" => self.text(&field, value, &mut provider.model),
                "tier" => self.text(&field, value, &mut provider.tier),
                _ => {
                    let (numbers, choices) = (property::PROVIDER, property::PROVIDER_CHOICES);
                    self.either((&field, key), value, numbers, choices, &mut provider);
                }
            }
        }
        provider
    }

    /// Reads a number or a choice, by its path and key.
    fn either<S: Ranged>(
        &mut self,
        (field, key): (&str, &str),
        value: &Value,
        numbers: &[&Number<S>],
        choices: &[&Choice<S>],
        owner: &mut S,
    ) {
        let Some(choice) = choices.iter().find(|choice| choice.key == key) else {
            return self.number(field, key, value, numbers, owner);
        };
        let word = match value {
            Value::Null if choice.may_be_empty() => Some(String::new()),
            Value::String(word) if !word.is_empty() => Some(word.clone()),
            Value::Array(hours) => {
                let hours: Vec<String> = hours.iter().map(Value::to_string).collect();
                Some(hours.join(","))
            }
            _ => None,
        };
        let read = word.ok_or_else(|| choice.options());
        if let Err(options) = read.and_then(|word| choice.read(owner, &word)) {
            self.wrong(field, value, Allowed::Choice(options));
        }
    }

    fn number<S: Ranged>(
        &mut self,
        field: &str,
        key: &str,
        value: &Value,
        table: &[&Number<S>],
        owner: &mut S,
    ) {
        let Some(number) = table.iter().find(|number| number.key == key) else {
            let keys = table.iter().map(|number| number.key).collect();
            return self.wrong(field, value, Allowed::Fields(keys));
        };
        let spec = number.spec();
        let read = match value {
            Value::Null if spec.kind.may_be_empty() => Some(Entry::default()),
            Value::Number(value) => {
                let value = value.as_f64().and_then(|v| spec.check(v).ok());
                value.map(|value| Some(value).into())
            }
            // Text must be a range: a quoted number is more likely a mistake.
            Value::String(text) => match spec.read_written(text) {
                Ok(entry) if entry.range.is_some() => Some(entry),
                Ok(_) | Err(NumberProblem::NotAllowed(_)) => None,
                Err(problem) => return self.wrong(field, value, Allowed::Number(problem)),
            },
            _ => None,
        };
        if let Some(read) = read {
            number.put(owner, read);
        } else {
            let problem = NumberProblem::NotAllowed(spec.bounds());
            self.wrong(field, value, Allowed::Number(problem));
        }
    }

    fn text(&mut self, field: &str, value: &Value, into: &mut String) {
        let fits = |text: &&str| {
            text.chars().count() <= LONGEST_NAME && !text.chars().any(char::is_control)
        };
        match value.as_str().filter(fits) {
            Some(text) => text.clone_into(into),
            None => self.wrong(field, value, Allowed::Name),
        }
    }

    fn word(&mut self, field: &str, value: &Value, words: Vec<&'static str>, into: &mut String) {
        match value.as_str().filter(|word| words.contains(word)) {
            Some(word) => word.clone_into(into),
            None => self.wrong(field, value, Allowed::Words(words)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_reads_back_as_it_was() {
        let links = [
            "",
            "w=a,1/min,2,3,max:9&w=b,4/day,5,6,from:chat&p=groq,,,1&shape=flat&size=Large",
        ];
        for link in links {
            let (scenario, _) = crate::scenario::link::from_fragment(link);
            assert_eq!(from_json(&to_json(&scenario)), Ok(scenario), "{link}");
        }
    }

    #[test]
    fn everything_that_is_wrong_is_named_with_what_is_allowed() {
        let document = json!({
            "version": 3,
            "growth": -1,
            "gpu": 8,
            "workloads": [{"requests": "many", "period": "week"}],
            "providers": [{"provider": "nobody"}],
            "shape": [1, 2],
        });
        let problems = from_json(&document).expect_err("a wrong document");
        let fields: Vec<&str> = problems
            .iter()
            .map(|problem| problem.field.as_str())
            .collect();
        let expected = [
            "gpu",
            "growth",
            "providers[0].provider",
            "shape",
            "version",
            "workloads[0].period",
            "workloads[0].requests",
        ];
        let mut sorted = fields.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, expected);
        let growth = Problem {
            field: "growth".to_owned(),
            value: "-1".to_owned(),
            allowed: Allowed::Number(NumberProblem::NotAllowed(property::GROWTH.spec().bounds())),
        };
        assert!(problems.contains(&growth), "{problems:?}");
        let document = Problem {
            field: String::new(),
            value: "[]".to_owned(),
            allowed: Allowed::Object,
        };
        assert_eq!(from_json(&json!([])), Err(vec![document]));
    }

    #[test]
    fn what_a_document_leaves_out_is_the_default() {
        assert_eq!(
            from_json(&json!({})),
            Ok(crate::scenario::link::from_fragment("v=2").0)
        );
    }
}
