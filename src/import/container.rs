//! Resource requests of a container, and the gateway's concurrency.

use serde_json::Value;

use super::fact::{Fact, Facts, Of};
use super::lines::join;
use super::open;
use super::placeholder;
use super::score::{CONCURRENCY, container_score};
use super::value::{at, number};
use crate::export::check::amount;
use crate::model::digits;
use crate::scenario::property;

/// Flag equivalent to the gateway's setting.
const FLAG: &str = "--max-concurrency";
const LIMIT: &str = "a limit without a request is the request as well";

/// Reads the CPU and memory requests of a container.
pub(super) fn resources(resources: &Value, path: &str, facts: &mut Facts) {
    for (key, property, unit) in [
        ("cpu", &property::VCPU, 1.0),
        ("memory", &property::MEMORY, 1e6),
    ] {
        let there = |of: &str| resources[of].get(key).filter(|value| !value.is_null());
        let open = |of: &str| open::of(resources, &format!("{of}.{key}"));
        let (of, value) = match (there("requests"), there("limits")) {
            (Some(value), _) => ("requests", value),
            (None, Some(value)) if open("requests").is_none() => ("limits", value),
            _ => {
                // Where the request may stand nobody takes the limit for it.
                let place = open("requests").or_else(|| open("limits"));
                if let Some(place) = place {
                    let whole = [path, &place].join(".");
                    let whole = whole.trim_end_matches('.');
                    let value = at(resources, &place).unwrap_or(resources);
                    let is_told = facts.unused.iter().any(|(told, _)| told == whole);
                    if !is_told {
                        facts.unused(whole, placeholder::unfilled(value));
                    }
                }
                continue;
            }
        };
        let place = join(path, &format!("{of}.{key}"));
        match amount(value) {
            Some(value) if of == "limits" => facts.noted(place, property, value / unit, LIMIT),
            Some(value) => facts.number(place, property, value / unit),
            None => facts.unread(
                place,
                Of::Number(property),
                "is no quantity, for example 500m, 128M or 128Mi",
            ),
        }
    }
}

/// Reads the gateway's concurrency from its flag or, without one, its environment variable.
pub(super) fn slots(container: &Value, path: &str, facts: &mut Facts) {
    let has_flag = flag(container, path, facts);
    let variables = container["env"].as_array();
    for (index, variable) in variables.into_iter().flatten().enumerate() {
        if variable["name"] != CONCURRENCY {
            continue;
        }
        let place = format!("{path}.env.{index}");
        match number(&variable["value"]) {
            Some(_) if has_flag => {
                facts.unused(place, format!("the flag {FLAG} goes before it"));
            }
            Some(value) => {
                facts.number(join(&place, "value"), &property::CONCURRENCY, value);
                facts.understood.push(join(&place, "name"));
                return;
            }
            None if variable.get("value").is_some() => {
                facts.refused(join(&place, "value"), &property::CONCURRENCY);
            }
            None => {}
        }
    }
}

/// Gateway's concurrency, without recording facts.
pub(super) fn slots_of(container: &Value) -> Option<f64> {
    let mut facts = Facts::default();
    slots(container, "", &mut facts);
    facts.values.iter().find_map(Fact::number)
}

fn flag(container: &Value, path: &str, facts: &mut Facts) -> bool {
    for of in ["command", "args"] {
        let words: Vec<&str> = container[of]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        for (index, word) in words.iter().enumerate() {
            let Some(rest) = word.strip_prefix(FLAG) else {
                continue;
            };
            let (at, value) = match rest.strip_prefix('=') {
                Some(value) => (index, Some(value)),
                None => (index + 1, words.get(index + 1).copied()),
            };
            let Some(value) = value.filter(|_| at == index || rest.is_empty()) else {
                continue;
            };
            let place = format!("{path}.{of}.{at}");
            facts.understood.push(format!("{path}.{of}.{index}"));
            match digits::read(value) {
                Some(value) => facts.number(place, &property::CONCURRENCY, value),
                // It goes before a variable, whatever it comes to.
                None => facts.refused(place, &property::CONCURRENCY),
            }
            return true;
        }
    }
    false
}

/// Container of the gateway in a Deployment.
///
/// # Errors
///
/// The candidate names, if nothing decides.
pub(super) fn of_gateway<'a>(
    workload: &'a Value,
    asked: &[String],
) -> Result<Option<(usize, &'a Value)>, Vec<String>> {
    let pod = &workload["spec"]["template"];
    let all = pod["spec"]["containers"].as_array();
    let all = all.into_iter().flatten().enumerate();
    let (all, open): (Vec<_>, Vec<_>) = all
        .filter(|(_, one)| !one.is_null())
        .partition(|(_, one)| one.is_object());
    let name = |container: &Value| container["name"].as_str().unwrap_or_default().to_owned();
    let narrowed = |list: Vec<(usize, &'a Value)>, holds: &dyn Fn(&Value) -> bool| {
        let kept: Vec<_> = list.iter().copied().filter(|(_, one)| holds(one)).collect();
        if kept.is_empty() { list } else { kept }
    };
    let default = &pod["metadata"]["annotations"]["kubectl.kubernetes.io/default-container"];
    let owner = workload["metadata"]["name"].as_str().unwrap_or_default();
    let mut left = narrowed(all, &|one| asked.contains(&name(one)));
    let most = left.iter().map(|(_, one)| container_score(one)).max();
    left = narrowed(left, &|one| Some(container_score(one)) == most);
    left = narrowed(left, &|one| *default == one["name"] && default.is_string());
    left = narrowed(left, &|one| name(one) == owner);
    let says_same = |list: &[(usize, &Value)]| {
        list.windows(2)
            .all(|two| two[0].1["resources"] == two[1].1["resources"])
    };
    let is_sure =
        |one: &Value| 0 < container_score(one) || asked.contains(&name(one)) || name(one) == owner;
    if says_same(&left) {
        let found = left.first().copied();
        // Beside one that nobody knows another is the gateway's only where something says so.
        return Ok(found.filter(|(_, one)| open.is_empty() || is_sure(one)));
    }
    Err(left.iter().map(|(_, one)| name(one)).collect())
}
