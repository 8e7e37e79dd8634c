//! The cost–capacity curve.

use super::Chapters;
use super::cost::{CurvePoint, gateways_usd};
use super::sizing::Sizing;
use crate::model::day::{SAMPLE_H, highest};
use crate::model::growth::DAYS_PER_MONTH;
use crate::model::steps::round_step;
use crate::scenario::Scenario;

/// The cost–capacity curve in round steps, including a single gateway and the planned number.
pub(super) fn curve(scenario: &Scenario, chapters: &Chapters) -> Vec<CurvePoint> {
    const POINTS: u32 = 24;
    let gateway = &chapters.gateway;
    let sizing = Sizing::of(
        &scenario.gateway,
        &scenario.traffic,
        &chapters.demand,
        gateway.times(),
    );
    let last = gateway.instances.saturating_mul(2).max(4);
    let step = round_step(last.div_ceil(POINTS));
    let mut sizes: Vec<u32> = (1..=last.div_ceil(step))
        .map(|i| i.saturating_mul(step))
        .collect();
    for size in [1, gateway.instances.max(1)] {
        sizes.insert(sizes.partition_point(|other| *other < size), size);
    }
    sizes.dedup();
    let demand = &chapters.demand;
    let highest = demand.mean_rps * highest(&chapters.profile);
    let point = |instances| {
        let capacity = sizing.capacity_rps(f64::from(instances));
        // Most sizes carry the whole day.
        let lost_a_day: f64 = if highest <= capacity {
            0.0
        } else {
            let rates = chapters.profile.iter().map(|x| demand.mean_rps * x);
            let over_rps = rates.map(|rps| (rps - capacity).max(0.0));
            over_rps.map(|rps| rps * SAMPLE_H * 3_600.0).sum()
        };
        let offered = demand.requests_per_day;
        CurvePoint {
            instances,
            capacity_ratio: (0.0 < demand.peak_rps)
                .then(|| capacity / demand.peak_rps)
                .filter(|ratio| ratio.is_finite()),
            provisioned_usd: gateways_usd(scenario, gateway, f64::from(instances)),
            lost_usd: lost_a_day * DAYS_PER_MONTH * scenario.costs.lost_request_usd,
            lost_ratio: if 0.0 < offered {
                (lost_a_day / offered).min(1.0)
            } else {
                0.0
            },
        }
    };
    sizes.into_iter().map(point).collect()
}
