//! The targets of an autoscaler: of each kind the one that decides.

use super::fact::Facts;
use super::lines::join;
use crate::scenario::Scenario;
use crate::scenario::property::{self, Number};

/// The targets that the scenario has a field for.
pub(super) static SLOTS: [&Number<Scenario>; 6] = [
    &property::HPA_CPU,
    &property::HPA_CPU_AVERAGE,
    &property::HPA_QUEUE,
    &property::HPA_MEMORY,
    &property::HPA_MEMORY_AVERAGE,
    &property::HPA_IN_FLIGHT,
];
const HELD: &str = "is held constant: how this metric follows the requests is not known here";
const LOWER: &str = "asks for less than another target of the same metric, which decides";
const BYTES_PER_MB: f64 = 1e6;
/// Fields of a metric's source, or of a trigger's metadata, that name it.
const BESIDE: [&str; 9] = [
    "name",
    "container",
    "target.type",
    "metric.name",
    "metricName",
    "type",
    "query",
    "containerName",
    "serverAddress",
];

/// How a resource is measured against its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// A share of the request, percent.
    Share,
    /// An amount of each pod.
    Amount,
}

/// Which requests of a pod a metric counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Requests {
    /// Those that wait.
    Waiting,
    /// Those in slots.
    InFlight,
}

impl Requests {
    /// Those that a metric with this name counts.
    pub(super) fn of(name: &str) -> Option<Self> {
        if name.contains("queue_depth") {
            Some(Self::Waiting)
        } else {
            let is_in_flight = name.contains("requests_in_flight");
            is_in_flight.then_some(Self::InFlight)
        }
    }
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

impl Target {
    /// What beside the value says which metric it is, and is read with it.
    fn beside(&self) -> impl Iterator<Item = String> {
        let inner = self.place.strip_prefix(&self.whole).unwrap_or_default();
        let source = inner.trim_start_matches('.').split('.').next();
        let source = source.unwrap_or_default().to_owned();
        let own = BESIDE.iter().map(move |key| join(&source, key));
        let own = own.chain(["type", "metricType"].map(str::to_owned));
        let whole = self.whole.clone();
        own.map(move |key| join(&whole, &key))
    }
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

    /// Requests in each pod.
    pub(super) fn requests(
        &mut self,
        requests: Requests,
        (whole, place): (&str, String),
        value: f64,
        note: Option<String>,
    ) {
        let slot = match requests {
            Requests::Waiting => SLOTS[2],
            Requests::InFlight => SLOTS[5],
        };
        self.0.push(Target {
            place,
            whole: whole.to_owned(),
            slot,
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
            facts.understood.extend(first.beside());
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
