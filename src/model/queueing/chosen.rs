//! Short queues of pods that requests choose among: fewest requests, or the better of two.

use super::bounded::of_fewest;
use super::impatient::Bounds;
use super::one_slot::both_busy;
use super::pods::{Pods, Routing, pooled};
use super::waits::StartedWaits;
use super::{System, with_bounded_queue};
use crate::model::ModelError;

/// Maximum requests per pod for which the levels of many pods are counted one by one.
const HELD_MOST: u32 = 2_000;
/// Bisection steps for the share of full pods.
const HALVINGS: usize = 60;

/// Waits of started requests if requests choose among pods with bounded queues; `by_end` are the
/// waits of one pod alone.
///
/// Probability and mean are those of pooled pods, but each wait is at least as long as one service
/// of its own pod takes to end. In an overload of the better of two they are at most those of
/// [`TwoChoices`]. There the pods are almost equally full, and the 95th and 99th percentiles are
/// the waits behind the level that a request finds: with routing to the fewest requests, the total
/// over all pods.
pub(super) fn chosen(
    system: &System,
    bounds: Bounds,
    pods: Pods,
    by_end: StartedWaits,
) -> Result<StartedWaits, ModelError> {
    let (p_wait, mean_wait_s) = as_pooled(system, bounds, pods)?;
    let waits = StartedWaits {
        p_wait,
        mean_wait_s,
        ..by_end
    };
    let slots = f64::from(system.servers) * f64::from(pods.count);
    if bounds.drops_oldest {
        return Ok(waits);
    }
    if system.offered_load()? < slots {
        let Some(p_wait) = of_one_slot(system, bounds.places, pods)? else {
            return Ok(waits);
        };
        return Ok(StartedWaits {
            p_wait,
            mean_wait_s: mean_wait_s.max(p_wait * system.service_time_s),
            ..waits
        });
    }
    if pods.routing == Routing::Fewest {
        let quantile = of_fewest(system, (bounds.places, p_wait), pods.count)?;
        return Ok(StartedWaits {
            wait_p95_s: quantile(0.05),
            wait_p99_s: quantile(0.01),
            ..waits
        });
    }
    let Some(two) = TwoChoices::of(system, bounds.places, pods.count)? else {
        return Ok(waits);
    };
    let routing = Routing::Fewest;
    let (p_fewest, fewest_s) = as_pooled(system, bounds, Pods { routing, ..pods })?;
    let p_wait = two.p_wait().min(p_fewest);
    Ok(StartedWaits {
        p_wait,
        mean_wait_s: two.mean_wait_s().min(fewest_s),
        wait_p95_s: two.quantile_s(p_wait, 0.05),
        wait_p99_s: two.quantile_s(p_wait, 0.01),
    })
}

/// Probability of waiting for the better of two one-slot pods, below full load: both are busy, but
/// not both full. The loss is that of infinitely many pods, or of two pooled pods if there are few.
fn of_one_slot(system: &System, places: u32, pods: Pods) -> Result<Option<f64>, ModelError> {
    if system.servers != 1 || pods.routing != Routing::BestOfTwo || pods.count < 2 {
        return Ok(None);
    }
    let Some(two) = TwoChoices::of(system, places, pods.count)? else {
        return Ok(None);
    };
    let count = f64::from(pods.count);
    let pair = System {
        arrival_rate_rps: system.arrival_rate_rps * 2.0 / count,
        servers: 2,
        ..*system
    };
    let pooled = with_bounded_queue(&pair, places.saturating_mul(2))?.loss_ratio;
    let many = two.loss_ratio();
    let lost = many + (pooled - many).max(0.0) * 2.0 / count;
    let busy = system.offered_load()? / count * (1.0 - lost);
    let both = both_busy(busy, count);
    Ok(Some(((both - lost) / (1.0 - lost)).clamp(0.0, 1.0)))
}

/// Probability and mean of the wait as if the pods were pooled.
fn as_pooled(system: &System, bounds: Bounds, pods: Pods) -> Result<(f64, f64), ModelError> {
    let (part, pooled_pods) = pooled(system, pods)?;
    let places = bounds.places.saturating_mul(pooled_pods);
    let pool = with_bounded_queue(&part, places)?.wait;
    let step_s = system.service_time_s / f64::from(system.servers);
    let at_most = pool.mean_wait_s / step_s;
    Ok((pool.p_wait.min(at_most), pool.mean_wait_s))
}

/// Levels of many pods if each request goes to the better of two.
///
/// With s(k) for the share of pods that hold at least k requests, as many rise to k as fall from
/// it: λ (s(k − 1)² − s(k)²) = μ min(k, c) (s(k) − s(k + 1)). Exact for infinitely many pods with
/// Poisson arrivals and exponential services; a few pods, such as three, do better.
///
/// # Source
///
/// Mitzenmacher (2001), as cited at [`super::fleet_wait`], with pods of several slots and an end.
pub(super) struct TwoChoices {
    /// Probabilities that a request joins the first place of the queue, the second and so on.
    joins: Vec<f64>,
    /// Probability of acceptance.
    taken: f64,
    /// Mean time between completions of a full pod, seconds.
    step_s: f64,
    /// Squared coefficient of variation of the services of a full queue.
    service_cv2: f64,
}

impl TwoChoices {
    /// Levels of a fleet; `None` without load, for bursts, and if a pod holds too many requests to
    /// count.
    pub(super) fn of(system: &System, places: u32, pods: u32) -> Result<Option<Self>, ModelError> {
        let load = system.offered_load()? / f64::from(pods.max(1));
        let held = system.servers.saturating_add(places);
        if load <= 0.0 || HELD_MOST < held || !system.has_poisson_arrivals() {
            return Ok(None);
        }
        let slots = f64::from(system.servers);
        let levels = levels(load, slots, held as usize);
        let step_s = system.service_time_s / slots;
        let full_s = f64::from(places) * step_s;
        let join = |pair: &[f64]| (pair[0] * pair[0] - pair[1] * pair[1]).max(0.0);
        Ok(Some(Self {
            joins: levels[system.servers as usize..]
                .windows(2)
                .map(join)
                .collect(),
            taken: 1.0 - levels.last().map_or(0.0, |full| full * full),
            step_s,
            service_cv2: system.waited_within(full_s).service_cv2,
        }))
    }

    /// Share of requests that find both pods full.
    pub(super) fn loss_ratio(&self) -> f64 {
        1.0 - self.taken
    }

    /// Probability that an accepted request waits.
    fn p_wait(&self) -> f64 {
        self.joins.iter().sum::<f64>() / self.taken
    }

    fn mean_wait_s(&self) -> f64 {
        let steps = self.joins.iter().zip(1_u32..);
        let sum: f64 = steps.map(|(chance, steps)| chance * f64::from(steps)).sum();
        sum * self.step_s / self.taken
    }

    /// Wait that a share of the accepted requests exceeds, of which `p_wait` wait.
    fn quantile_s(&self, p_wait: f64, left: f64) -> f64 {
        let waiting: f64 = self.joins.iter().sum();
        if p_wait <= left || waiting <= 0.0 {
            return 0.0;
        }
        let mean = self.mean_wait_s() * self.taken / (waiting * self.step_s);
        let target = left / p_wait * waiting;
        let (mut low, mut high) = (0.0, mean + 1.0);
        while target < self.longer_than(high) {
            (low, high) = (high, high * 2.0);
        }
        for _ in 0..HALVINGS {
            let middle = f64::midpoint(low, high);
            if target < self.longer_than(middle) {
                low = middle;
            } else {
                high = middle;
            }
        }
        // The wait behind a level varies with the services; the level does not.
        let steps = self.joins.iter().zip(1_u32..);
        let apart = |(chance, steps): (&f64, u32)| chance * (f64::from(steps) - mean).powi(2);
        let of_level = steps.map(apart).sum::<f64>() / waiting;
        let spread = (mean * self.service_cv2 + of_level) / (mean + of_level);
        (mean + (high - mean) * spread.sqrt()).max(0.0) * self.step_s
    }

    /// Probability of waiting longer than this number of mean steps: fewer services end than are
    /// ahead.
    fn longer_than(&self, steps: f64) -> f64 {
        let mut behind: f64 = self.joins.iter().sum();
        let mut log = -steps;
        let mut sum = 0.0;
        for (join, ended) in self.joins.iter().zip(1_u32..) {
            sum += libm::exp(log) * behind;
            behind -= join;
            log += libm::log(steps / f64::from(ended));
        }
        sum
    }
}

/// Shares of pods that hold at least 0, 1, 2 and more requests, up to the maximum.
fn levels(load: f64, slots: f64, held: usize) -> Vec<f64> {
    let mut shares = vec![0.0; held + 2];
    // The other shares follow from that of full pods; the last must be that of all pods.
    let mut follow = |full: f64| {
        shares[held] = full;
        for k in (1..=held).rev() {
            let served = (k as f64).min(slots) / load;
            let square = shares[k] * shares[k] + served * (shares[k] - shares[k + 1]);
            shares[k - 1] = square.sqrt();
            if 1.0 < shares[k - 1] {
                return false;
            }
        }
        true
    };
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if follow(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    follow(low);
    shares[0] = 1.0;
    shares.truncate(held + 1);
    shares
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;
    use crate::model::queueing::started::simulated_fleet;
    use crate::model::queueing::{fleet_lost, fleet_started, started_waits};

    /// Pods, slots, places, load over slots, whether requests go to the pod that holds fewest, else
    /// to the better of two; then the share refused, the chance of a wait, its mean, and those of
    /// 95 and 99 of 100: three million exponential services each, simulated in C apart from this
    /// program.
    type Simulated = (u32, u32, u32, f64, bool, [f64; 5]);
    #[rustfmt::skip]
    const SIMULATED: [Simulated; 16] = [
        (3, 4, 1, 0.85, false, [0.0789, 0.2319, 0.0579, 0.3825, 0.7850]),
        (12, 4, 1, 0.85, false, [0.0492, 0.2317, 0.0578, 0.3823, 0.7832]),
        (40, 4, 1, 0.85, false, [0.0417, 0.2364, 0.0591, 0.3891, 0.7899]),
        (12, 4, 1, 1.05, false, [0.1489, 0.4075, 0.1018, 0.5253, 0.9290]),
        (40, 16, 1, 1.05, false, [0.0895, 0.3006, 0.0188, 0.1120, 0.2124]),
        (40, 16, 1, 1.3, false, [0.2460, 0.5024, 0.0314, 0.1439, 0.2443]),
        (12, 16, 4, 1.05, false, [0.0574, 0.8000, 0.1275, 0.3681, 0.5149]),
        (3, 16, 4, 1.05, false, [0.0775, 0.6519, 0.1030, 0.3489, 0.4990]),
        (40, 4, 4, 1.05, false, [0.0635, 0.8937, 0.6046, 1.5574, 2.1319]),
        (12, 4, 40, 1.3, false, [0.2305, 1.0, 9.7549, 12.5097, 13.8124]),
        (3, 4, 1, 1.05, true, [0.1536, 0.3827, 0.0957, 0.5095, 0.9119]),
        (12, 4, 1, 1.05, true, [0.0796, 0.4901, 0.1226, 0.5708, 0.9729]),
        (40, 16, 1, 1.3, true, [0.2297, 0.9180, 0.0573, 0.1818, 0.2821]),
        (12, 16, 4, 1.05, true, [0.0495, 0.9123, 0.1642, 0.4048, 0.5493]),
        (3, 16, 16, 1.05, true, [0.0503, 0.9618, 0.6669, 1.2290, 1.4767]),
        (40, 4, 40, 1.05, true, [0.0470, 1.0, 9.8725, 12.5991, 13.8743]),
    ];

    #[test]
    fn what_short_queues_refuse_and_how_long_the_rest_waits_is_as_simulated() {
        for (count, slots, places, load, fewest, simulated) in SIMULATED {
            let fleet = simulated_fleet((count, slots, places), load, fewest);
            let (system, bounds, pods) = fleet;
            let started = fleet_started(&system, pods).unwrap();
            let waits = started_waits(&system, bounds, (&started, pods)).unwrap();
            let lost = fleet_lost(&system, bounds, pods).unwrap();
            let name = format!("{:?} {count} × {slots} + {places}, {load}", pods.routing);
            let [refused, p_wait, mean_s, p95_s, p99_s] = simulated;
            let off = lost.refused / refused - 1.0;
            assert!(off.abs() < 0.16, "{name}: {lost:?}");
            if load < 1.0 {
                continue;
            }
            assert!((waits.p_wait - p_wait).abs() < 0.08, "{name}: {waits:?}");
            let mean = waits.mean_wait_s / mean_s - 1.0;
            assert!(mean.abs() < 0.17, "{name}: {waits:?}");
            for (told, simulated) in [(waits.wait_p95_s, p95_s), (waits.wait_p99_s, p99_s)] {
                let off = told / simulated - 1.0;
                assert!(off.abs() < 0.09, "{name}: {waits:?}, {simulated}");
            }
        }
    }

    /// Pods of one slot below full load: pods, places, load, chance of a wait, simulated as
    /// above but with a million services each.
    const ONE_SLOT: [(u32, u32, f64, f64); 10] = [
        (2, 1, 0.5, 0.2491),
        (2, 4, 0.85, 0.6988),
        (3, 1, 0.5, 0.2412),
        (3, 1, 0.95, 0.5050),
        (3, 4, 0.7, 0.5228),
        (12, 1, 0.85, 0.4763),
        (12, 4, 0.5, 0.2579),
        (12, 4, 0.95, 0.8511),
        (40, 100, 0.5, 0.2524),
        (40, 4, 0.3, 0.0908),
    ];

    #[test]
    fn before_pods_of_one_slot_as_many_wait_as_simulated() {
        for (count, places, load, p_wait) in ONE_SLOT {
            let (system, bounds, pods) = simulated_fleet((count, 1, places), load, false);
            let started = fleet_started(&system, pods).unwrap();
            let waits = started_waits(&system, bounds, (&started, pods)).unwrap();
            let off = waits.p_wait - p_wait;
            assert!(off.abs() < 0.027, "{count} + {places}, {load}: {off}");
        }
    }

    /// Pods of one slot without a place: s(1) = ρ (1 − s(1)²), so (√5 − 1) ÷ 2 at ρ = 1, of whose
    /// square 0.382 is refused.
    #[test]
    fn of_many_pods_without_a_place_the_level_has_a_closed_form() {
        let system = System {
            arrival_rate_rps: 1_000.0,
            service_time_s: 1.0,
            service_cv2: 1.0,
            arrival_dispersion: 1.0,
            servers: 1,
        };
        let two = TwoChoices::of(&system, 0, 1_000).unwrap().unwrap();
        let full = (5.0_f64.sqrt() - 1.0) / 2.0;
        assert!((two.loss_ratio() - full * full).abs() < 1e-12);
        assert!(two.p_wait() <= 0.0 && two.quantile_s(0.0, 0.01) <= 0.0);
    }
}
