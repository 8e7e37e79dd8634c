//! Requests that give up waiting, or find the queue full.

use super::bounded::VARIABILITY_MIN;
use super::hayward::{ServiceShape, scale};
use super::{INPUT_MAX, System, loss_probability};
use crate::model::ModelError;
use crate::model::error::within;

/// Share of the requests that give up, where each waits as long as the others and no longer;
/// any load has an answer.
///
/// Exact for Poisson arrivals and exponential service, M/M/c+D. For others the servers and the
/// load are divided by the peakedness of the arrivals, and the services within the patience by
/// the mean variability, as in [`super::with_bounded_queue`].
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
    Ok(Leaving::of(system, patience_s)?.map_or(0.0, |leaving| leaving.one_queue()))
}

/// What ends a wait before a server is free.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Requests that may wait in each pod.
    pub places: u32,
    /// Longest wait, seconds.
    pub patience_s: f64,
}

/// Shares of the requests that get no server.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Lost {
    /// They find the queue full.
    pub refused: f64,
    /// They leave it.
    pub gave_up: f64,
}

impl Lost {
    /// Share of both.
    pub fn ratio(self) -> f64 {
        self.refused + self.gave_up
    }
}

/// The same where at most `places` wait before all servers, which are those of so many pods.
///
/// Each bound alone has its loss; beyond what an overload loses anyway, both together lose the
/// fourth root of the sum of their fourth powers, and no more than without a queue. It is split by
/// the chance that the last in a full queue starts in time. Ours: the sum is
/// within 6 % of simulations with exponential services, and 30 % with others.
pub(super) fn lost_of_pods(
    system: &System,
    (places, patience_s): (u32, f64),
    pods: u32,
) -> Result<Lost, ModelError> {
    let Some(leaving) = Leaving::of(system, patience_s)? else {
        return Ok(Lost::default());
    };
    let places = f64::from(places) / leaving.variability;
    let by_places = leaving.by_places(places);
    let by_patience = leaving.of_pods(pods);
    let excess = (1.0 - 1.0 / leaving.utilization).max(0.0);
    let (one, other) = (by_places - excess, by_patience - excess);
    let (less, more) = (one.min(other).max(0.0), one.max(other).max(0.0));
    let part = if 0.0 < more { less / more } else { 0.0 };
    let both = excess + more * (1.0 + part * part * part * part).sqrt().sqrt();
    let ratio = both.min(1.0 / (1.0 + leaving.free));
    let refused = ratio * leaving.in_time(places, f64::from(pods));
    Ok(Lost {
        refused,
        gave_up: ratio - refused,
    })
}

/// Of the time until a server is free: the chance that one is over the density of the shortest
/// wait, in seconds, and how fast that density falls each second, or grows below 0. None without
/// load, or where all servers are never taken.
pub(super) fn leaving_law(system: &System) -> Result<Option<(f64, f64)>, ModelError> {
    let law = Leaving::of(system, 1.0)?;
    Ok(law.map(|law| {
        let slack = 1.0 - law.utilization;
        (law.free / law.services, slack * law.services)
    }))
}

/// A queue that requests leave, as three numbers.
struct Leaving {
    /// Chance that a server is free over the chance that all are taken and nobody waits.
    free: f64,
    utilization: f64,
    /// Services that end within the patience while all servers are busy.
    services: f64,
    /// By which services and places are divided: 1 in an M/M/c queue.
    variability: f64,
}

impl Leaving {
    /// None without load, or where all servers are never taken.
    fn of(system: &System, patience_s: f64) -> Result<Option<Self>, ModelError> {
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
            (part, system.mean_variability().max(VARIABILITY_MIN))
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

    /// Lost by a wait that may last so many services: the time until a server is free has a
    /// density that falls, or grows in overload, as e^−slack·t.
    fn one_queue(&self) -> f64 {
        self.cut_off(self.services, 1.0 - self.utilization)
    }

    /// Lost by an end of the queue: each state is so many times as likely as the one before.
    fn by_places(&self, places: f64) -> f64 {
        self.cut_off(places, -libm::log(self.utilization))
    }

    /// Share that a law loses which fades by `fading` with each step and ends after so many.
    fn cut_off(&self, steps: f64, fading: f64) -> f64 {
        // All is divided by its larger end, so that none overflows.
        let slack = 1.0 - self.utilization;
        let span = (fading * steps).abs();
        let smaller = libm::exp(-span);
        let waiting = if span < 1e-9 {
            steps
        } else {
            -libm::expm1(-span) / slack.abs()
        };
        let loss = if 0.0 <= slack {
            smaller / (self.free + waiting + smaller)
        } else {
            1.0 / (self.free * smaller + waiting + 1.0)
        };
        loss.clamp(0.0, 1.0)
    }

    /// Chance that the last in a full queue of one pod starts within the patience: services come
    /// as a Poisson process, taken as normal.
    fn in_time(&self, places: f64, pods: f64) -> f64 {
        if places <= 0.0 {
            return 1.0;
        }
        let (services, places) = (self.services / pods, places / pods);
        let spread = std::f64::consts::SQRT_2 * services.sqrt();
        libm::erfc((places - services) / spread) / 2.0
    }

    /// Lost by the patience before pods with queues of their own, where a request goes to the pod
    /// that holds fewest.
    ///
    /// A queue of one pod clears unevenly, and nobody moves to another: more leave than from one
    /// queue. The total is a birth-death chain in which an arrival behind `k` others of its pod
    /// leaves with the chance that its pod starts at most `k` within the patience. Such a chain
    /// overstates the loss of one queue, which is known, and is scaled by that.
    fn of_pods(&self, pods: u32) -> f64 {
        let one = self.one_queue();
        if pods <= 1 || one <= 0.0 {
            return one;
        }
        let by_chain = self.by_chain(1.0);
        if by_chain <= 0.0 {
            return one;
        }
        let scaled = self.by_chain(f64::from(pods)) * one / by_chain;
        scaled.clamp(one, 1.0)
    }

    /// Lost share of a chain whose requests spread evenly over so many queues.
    fn by_chain(&self, pods: f64) -> f64 {
        let mean = self.services / pods;
        // Long queues are counted in steps, with the normal law for the Poisson law.
        let step = libm::ceil(mean / LONG_QUEUE).max(1.0);
        let is_long = 1.0 < step;
        let (mut density, mut at_most) = (libm::exp(-mean), libm::exp(-mean));
        let (mut weight, mut all, mut lost, mut ahead) = (1.0, self.free, 0.0, 0.0);
        loop {
            let leaves = if is_long {
                let middle = ahead + step / 2.0;
                libm::erfc((mean - middle) / libm::sqrt(2.0 * mean)) / 2.0
            } else {
                f64::min(at_most, 1.0)
            };
            // All states in which this many wait in the emptiest queue.
            let ratio = self.utilization * (1.0 - leaves);
            let end = libm::pow(ratio, pods * step);
            let states = if (ratio - 1.0).abs() < 1e-12 {
                pods * step
            } else {
                (1.0 - end) / (1.0 - ratio)
            };
            all += weight * states;
            lost += weight * states * leaves;
            weight *= end;
            if NEARLY_ALL < leaves {
                return (lost / all).min(1.0);
            }
            if 1e100 < weight || 1e100 < all {
                let larger = weight.max(all);
                (weight, all, lost) = (weight / larger, all / larger, lost / larger);
            }
            ahead += step;
            density *= mean / ahead;
            at_most += density;
        }
    }
}

/// Services within the patience from which on a queue is counted in steps.
const LONG_QUEUE: f64 = 300.0;
/// Chance to leave after which a chain has no further states worth a sum.
const NEARLY_ALL: f64 = 1.0 - 1e-12;

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

    /// Ends of the patience: none is Erlang B, an endless one the excess of an overload.
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
