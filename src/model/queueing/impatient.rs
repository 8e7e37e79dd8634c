//! Requests that give up waiting.

use super::bounded::VARIABILITY_MIN;
use super::hayward::{ServiceShape, scale};
use super::{INPUT_MAX, System, loss_probability, poisson};
use crate::model::ModelError;
use crate::model::error::within;

/// Largest of patience × rate and patience × servers / service time.
const EVENTS_MAX: f64 = 1e12;

/// Measures of a queue whose requests give up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ImpatientWait {
    /// Mean share of the servers that are busy.
    pub utilization_ratio: f64,
    /// Chance that a request has to wait.
    pub p_wait: f64,
    /// Mean time in the queue of all requests, including abandoned ones.
    pub mean_wait_s: f64,
    /// Mean number of requests waiting.
    pub mean_queue: f64,
    /// Share of the requests that give up.
    pub abandon_ratio: f64,
}

/// The M/M/c+M queue (Erlang A), exactly: each request waits for an exponential
/// time with mean `patience_s` and then gives up, so any load has an answer.
///
/// # Errors
///
/// [`ModelError::OutOfDomain`] as in [`System::offered_load`], or if the patience is
/// not above 0 or longer than 10¹² arrivals or services.
///
/// # Source
///
/// Palm, "Methods of Judging the Annoyance Caused by Congestion", *Tele* 4 (1953);
/// Garnett, Mandelbaum and Reiman, "Designing a Call Center with Impatient
/// Customers", *Manufacturing & Service Operations Management* 4 (2002).
pub fn impatient_wait(system: &System, patience_s: f64) -> Result<ImpatientWait, ModelError> {
    let load = system.offered_load()?;
    let patience = within("patience", patience_s, INPUT_MAX)?;
    let servers = f64::from(system.servers);
    // Above c the states are those of a Poisson law: arrivals and services within
    // the patience of a request play the load and the count.
    let arrivals = system.arrival_rate_rps * patience;
    let services = servers * patience / system.service_time_s;
    if patience <= 0.0 || EVENTS_MAX < arrivals.max(services) {
        return Err(ModelError::OutOfDomain {
            input: "patience",
            value: patience,
        });
    }
    if load <= 0.0 {
        return Ok(ImpatientWait {
            utilization_ratio: 0.0,
            p_wait: 0.0,
            mean_wait_s: 0.0,
            mean_queue: 0.0,
            abandon_ratio: 0.0,
        });
    }
    let loss = loss_probability(servers, load)?;
    let (p_wait, mean_queue) = if arrivals < services + 2.0 {
        let above = poisson::tail(services, arrivals);
        let all_busy = loss / (1.0 + loss * above.sum);
        (all_busy * (1.0 + above.sum), all_busy * above.first_moment)
    } else {
        let density = poisson::density(services, arrivals);
        let at_most = density * arrivals * poisson::upper_fraction(services + 1.0, arrivals);
        let above = 1.0 - at_most;
        let all = density / loss + above;
        let queue = arrivals * density + (arrivals - services) * above;
        ((density + above) / all, queue / all)
    };
    let abandon_ratio = (mean_queue / arrivals).min(1.0);
    Ok(ImpatientWait {
        utilization_ratio: (load * (1.0 - abandon_ratio) / servers).min(1.0),
        p_wait: p_wait.min(1.0),
        mean_wait_s: mean_queue / system.arrival_rate_rps,
        mean_queue,
        abandon_ratio,
    })
}

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

/// The same where the servers are those of several pods, each with a queue of its own, and a
/// request goes to the pod that holds fewest.
///
/// A queue of one pod clears unevenly, and nobody moves to another: more leave than from one
/// queue. The total is a birth-death chain in which an arrival behind `k` others of its pod leaves
/// with the chance that its pod starts at most `k` within the patience. Such a chain overstates
/// the loss of one queue, which is known, and is scaled by that.
pub(super) fn loss_of_pods(system: &System, patience_s: f64, pods: u32) -> Result<f64, ModelError> {
    let Some(leaving) = Leaving::of(system, patience_s)? else {
        return Ok(0.0);
    };
    let one = leaving.one_queue();
    let by_chain = leaving.by_chain(1.0);
    if pods <= 1 || one <= 0.0 || by_chain <= 0.0 {
        return Ok(one);
    }
    let scaled = leaving.by_chain(f64::from(pods)) * one / by_chain;
    Ok(scaled.clamp(one, 1.0))
}

/// A queue that requests leave, as three numbers.
struct Leaving {
    /// Chance that a server is free over the chance that all are taken and nobody waits.
    free: f64,
    utilization: f64,
    /// Services that end within the patience while all servers are busy.
    services: f64,
}

impl Leaving {
    /// None without load, or where all servers are never taken.
    fn of(system: &System, patience_s: f64) -> Result<Option<Self>, ModelError> {
        let load = system.offered_load()?;
        let patience = within("patience", patience_s, INPUT_MAX)?;
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
        }))
    }

    fn one_queue(&self) -> f64 {
        // The time until a server is free has a density that falls, or grows in overload, as
        // e^−slack·t up to the patience. All is divided by its larger end, so that none overflows.
        let slack = 1.0 - self.utilization;
        let span = (slack * self.services).abs();
        let smaller = libm::exp(-span);
        let waiting = if span < 1e-9 {
            self.services
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
    use super::super::{markov_wait, wait_probability};
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

    /// State by state: chance to wait and mean queue.
    fn by_states(load: f64, servers: u32, patience: f64) -> (f64, f64) {
        let (mut weight, mut all, mut waiting, mut queue) = (1.0, 0.0, 0.0, 0.0);
        for n in 0..servers + 20_000 {
            all += weight;
            let waits = f64::from(n.saturating_sub(servers));
            if servers <= n {
                waiting += weight;
                queue += weight * waits;
            }
            let next = f64::from((n + 1).saturating_sub(servers));
            weight *= load / (f64::from((n + 1).min(servers)) + next / patience);
            if 1e200 < weight {
                for sum in [&mut weight, &mut all, &mut waiting, &mut queue] {
                    *sum /= 1e200;
                }
            }
        }
        (waiting / all, queue / all)
    }

    #[test]
    fn the_closed_form_is_the_sum_over_states() {
        for servers in [1, 6, 50] {
            for utilization in [0.3, 0.95, 1.0, 1.2, 2.0] {
                for patience in [0.01, 0.5, 2.0, 60.0] {
                    let load = utilization * f64::from(servers);
                    let actual = impatient_wait(&markov(load, servers), patience).unwrap();
                    let (p_wait, queue) = by_states(load, servers, patience);
                    let close = (actual.p_wait / p_wait - 1.0).abs() < 1e-10
                        && (actual.mean_queue / queue - 1.0).abs() < 1e-10;
                    assert!(
                        close,
                        "{servers} {load} {patience}: {actual:?} {p_wait} {queue}"
                    );
                }
            }
        }
    }

    #[test]
    fn endless_patience_is_erlang_c_and_none_is_erlang_b() {
        let system = markov(45.0, 50);
        let patient = impatient_wait(&system, 1e8).unwrap();
        let endless = markov_wait(&system).unwrap();
        assert!((patient.p_wait / endless.p_wait - 1.0).abs() < 1e-6);
        assert!((patient.mean_wait_s / endless.mean_wait_s - 1.0).abs() < 1e-6);
        let hasty = impatient_wait(&system, 1e-9).unwrap();
        let lost = loss_probability(50.0, 45.0).unwrap();
        assert!((hasty.abandon_ratio / lost - 1.0).abs() < 1e-6, "{hasty:?}");
        assert!(hasty.p_wait < wait_probability(50.0, 45.0).unwrap());
        assert!(impatient_wait(&system, 0.0).is_err());
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

        #[test]
        fn every_answer_is_finite_whatever_is_asked(
            system in any_system(),
            patience in any_number(),
        ) {
            if let Ok(wait) = impatient_wait(&system, patience) {
                let ratios = [wait.utilization_ratio, wait.p_wait, wait.abandon_ratio];
                prop_assert!(ratios.iter().all(|x| (0.0..=1.0).contains(x)), "{wait:?}");
                let rest = [wait.mean_wait_s, wait.mean_queue];
                prop_assert!(rest.iter().all(|x| x.is_finite() && 0.0 <= *x), "{wait:?}");
            }
        }
    }
}
