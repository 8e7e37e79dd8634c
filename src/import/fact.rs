//! Facts of a document about the scenario, each with its place.

use crate::scenario::property::Number;
use crate::scenario::{Overflow, Scenario};

/// All facts of a document.
#[derive(Default)]
pub(super) struct Facts {
    pub(super) values: Vec<Fact>,
    /// A pack's targets, in its order.
    pub(super) targets: Vec<Target>,
    /// Places that were understood, those of the facts and of the targets included.
    pub(super) understood: Vec<String>,
    /// Places that are understood but not used, with the reason.
    pub(super) unused: Vec<(String, String)>,
}

/// A value of the scenario.
pub(super) struct Fact {
    pub(super) path: String,
    said: Said,
}

enum Said {
    Number(&'static Number<Scenario>, f64),
    Overflow(Overflow),
}

/// A target of a pack as far as it is modelled.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Target {
    pub(super) place: String,
    pub(super) id: String,
    pub(super) vendor: Option<String>,
    pub(super) model: Option<String>,
    pub(super) rpm: Option<f64>,
    pub(super) tpm: Option<f64>,
    pub(super) weight: Option<f64>,
}

impl PartialEq for Fact {
    fn eq(&self, other: &Self) -> bool {
        match (&self.said, &other.said) {
            (Said::Number(one, a), Said::Number(two, b)) => {
                one.key == two.key && a.total_cmp(b).is_eq()
            }
            (Said::Overflow(a), Said::Overflow(b)) => a == b,
            _ => false,
        }
    }
}

impl Fact {
    /// Writes it into the scenario.
    ///
    /// # Errors
    ///
    /// The allowed values.
    pub(super) fn put(&self, scenario: &mut Scenario) -> Result<(), String> {
        match self.said {
            Said::Number(number, value) => {
                let value = number.spec().check(value);
                let value = value.map_err(|_| allowed(number))?;
                (number.set)(scenario, Some(value));
            }
            Said::Overflow(overflow) => scenario.gateway.queue_overflow = overflow,
        }
        Ok(())
    }
}

/// The allowed values of a number, as a reason for one that a file got wrong.
pub(super) fn allowed<S>(number: &Number<S>) -> String {
    format!("{} takes {}", number.label, number.spec().allowed())
}

impl Facts {
    /// A number of the scenario that stands at a path.
    pub(super) fn number(&mut self, path: String, number: &'static Number<Scenario>, value: f64) {
        self.understood.push(path.clone());
        let said = Said::Number(number, value);
        self.values.push(Fact { path, said });
    }

    /// The behavior of a full queue.
    pub(super) fn overflow(&mut self, path: String, overflow: Overflow) {
        self.understood.push(path.clone());
        let said = Said::Overflow(overflow);
        self.values.push(Fact { path, said });
    }

    /// A value whose meaning is known and that is not used.
    pub(super) fn unused(&mut self, path: impl Into<String>, why: impl Into<String>) {
        self.unused.push((path.into(), why.into()));
    }
}
