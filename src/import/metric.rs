//! Targets of an autoscaler; of each kind the decisive one.

use std::collections::BTreeSet;

use super::fact::Facts;
use super::lines::join;
use super::placeholder::is_placeholder;
use crate::scenario::Scenario;
use crate::scenario::number::grouped;
use crate::scenario::property::{self, Number};
use crate::scenario::scaling::{Item, List, LoadMetric, MOST};

/// Targets with a scenario field.
pub(super) static SLOTS: [&Number<Scenario>; 6] = [
    &property::HPA_CPU,
    &property::HPA_CPU_AVERAGE,
    &property::HPA_QUEUE,
    &property::HPA_MEMORY,
    &property::HPA_MEMORY_AVERAGE,
    &property::HPA_IN_FLIGHT,
];
/// Prefixes of the gateway's own metrics.
const OWN: [&str; 2] = ["kt_", "keeptrusts_"];
/// Reason for a metric without a known load.
const UNKNOWN: &str = "held constant until its load per request a second is given behind another /";
/// Notes on how the load of a metric is known.
const BY_NAME: &str = "taken as requests a second, by its name";
const HELD: &str = "is held constant: how this metric follows the requests is not known here";
const LOWER: &str = "asks for less than another target of the same metric, which decides";
const OTHER_SCOPE: &str = "is of other containers or rows than another target of that name: the \
                           model has one of the two, and the lower target was taken";
const OTHER_ROWS: &str = "has the name of another metric here, and asks for other rows: no name \
                          tells the two apart, so it is held constant";
/// Note on a metric that selects by labels.
pub(super) const LABELS: &str = "which rows it asks for by their labels is not kept";
const BYTES_PER_MB: f64 = 1e6;
/// Fields beside a target that name the metric.
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

/// Unit of a resource target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// Share of the request, in percent.
    Share,
    /// Amount per pod.
    Amount,
}

/// Requests counted by a metric, per pod.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Requests {
    /// Waiting requests.
    Waiting,
    /// Requests in slots.
    InFlight,
}

impl Requests {
    /// Requests counted by a metric of this name; `None` for queues of other programs.
    pub(crate) fn of(name: &str) -> Option<Self> {
        let is_own = OWN.iter().any(|start| name.starts_with(start));
        if !is_own || !LoadMetric::is_name(name) {
            None
        } else if name.ends_with("queue_depth") {
            Some(Self::Waiting)
        } else {
            let is_in_flight = name.ends_with("in_flight") || name.ends_with("inflight");
            is_in_flight.then_some(Self::InFlight)
        }
    }

    /// Scenario field for a target on these requests.
    pub(super) fn slot(self) -> &'static Number<Scenario> {
        match self {
            Self::Waiting => SLOTS[2],
            Self::InFlight => SLOTS[5],
        }
    }
}

/// Load on a metric or query per request per second, if its name says that it counts requests per
/// second.
pub(crate) fn load_by_name(name: &str) -> Option<f64> {
    let name = name.to_ascii_lowercase().replace('-', "_");
    let is_of_one = ["avg", "max", "min"]
        .iter()
        .any(|each| name.starts_with(each));
    let is_rate = !is_of_one
        && (name.contains("rate(") || name.contains(":rate"))
        && ["requests_total", "request_total", "requests_count"]
            .iter()
            .any(|counter| name.contains(counter));
    let is_named = name.contains("requests_per_second") || name == "rps" || name.ends_with("_rps");
    (is_rate || is_named).then_some(1.0)
}

/// Note on a target that replaces others.
fn of_others(target: f64, unit: &str) -> String {
    let target = format!("{} {unit}", grouped(target));
    let target = target.trim();
    format!("another of that name, of other containers or rows, has the target {target}")
}

/// Target as written in a file.
struct Target {
    place: String,
    /// Path of the metric.
    whole: String,
    slot: &'static Number<Scenario>,
    value: f64,
    note: Option<String>,
    /// Container or series measured.
    scope: String,
}

/// Further paths that identify the metric of a target.
fn beside(place: &str, whole: &str) -> impl Iterator<Item = String> {
    let inner = place.strip_prefix(whole).unwrap_or_default();
    let source = inner.trim_start_matches('.').split('.').next();
    let source = source.unwrap_or_default().to_owned();
    let own = BESIDE.iter().map(move |key| join(&source, key));
    let own = own.chain(["type", "metricType"].map(str::to_owned));
    let whole = whole.to_owned();
    own.map(move |key| join(&whole, &key))
}

/// User's own metric and the place of its target.
struct Own {
    metric: LoadMetric,
    note: Option<String>,
    place: String,
    whole: String,
    scope: String,
}

/// Targets of one autoscaler.
#[derive(Default)]
pub(super) struct Targets {
    known: Vec<Target>,
    own: Vec<Own>,
    /// Keys of inputs of which nobody knows whether there is a target.
    open: BTreeSet<&'static str>,
}

impl Targets {
    /// Scenario field for a resource target.
    pub(super) fn slot(name: &str, measure: Measure) -> Option<&'static Number<Scenario>> {
        Some(match (name, measure) {
            ("cpu", Measure::Share) => SLOTS[0],
            ("cpu", Measure::Amount) => SLOTS[1],
            ("memory", Measure::Share) => SLOTS[3],
            ("memory", Measure::Amount) => SLOTS[4],
            _ => return None,
        })
    }

    /// Adds a resource target in the API's unit; reports it if not modelled.
    pub(super) fn resource(
        &mut self,
        (whole, place): (&str, String),
        (name, measure): (&str, Measure),
        value: f64,
        note: Option<String>,
        facts: &mut Facts,
    ) {
        // The note names the container.
        let scope = note.clone().unwrap_or_default();
        let Some(slot) = Self::slot(name, measure) else {
            facts.unused(whole, HELD);
            return;
        };
        let is_bytes = name == "memory" && measure == Measure::Amount;
        let value = if is_bytes {
            value / BYTES_PER_MB
        } else {
            value
        };
        self.known.push(Target {
            place,
            whole: whole.to_owned(),
            slot,
            value,
            note,
            scope,
        });
    }

    /// Adds a target on requests per pod, for the series of a scope.
    pub(super) fn requests(
        &mut self,
        (requests, scope): (Requests, String),
        (whole, place): (&str, String),
        value: f64,
        note: Option<String>,
    ) {
        let slot = requests.slot();
        self.known.push(Target {
            place,
            whole: whole.to_owned(),
            slot,
            value,
            note,
            scope,
        });
    }

    /// Adds a user's own metric if its name and target are valid, with a note beside the load per
    /// request.
    pub(super) fn own(
        &mut self,
        (whole, place): (&str, String),
        (metric, scope, note): (&LoadMetric, String, Option<String>),
        facts: &mut Facts,
    ) {
        // In the form a link would restore.
        match LoadMetric::parse(&metric.to_string()) {
            Some(metric) => self.own.push(Own {
                metric,
                note,
                place,
                whole: whole.to_owned(),
                scope,
            }),
            None => facts.unused(whole, HELD),
        }
    }

    /// A metric of which nobody knows what it asks for: any that there is may be its.
    pub(super) fn open(&mut self) {
        self.open_resource("");
        self.open_requests(None);
    }

    /// A resource without a known target: CPU, memory, or either where nobody knows which.
    pub(super) fn open_resource(&mut self, name: &str) {
        let names = ["cpu", "memory"].into_iter();
        let its = names.filter(|own| name.is_empty() || is_placeholder(name) || *own == name);
        for own in its {
            let slots = [Measure::Share, Measure::Amount];
            let slots = slots
                .into_iter()
                .filter_map(|measure| Self::slot(own, measure));
            self.open.extend(slots.map(|slot| slot.key));
        }
    }

    /// A metric without a known target that is no resource: by its name, where it has one.
    pub(super) fn open_requests(&mut self, name: Option<&str>) {
        let name = name.filter(|name| !is_placeholder(name));
        if let Some(requests) = name.and_then(Requests::of) {
            self.open.insert(requests.slot().key);
            return;
        }
        self.open.insert(property::HPA_METRICS.key);
        if name.is_none() {
            let both = [Requests::Waiting, Requests::InFlight];
            self.open.extend(both.map(|requests| requests.slot().key));
        }
    }

    /// A metric that is no field of the scenario.
    pub(super) fn held(whole: &str, facts: &mut Facts) {
        facts.unused(whole, HELD);
    }

    /// Records the targets. Of two for one metric the lower counts, since the autoscaler follows
    /// the larger fleet; absent targets are recorded as such.
    pub(super) fn say(self, absent: &str, because: &str, facts: &mut Facts) {
        for slot in SLOTS {
            let mut own: Vec<&Target> = self
                .known
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
                if !facts.tries(slot.key) && !self.open.contains(slot.key) {
                    facts.filled(absent, slot, None, because);
                }
                continue;
            };
            match &first.note {
                Some(note) => facts.noted(first.place.clone(), slot, first.value, note.clone()),
                None => facts.number(first.place.clone(), slot, first.value),
            }
            facts.understood.extend(beside(&first.place, &first.whole));
            for other in own {
                let is_same = other.scope == first.scope;
                if !is_same && let Some(fact) = facts.values.last_mut() {
                    fact.remark(&of_others(other.value, first.slot.unit));
                }
                facts.unused(
                    other.whole.clone(),
                    if is_same { LOWER } else { OTHER_SCOPE },
                );
            }
        }
        let is_open = self.open.contains(property::HPA_METRICS.key);
        Self::say_own(&self.own, (absent, because), is_open, facts);
    }

    /// The metrics of the reader's own, as one list; that there is none is said of a file that
    /// could have them.
    fn say_own(own: &[Own], (absent, because): (&str, &str), is_open: bool, facts: &mut Facts) {
        // Of those that a name cannot tell apart the lowest target, whatever the order.
        let is_alike = |one: &Own, other: &Own| {
            one.metric.name == other.metric.name && one.metric.source == other.metric.source
        };
        let mut list = Vec::new();
        for (index, each) in own.iter().enumerate() {
            let lower = own.iter().enumerate().filter(|(at, other)| {
                let order = other.metric.target.total_cmp(&each.metric.target);
                is_alike(each, other) && order.then(at.cmp(&index)).is_lt()
            });
            match lower.map(|(_, other)| other).next() {
                Some(other) if other.scope == each.scope => {
                    facts.unused(each.whole.clone(), LOWER);
                }
                Some(_) => facts.unused(each.whole.clone(), OTHER_ROWS),
                None if list.len() == MOST => {
                    facts.unused(each.whole.clone(), "is one metric too many");
                }
                None => list.push(each),
            }
        }
        let Some(first) = list.first() else {
            if is_open || facts.tries(property::HPA_METRICS.key) {
                return;
            }
            facts.filled_word(absent, &property::HPA_METRICS, "", because);
            return;
        };
        let metrics = list.iter().map(|each| each.metric.clone()).collect();
        let word = List(metrics).to_string();
        facts.word(first.place.clone(), &property::HPA_METRICS, word);
        for each in &list {
            facts.understood.extend(beside(&each.place, &each.whole));
            let text = each.metric.to_string();
            if each.place != first.place {
                facts.also(each.place.clone(), property::HPA_METRICS.title, text);
            } else if let Some(fact) = facts.values.last_mut() {
                fact.part = Some(text);
            }
            let is_known = each.metric.per_rps.is_some();
            let note = if is_known { BY_NAME } else { UNKNOWN };
            let notes = each.note.as_deref().into_iter().chain([note]);
            let others = own
                .iter()
                .filter(|other| is_alike(each, other) && other.scope != each.scope);
            let others = others.map(|other| of_others(other.metric.target, ""));
            let notes: Vec<String> = notes.map(str::to_owned).chain(others).collect();
            if let Some(fact) = facts.values.last_mut() {
                fact.note = Some(notes.join("; "));
            }
        }
    }

    /// Whether there are no targets at all.
    pub(super) fn is_empty(&self) -> bool {
        self.known.is_empty() && self.own.is_empty() && self.open.is_empty()
    }
}
