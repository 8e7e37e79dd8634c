//! Requests of a file as several workloads: by model, key or tag.

use serde::{Deserialize, Serialize};

use super::facts::Facts;
use super::groups::By;
use super::model_sums::ModelSums;
use super::observed::{Known, Observed};
use crate::model::order::sorted_by;

/// Maximum number of workloads; the smallest groups are merged.
const WORKLOADS_MOST: usize = 6;

/// Requests of one model, key or tag.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Workload {
    /// Model; `None` for the unknown one and for merged small ones.
    pub model: Option<String>,
    /// Models of all requests; empty if some are unknown.
    #[serde(default)]
    pub models: Vec<String>,
    /// Property shared by the requests.
    #[serde(default = "by_model")]
    pub by: By,
    /// Rank of the key or tag by tokens, from 1 on, as their texts are not kept; `None` for unknown
    /// and for merged small ones.
    #[serde(default)]
    pub number: Option<usize>,
    /// Requests per day.
    pub requests_per_day: f64,
    /// Requests per day with tokens, on which the means are based: failed ones have none. Unknown
    /// in older digests.
    #[serde(default)]
    pub counted_per_day: Option<f64>,
    /// Mean input tokens.
    pub input_tokens: f64,
    /// Mean output tokens.
    pub output_tokens: f64,
    /// Cached share of the input, percent.
    pub cached_percent: Option<f64>,
    /// Share of requests answered from the gateway's own cache, percent.
    #[serde(default)]
    pub cache_hit_percent: Option<f64>,
    /// Share of the other requests sent in batches, percent.
    #[serde(default)]
    pub batch_percent: Option<f64>,
}

/// A called model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Called {
    /// Called provider, if the file names it.
    #[serde(default)]
    pub provider: Option<String>,
    /// Name in the source; `None` if unknown.
    pub model: Option<String>,
    /// Share of live requests that reached a provider; if the file has none or does not count them,
    /// of batch requests or of tokens.
    pub share_ratio: f64,
    /// Mean time to the whole answer, seconds.
    #[serde(default)]
    pub latency_s: Option<f64>,
    /// Mean time to the first token, seconds.
    #[serde(default)]
    pub first_token_s: Option<f64>,
}

/// Minimum share of a model that is reported.
const LEAST_SHARE: f64 = 0.000_5;

/// The called models, with their places among the sellers.
pub(crate) fn called(of: &Observed) -> Vec<(usize, Called)> {
    let quantities: [fn(&ModelSums) -> f64; 3] = [
        |sums| sums.requests - sums.batch - sums.gateway_hits,
        |sums| sums.requests - sums.gateway_hits,
        |sums| sums.tokens.all(),
    ];
    let sum = |of_model: &fn(&ModelSums) -> f64| -> f64 {
        of.sellers.iter().map(|(.., sums)| of_model(sums)).sum()
    };
    // Without a count, rows are not requests.
    let first = if of.known.has(Known::REQUESTS) { 0 } else { 2 };
    let Some(quantity) = quantities[first..]
        .iter()
        .find(|quantity| 0.0 < sum(quantity))
    else {
        return Vec::new();
    };
    let all = sum(quantity);
    let models = of.sellers.iter().map(|(provider, model, sums)| {
        let [latency_s, first_token_s] = sums.times.means();
        Called {
            provider: provider.clone(),
            model: model.clone(),
            share_ratio: quantity(sums) / all,
            latency_s,
            first_token_s,
        }
    });
    let is_told = |(_, it): &(usize, Called)| LEAST_SHARE <= it.share_ratio;
    models.enumerate().filter(is_told).collect()
}

/// Property in older digests, which have models only.
fn by_model() -> By {
    By::Model
}

/// Workloads of a file by each property. A list is empty unless the file has requests and tokens of
/// several groups.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Workloads {
    pub(crate) models: Vec<Workload>,
    pub(crate) keys: Vec<Workload>,
    pub(crate) tags: Vec<Workload>,
    pub(crate) batches: Vec<Workload>,
}

impl Workloads {
    /// Workloads by a property, the one with the most tokens first.
    pub fn get(&self, by: By) -> &[Workload] {
        match by {
            By::Model => &self.models,
            By::Key => &self.keys,
            By::Tag => &self.tags,
            By::Batch => &self.batches,
        }
    }

    pub(crate) fn of(of: &Observed, facts: &Facts) -> Self {
        let is_told = of.known.has(Known::REQUESTS) && of.known.has(Known::TOKENS);
        let Some(per_day) = facts.per_day.requests.filter(|_| is_told) else {
            return Self::default();
        };
        let known = of.known;
        let models = of.models.iter();
        let models = models.map(|(name, sums)| (name.as_deref(), *sums));
        let list = |by, groups| workloads(groups, by, per_day, known);
        Self {
            models: list(By::Model, models.collect()),
            keys: list(By::Key, of.keys.listed()),
            tags: list(By::Tag, of.tags.listed()),
            batches: list(By::Batch, of.live_and_batch()),
        }
    }
}

impl Workloads {
    /// Multiplies the load.
    pub(crate) fn scale(&mut self, ratio: f64) {
        let lists = [&mut self.models, &mut self.keys, &mut self.tags];
        let all = lists.into_iter().chain([&mut self.batches]).flatten();
        for workload in all {
            workload.requests_per_day *= ratio;
            workload.counted_per_day = workload.counted_per_day.map(|it| it * ratio);
        }
    }
}

/// Several workloads as one; `None` if there are none.
pub fn joined(workloads: &[&Workload]) -> Option<Workload> {
    let [first, rest @ ..] = workloads else {
        return None;
    };
    if rest.is_empty() {
        return Some((*first).clone());
    }
    let sum = |of: &dyn Fn(&Workload) -> f64| -> f64 { workloads.iter().map(|it| of(it)).sum() };
    let over = |part: f64, whole: f64| if 0.0 < whole { part / whole } else { 0.0 };
    let requests = sum(&|it| it.requests_per_day);
    // Requests that the gateway did not answer itself.
    let reached =
        |it: &Workload| it.requests_per_day * (1.0 - it.cache_hit_percent.unwrap_or(0.0) / 100.0);
    let all_reached = sum(&reached);
    let counted = |it: &Workload| it.counted_per_day.unwrap_or_else(|| reached(it));
    let all_counted = sum(&counted);
    let mean = |of: &dyn Fn(&Workload) -> f64| over(sum(&|it| counted(it) * of(it)), all_counted);
    let input_tokens = mean(&|it| it.input_tokens);
    let cached = mean(&|it| it.input_tokens * it.cached_percent.unwrap_or(0.0));
    let is_told = |of: fn(&Workload) -> Option<f64>| workloads.iter().any(|it| of(it).is_some());
    Some(Workload {
        model: None,
        models: models_of(workloads),
        by: first.by,
        number: None,
        requests_per_day: requests,
        counted_per_day: is_told(|it| it.counted_per_day).then_some(all_counted),
        input_tokens,
        output_tokens: mean(&|it| it.output_tokens),
        cached_percent: (is_told(|it| it.cached_percent) && 0.0 < input_tokens)
            .then(|| cached / input_tokens),
        cache_hit_percent: is_told(|it| it.cache_hit_percent)
            .then(|| over(requests - all_reached, requests) * 100.0),
        batch_percent: is_told(|it| it.batch_percent)
            .then(|| sum(&|it| reached(it) * it.batch_percent.unwrap_or(0.0)))
            .map(|batch| over(batch, all_reached)),
    })
}

/// Models of several workloads; none if some are unknown.
fn models_of(workloads: &[&Workload]) -> Vec<String> {
    if workloads.iter().any(|it| it.models.is_empty()) {
        return Vec::new();
    }
    workloads.iter().flat_map(|it| it.models.clone()).collect()
}

/// Names of models; none if some are unknown.
fn names(by: By, groups: &[(Option<&str>, ModelSums)]) -> Vec<String> {
    let names: Option<Vec<&str>> = groups.iter().map(|(name, _)| *name).collect();
    let names = names.filter(|_| by == By::Model).unwrap_or_default();
    names.into_iter().map(str::to_owned).collect()
}

/// Workloads of groups; the unknown one has no name.
fn workloads(
    mut groups: Vec<(Option<&str>, ModelSums)>,
    by: By,
    per_day: f64,
    known: Known,
) -> Vec<Workload> {
    // Groups with tokens but without requests make means meaningless.
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
    let small_names = names(by, &small);
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
        let percent = |part: f64, whole: f64| (0.0 < whole).then(|| part / whole * 100.0);
        let cached = sums.cached_ratio().map(|ratio| ratio * 100.0);
        let is_cached = known.has(Known::CACHED);
        let reached = sums.requests - sums.gateway_hits;
        let is_hit = known.has(Known::GATEWAY_HITS);
        let is_model = by == By::Model;
        Workload {
            model: name.filter(|_| is_model).map(str::to_owned),
            models: match name {
                Some(_) => names(by, &[(name, sums)]),
                None => small_names.clone(),
            },
            by,
            number: name.filter(|_| !is_model).map(|_| number),
            requests_per_day: per_day * sums.requests / all,
            counted_per_day: Some(per_day * sums.with_tokens / all),
            input_tokens: mean(sums.tokens.input),
            output_tokens: mean(sums.tokens.output),
            cached_percent: cached.filter(|percent| is_cached && *percent <= 100.0),
            cache_hit_percent: percent(sums.gateway_hits, sums.requests).filter(|_| is_hit),
            batch_percent: percent(sums.batch, reached).filter(|_| known.has(Known::BATCH)),
        }
    };
    (1..).zip(parts).map(workload).collect()
}
