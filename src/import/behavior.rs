//! `behavior` block of an autoscaler, with the API server's defaults.

use std::fmt;

use serde_json::Value;

use super::fact::{Facts, Of};
use super::lines::join;
use super::placeholder;
use super::value::{at, number};
use crate::export::check::amount;
use crate::say::input;
use crate::scenario::property::{self, Choice, Number};
use crate::scenario::scaling::{Item, List, MOST};
use crate::scenario::{ScalingPolicy, Scenario, Select};

/// Reason for a default value.
const DEFAULT: &str = "Kubernetes fills it in";
const MOOT: &str = "no policy is needed where selectPolicy is Disabled";
const NO_POLICY: &str = "the file has no such policy";
const NO_ITEM: &str = "has no policy: an API server refuses the list, and without it fills in its \
                       own";
const NO_WHOLE: &str = "needs type Pods or Percent, a whole value from 1 to 10,000 and \
                        periodSeconds from 1 to 1,800: an API server refuses it, and nothing of \
                        it was taken";

/// Inputs of one scaling direction.
struct Way {
    name: &'static str,
    window: &'static Number<Scenario>,
    percent: [&'static Number<Scenario>; 2],
    pods: [&'static Number<Scenario>; 2],
    more: &'static Choice<Scenario>,
    select: &'static Choice<Scenario>,
    tolerance: &'static Number<Scenario>,
    /// Defaults of the API server: window, percent and pods per 15 s.
    filled: (f64, f64, Option<f64>),
}

const WINDOW: &str = "stabilizationWindowSeconds";
const PERIOD_S: f64 = 15.0;

static WAYS: [Way; 2] = [
    Way {
        name: "scaleUp",
        window: &property::HPA_UP_WINDOW,
        percent: [&property::HPA_UP_PERCENT, &property::HPA_UP_PERIOD],
        pods: [&property::HPA_UP_PODS, &property::HPA_UP_PODS_PERIOD],
        more: &property::HPA_UP_MORE,
        select: &property::HPA_UP_SELECT,
        tolerance: &property::HPA_UP_TOLERANCE,
        filled: (0.0, 100.0, Some(4.0)),
    },
    Way {
        name: "scaleDown",
        window: &property::HPA_DOWN_WINDOW,
        percent: [&property::HPA_DOWN_PERCENT, &property::HPA_DOWN_PERIOD],
        pods: [&property::HPA_DOWN_PODS, &property::HPA_DOWN_PODS_PERIOD],
        more: &property::HPA_DOWN_MORE,
        select: &property::HPA_DOWN_SELECT,
        tolerance: &property::HPA_DOWN_TOLERANCE,
        filled: (300.0, 100.0, None),
    },
];

/// Reads both directions, with the API server's defaults for absent fields.
///
/// # Source
///
/// Kubernetes, `pkg/apis/autoscaling/v2/defaults.go`.
pub(super) fn behavior(document: &Value, path: &str, facts: &mut Facts) {
    for way in &WAYS {
        let path = join(path, way.name);
        let direction = at(document, &path).unwrap_or(&Value::Null);
        read(direction, &path, way, facts);
    }
}

fn read(direction: &Value, path: &str, way: &Way, facts: &mut Facts) {
    let (window_s, _, _) = way.filled;
    plain(direction, path, WINDOW, way.window, facts).unwrap_or_else(|| {
        let place = join(path, WINDOW);
        facts.filled(place, way.window, Some(window_s), DEFAULT);
    });
    let select = select(direction, path, way, facts);
    let place = join(path, "tolerance");
    let said = direction.get("tolerance").filter(|value| !value.is_null());
    match said.map(amount) {
        Some(Some(ratio)) => facts.number(place, way.tolerance, to_percent(ratio)),
        Some(None) => facts.refused(place, way.tolerance),
        None => facts.filled(place, way.tolerance, None, "the cluster's own 10 % holds"),
    }
    policies(direction, path, (way, select), facts);
}

/// Decimal ratio as a percentage, without floating-point error.
fn to_percent(ratio: f64) -> f64 {
    libm::round(ratio * 1e11) / 1e9
}

/// Number at a key; `None` if absent.
fn plain(
    owner: &Value,
    path: &str,
    key: &str,
    property: &'static Number<Scenario>,
    facts: &mut Facts,
) -> Option<()> {
    let value = owner.get(key).filter(|value| !value.is_null())?;
    match number(value) {
        Some(value) => facts.number(join(path, key), property, value),
        None => facts.refused(join(path, key), property),
    }
    Some(())
}

fn select(direction: &Value, path: &str, way: &Way, facts: &mut Facts) -> Select {
    let Some(word) = direction.get("selectPolicy").filter(|word| !word.is_null()) else {
        facts.filled_word(
            join(path, "selectPolicy"),
            way.select,
            Select::Max.key(),
            DEFAULT,
        );
        return Select::Max;
    };
    let place = join(path, "selectPolicy");
    let known = Select::ALL.into_iter().find(|select| *word == select.api());
    match known {
        Some(select) => facts.word(place, way.select, select.key()),
        None => facts.unread(
            place,
            Of::Choice(way.select),
            "must be Max, Min or Disabled",
        ),
    }
    known.unwrap_or_default()
}

/// Scaling policy of a file.
struct Policy {
    place: String,
    is_percent: bool,
    value: f64,
    period_s: f64,
}

/// Format of the scenario.
impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let step = if self.is_percent { "percent" } else { "pods" };
        write!(f, "{step}:{}:{}", self.value, self.period_s)
    }
}

fn policies(direction: &Value, path: &str, (way, select): (&Way, Select), facts: &mut Facts) {
    let list = direction["policies"].as_array();
    let absent = join(path, "policies");
    if list.is_some_and(Vec::is_empty) {
        facts.unused(absent, NO_ITEM);
        return;
    }
    let Some(list) = list else {
        let (_, percent, pods) = way.filled;
        if select == Select::Disabled {
            facts.filled(&absent, way.percent[0], None, MOOT);
            facts.filled(&absent, way.pods[0], None, MOOT);
            facts.filled_word(&absent, way.more, "", MOOT);
            return;
        }
        facts.filled_word(&absent, way.more, "", NO_POLICY);
        facts.filled(&absent, way.percent[0], Some(percent), DEFAULT);
        facts.filled(&absent, way.percent[1], Some(PERIOD_S), DEFAULT);
        facts.filled(&absent, way.pods[0], pods, DEFAULT);
        if pods.is_some() {
            facts.filled(&absent, way.pods[1], Some(PERIOD_S), DEFAULT);
        }
        return;
    };
    let mut read = Vec::new();
    let mut is_refused = false;
    for (index, policy) in list.iter().enumerate() {
        let place = join(path, &format!("policies.{index}"));
        if let Some(policy) = policy_of(policy, &place, way) {
            read.push(policy);
        } else {
            is_refused = true;
            facts.unused(place, placeholder::reason(policy, NO_WHOLE));
        }
    }
    let mut more = Vec::new();
    for (is_percent, properties) in [(true, way.percent), (false, way.pods)] {
        let mut of_type = read.iter().filter(|policy| policy.is_percent == is_percent);
        let Some(first) = of_type.next() else {
            // A rejected policy may have been one, so the scenario's own stays.
            if !is_refused {
                facts.filled(&absent, properties[0], None, NO_POLICY);
            }
            continue;
        };
        for (key, property, value) in [
            ("value", properties[0], first.value),
            ("periodSeconds", properties[1], first.period_s),
        ] {
            facts.number(join(&first.place, key), property, value);
        }
        facts.understood.push(join(&first.place, "type"));
        more.extend(of_type);
    }
    if !more.is_empty() || !is_refused {
        further(&more, path, way, facts);
    }
}

/// Collects policies beyond the first of each type as one list.
fn further(policies: &[&Policy], path: &str, way: &Way, facts: &mut Facts) {
    let mut list = List(Vec::new());
    let mut places = Vec::new();
    for policy in policies {
        match ScalingPolicy::parse(&policy.to_string()) {
            Some(read) if list.0.len() < MOST => {
                list.0.push(read);
                places.push(&policy.place);
            }
            Some(_) => facts.unused(policy.place.clone(), "is one policy too many"),
            None => facts.unused(policy.place.clone(), input::options(&way.more.options())),
        }
    }
    let Some((first, rest)) = places.split_first() else {
        let absent = join(path, "policies");
        facts.filled_word(absent, way.more, "", NO_POLICY);
        return;
    };
    facts.word(join(first, "value"), way.more, list.to_string());
    for (place, policy) in rest.iter().zip(list.0.iter().skip(1)) {
        facts.also(join(place, "value"), way.more.title, policy.to_string());
    }
    for place in places {
        let beside = ["type", "periodSeconds"].map(|key| join(place, key));
        facts.understood.extend(beside);
    }
}

/// Policy if all its fields are valid; a partial one would mean something else.
fn policy_of(policy: &Value, place: &str, way: &Way) -> Option<Policy> {
    let is_percent = match policy["type"].as_str()? {
        "Percent" => true,
        "Pods" => false,
        _ => return None,
    };
    let of_type = if is_percent { way.percent } else { way.pods };
    let part = |key: &str, property: &Number<Scenario>| {
        let value = number(&policy[key])?;
        property.spec().check(value).ok()
    };
    let [value, period] = of_type;
    Some(Policy {
        place: place.to_owned(),
        is_percent,
        value: part("value", value)?,
        period_s: part("periodSeconds", period)?,
    })
}
