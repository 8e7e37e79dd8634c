//! Slots in separate pods: each pod has slots and a queue of its own, and the routing before the
//! pods decides how far they help each other.

use super::one_slot::both_busy;
use super::{KIMURA_CV2_MAX, ServiceShape, System, Wait, wait_probability};
use crate::model::ModelError;
use crate::model::search::least;

/// Routing of requests to pods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Routing {
    /// To a random pod, as kube-proxy does.
    #[default]
    Random,
    /// Round robin.
    InTurn,
    /// To the pod with the fewest requests.
    Fewest,
    /// To the better of two random pods.
    BestOfTwo,
    /// One queue before all pods, an idealization.
    Pool,
}

/// Equal pods behind one address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pods {
    /// Number of pods.
    pub count: u32,
    /// Routing of requests.
    pub routing: Routing,
}

/// Minimum peakedness distinguished from none.
const PEAKEDNESS_MIN: f64 = 0.01;
/// Range of dispersions to which the exponents were fitted.
const FITTED_DISPERSION: (f64, f64) = (1.0, 8.0);

/// Waits before pods that share nothing but their address.
///
/// `system` is one pod's with the arrivals of all: its servers are the slots of one pod, its rate
/// and dispersion those of the whole stream.
///
/// - At random, a pod sees its share of the stream with dispersion 1 + (D − 1) ÷ N: a thinned
///   Poisson stream is Poisson, a thinned geometric batch is geometric again.
/// - Round robin, a pod sees every Nth request: D ÷ N.
/// - One pool has all slots and the whole stream.
/// - The pod with the fewest requests waits like the pool with fewer but longer waits: exponents
///   fitted to simulations.
/// - The better of two waits like pools of m pods, m between two and all: fitted to simulations,
///   separately for the probability and the length of a wait.
///
/// Probabilities are Erlang C with Hayward's division; the wait of waiting requests is that of
/// Poisson arrivals (Kimura, Whitt) plus the heavy-traffic effect of bursts. The README states the
/// deviation from simulation, by `tests/vectors/fleet-queue-cases.json`.
///
/// # Errors
///
/// - [`ModelError::OutOfDomain`] as in [`System::offered_load`], or without a pod.
/// - [`ModelError::Saturated`] if the load is not below all slots.
///
/// # Source
///
/// Fredericks (1980) and Kimura (1986) as cited at [`super::hayward`] and
/// [`super::kimura`]; Mitzenmacher, "The Power of Two Choices in Randomized Load
/// Balancing", *IEEE Transactions on Parallel and Distributed Systems* 12 (2001), for two
/// choices. The division of the stream is exact; the fits are ours.
pub fn fleet_wait(system: &System, pods: Pods) -> Result<Wait, ModelError> {
    let load = system.offered_load()?;
    if pods.count == 0 {
        return Err(ModelError::OutOfDomain {
            input: "pods",
            value: 0.0,
        });
    }
    let (count, slots) = (f64::from(pods.count), f64::from(system.servers));
    if count * slots <= load {
        return Err(ModelError::Saturated {
            offered_load: load,
            servers: count * slots,
        });
    }
    if load <= 0.0 {
        return Ok(Wait {
            utilization_ratio: 0.0,
            p_wait: 0.0,
            mean_wait_s: 0.0,
            wait_p95_s: 0.0,
            wait_p99_s: 0.0,
            mean_queue: 0.0,
        });
    }
    let utilization = load / (count * slots);
    let group = Group {
        utilization,
        slots,
        service_cv2: system.service_cv2,
        dispersion: system.arrival_dispersion,
        pods: count,
    };
    let (p_wait, clearing) = group.waits(pods.routing)?;
    let mean_of_waiting_s = clearing * system.service_time_s;
    let quantile = |left: f64| {
        if p_wait <= left {
            0.0
        } else {
            mean_of_waiting_s * libm::log(p_wait / left)
        }
    };
    let mean_wait_s = p_wait * mean_of_waiting_s;
    Ok(Wait {
        utilization_ratio: utilization,
        p_wait,
        mean_wait_s,
        wait_p95_s: quantile(0.05),
        wait_p99_s: quantile(0.01),
        mean_queue: system.arrival_rate_rps * mean_wait_s,
    })
}

/// The pods that act as one queue without regard to choices: one pod, or the whole pool.
pub(super) fn alone(system: &System, pods: Pods) -> Result<(System, u32), ModelError> {
    let routing = match pods.routing {
        Routing::Fewest | Routing::BestOfTwo => Routing::Random,
        other => other,
    };
    pooled(system, Pods { routing, ..pods })
}

/// The pods that act as one queue, with their part of the stream, and their number.
pub(super) fn pooled(system: &System, pods: Pods) -> Result<(System, u32), ModelError> {
    let load = system.offered_load()?;
    let count = f64::from(pods.count.max(1));
    let slots = f64::from(system.servers);
    // Far in overload, as with little load, each pod acts alone.
    let utilization = load / (count * slots);
    let group = Group {
        utilization: utilization.min(2.0 - utilization).clamp(0.0, 0.999),
        slots,
        service_cv2: system.service_cv2,
        dispersion: system.arrival_dispersion,
        pods: count,
    };
    let pooled = match pods.routing {
        Routing::Random | Routing::InTurn => 1.0,
        Routing::Fewest | Routing::Pool => count,
        Routing::BestOfTwo => libm::round(group.pods_that_pool(&CHANCE)),
    };
    let dispersion = match pods.routing {
        Routing::InTurn => system.arrival_dispersion / count,
        _ => thinned(system.arrival_dispersion, pooled / count),
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a number of pods between one and all"
    )]
    let pooled_pods = pooled as u32;
    let part = System {
        arrival_rate_rps: system.arrival_rate_rps * pooled / count,
        arrival_dispersion: dispersion,
        servers: system.servers.saturating_mul(pooled_pods),
        ..*system
    };
    Ok((part, pooled_pods))
}

/// Minimum pods with which a share of the requests waits no longer than this; `None` if more than
/// `most` would be needed.
///
/// # Errors
///
/// As [`fleet_wait`].
pub fn fewest_pods(
    system: &System,
    routing: Routing,
    (share, most_s): (f64, f64),
    (hint, most): (u32, u32),
) -> Result<Option<u32>, ModelError> {
    let load = system.offered_load()?;
    let keeps = |count: u32| {
        let wait = fleet_wait(system, Pods { count, routing });
        wait.and_then(|wait| wait.quantile_s(share))
            .is_ok_and(|wait_s| wait_s <= most_s)
    };
    // Enough pods to hold the load, and one more if they are exactly full.
    let stable = load / f64::from(system.servers);
    if f64::from(most) <= stable {
        return Ok(None);
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "below a whole number that is a u32"
    )]
    let stable = stable as u32;
    Ok(least(stable, (hint, most), keeps))
}

/// Dispersion of a randomly thinned stream.
fn thinned(dispersion: f64, share: f64) -> f64 {
    1.0 + (dispersion - 1.0) * share
}

/// Exponents of the number of pods that wait as one pool, for the better of two.
struct Pooling {
    constant: f64,
    slots: f64,
    slack: f64,
    dispersion: f64,
    service: f64,
    pods: f64,
}

/// For the probability of waiting. Fitted to 290 simulations of 1.5 million requests.
const CHANCE: Pooling = Pooling {
    constant: -0.919,
    slots: 0.883,
    slack: -0.237,
    dispersion: -0.137,
    service: -0.302,
    pods: 0.179,
};
/// For the length of a wait, fitted to the same simulations as [`CHANCE`].
const LENGTH: Pooling = Pooling {
    constant: -1.663,
    slots: 0.134,
    slack: -1.527,
    dispersion: 0.224,
    service: 0.746,
    pods: -0.077,
};

/// Pods and their arrivals, in multiples of the service time.
struct Group {
    utilization: f64,
    /// Slots of one pod.
    slots: f64,
    service_cv2: f64,
    dispersion: f64,
    pods: f64,
}

impl Group {
    /// Probability of waiting, and mean wait of the waiting requests.
    fn waits(&self, routing: Routing) -> Result<(f64, f64), ModelError> {
        let one = |servers: f64, dispersion: f64| {
            let chance = self.chance(servers, dispersion)?;
            Ok((chance, self.length(servers, dispersion)))
        };
        match routing {
            Routing::Random => one(self.slots, thinned(self.dispersion, 1.0 / self.pods)),
            Routing::InTurn => one(self.slots, self.dispersion / self.pods),
            Routing::Pool => one(self.slots * self.pods, self.dispersion),
            Routing::Fewest => {
                let pool = one(self.slots * self.pods, self.dispersion)?;
                Ok(self.fewest(pool))
            }
            Routing::BestOfTwo => {
                let pooled = self.pods_that_pool(&CHANCE);
                let dispersion = thinned(self.dispersion, pooled / self.pods);
                let servers = self.slots * pooled;
                let chance = self.chance(servers, dispersion)?;
                // For one slot each the probability is known better, apart from bursts.
                let chance = if self.slots <= 1.0 && 2.0 <= self.pods {
                    let calm = both_busy(self.utilization, self.pods);
                    let plain = self.chance(servers, 1.0)?;
                    let bursts = if 0.0 < plain { chance / plain } else { 1.0 };
                    (calm * bursts).min(1.0)
                } else {
                    chance
                };
                let pooled = self.pods_that_pool(&LENGTH);
                let dispersion = thinned(self.dispersion, pooled / self.pods);
                Ok((chance, self.length(self.slots * pooled, dispersion)))
            }
        }
    }

    /// Probability of waiting by Hayward: Erlang C with servers and load over the peakedness.
    fn chance(&self, servers: f64, dispersion: f64) -> Result<f64, ModelError> {
        let cv2 = self.service_cv2;
        let is_markov = (cv2 - 1.0).abs() < 1e-9;
        let shape = if is_markov {
            ServiceShape::Exponential
        } else {
            ServiceShape::Lognormal { cv2 }
        };
        let overlap = if (dispersion - 1.0).abs() < 1e-9 {
            0.0
        } else {
            shape.overlap_ratio()?
        };
        let scale = (1.0 + (dispersion - 1.0) * overlap).max(PEAKEDNESS_MIN);
        let servers = servers / scale;
        wait_probability(servers, self.utilization * servers)
    }

    /// Mean wait of the waiting requests: with Poisson arrivals, plus the effect of bursts.
    fn length(&self, servers: f64, dispersion: f64) -> f64 {
        let factor = self.poisson_factor(servers) + (dispersion - 1.0) / 2.0;
        factor.max(0.0) / (servers * (1.0 - self.utilization))
    }

    /// Mean wait over that of M/M/c, for Poisson arrivals.
    fn poisson_factor(&self, servers: f64) -> f64 {
        let cv2 = self.service_cv2;
        let many = (servers - 1.0).max(0.0) * ((4.0 + 5.0 * servers).sqrt() - 2.0);
        let slack = 1.0 - self.utilization;
        let gamma = (slack * many / (16.0 * servers * self.utilization)).min(0.24);
        if cv2 <= KIMURA_CV2_MAX {
            return (1.0 + cv2) / ((1.0 - cv2) * 2.0 / (1.0 + gamma) + 2.0 * cv2);
        }
        let even = (1.0 - 4.0 * gamma) * libm::exp(-2.0 * slack / (3.0 * self.utilization));
        ((cv2 - 1.0) * even + cv2 + 3.0) / 4.0
    }

    /// Waits of the pod with the fewest requests from those of the pool: fewer wait, but longer.
    /// Fitted to 270 simulations of 1.5 million requests.
    fn fewest(&self, (chance, length): (f64, f64)) -> (f64, f64) {
        if chance <= 0.0 {
            return (chance, length);
        }
        let Logs {
            slots,
            slack,
            dispersion,
            service,
            pods,
        } = self.logs();
        let rarer = -0.066 * slack - 0.0309 * slots - 0.0153 * dispersion - 0.0269 * service;
        let longer = 0.4534 * (1.0 - chance)
            - 0.0856 * slots
            - 0.0340 * dispersion
            - 0.0654 * service
            - 0.0270 * slack;
        (
            libm::exp(libm::log(chance) * (1.0 + pods * rarer.max(0.0))),
            length * libm::exp(pods * longer.max(0.0)),
        )
    }

    /// Number of pods that wait as one pool would, for the better of two: two of two, and ever
    /// fewer of many.
    fn pods_that_pool(&self, fitted: &Pooling) -> f64 {
        if self.pods <= 2.0 {
            return self.pods;
        }
        let logs = self.logs();
        let reach = libm::exp(
            fitted.constant
                + fitted.slots * logs.slots
                + fitted.slack * logs.slack
                + fitted.dispersion * logs.dispersion
                + fitted.service * logs.service
                + fitted.pods * logs.pods,
        );
        let more = self.pods - 2.0;
        2.0 + more * reach / (more + reach)
    }

    fn logs(&self) -> Logs {
        let (least, most) = FITTED_DISPERSION;
        Logs {
            slots: libm::log(self.slots),
            slack: libm::log1p(-self.utilization),
            dispersion: libm::log(self.dispersion.clamp(least, most)),
            service: libm::log(f64::midpoint(1.0, self.service_cv2)),
            pods: libm::log(self.pods),
        }
    }
}

/// Logarithms of the quantities to which the exponents apply.
struct Logs {
    slots: f64,
    slack: f64,
    dispersion: f64,
    service: f64,
    pods: f64,
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::super::tests::any_system;
    use super::super::{Bounds, fleet_lost, markov_wait};
    use super::*;
    use proptest::prelude::*;

    const ALL: [Routing; 5] = [
        Routing::Random,
        Routing::InTurn,
        Routing::Fewest,
        Routing::BestOfTwo,
        Routing::Pool,
    ];

    fn one_pod(utilization: f64, pods: u32, arrival_dispersion: f64) -> System {
        System {
            arrival_rate_rps: utilization * 16.0 * f64::from(pods),
            service_time_s: 1.0,
            service_cv2: 1.0,
            arrival_dispersion,
            servers: 16,
        }
    }

    #[test]
    fn who_gives_up_is_as_simulated() {
        // Pods, slots of each, utilization, patience in service times, share that left: 1.2 million
        // exponential services each, simulated in C apart from this program.
        let fewest = [
            (3, 4, 0.85, 0.3, 0.07761),
            (3, 4, 0.95, 1.0, 0.05125),
            (3, 16, 0.95, 0.3, 0.02754),
            (12, 4, 0.85, 0.3, 0.01952),
            (12, 4, 0.95, 1.0, 0.01317),
            (12, 16, 1.0, 0.3, 0.02079),
            (40, 4, 0.95, 0.3, 0.0217),
            (40, 4, 1.05, 0.3, 0.07128),
        ];
        let of_two = [
            (3, 4, 0.85, 0.3, 0.0897),
            (3, 16, 0.95, 0.3, 0.02927),
            (12, 4, 0.95, 1.0, 0.03278),
            (12, 4, 1.0, 0.3, 0.13221),
            (12, 16, 0.95, 0.3, 0.01054),
            (40, 4, 0.95, 0.3, 0.10533),
            (40, 4, 0.95, 1.0, 0.02688),
        ];
        let check = |rows: &[(u32, u32, f64, f64, f64)], routing, part: f64| {
            for &(count, servers, utilization, patience_s, simulated) in rows {
                let system = System {
                    arrival_rate_rps: utilization * f64::from(count * servers),
                    servers,
                    ..one_pod(utilization, count, 1.0)
                };
                let pods = Pods { count, routing };
                let bounds = Bounds {
                    places: u32::MAX,
                    patience_s,
                    drops_oldest: false,
                };
                let lost = fleet_lost(&system, bounds, pods).unwrap().ratio();
                let is_close = (lost / simulated - 1.0).abs() < part;
                assert!(
                    is_close,
                    "{routing:?} {count} × {servers}: {lost} {simulated}"
                );
            }
        };
        check(&fewest, Routing::Fewest, 0.15);
        check(&of_two, Routing::BestOfTwo, 0.35);
    }

    #[test]
    fn alone_a_pod_waits_as_one_queue_whatever_stands_before_it() {
        let system = one_pod(0.9, 1, 1.0);
        let slot = System {
            arrival_rate_rps: 0.51,
            service_time_s: 1.0,
            servers: 1,
            ..system
        };
        for system in [system, slot] {
            let exact = markov_wait(&system).unwrap();
            for routing in ALL {
                let wait = fleet_wait(&system, Pods { count: 1, routing }).unwrap();
                assert!((wait.p_wait / exact.p_wait - 1.0).abs() < 1e-12);
                assert!((wait.wait_p99_s / exact.wait_p99_s - 1.0).abs() < 1e-12);
            }
        }
    }

    /// Two one-slot pods, a quarter busy: requests in bursts wait no less.
    #[test]
    fn bursts_never_make_a_wait_rarer() {
        let routing = Routing::BestOfTwo;
        let chances = [0.9, 1.0, 1.02, 1.5, 3.0, 10.0].map(|arrival_dispersion| {
            let system = System {
                arrival_rate_rps: 0.51,
                service_time_s: 1.0,
                servers: 1,
                arrival_dispersion,
                ..one_pod(0.9, 1, 1.0)
            };
            fleet_wait(&system, Pods { count: 2, routing })
                .unwrap()
                .p_wait
        });
        assert!(chances.is_sorted(), "{chances:?}");
    }

    #[test]
    fn at_random_many_pods_wait_like_one() {
        let one = markov_wait(&one_pod(0.9, 1, 1.0)).unwrap();
        let pods = Pods {
            count: 12,
            routing: Routing::Random,
        };
        let many = fleet_wait(&one_pod(0.9, 12, 1.0), pods).unwrap();
        assert!((many.wait_p99_s / one.wait_p99_s - 1.0).abs() < 1e-12);
    }

    #[test]
    fn the_fewest_pods_keep_the_wait_and_one_fewer_do_not() {
        for routing in ALL {
            for hint in [1, 7, 90] {
                let system = one_pod(0.9, 12, 2.0);
                let found = fewest_pods(&system, routing, (0.99, 0.2), (hint, 10_000));
                let count = found.unwrap().unwrap();
                let p99 =
                    |count| fleet_wait(&system, Pods { count, routing }).map(|w| w.wait_p99_s);
                assert!(p99(count).unwrap() <= 0.2, "{routing:?} {count}");
                assert!(
                    p99(count - 1).is_err() || 0.2 < p99(count - 1).unwrap(),
                    "{routing:?} {count}"
                );
            }
        }
        let none = fewest_pods(&one_pod(0.9, 12, 1.0), Routing::Random, (0.99, 0.2), (1, 5));
        assert_eq!(none, Ok(None));
    }

    proptest! {
        #[test]
        fn every_answer_is_finite_whatever_is_asked(
            system in any_system(),
            count in prop_oneof![0_u32..200, any::<u32>()],
        ) {
            for routing in ALL {
                let pods = Pods { count, routing };
                if let Ok(wait) = fleet_wait(&system, pods) {
                    let all = [wait.mean_wait_s, wait.wait_p95_s, wait.wait_p99_s, wait.mean_queue];
                    prop_assert!((0.0..=1.0).contains(&wait.p_wait), "{system:?} {wait:?}");
                    let sound = all.iter().all(|x| x.is_finite() && 0.0 <= *x);
                    prop_assert!(sound, "{system:?} {pods:?}: {wait:?}");
                }
                for patience_s in [0.0, 1.0, 1e9] {
                    let bounds = Bounds { places: 100, patience_s, drops_oldest: false };
                    if let Ok(lost) = fleet_lost(&system, bounds, pods) {
                        let ratio = lost.ratio();
                        prop_assert!((0.0..=1.0).contains(&ratio), "{system:?} {pods:?}: {ratio}");
                        let sound = 0.0 <= lost.refused && 0.0 <= lost.gave_up;
                        prop_assert!(sound, "{system:?} {pods:?}: {lost:?}");
                    }
                }
            }
        }
    }
}
