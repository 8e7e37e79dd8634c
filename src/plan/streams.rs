//! Streams of requests: those of each workload that go on at once, with those that the gateway
//! answers, then those in batches, which go their own way in an order of providers.

use super::Demand;
use crate::scenario::{Scenario, Workload};

/// Parts of a workload's requests.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Part {
    /// Of those that are not in batches.
    pub(super) live: f64,
    /// Of those in batches.
    pub(super) batched: f64,
}

impl Part {
    /// All of them.
    pub(super) const ALL: Self = Self {
        live: 1.0,
        batched: 1.0,
    };

    /// A workload's parts among those of so many workloads' streams: without batches they have no
    /// streams.
    pub(super) fn of(streams: &[f64], workload: usize, workloads: usize) -> Self {
        let live = streams[workload];
        let batched = streams.get(workloads + workload);
        Self {
            live,
            batched: batched.copied().unwrap_or(live),
        }
    }
}

/// The question, and the streams of its requests.
pub(super) struct Streams<'s> {
    pub(super) scenario: &'s Scenario,
    pub(super) demand: &'s Demand,
    /// Share of all requests that each stream has.
    pub(super) weights: Vec<f64>,
    /// How many of them go on at once: one of each workload.
    pub(super) live: usize,
}

impl<'s> Streams<'s> {
    pub(super) fn of(scenario: &'s Scenario, demand: &'s Demand) -> Self {
        Self {
            scenario,
            demand,
            weights: weights(scenario),
            live: scenario.workloads.len(),
        }
    }

    /// Share of all requests, where each stream has a share of its own.
    pub(super) fn of_all(&self, shares: &[f64]) -> f64 {
        of_all(shares, &self.weights)
    }

    /// Share of all requests in batches.
    pub(super) fn in_batches(&self, shares: &[f64]) -> f64 {
        let batches = shares.iter().zip(&self.weights).skip(self.live);
        batches.map(|(share, weight)| share * weight).sum()
    }

    /// The streams at once alone, and those in batches alone.
    pub(super) fn apart(&self, streams: &[f64]) -> (Vec<f64>, Vec<f64>) {
        let (mut at_once, mut in_batches) = (streams.to_vec(), streams.to_vec());
        at_once[self.live..].fill(0.0);
        in_batches[..self.live].fill(0.0);
        (at_once, in_batches)
    }
}

/// Share of all requests that each stream has.
pub(super) fn weights(scenario: &Scenario) -> Vec<f64> {
    let workloads = || scenario.workloads.iter();
    let all: f64 = workloads().map(Workload::requests_per_day).sum();
    let part = |workload: &Workload, ratio: f64| workload.requests_per_day() / all * ratio;
    let mut weights: Vec<f64> = workloads()
        .map(|workload| part(workload, 1.0 - workload.batched_ratio()))
        .collect();
    if workloads().any(|workload| 0.0 < workload.batched_ratio()) {
        weights.extend(workloads().map(|workload| part(workload, workload.batched_ratio())));
    }
    weights
}

/// Share of all requests that shares of the streams are.
pub(super) fn of_all(shares: &[f64], weights: &[f64]) -> f64 {
    let parts = shares.iter().zip(weights);
    parts.map(|(share, weight)| share * weight).sum()
}

/// Those of the parts that may go on to a later place, or the others.
pub(super) fn parts(all: &[f64], moves: &[bool], moving: bool) -> Vec<f64> {
    let parts = all.iter().zip(moves);
    let part = |(part, moves): (&f64, &bool)| if *moves == moving { *part } else { 0.0 };
    parts.map(part).collect()
}
