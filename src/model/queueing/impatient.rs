//! Impatient requests, which give up waiting or find the queue full.

use super::bounded::VARIABILITY_MIN;
use super::hayward::{ServiceShape, scale};
use super::poisson::{density, tail, upper_fraction, upper_share};
use super::{INPUT_MAX, System, loss_probability};
use crate::model::ModelError;
use crate::model::error::within;

/// Share of requests that give up, if all have the same patience; any load has an answer.
///
/// Exact for Poisson arrivals and exponential service, M/M/c+D. In other cases the servers and the
/// load are divided by the peakedness of the arrivals, and the services within the patience by the
/// mean variability, as in [`super::with_bounded_queue`].
///
/// # Errors
///
/// As [`System::offered_load`], or if the patience is not in 0..=10⁹.
///
/// # Source
///
/// Barrer, "Queuing with Impatient Customers and Ordered Service", *Operations Research* 5
/// (1957); Boots and Tijms, "A Multiserver Queueing System with Impatient Customers",
/// *Management Science* 45 (1999).
pub fn loss_by_patience(system: &System, patience_s: f64) -> Result<f64, ModelError> {
    let leaving = Leaving::of(system, patience_s, patience_s)?;
    Ok(leaving.map_or(0.0, |leaving| leaving.of_one(ENDLESS).ratio()))
}

/// Bounds of a queue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Queue length per pod.
    pub places: u32,
    /// Patience, seconds.
    pub patience_s: f64,
    /// Whether a full queue drops its oldest request for a new one, instead of refusing the new
    /// one.
    pub drops_oldest: bool,
}

/// Shares of requests that get no server.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Lost {
    /// Refused by a full queue, or dropped from it for a newer request.
    pub refused: f64,
    /// Given up waiting.
    pub gave_up: f64,
}

impl Lost {
    /// Total share.
    pub fn ratio(self) -> f64 {
        self.refused + self.gave_up
    }
}

/// Shares lost if at most `places` requests wait before the servers of `pods` pods.
///
/// A request that finds `j` others waiting leaves unless more than `j` services end within its
/// patience, so that a queue of `j` is as likely as without patience times the probability of `j`
/// services within it. The sum over all queues has a closed form, exact for Poisson arrivals and
/// exponential services before one pod: M/M/c/K+D. In other cases servers and load are divided by
/// the peakedness, places and services by the mean variability.
///
/// One pod: both shares are exact with exponential services and Poisson arrivals. With lognormal
/// services of twice to eight times that variance the sum is within 35 % of simulation. For several
/// pods see [`Leaving::of_pods`].
///
/// # Source
///
/// Brandt and Brandt, "On the M(n)/M(n)/s Queue with Impatient Calls", *Performance Evaluation* 35
/// (1999), with arrivals that end at the last place.
pub(super) fn lost_of_pods(
    system: &System,
    (places, patience_s): (u32, f64),
    pods: u32,
) -> Result<Lost, ModelError> {
    let places = f64::from(places);
    let within_s = places / f64::from(system.servers.max(1)) * system.service_time_s;
    let Some(leaving) = Leaving::of(system, patience_s, within_s.min(patience_s))? else {
        return Ok(Lost::default());
    };
    let places = places / leaving.variability;
    Ok(if pods <= 1 {
        leaving.of_one(places)
    } else {
        leaving.of_pods(places, f64::from(pods))
    })
}

/// Distribution of the time until a server is free: the probability that one is free over the
/// density of the shortest wait, in seconds, and the decay rate of that density per second,
/// negative if it grows. `None` without load, or if the servers are never all busy.
pub(super) fn leaving_law(system: &System) -> Result<Option<(f64, f64)>, ModelError> {
    let law = Leaving::of(system, 1.0, f64::INFINITY)?;
    Ok(law.map(|law| {
        let slack = 1.0 - law.utilization;
        (law.free / law.services, slack * law.services)
    }))
}

/// A queue that requests leave, in a few numbers.
pub(super) struct Leaving {
    /// Probability of a free server over the probability that all are busy and nobody waits.
    pub(super) free: f64,
    pub(super) utilization: f64,
    /// Services that end within the patience while all servers are busy.
    pub(super) services: f64,
    /// Divisor of services and places: 1 in an M/M/c queue.
    pub(super) variability: f64,
}

impl Leaving {
    /// The queue of a system; `None` without load, or if the servers are never all busy. `within_s`
    /// is the longest possible wait.
    pub(super) fn of(
        system: &System,
        patience_s: f64,
        within_s: f64,
    ) -> Result<Option<Self>, ModelError> {
        let load = system.offered_load()?;
        let patience = within("patience_s", patience_s, INPUT_MAX)?;
        if load <= 0.0 {
            return Ok(None);
        }
        let servers = f64::from(system.servers);
        let is_markov = system.has_poisson_arrivals() && (system.service_cv2 - 1.0).abs() < 1e-9;
        let (part, variability) = if is_markov {
            (1.0, 1.0)
        } else {
            let shape = ServiceShape::Lognormal {
                cv2: system.service_cv2,
            };
            let part = scale(system, shape)?;
            let seen = system.seen_within(within_s);
            (part, seen.mean_variability().max(VARIABILITY_MIN))
        };
        let services = servers * patience / system.service_time_s / variability;
        let refused = loss_probability(servers / part, load / part)?;
        let free = (1.0 - refused) / refused;
        Ok(free.is_finite().then_some(Self {
            free,
            utilization: load / servers,
            services: services.min(f64::MAX),
            variability,
        }))
    }

    /// Shares lost before one queue with this many places.
    fn of_one(&self, places: f64) -> Lost {
        let load = self.utilization;
        let slack = 1.0 - load;
        let queue = self.queue(places);
        let waiting = if slack.abs() * self.services.min(places) < 1e-6 {
            queue.mean
        } else if 0.0 < slack {
            (1.0 - queue.end) / slack
        } else {
            (queue.end - 1.0) / slack
        };
        // In overload everything is divided by the end, so that nothing overflows.
        let ratio = if 0.0 <= slack {
            queue.end / (self.free + waiting + queue.end)
        } else {
            1.0 / (self.free * queue.end + waiting + 1.0)
        };
        let ratio = ratio.clamp(0.0, 1.0);
        let refused = ratio * queue.full.clamp(0.0, 1.0);
        Lost {
            refused,
            gave_up: ratio - refused,
        }
    }

    /// E loadᴹ, with M the number of services that end within the patience, capped at `places`.
    fn queue(&self, places: f64) -> Ends {
        let (services, load) = (self.services.min(SERVICES_MOST), self.utilization);
        let slack = 1.0 - load;
        if places <= 0.0 {
            return Ends {
                end: 1.0,
                full: 1.0,
                mean: 0.0,
            };
        }
        let tilted = services * load;
        let most = upper_share(places, services);
        let mean = services * most + places * (1.0 - most - density(places, services));
        // Probability of at least as many services as places, over the density of that number.
        let reached = (services < places + 1.0).then(|| 1.0 + tail(places, services));
        let by_services = -services * slack.abs();
        let by_places = -(places * libm::log(load)).abs();
        let (below, full, by) = if tilted < places + 1.0 {
            let below = upper_share(places, tilted);
            match reached {
                Some(reached) => (below, density(places, tilted) * reached, by_services),
                // Here the load is below 1, and the larger part is near 1.
                None if by_places < by_services => {
                    let full = libm::exp(by_places - by_services) * (1.0 - most);
                    (below, full, by_services)
                }
                None => {
                    let below = libm::exp(by_services - by_places) * below;
                    (below, 1.0 - most, by_places)
                }
            }
        } else {
            let of_one = density(places, services);
            let below = of_one * places * upper_fraction(places, tilted);
            let full = reached.map_or(1.0 - most, |reached| of_one * reached);
            (below, full, by_places)
        };
        let all = below + full;
        let (end, full) = if all <= 0.0 {
            (0.0, 1.0)
        } else if slack < 0.0 {
            (libm::exp(by) / all, full / all)
        } else {
            (libm::exp(by) * all, full / all)
        };
        Ends {
            end: end.min(1.0),
            full,
            mean: mean.max(0.0),
        }
    }

    /// Shares lost before pods with queues of their own, with routing to the pod with the fewest
    /// requests.
    ///
    /// Requests do not move between queues, so more leave than from one queue. The total is a
    /// birth-death chain of equally long queues, each of which empties as fast as in the law of one
    /// pod. Ours: with exponential services the sum is within 15 % of simulation, or 0.001.
    fn of_pods(&self, places: f64, pods: f64) -> Lost {
        let (services, places) = (self.services / pods, places / pods);
        // Long queues are counted in steps, with a normal approximation of the Poisson
        // distribution.
        let step = libm::ceil(services / LONG_QUEUE).max(1.0);
        let (mut density, mut at_most) = (libm::exp(-services), 0.0);
        let (mut all, mut gave_up, mut weight) = (self.free + 1.0, 0.0, 1.0);
        let (mut waiting, mut reach, mut slower) = (0.0, 1.0, 1.0);
        while waiting < places {
            let levels = step.min(places - waiting);
            let next = if 1.0 < step {
                let spread = libm::sqrt(2.0 * services);
                libm::erfc((waiting + levels - services) / spread) / 2.0
            } else {
                at_most += density;
                density *= services / (waiting + 1.0);
                reach + (1.0 - at_most - reach) * levels
            };
            if next < NEARLY_NONE {
                weight = 0.0;
                break;
            }
            // Factor by which the queue of a pod drains faster than by services alone.
            let faster = libm::pow(reach / next, 1.0 / levels);
            let leaving = slower + (faster - slower) * f64::midpoint(1.0, 1.0 / pods);
            let ratio = self.utilization / leaving;
            let states = pods * levels;
            // The larger end of the step has weight 1, so that nothing overflows.
            let (less, end) = if ratio <= 1.0 {
                (ratio, libm::pow(ratio, states))
            } else {
                (1.0 / ratio, libm::pow(1.0 / ratio, states))
            };
            let sum = if 1.0 - less < 1e-9 {
                states
            } else {
                (1.0 - end) / (1.0 - less)
            };
            if ratio <= 1.0 {
                all += weight * ratio * sum;
                gave_up += weight * sum * (leaving - 1.0) / leaving;
                weight *= end;
            } else {
                all = all * end + weight * sum;
                gave_up = gave_up * end + weight * sum * (leaving - 1.0) / self.utilization;
            }
            (waiting, reach, slower) = (waiting + levels, next, faster);
        }
        let refused = (weight / all).clamp(0.0, 1.0);
        Lost {
            refused,
            gave_up: (gave_up / all).clamp(0.0, 1.0 - refused),
        }
    }
}

/// The upper end of a queue's distribution.
struct Ends {
    /// Probability of the longest queue over that of the shortest; in overload the inverse.
    end: f64,
    /// Part of the loss at that end that finds no place.
    full: f64,
    /// Mean length at that end.
    mean: f64,
}

/// Places that are never filled.
const ENDLESS: f64 = 1e15;
/// Cap of the services within the patience.
const SERVICES_MOST: f64 = 1e12;
/// Services within the patience above which a queue is counted in steps.
const LONG_QUEUE: f64 = 300.0;
/// Probability after which the remaining states of a chain are negligible.
const NEARLY_NONE: f64 = 1e-12;

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::super::tests::{any_number, any_system};
    use super::*;
    use proptest::prelude::*;

    fn markov(load: f64, servers: u32) -> System {
        System {
            arrival_rate_rps: load,
            service_time_s: 1.0,
            service_cv2: 1.0,
            arrival_dispersion: 1.0,
            servers,
        }
    }

    /// Limits of the patience: 0 gives Erlang B, infinity the excess of an overload.
    #[test]
    fn patience_between_none_and_all_loses_between_erlang_b_and_the_excess() {
        for (load, servers) in [(13.3, 16), (16.0, 16), (20.0, 16), (0.5, 1)] {
            let system = markov(load, servers);
            let hasty = loss_by_patience(&system, 0.0).unwrap();
            let erlang = loss_probability(f64::from(servers), load).unwrap();
            assert!((hasty / erlang - 1.0).abs() < 1e-12, "{load}: {hasty}");
            let patient = loss_by_patience(&system, 1e6).unwrap();
            let excess = (1.0 - f64::from(servers) / load).max(0.0);
            assert!((patient - excess).abs() < 1e-4, "{load}: {patient}");
        }
    }

    /// Simulated by another program: 16 servers of 8 s, and requests that leave after 22 s;
    /// 400,000 of them, and two seeds.
    #[test]
    fn the_share_that_leaves_is_that_of_a_simulation() {
        let system = |per_minute: f64| System {
            arrival_rate_rps: per_minute / 60.0 / 15.0,
            service_time_s: 8.0,
            ..markov(0.0, 16)
        };
        for (per_minute, patience_s, ratio, error) in [
            (1_620.0, 22.0, 0.0007, 0.0002),
            (1_710.0, 22.0, 0.006, 0.0015),
            (1_800.0, 22.0, 0.0215, 0.002),
            (1_890.0, 22.0, 0.051, 0.003),
            (1_500.0, 2.0, 0.0406, 0.002),
        ] {
            let loss = loss_by_patience(&system(per_minute), patience_s).unwrap();
            assert!((loss - ratio).abs() < error, "{per_minute}: {loss}");
        }
    }

    /// A slot of one second, one place and a patience of a second at one request a second: a state
    /// without, with one and with two requests is as likely as 1, 1 and 1 − 1/e, the chance that
    /// a service ends within the patience. Refused: 0.632 ÷ 2.632. Busy: 1.632 ÷ 2.632.
    #[test]
    fn one_slot_and_one_place_are_worked_out_by_hand() {
        let lost = lost_of_pods(&markov(1.0, 1), (1, 1.0), 1).unwrap();
        let behind = 1.0 - libm::exp(-1.0);
        let all = 2.0 + behind;
        assert!((lost.refused - behind / all).abs() < 1e-12, "{lost:?}");
        assert!((lost.ratio() - 1.0 / all).abs() < 1e-12, "{lost:?}");
    }

    /// Pods, slots, places, load, patience in services, squared deviation of the services,
    /// dispersion of the arrivals; then the shares that found no place and that left: 1.5 to 3
    /// million requests each, simulated in C apart from this program, to pods that hold fewest.
    type Row = (u32, u32, u32, f64, f64, f64, f64, f64, f64);
    #[rustfmt::skip]
    const SIMULATED: [Row; 34] = [
        (1, 16, 4, 0.85, 0.125, 1.0, 1.0, 0.006_537, 0.059_422),
        (1, 16, 4, 1.3, 0.125, 1.0, 1.0, 0.062_906, 0.207_745),
        (1, 16, 4, 1.3, 0.25, 1.0, 1.0, 0.173_76, 0.084_99),
        (1, 16, 16, 0.95, 2.0, 1.0, 1.0, 0.025_649, 0.000_021),
        (1, 16, 44, 0.95, 5.5, 1.0, 1.0, 0.004_526, 0.0),
        (1, 16, 44, 1.3, 2.75, 1.0, 1.0, 0.176_3, 0.055_19),
        (1, 4, 8, 0.7, 4.0, 1.0, 1.0, 0.007_533, 0.000_149),
        (1, 4, 8, 1.05, 4.0, 1.0, 1.0, 0.112_792, 0.001_055),
        (1, 64, 40, 1.05, 1.25, 1.0, 1.0, 0.050_973, 0.0),
        (1, 16, 4, 0.85, 0.5, 1.0, 3.0, 0.101_261, 0.002_812),
        (1, 16, 16, 0.95, 2.0, 1.0, 3.0, 0.062_125, 0.000_02),
        (1, 4, 8, 0.95, 4.0, 1.0, 3.0, 0.137_969, 0.000_828),
        (1, 16, 4, 0.7, 0.25, 2.0, 1.0, 0.005_371, 0.008_114),
        (1, 16, 4, 1.05, 0.25, 2.0, 1.0, 0.079_504, 0.054_687),
        (1, 16, 16, 0.95, 0.5, 2.0, 1.0, 0.000_284, 0.054_929),
        (1, 16, 44, 0.85, 1.375, 2.0, 1.0, 0.0, 0.005_062),
        (1, 4, 8, 0.95, 4.0, 2.0, 1.0, 0.076_771, 0.003_8),
        (1, 64, 40, 0.95, 1.25, 2.0, 1.0, 0.006_288, 0.0),
        (1, 16, 8, 0.7, 0.5, 4.0, 1.0, 0.001_737, 0.005_041),
        (1, 16, 8, 1.1, 0.5, 8.0, 1.0, 0.078_07, 0.068_893),
        (1, 16, 33, 0.9, 2.062_5, 8.0, 1.0, 0.004_371, 0.014_542),
        (1, 4, 16, 0.7, 2.0, 4.0, 1.0, 0.000_009, 0.031_182),
        (1, 4, 16, 0.9, 4_000.0, 4.0, 1.0, 0.044_25, 0.0),
        (1, 64, 40, 0.9, 0.625, 8.0, 1.0, 0.001_132, 0.003_395),
        (3, 4, 8, 0.85, 2.0, 1.0, 1.0, 0.000_395, 0.006_087),
        (3, 4, 8, 1.3, 1.0, 1.0, 1.0, 0.002_133, 0.233_887),
        (3, 16, 4, 0.95, 0.125, 1.0, 1.0, 0.000_246, 0.053_47),
        (3, 16, 4, 1.05, 250.0, 1.0, 1.0, 0.075_713, 0.0),
        (3, 16, 16, 1.3, 1.0, 1.0, 1.0, 0.133_071, 0.098_871),
        (12, 4, 8, 1.05, 2.0, 1.0, 1.0, 0.000_765, 0.048_987),
        (12, 16, 4, 1.3, 250.0, 1.0, 1.0, 0.230_043, 0.0),
        (40, 4, 8, 0.95, 1.0, 1.0, 1.0, 0.0, 0.003_997),
        (40, 16, 4, 1.3, 0.25, 1.0, 1.0, 0.022_692, 0.207_413),
        (40, 16, 16, 1.3, 1.0, 1.0, 1.0, 0.096_143, 0.136_411),
    ];

    #[test]
    fn who_finds_no_place_and_who_leaves_is_as_simulated() {
        let mut told = Vec::new();
        for row in SIMULATED {
            let (pods, slots, places, load, patience_s, cv2, dispersion, refused, gave_up) = row;
            let system = System {
                service_cv2: cv2,
                arrival_dispersion: dispersion,
                ..markov(load * f64::from(pods * slots), pods * slots)
            };
            let lost = lost_of_pods(&system, (pods * places, patience_s), pods).unwrap();
            let (error, of_split) = match (pods, cv2 + dispersion <= 2.0) {
                (1, true) => (0.03, 0.02),
                (1, false) => (0.35, 0.3),
                _ => (0.15, 0.1),
            };
            let all = refused + gave_up;
            let off = (lost.ratio() - all).abs();
            let split = lost.refused / lost.ratio() - refused / all;
            if error * all + 2e-4 < off || of_split < split.abs() {
                told.push(format!("{row:?}: {lost:?}"));
            }
        }
        assert!(told.is_empty(), "{told:#?}");
    }

    proptest! {
        #[test]
        fn every_loss_is_a_share_whatever_is_asked(
            system in any_system(),
            patience in any_number(),
        ) {
            if let Ok(loss) = loss_by_patience(&system, patience) {
                prop_assert!((0.0..=1.0).contains(&loss), "{loss}");
            }
        }
    }
}
