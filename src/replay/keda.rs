//! What KEDA does beside the autoscaler that it makes: schedules, the way to nothing, a fallback.

use serde_json::Value;

use super::count::count;
use super::paused::is_on;
use super::problem::Problem;
use super::time::whole;
use super::weekday::{Timed, days, simulated};
use crate::export::check::amount;
use crate::import::{Function, Query, Requests, minute_of_day, number};
use crate::simulation::{Activation, Fallback, Keeps, Load, Schedule, Trigger};

/// What KEDA fills in, seconds.
const POLLING_S: f64 = 30.0;
const COOLDOWN_S: f64 = 300.0;

/// What of a `ScaledObject` is no part of its autoscaler.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Keda {
    /// Times of the day for which pods are wanted.
    pub schedules: Vec<Schedule>,
    /// The way to nothing and back, if it goes there.
    pub zero: Option<Zero>,
    /// What metrics stand for while they cannot be read.
    pub fallback: Option<Fallback>,
}

/// The way to nothing and back.
#[derive(Debug, Clone, PartialEq)]
pub struct Zero {
    /// Time between two looks, milliseconds.
    pub polling_ms: u64,
    /// Time since something was last active, milliseconds.
    pub cooldown_ms: u64,
    /// The same where nothing ever was, milliseconds.
    pub initial_cooldown_ms: u64,
    /// Pods while nothing is active, and once something is.
    pub pods: (u32, u32),
    /// What it looks at.
    pub wakes: Vec<Wake>,
}

/// What brings the fleet back.
#[derive(Debug, Clone, PartialEq)]
pub enum Wake {
    /// Something that a run knows.
    Known(Trigger),
    /// A load by its name, above a value.
    Named(String, f64),
    /// Something that no day knows.
    Unknown,
}

/// Reads what is beside the autoscaler. What no day knows is told in `left_out`, a sentence each.
///
/// # Errors
///
/// A [`Problem`] if KEDA would refuse the object.
pub(super) fn keda(object: &Value, left_out: &mut Vec<String>) -> Result<Keda, Problem> {
    let spec = &object["spec"];
    let triggers = spec["triggers"].as_array();
    let triggers = triggers.map(Vec::as_slice).unwrap_or_default();
    let mut timed = Vec::new();
    let mut wakes = Vec::new();
    for trigger in triggers {
        let kind = trigger["type"].as_str().unwrap_or_default();
        match kind {
            "cron" => {
                if let Some(one) = self::timed(&trigger["metadata"]) {
                    timed.push(one);
                } else {
                    let why = "a schedule that is not a minute and an hour is not simulated";
                    left_out.push(why.to_owned());
                    wakes.push(Wake::Unknown);
                }
            }
            // KEDA goes to nothing by triggers from outside the pods alone.
            "cpu" | "memory" => {}
            _ => wakes.push(wake(kind, trigger)),
        }
    }
    let day = simulated(&timed, left_out);
    let today = timed.iter().filter(|timed| timed.days[day]);
    let schedules: Vec<Schedule> = today.map(|timed| timed.schedule).collect();
    let places = 0..u32::try_from(schedules.len()).unwrap_or(u32::MAX);
    wakes.extend(places.map(|place| Wake::Known(Trigger::Scheduled(place))));
    // What is activated by force goes to nothing at no time.
    let is_forced = is_on(object, "force-activation");
    Ok(Keda {
        schedules,
        zero: zero(spec, wakes)?.filter(|_| !is_forced),
        fallback: fallback(&spec["fallback"]),
    })
}

/// The way to nothing, where the object goes there.
fn zero(spec: &Value, wakes: Vec<Wake>) -> Result<Option<Zero>, Problem> {
    let least = count(&spec["minReplicaCount"]).unwrap_or(0);
    let idle = count(&spec["idleReplicaCount"]);
    if idle.is_some_and(|idle| least <= idle) {
        let what = "idleReplicaCount is not below minReplicaCount";
        return Err(Problem::Missing(what.to_owned()));
    }
    let Some(idle) = idle.or((least == 0).then_some(0)) else {
        return Ok(None);
    };
    let period = |key: &str, usual_s: f64| {
        let seconds = number(&spec[key]).unwrap_or(usual_s);
        whole(seconds * 1e3)
    };
    Ok(Some(Zero {
        polling_ms: period("pollingInterval", POLLING_S).max(1),
        cooldown_ms: period("cooldownPeriod", COOLDOWN_S),
        initial_cooldown_ms: period("initialCooldownPeriod", 0.0),
        pods: (idle, least.max(1)),
        wakes,
    }))
}

/// A trigger that is no schedule: KEDA compares what its query comes to, and divides by no pods.
fn wake(kind: &str, trigger: &Value) -> Wake {
    let metadata = &trigger["metadata"];
    let text = metadata["query"].as_str().unwrap_or_default();
    let above = amount(&metadata["activationThreshold"]).unwrap_or(0.0);
    if kind != "prometheus" {
        return Wake::Unknown;
    }
    let Ok(query) = Query::read(text) else {
        return Wake::Named(text.to_owned(), above);
    };
    let of_all = query.target(above);
    let above_m = i64::try_from(whole(of_all * 1e3)).unwrap_or(i64::MAX);
    let known = |load| Wake::Known(Trigger::Above { load, above_m });
    match (Requests::of(&query.name), query.function) {
        // A mean of the pods is above nothing where their sum is, and no further.
        (Some(_), Function::Mean) if 0 < above_m => Wake::Unknown,
        (Some(_), Function::One) => Wake::Unknown,
        (Some(Requests::InFlight), _) => known(Load::InFlight),
        (Some(Requests::Waiting), _) => known(Load::Waiting),
        (None, Function::Mean) => Wake::Named(text.to_owned(), above),
        (None, _) => Wake::Named(query.name, of_all),
    }
}

/// A schedule with its days.
fn timed(metadata: &Value) -> Option<Timed> {
    let text = |key: &str| metadata[key].as_str();
    let start = text("start")?;
    Some(Timed {
        schedule: Schedule {
            from_ms: time_of_day_ms(start)?,
            to_ms: time_of_day_ms(text("end")?)?,
            pods: count(&metadata["desiredReplicas"])?,
        },
        days: days(start.split_whitespace().last()?)?,
        start: start.to_owned(),
        zone: text("timezone").unwrap_or("UTC").to_owned(),
    })
}

/// The time of a cron expression that fires once on its days.
fn time_of_day_ms(cron: &str) -> Option<u64> {
    minute_of_day(cron).map(|(minute, _)| 60_000 * u64::from(minute))
}

fn fallback(block: &Value) -> Option<Fallback> {
    Some(Fallback {
        failures: count(&block["failureThreshold"])?,
        pods: count(&block["replicas"])?,
        keeps: match block["behavior"].as_str() {
            Some("currentReplicas") => Keeps::Current,
            Some("currentReplicasIfHigher") => Keeps::Higher,
            Some("currentReplicasIfLower") => Keeps::Lower,
            _ => Keeps::Own,
        },
    })
}

impl Zero {
    /// The loop as a run goes through it; none where something it looks at is not known.
    pub(super) fn activation(&self, load_of: impl Fn(&str) -> Option<f64>) -> Option<Activation> {
        let trigger = |wake: &Wake| match wake {
            Wake::Known(trigger) => Some(*trigger),
            Wake::Named(name, above) => {
                let thousandths =
                    |value: f64| i64::try_from(whole(value * 1e3)).unwrap_or(i64::MAX);
                Some(Trigger::Above {
                    load: Load::PerRps(thousandths(load_of(name)?)),
                    above_m: thousandths(*above),
                })
            }
            Wake::Unknown => None,
        };
        let triggers: Option<Vec<Trigger>> = self.wakes.iter().map(trigger).collect();
        let (idle, least) = self.pods;
        Some(Activation {
            polling_ms: self.polling_ms,
            offset_ms: 0,
            cooldown_ms: self.cooldown_ms,
            initial_cooldown_ms: self.initial_cooldown_ms,
            idle,
            least,
            triggers: triggers.filter(|triggers| !triggers.is_empty())?,
        })
    }
}
