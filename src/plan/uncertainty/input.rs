//! Inputs with ranges, and their distributions.

use crate::model::shape::Shape;
use crate::scenario::Scenario;
use crate::scenario::property::{self, Form, Number, Range, Ranged, Spec};
use crate::scenario::{Provider, Workload};

/// An input with a range, which all results share.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// Owner of the number.
    pub place: Place,
    /// Name of the row; empty for the scenario's own numbers.
    pub row: String,
    /// Whether the row has to be named: any provider, and one of several workloads.
    pub is_named: bool,
    /// Key, label, unit and bounds.
    pub spec: Spec,
    /// Range.
    pub range: Range,
    /// Point: the value that everything else is computed with.
    pub point: f64,
    shape: Shape,
}

/// Owner of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The scenario.
    Scenario,
    /// The workload at this index.
    Workload(usize),
    /// The provider at this index.
    Provider(usize),
}

/// The inputs with ranges, in the order of the form.
pub fn inputs(scenario: &Scenario) -> Vec<Input> {
    let mut found = Vec::new();
    for (index, row) in scenario.workloads.iter().enumerate() {
        let is_named = 1 < scenario.workloads.len();
        let owner = (Place::Workload(index), row.name.as_str(), is_named);
        found.extend(of(property::WORKLOAD, row, owner));
    }
    found.extend(of(
        property::SCENARIO,
        scenario,
        (Place::Scenario, "", false),
    ));
    for (index, row) in scenario.providers.iter().enumerate() {
        let owner = (Place::Provider(index), row.name.as_str(), true);
        found.extend(of(property::PROVIDER, row, owner));
    }
    found
}

fn of<S: Ranged>(
    table: &[&Number<S>],
    owner: &S,
    (place, name, is_named): (Place, &str, bool),
) -> Vec<Input> {
    let ranged = table.iter().filter_map(|number| {
        let (spec, range) = (number.spec(), number.range(owner)?);
        let (low, high) = (range.low, range.high);
        Some(Input {
            place,
            row: name.to_owned(),
            is_named,
            spec,
            range,
            point: range.point(&spec),
            shape: match range.form {
                Form::Between => Shape::between(spec.scale(), low, high),
                Form::Likely(likely) => Shape::likely(low, likely, high),
                Form::Around { .. } => Shape::around(low, high),
            },
        })
    });
    ranged.collect()
}

impl Input {
    /// A name unique to the input, whatever the other inputs.
    pub(super) fn stream(&self) -> String {
        format!("{:?} {}", self.place, self.spec.key)
    }

    /// Quantile of a share, within what the field allows.
    pub(super) fn value(&self, share: f64) -> f64 {
        let value = self.shape.value(share);
        let value = if self.spec.kind.is_whole() {
            libm::round(value)
        } else {
            value
        };
        value.clamp(self.spec.low, self.spec.high)
    }

    /// Writes a value for the input.
    pub(super) fn write(&self, scenario: &mut Scenario, value: f64) {
        fn put<S>(table: &[&Number<S>], key: &str, owner: Option<&mut S>, value: f64) {
            let number = table.iter().find(|number| number.key == key);
            if let (Some(number), Some(owner)) = (number, owner) {
                (number.set)(owner, Some(value));
            }
        }
        let key = self.spec.key;
        match self.place {
            Place::Scenario => put::<Scenario>(property::SCENARIO, key, Some(scenario), value),
            Place::Workload(at) => {
                let row = scenario.workloads.get_mut(at);
                put::<Workload>(property::WORKLOAD, key, row, value);
            }
            Place::Provider(at) => {
                let row = scenario.providers.get_mut(at);
                put::<Provider>(property::PROVIDER, key, row, value);
            }
        }
    }
}

/// Pairs of correlated inputs, with their correlation: the tokens of a workload.
pub(super) fn pairs(scenario: &Scenario, inputs: &[Input]) -> Vec<(usize, usize, f64)> {
    let place = |at, key: &str| {
        let is_it = |input: &Input| input.place == Place::Workload(at) && input.spec.key == key;
        inputs.iter().position(is_it)
    };
    let rows = scenario.workloads.iter().enumerate();
    rows.filter(|(_, row)| row.token_correlation != 0.0)
        .filter_map(|(at, row)| {
            let input = place(at, property::INPUT_TOKENS.key)?;
            let output = place(at, property::OUTPUT_TOKENS.key)?;
            Some((input, output, row.token_correlation))
        })
        .collect()
}
