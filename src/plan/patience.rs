//! Answers against the clients' patience.

use serde::Serialize;

use super::counting::{CountedRow, before_tokens_s};
use super::providers::Load;
use super::sizing::SERVICE_CV2;
use super::{Demand, Depth};
use crate::scenario::{Scenario, Workload};

/// Share of the clients' patience after which an answer comes near it.
pub const NEAR_RATIO: f64 = 0.8;
/// An answer of which the mean is this much shorter does not last as long: fewer than one in
/// five million do.
const FAR: f64 = 50.0;

/// How long answers take, and how many outlast the clients.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Patience {
    /// When clients give up, seconds.
    pub timeout_s: f64,
    /// Share of the answers that take longer.
    pub over_ratio: f64,
    /// Share of the answers that take longer than four fifths of it.
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

pub(super) fn patience<D: Depth>(
    scenario: &Scenario,
    demand: &Demand,
    rows: &[CountedRow<'_>],
    loads: &[Load],
) -> Patience {
    let answers = Answers {
        scenario,
        demand,
        rows,
        loads,
    };
    let timeout_s = scenario.gateway.client_timeout_s;
    let asked = scenario
        .workloads
        .iter()
        .filter(|w| 0.0 < w.requests_per_day());
    let mut over_ratio = 0.0;
    let mut worst: (Option<&Workload>, f64) = (None, 0.0);
    let mut count = 0;
    for workload in asked {
        let over = answers.of_longer(workload, timeout_s);
        over_ratio += over * answers.part(workload);
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

/// The answers as a mixture: each kind at each provider keeps its own time.
struct Answers<'a> {
    scenario: &'a Scenario,
    demand: &'a Demand,
    rows: &'a [CountedRow<'a>],
    loads: &'a [Load],
}

impl Answers<'_> {
    /// A workload's part of the requests.
    fn part(&self, workload: &Workload) -> f64 {
        if 0.0 < self.demand.requests_per_day {
            workload.requests_per_day() / self.demand.requests_per_day
        } else {
            0.0
        }
    }

    /// Share of a workload's answers that take longer.
    fn of_longer(&self, workload: &Workload, time_s: f64) -> f64 {
        let overhead_s = self.scenario.gateway.overhead_ms / 1e3;
        let direct = workload.direct_ratio();
        let mut longer = if time_s < overhead_s {
            1.0 - direct
        } else {
            0.0
        };
        for (row, load) in self.rows.iter().zip(self.loads) {
            let before_s = before_tokens_s(row.provider, self.demand);
            let mean_s = before_s + workload.output_tokens / row.provider.output_tps + overhead_s;
            longer += direct * load.share_ratio * lognormal_above(mean_s, time_s);
        }
        longer.min(1.0)
    }

    /// Share of all answers that take longer.
    fn longer(&self, time_s: f64) -> f64 {
        let workloads = self.scenario.workloads.iter();
        let longer = workloads.map(|w| self.part(w) * self.of_longer(w, time_s));
        longer.sum::<f64>().min(1.0)
    }

    /// About the time that this share of the answers exceeds, at least `least_s`; none beyond
    /// a year.
    fn quantile(&self, share: f64, least_s: f64) -> Option<f64> {
        const YEAR_S: f64 = 3.2e7;
        let (mut low, mut high) = (least_s, least_s);
        while share < self.longer(high) {
            low = high;
            high *= 2.0;
            if YEAR_S < high {
                return None;
            }
        }
        for _ in 0..10 {
            let middle = f64::midpoint(low, high);
            if share < self.longer(middle) {
                low = middle;
            } else {
                high = middle;
            }
        }
        Some(high)
    }
}

/// Time within which 99 of 100 answers are there, seconds, to a thousandth; at least the
/// clients' timeout.
pub(super) fn answered_within_s(
    scenario: &Scenario,
    demand: &Demand,
    rows: &[CountedRow<'_>],
    loads: &[Load],
) -> Option<f64> {
    let answers = Answers {
        scenario,
        demand,
        rows,
        loads,
    };
    answers.quantile(0.01, scenario.gateway.client_timeout_s)
}

/// Chance that a lognormal time of this mean exceeds another, with the spread that answers
/// have.
fn lognormal_above(mean_s: f64, time_s: f64) -> f64 {
    if mean_s * FAR < time_s {
        return 0.0;
    }
    let variance = libm::log1p(SERVICE_CV2);
    let normal = (libm::log(time_s / mean_s) + variance / 2.0) / variance.sqrt();
    libm::erfc(normal / std::f64::consts::SQRT_2) / 2.0
}
