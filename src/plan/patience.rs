//! Answer times against the clients' patience.

use serde::Serialize;

use super::counting::answer_held_s;
use super::queueing::waits_under;
use super::sizing::SERVICE_CV2;
use super::{Demand, Depth, GatewayPlan, ProviderPlan, QueuePlan};
use crate::model::fleet::whole;
use crate::model::queueing::WaitPoints;
use crate::model::search::least;
use crate::scenario::{Scenario, Workload};

/// Share of the clients' patience from which on an answer is near it.
pub const NEAR_RATIO: f64 = 0.8;
/// Share of answers that may outlast a timeout chosen for them.
pub(super) const PATIENT_SHARE: f64 = 0.01;
/// Ratio of patience to mean answer time beyond which timeouts are ignored (probability below 2 ×
/// 10⁻⁷).
const FAR: f64 = 50.0;
/// Waiting probabilities below this are treated as zero.
const RARE: f64 = 1e-6;

/// How long wait and answer take together at the peak, and how many outlast the clients.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Patience {
    /// When clients give up, seconds.
    pub timeout_s: f64,
    /// Share of the requests with a slot whose wait and answer together take longer.
    pub over_ratio: f64,
    /// Share of those that take longer than four fifths of it.
    pub near_ratio: f64,
    /// Share of the requests that go on to a provider at once.
    #[serde(skip)]
    #[cfg_attr(feature = "cli", schemars(skip))]
    pub direct_ratio: f64,
    /// Name of the workload whose answers outlast them most often, where there are several.
    pub worst: Option<String>,
    /// Share of that one's answers.
    pub worst_ratio: f64,
}

impl Patience {
    /// Whether the mean answer alone, or half of all answers with their wait, exceed the timeout.
    pub(super) fn is_outlasted(&self, time_in_flight_s: f64) -> bool {
        self.timeout_s <= time_in_flight_s || 0.5 <= self.over_ratio
    }
}

pub(super) fn patience<D: Depth>(
    scenario: &Scenario,
    demand: &Demand,
    providers: &[ProviderPlan],
    (gateway, queue): (&GatewayPlan, &QueuePlan),
) -> Patience {
    let timeout_s = scenario.gateway.client_timeout_s;
    let answers = Answers {
        scenario,
        demand,
        providers,
        waits: waits_under(scenario, gateway, queue, timeout_s),
    };
    let workloads = scenario.workloads.iter().enumerate();
    let asked = workloads.filter(|(_, workload)| 0.0 < workload.requests_per_day());
    let mut over_ratio = 0.0;
    let mut worst: (Option<&Workload>, f64) = (None, 0.0);
    let mut count = 0;
    for (index, workload) in asked {
        let over = answers.of_longer((index, workload), timeout_s);
        over_ratio += over * part_of(demand, workload);
        count += 1;
        if worst.1 < over {
            worst = (Some(workload), over);
        }
    }
    Patience {
        timeout_s,
        over_ratio,
        near_ratio: D::reason(|| answers.longer(timeout_s * NEAR_RATIO)),
        direct_ratio: demand.direct_ratio,
        worst: worst
            .0
            .filter(|_| 1 < count)
            .map(|workload| workload.name.clone()),
        worst_ratio: worst.1,
    }
}

/// Answers as a mixture: each kind at each provider has its own time, after a wait common to all.
struct Answers<'a> {
    scenario: &'a Scenario,
    demand: &'a Demand,
    providers: &'a [ProviderPlan],
    waits: WaitPoints,
}

impl Answers<'_> {
    /// Share of a workload's requests with a longer wait plus answer.
    fn of_longer(&self, (index, workload): (usize, &Workload), time_s: f64) -> f64 {
        let overhead_s = self.scenario.gateway.overhead_ms / 1e3;
        let direct = workload.direct_ratio();
        let mut longer = (1.0 - direct)
            * after_waits(&self.waits, time_s, |left_s| {
                f64::from(u8::from(left_s < overhead_s))
            });
        let asked = (index, workload.output_tokens);
        for (share, mean_s) in answer_times(self.scenario, self.demand, self.providers, asked) {
            longer += direct * share * above(&self.waits, mean_s, time_s);
        }
        longer.min(1.0)
    }

    /// Share of all requests with a longer wait plus answer.
    fn longer(&self, time_s: f64) -> f64 {
        let workloads = self.scenario.workloads.iter().enumerate();
        let longer = workloads.map(|of| part_of(self.demand, of.1) * self.of_longer(of, time_s));
        longer.sum::<f64>().min(1.0)
    }
}

/// For each provider, the share of a workload's requests, and the mean time in flight of a direct
/// one with this output, seconds.
pub fn answer_times(
    scenario: &Scenario,
    demand: &Demand,
    providers: &[ProviderPlan],
    (workload, output_tokens): (usize, f64),
) -> impl Iterator<Item = (f64, f64)> {
    let rows = scenario.providers.iter().zip(providers);
    rows.map(move |(provider, plan)| {
        let mean_s = answer_held_s(scenario, demand, provider, output_tokens);
        (plan.share_of(workload), mean_s)
    })
}

/// A workload's share of the requests.
fn part_of(demand: &Demand, workload: &Workload) -> f64 {
    if 0.0 < demand.requests_per_day {
        workload.requests_per_day() / demand.requests_per_day
    } else {
        0.0
    }
}

/// Share of the requests and mean time of each kind of answer.
fn kinds(scenario: &Scenario, demand: &Demand, providers: &[ProviderPlan]) -> Vec<(f64, f64)> {
    let mut kinds = Vec::with_capacity(scenario.workloads.len() * providers.len());
    for (index, workload) in scenario.workloads.iter().enumerate() {
        let direct = part_of(demand, workload) * workload.direct_ratio();
        let times = answer_times(scenario, demand, providers, (index, workload.output_tokens));
        let times = times.map(|(share, mean_s)| (direct * share, mean_s));
        kinds.extend(times.filter(|(part, _)| 0.0 < *part));
    }
    kinds
}

/// Patience settings, seconds: whole seconds up to ten, then multiples of five.
fn setting_s(step: u32) -> f64 {
    let step = f64::from(step);
    if step < 10.0 {
        step
    } else {
        5.0 * (step - 8.0)
    }
}

/// First step whose setting is at least this long.
fn step_of(time_s: f64) -> u32 {
    whole(if time_s < 10.0 {
        time_s
    } else {
        time_s / 5.0 + 8.0
    })
}

/// Last step whose setting is at most this long.
fn steps_within(time_s: f64) -> u32 {
    let step = step_of(time_s);
    if time_s < setting_s(step) {
        step.saturating_sub(1)
    } else {
        step
    }
}

/// Approximate 99th percentile of the answer time, as if all answers were of one kind with the mean
/// and spread of the mixture.
fn near_quantile_s(kinds: &[(f64, f64)]) -> f64 {
    const NORMAL_99: f64 = 2.326;
    let (mut parts, mut mean, mut square) = (0.0, 0.0, 0.0);
    for (part, mean_s) in kinds {
        parts += part;
        mean += part * mean_s;
        square += part * mean_s * mean_s * (1.0 + SERVICE_CV2);
    }
    if mean <= 0.0 {
        return 0.0;
    }
    let variance = libm::log(square * parts / (mean * mean)).max(0.0);
    mean / parts * libm::exp(NORMAL_99 * variance.sqrt() - variance / 2.0)
}

/// Shortest patience above today's, seconds, that 99 % of answers keep, waits included; `None`
/// beyond `most_s`. More patience also means longer waits in the queue.
pub(super) fn answered_within_s(
    scenario: &Scenario,
    demand: &Demand,
    providers: &[ProviderPlan],
    (gateway, queue): (&GatewayPlan, &QueuePlan),
    most_s: f64,
) -> Option<f64> {
    let mut kinds = kinds(scenario, demand, providers);
    // Longest answers first: too many of them end the sum early.
    kinds.sort_unstable_by(|a, b| b.1.total_cmp(&a.1));
    let is_enough = |step: u32| {
        let time_s = setting_s(step);
        let waits = waits_under(scenario, gateway, queue, time_s);
        let mut longer = 0.0;
        kinds.iter().all(|(part, mean_s)| {
            longer += part * above(&waits, *mean_s, time_s);
            longer <= PATIENT_SHARE
        })
    };
    let low = steps_within(scenario.gateway.client_timeout_s);
    let range = (step_of(near_quantile_s(&kinds)), steps_within(most_s));
    least(low, range, is_enough).map(setting_s)
}

/// Probability that a wait plus an answer with this mean exceed a time.
pub(super) fn above(waits: &WaitPoints, mean_s: f64, time_s: f64) -> f64 {
    after_waits(waits, time_s, |left_s| lognormal_above(mean_s, left_s))
}

/// Mean over the waits of a probability for the remaining time.
fn after_waits(waits: &WaitPoints, time_s: f64, chance: impl Fn(f64) -> f64) -> f64 {
    let told = waits.iter().filter(|point| RARE < point.part);
    told.map(|point| point.part * chance(time_s - point.wait_s))
        .sum()
}

/// Probability that a lognormal time with this mean, and the spread of answers, exceeds another.
fn lognormal_above(mean_s: f64, time_s: f64) -> f64 {
    if time_s <= 0.0 {
        return 1.0;
    }
    if mean_s * FAR < time_s {
        return 0.0;
    }
    let variance = libm::log1p(SERVICE_CV2);
    let normal = (libm::log(time_s / mean_s) + variance / 2.0) / variance.sqrt();
    libm::erfc(normal / std::f64::consts::SQRT_2) / 2.0
}
