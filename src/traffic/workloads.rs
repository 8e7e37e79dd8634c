//! Requests of a file as several workloads: by model, by key or by tag.

use serde::{Deserialize, Serialize};

use super::facts::Facts;
use super::groups::By;
use super::observed::{Known, ModelSums, Observed};
use crate::model::order::sorted_by;

/// The most workloads; the smallest groups go together.
const WORKLOADS_MOST: usize = 6;

/// The requests of one model, one key or one tag.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Workload {
    /// The model; `None` for the unknown and the small ones together.
    pub model: Option<String>,
    /// The property that its requests share.
    #[serde(default = "by_model")]
    pub by: By,
    /// The place of its key or tag by tokens, from 1 on: their texts are not kept. `None` for
    /// the unknown and the small ones together.
    #[serde(default)]
    pub number: Option<usize>,
    /// Requests of a day.
    pub requests_per_day: f64,
    /// Mean input tokens.
    pub input_tokens: f64,
    /// Mean output tokens.
    pub output_tokens: f64,
    /// Cached share of the input, in percent.
    pub cached_percent: Option<f64>,
}

/// Digests that were kept before keys were told have models only.
fn by_model() -> By {
    By::Model
}

/// The workloads of a file by each property. A list is empty unless the file tells requests
/// and tokens of several groups.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Workloads {
    pub(crate) models: Vec<Workload>,
    pub(crate) keys: Vec<Workload>,
    pub(crate) tags: Vec<Workload>,
}

impl Workloads {
    /// The workloads by a property, the one with the most tokens first.
    pub fn get(&self, by: By) -> &[Workload] {
        match by {
            By::Model => &self.models,
            By::Key => &self.keys,
            By::Tag => &self.tags,
        }
    }

    pub(crate) fn of(of: &Observed, facts: &Facts) -> Self {
        let is_told = of.known.has(Known::REQUESTS) && of.known.has(Known::TOKENS);
        let Some(per_day) = facts.per_day.requests.filter(|_| is_told) else {
            return Self::default();
        };
        let has_cached = of.known.has(Known::CACHED);
        let models = of.models.iter();
        let models = models.map(|(name, sums)| (name.as_deref(), *sums));
        let list = |by, groups| workloads(groups, by, per_day, has_cached);
        Self {
            models: list(By::Model, models.collect()),
            keys: list(By::Key, of.keys.listed()),
            tags: list(By::Tag, of.tags.listed()),
        }
    }
}

/// Several workloads as one; none of none.
pub fn joined(workloads: &[&Workload]) -> Option<Workload> {
    let [first, rest @ ..] = workloads else {
        return None;
    };
    if rest.is_empty() {
        return Some((*first).clone());
    }
    let requests: f64 = workloads.iter().map(|it| it.requests_per_day).sum();
    let mean = |of: fn(&Workload) -> f64| {
        let sum: f64 = workloads
            .iter()
            .map(|it| it.requests_per_day * of(it))
            .sum();
        if 0.0 < requests { sum / requests } else { 0.0 }
    };
    let input_tokens = mean(|it| it.input_tokens);
    let cached = mean(|it| it.input_tokens * it.cached_percent.unwrap_or(0.0));
    let is_cached = workloads.iter().any(|it| it.cached_percent.is_some());
    Some(Workload {
        model: None,
        by: first.by,
        number: None,
        requests_per_day: requests,
        input_tokens,
        output_tokens: mean(|it| it.output_tokens),
        cached_percent: (is_cached && 0.0 < input_tokens).then(|| cached / input_tokens),
    })
}

/// The workloads of groups, of which the unknown one has no name.
fn workloads(
    mut groups: Vec<(Option<&str>, ModelSums)>,
    by: By,
    per_day: f64,
    has_cached: bool,
) -> Vec<Workload> {
    // Where tokens of a group come without its requests, they cannot be set against each other.
    let is_split = |sums: &ModelSums| sums.requests <= 0.0 && 0.0 < sums.tokens.all();
    let is_any_split = groups.iter().any(|(_, sums)| is_split(sums));
    groups.retain(|(_, sums)| 0.0 < sums.requests);
    let all: f64 = groups.iter().map(|(_, sums)| sums.requests).sum();
    if groups.len() < 2 || is_any_split {
        return Vec::new();
    }
    let mut parts = sorted_by(groups, |(name, sums)| {
        (u8::from(name.is_none()), -sums.tokens.all())
    });
    let named = parts.iter().filter(|(name, _)| name.is_some()).count();
    let small = parts.split_off(named.min(WORKLOADS_MOST));
    if !small.is_empty() {
        let mut rest = ModelSums::default();
        for (_, sums) in &small {
            rest.add(sums);
        }
        parts.push((None, rest));
    }
    let workload = |(number, (name, sums)): (usize, (Option<&str>, ModelSums))| {
        let mean = |sum: f64| {
            if 0.0 < sums.with_tokens {
                sum / sums.with_tokens
            } else {
                0.0
            }
        };
        let has_input = has_cached && 0.0 < sums.tokens.input;
        let is_model = by == By::Model;
        Workload {
            model: name.filter(|_| is_model).map(str::to_owned),
            by,
            number: name.filter(|_| !is_model).map(|_| number),
            requests_per_day: per_day * sums.requests / all,
            input_tokens: mean(sums.tokens.input),
            output_tokens: mean(sums.tokens.output),
            cached_percent: has_input.then(|| sums.tokens.cached / sums.tokens.input * 100.0),
        }
    };
    (1..).zip(parts).map(workload).collect()
}
