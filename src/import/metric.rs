//! The targets of an autoscaler: of each kind the one that decides.

use super::fact::Facts;
use crate::scenario::Scenario;
use crate::scenario::property::{self, Number};

/// The targets that the scenario has a field for.
pub(super) static SLOTS: [&Number<Scenario>; 5] = [
    &property::HPA_CPU,
    &property::HPA_CPU_AVERAGE,
    &property::HPA_QUEUE,
    &property::HPA_MEMORY,
    &property::HPA_MEMORY_AVERAGE,
];
const HELD: &str = "is held constant: how this metric follows the requests is not known here";
const LOWER: &str = "asks for less than another target of the same metric, which decides";
const BYTES_PER_MB: f64 = 1e6;

/// How a resource is measured against its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// A share of the request, percent.
    Share,
    /// An amount of each pod.
    Amount,
}

/// A target as a file has it.
struct Target {
    place: String,
    /// The metric it belongs to.
    whole: String,
    slot: &'static Number<Scenario>,
    value: f64,
    note: Option<String>,
}

/// The targets of one autoscaler.
#[derive(Default)]
pub(super) struct Targets(Vec<Target>);

impl Targets {
    /// A target of a resource, in the API's unit; of one that is not modelled it is told.
    pub(super) fn resource(
        &mut self,
        (whole, place): (&str, String),
        (name, measure): (&str, Measure),
        value: f64,
        note: Option<String>,
        facts: &mut Facts,
    ) {
        let (slot, value) = match (name, measure) {
            ("cpu", Measure::Share) => (SLOTS[0], value),
            ("cpu", Measure::Amount) => (SLOTS[1], value),
            ("memory", Measure::Share) => (SLOTS[3], value),
            ("memory", Measure::Amount) => (SLOTS[4], value / BYTES_PER_MB),
            _ => {
                facts.unused(whole, HELD);
                return;
            }
        };
        self.0.push(Target {
            place,
            whole: whole.to_owned(),
            slot,
            value,
            note,
        });
    }

    /// Requests that wait in each pod.
    pub(super) fn queue(&mut self, whole: &str, place: String, value: f64, note: Option<String>) {
        self.0.push(Target {
            place,
            whole: whole.to_owned(),
            slot: SLOTS[2],
            value,
            note,
        });
    }

    /// A metric that is no field of the scenario.
    pub(super) fn held(whole: &str, facts: &mut Facts) {
        facts.unused(whole, HELD);
    }

    /// Says them: of two for the same metric the lower, since the autoscaler follows the larger
    /// fleet; and where a metric has none, that it has none.
    pub(super) fn say(self, absent: &str, because: &str, facts: &mut Facts) {
        for slot in SLOTS {
            let mut own: Vec<&Target> = self
                .0
                .iter()
                .filter(|target| target.slot.key == slot.key)
                .collect();
            own.sort_by(|a, b| {
                a.value
                    .total_cmp(&b.value)
                    .then_with(|| a.place.cmp(&b.place))
            });
            let mut own = own.into_iter();
            let Some(first) = own.next() else {
                facts.filled(absent, slot, None, because);
                continue;
            };
            match &first.note {
                Some(note) => facts.noted(first.place.clone(), slot, first.value, note.clone()),
                None => facts.number(first.place.clone(), slot, first.value),
            }
            facts.understood.push(first.whole.clone());
            for other in own {
                facts.unused(other.whole.clone(), LOWER);
            }
        }
    }

    /// Whether there is none at all.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
