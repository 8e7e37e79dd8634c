//! Fallback order of `LiteLLM`'s models.
//!
//! # Source
//!
//! docs.litellm.ai, "Fallbacks" (2026-11): a failed group of deployments is followed by the groups
//! of its list, in order. `*` and the default list apply to groups without a list. Router settings
//! override those for all calls.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::litellm_model::Groups;
use crate::import::fact::Facts;
use crate::import::lines::join;
use crate::import::value::at;
use crate::scenario::link::MOST_ROWS;
use crate::scenario::property::ORDER;

const ROUTER: &str = "router_settings";
const CALLS: &str = "litellm_settings";
/// Group name that stands for all without a list.
const ANY: &str = "*";
const NO_GROUP: &str = "no model_name here is called so";
const NO_NAME: &str = "names no group of models";
const BEFORE: &str = "router_settings.fallbacks goes before it";
const NOBODY: &str = "says nothing new: each group has a list of its own, or follows already";
const OWN: &str = "is the group itself";
const BOTH_WAYS: &str = "is before that group as well by other lines, which one order of all \
                         requests cannot hold";
const LATER: &str = "takes what that group's limits refuse; requests that ask for it by its own \
                     name count among the others";
const LONG: &str = "takes requests that are too long for their model, which the plan does not tell \
                    apart";
const REFUSED: &str =
    "takes requests that a policy of the provider refuses, which are not modelled";
const ROOM: &str = "there are more groups than a scenario has room for";

/// One group's fallback to another.
struct Step {
    from: usize,
    to: usize,
    /// Line of the step; `None` between two groups of one list, which no line states.
    place: Option<String>,
}

/// Sets the order of the groups of models.
pub(super) fn fallbacks(document: &Value, groups: &Groups, facts: &mut Facts) {
    for owner in [ROUTER, CALLS] {
        for (key, why) in [
            ("context_window_fallbacks", LONG),
            ("content_policy_fallbacks", REFUSED),
        ] {
            if !document[owner][key].is_null() {
                facts.unused(join(owner, key), why);
            }
        }
    }
    if MOST_ROWS < groups.len() {
        let keys = ["fallbacks", "default_fallbacks"];
        let places = [ROUTER, CALLS].map(|owner| keys.map(|key| join(owner, key)));
        for place in places.into_iter().flatten() {
            if at(document, &place).is_some() {
                facts.unused(place, ROOM);
            }
        }
        return;
    }
    let steps = steps(document, groups, facts);
    let names: Vec<&String> = groups.keys().collect();
    let reach = reach(&steps, names.len());
    let mut later: BTreeMap<usize, String> = BTreeMap::new();
    let mut firm = Vec::new();
    for step in steps {
        let is_firm = !reach[step.to][step.from];
        if let Some(place) = &step.place {
            if is_firm {
                let value = format!("{} after {}", names[step.to], names[step.from]);
                facts.also(place.clone(), "Fallback", value);
                if let Some(fact) = facts.values.last_mut() {
                    fact.note = Some(LATER.to_owned());
                }
                later.entry(step.to).or_insert_with(|| place.clone());
            } else if step.from == step.to {
                facts.unused(place.clone(), OWN);
            } else {
                facts.unused(place.clone(), BOTH_WAYS);
            }
        }
        if is_firm {
            firm.push((step.from, step.to));
        }
    }
    let depths: Vec<usize> = groups.values().map(|places| depth(places, facts)).collect();
    let offsets = offsets(&firm, &depths);
    for ((group, places), offset) in groups.values().enumerate().zip(&offsets) {
        let Some(line) = later.get(&group).filter(|_| 0 < *offset) else {
            continue;
        };
        for place in places {
            let target = &mut facts.targets[*place];
            let order = target.order + offset;
            target.put(line.clone(), order);
            target.filled.retain(|(key, _)| *key != ORDER.key);
        }
    }
}

/// All steps in the lists, in order.
fn steps(document: &Value, groups: &Groups, facts: &mut Facts) -> Vec<Step> {
    // An empty list counts as absent, so the other owner's applies.
    let there = |owner: &str| {
        let said = &document[owner]["fallbacks"];
        !said.is_null() && said.as_array().is_none_or(|rows| !rows.is_empty())
    };
    let owner = if there(ROUTER) { ROUTER } else { CALLS };
    if there(ROUTER) && there(CALLS) {
        facts.unused(join(CALLS, "fallbacks"), BEFORE);
    }
    let mut lists: Vec<(String, String, &Value)> = Vec::new();
    let path = join(owner, "fallbacks");
    match &document[owner]["fallbacks"] {
        Value::Array(rows) => {
            for (index, row) in rows.iter().enumerate() {
                let place = join(&path, &index.to_string());
                match row.as_object() {
                    Some(row) => {
                        let row = row.iter();
                        lists.extend(row.map(|(key, list)| (key.clone(), join(&place, key), list)));
                    }
                    None => facts.unused(place, NO_NAME),
                }
            }
        }
        Value::Null => {}
        _ => facts.unused(path, NO_NAME),
    }
    for owner in [ROUTER, CALLS] {
        let list = &document[owner]["default_fallbacks"];
        if !list.is_null() {
            lists.push((ANY.to_owned(), join(owner, "default_fallbacks"), list));
        }
    }
    let own: BTreeSet<String> = lists.iter().map(|(key, ..)| key.clone()).collect();
    let places: BTreeMap<&String, usize> = groups.keys().zip(0..).collect();
    let mut found = Found {
        steps: Vec::new(),
        seen: vec![vec![false; groups.len()]; groups.len()],
    };
    for (key, path, list) in lists {
        let from: Vec<usize> = match places.get(&key) {
            Some(from) => vec![*from],
            None if key == ANY => {
                let without = places.iter().filter(|(name, _)| !own.contains(**name));
                without.map(|(_, place)| *place).collect()
            }
            None => {
                facts.unused(path, NO_GROUP);
                continue;
            }
        };
        let Some(list) = list.as_array() else {
            facts.unused(path, NO_NAME);
            continue;
        };
        found.follow((&from, key == ANY), (list, &path), &places, facts);
    }
    found.steps
}

/// Steps found in some lists.
struct Found {
    steps: Vec<Step>,
    /// Whether an earlier line had the step.
    seen: Vec<Vec<bool>>,
}

impl Found {
    /// Adds the steps of one list.
    fn follow(
        &mut self,
        (from, is_any): (&[usize], bool),
        (list, path): (&[Value], &str),
        places: &BTreeMap<&String, usize>,
        facts: &mut Facts,
    ) {
        let place_of = |name: &str| places.get(&name.to_owned()).copied();
        let listed = list.iter().filter_map(|name| place_of(name.as_str()?));
        let listed: BTreeSet<usize> = listed.collect();
        let mut before = None;
        for (index, name) in list.iter().enumerate() {
            let place = join(path, &index.to_string());
            let Some(name) = name.as_str() else {
                facts.unused(place, NO_NAME);
                continue;
            };
            let Some(to) = place_of(name) else {
                facts.unused(place, NO_GROUP);
                continue;
            };
            let mut is_new = false;
            // A default applies to groups without their own list.
            let from = from.iter().filter(|from| !is_any || !listed.contains(from));
            for from in from {
                is_new |= self.add(*from, to, Some(&place));
            }
            if !is_new {
                facts.unused(place, NOBODY);
            }
            if let Some(before) = before.filter(|before| *before != to) {
                self.add(before, to, None);
            }
            before = Some(to);
        }
    }

    /// Adds a step, unless an earlier line had it.
    fn add(&mut self, from: usize, to: usize, place: Option<&String>) -> bool {
        let place = place.cloned();
        let is_new = place.is_none() || !self.seen[from][to];
        if is_new {
            self.seen[from][to] |= place.is_some();
            self.steps.push(Step { from, to, place });
        }
        is_new
    }
}

/// Which groups follow which, directly or indirectly.
fn reach(steps: &[Step], count: usize) -> Vec<Vec<bool>> {
    let mut reach = vec![vec![false; count]; count];
    for step in steps {
        reach[step.from][step.to] = true;
    }
    for over in 0..count {
        let further = reach[over].clone();
        for row in reach.iter_mut().filter(|row| row[over]) {
            for (there, more) in row.iter_mut().zip(&further) {
                *there |= more;
            }
        }
    }
    reach
}

/// Number of order levels within a group.
fn depth(places: &[usize], facts: &Facts) -> usize {
    let orders = places.iter().map(|place| facts.targets[*place].order);
    orders.max().map_or(1, |last| last + 1)
}

/// First order level of each group: after all groups it follows.
fn offsets(steps: &[(usize, usize)], depths: &[usize]) -> Vec<usize> {
    let mut offsets = vec![0; depths.len()];
    for _ in 0..depths.len() {
        let before = offsets.clone();
        for (from, to) in steps {
            offsets[*to] = offsets[*to].max(offsets[*from] + depths[*from]);
        }
        if before == offsets {
            break;
        }
    }
    offsets
}
