//! Times in flight of a mix of requests.

use super::Demand;
use super::counting::answer_held_s;
use super::providers::time_in_flight_s;
use super::shares::Spread;
use super::sizing::{SERVICE_CV2, Times};
use crate::model::queueing::VARIABILITY_MAX;
use crate::scenario::Scenario;

/// Mean and spread of the time in flight, each kind of request at each provider with its own.
pub(super) fn times(scenario: &Scenario, demand: &Demand, spread: &Spread) -> Times {
    let rows = spread.rows.iter().zip(&spread.shares).enumerate();
    let mean_s: f64 = rows
        .map(|(at, (_, share))| share * time_in_flight_s(scenario, demand, spread, at))
        .sum();
    let overhead_s = scenario.gateway.overhead_ms / 1e3;
    let (mut requests, mut sum_s, mut square) = (0.0, 0.0, 0.0);
    for (w, workload) in scenario.workloads.iter().enumerate() {
        let (asked, direct) = (workload.requests_per_day(), workload.direct_ratio());
        for (at, row) in spread.rows.iter().enumerate() {
            let part = asked * spread.peak_share(at, w);
            let mean_s = answer_held_s(scenario, demand, row.provider, workload.output_tokens);
            requests += part;
            sum_s += part * (direct * mean_s + (1.0 - direct) * overhead_s);
            square += part
                * (direct * (1.0 + SERVICE_CV2) * mean_s * mean_s
                    + (1.0 - direct) * overhead_s * overhead_s);
        }
    }
    let cv2 = if 0.0 < sum_s && 0.0 < requests {
        square * requests / (sum_s * sum_s) - 1.0
    } else {
        SERVICE_CV2
    };
    // One kind at one provider gives the constant up to rounding. A long request among a million
    // short ones varies more than queueing formulas accept.
    let cv2 = if (cv2 - SERVICE_CV2).abs() < 1e-9 {
        SERVICE_CV2
    } else {
        cv2.clamp(0.0, VARIABILITY_MAX)
    };
    Times { mean_s, cv2 }
}
