//! The cost–capacity curve.

use super::Chapters;
use super::cost::{CurvePoint, gateways_usd};
use super::sizing::Sizing;
use crate::model::day::{SAMPLE_H, highest};
use crate::model::growth::DAYS_PER_MONTH;
use crate::model::steps::round_step;
use crate::scenario::Scenario;

/// Numbers of gateways on the curve of a plan that needs so many at its peak: round steps. A single
/// gateway and the planned number stand among them, steps or not.
pub(super) fn sizes(planned: u32) -> Vec<u32> {
    const POINTS: u32 = 24;
    let last = planned.saturating_mul(2).max(4);
    let step = round_step(last.div_ceil(POINTS));
    let mut sizes: Vec<u32> = (1..=last.div_ceil(step))
        .map(|i| i.saturating_mul(step))
        .collect();
    for size in [1, planned.max(1)] {
        sizes.insert(sizes.partition_point(|other| *other < size), size);
    }
    sizes.dedup();
    sizes
}

/// The load against which numbers of gateways are judged, and the price of a request that is lost.
#[derive(Debug, Clone, Copy)]
pub(super) struct Losses {
    pub(super) sizing: Sizing,
    pub(super) mean_rps: f64,
    lost_request_usd: f64,
}

impl Losses {
    pub(super) fn of(scenario: &Scenario, chapters: &Chapters) -> Self {
        let (demand, times) = (&chapters.demand, chapters.gateway.times());
        Self {
            sizing: Sizing::of(&scenario.gateway, &scenario.traffic, demand, times),
            mean_rps: demand.mean_rps,
            lost_request_usd: scenario.costs.lost_request_usd,
        }
    }

    /// Requests of a day that so much capacity cannot take; `highest` is that of the profile.
    fn a_day(&self, (profile, highest): (&[f64], f64), capacity_rps: f64) -> f64 {
        // Most sizes carry the whole day.
        if self.mean_rps * highest <= capacity_rps {
            return 0.0;
        }
        let rates = profile.iter().map(|x| self.mean_rps * x);
        let over_rps = rates.map(|rps| (rps - capacity_rps).max(0.0));
        over_rps.map(|rps| rps * SAMPLE_H * 3_600.0).sum()
    }

    fn usd(&self, lost_a_day: f64) -> f64 {
        lost_a_day * DAYS_PER_MONTH * self.lost_request_usd
    }

    /// Dollars a month for the requests that so many gateways cannot take.
    pub(super) fn usd_of(&self, day: (&[f64], f64), instances: u32) -> f64 {
        let capacity_rps = self.sizing.capacity_rps(f64::from(instances));
        self.usd(self.a_day(day, capacity_rps))
    }
}

/// The cost–capacity curve.
pub(super) fn curve(scenario: &Scenario, chapters: &Chapters) -> Vec<CurvePoint> {
    let gateway = &chapters.gateway;
    let losses = Losses::of(scenario, chapters);
    let demand = &chapters.demand;
    let day = (chapters.profile.as_slice(), highest(&chapters.profile));
    let point = |instances| {
        let capacity = losses.sizing.capacity_rps(f64::from(instances));
        let lost_a_day = losses.a_day(day, capacity);
        let offered = demand.requests_per_day;
        CurvePoint {
            instances,
            capacity_ratio: (0.0 < demand.peak_rps)
                .then(|| capacity / demand.peak_rps)
                .filter(|ratio| ratio.is_finite()),
            provisioned_usd: gateways_usd(scenario, gateway, f64::from(instances)),
            lost_usd: losses.usd(lost_a_day),
            lost_ratio: if 0.0 < offered {
                (lost_a_day / offered).min(1.0)
            } else {
                0.0
            },
        }
    };
    sizes(gateway.instances).into_iter().map(point).collect()
}
