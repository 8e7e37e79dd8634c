//! KEDA's additions to its autoscaler: schedules, scaling to zero, fallback.

use serde_json::Value;

use super::count::count;
use super::paused::is_on;
use super::problem::Problem;
use super::time::whole;
use super::weekday::{Timed, days, simulated};
use crate::export::check::amount;
use crate::import::{Function, Query, Requests, minute_of_day, number};
use crate::simulation::{Activation, Fallback, Keeps, Load, Schedule, Trigger};

/// KEDA's defaults, seconds.
const POLLING_S: f64 = 30.0;
const COOLDOWN_S: f64 = 300.0;

/// Parts of a `ScaledObject` that are not in its autoscaler.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Keda {
    /// Daily schedules.
    pub schedules: Vec<Schedule>,
    /// Scaling to zero and back, if enabled.
    pub zero: Option<Zero>,
    /// Fallback for unreadable metrics.
    pub fallback: Option<Fallback>,
}

/// Scaling to zero and back.
#[derive(Debug, Clone, PartialEq)]
pub struct Zero {
    /// Time between two polls, milliseconds.
    pub polling_ms: u64,
    /// Cooldown since a trigger was last active, milliseconds.
    pub cooldown_ms: u64,
    /// Cooldown since the start if no trigger was ever active, milliseconds.
    pub initial_cooldown_ms: u64,
    /// Pods while idle, and minimum pods once a trigger is active.
    pub pods: (u32, u32),
    /// Activation triggers.
    pub wakes: Vec<Wake>,
}

/// An activation trigger.
#[derive(Debug, Clone, PartialEq)]
pub enum Wake {
    /// A trigger that the simulation knows.
    Known(Trigger),
    /// A named load and its threshold.
    Named(String, f64),
    /// A trigger that is not simulated.
    Unknown,
}

/// Reads the parts beside the autoscaler. Adds a sentence to `left_out` for each part that is not
/// simulated.
///
/// # Errors
///
/// A [`Problem`] if KEDA would reject the object.
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
                    let why = match count(&trigger["metadata"]["desiredReplicas"]) {
                        Some(_) => "a schedule that is not a minute and an hour is not simulated",
                        None => "a schedule without a whole number of pods is not simulated",
                    };
                    left_out.push(why.to_owned());
                    wakes.push(Wake::Unknown);
                }
            }
            // Only triggers from outside the pods take KEDA's fleet to zero.
            "cpu" | "memory" => {}
            _ => wakes.push(wake(kind, trigger)),
        }
    }
    let day = simulated(&timed, left_out);
    let today = timed.iter().filter(|timed| timed.days[day]);
    let schedules: Vec<Schedule> = today.map(|timed| timed.schedule).collect();
    let places = 0..u32::try_from(schedules.len()).unwrap_or(u32::MAX);
    wakes.extend(places.map(|place| Wake::Known(Trigger::Scheduled(place))));
    // Forced activation rules out scaling to zero.
    let is_forced = is_on(object, "force-activation");
    Ok(Keda {
        schedules,
        zero: zero(spec, wakes)?.filter(|_| !is_forced),
        fallback: fallback(&spec["fallback"]),
    })
}

/// Scaling to zero or to the idle count; `None` if the object does neither.
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

/// A trigger other than a schedule. KEDA compares the result of its query and does not divide it by
/// the pods.
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
        // A mean over pods exceeds 0 exactly where their sum does; other thresholds differ.
        (Some(_), Function::Mean) if 0 < above_m => Wake::Unknown,
        (Some(_), Function::One) => Wake::Unknown,
        (Some(Requests::InFlight), _) => known(Load::InFlight),
        (Some(Requests::Waiting), _) => known(Load::Waiting),
        (None, Function::Mean) => Wake::Named(text.to_owned(), above),
        (None, _) => Wake::Named(query.name, of_all),
    }
}

/// A schedule with its weekdays.
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

/// Time of a cron expression that fires once a day, milliseconds.
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
    /// Activation for the simulation; `None` if a trigger is unknown.
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
        // Pods that run at midnight had requests before it.
        let is_busy = |wake: &Wake| !matches!(wake, Wake::Known(Trigger::Scheduled(_)));
        let before_ms = if self.wakes.iter().any(is_busy) {
            self.cooldown_ms
        } else {
            0
        };
        Some(Activation {
            polling_ms: self.polling_ms,
            offset_ms: 0,
            cooldown_ms: self.cooldown_ms,
            initial_cooldown_ms: self.initial_cooldown_ms.max(before_ms),
            idle,
            least,
            triggers: triggers.filter(|triggers| !triggers.is_empty())?,
        })
    }
}
