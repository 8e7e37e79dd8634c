//! Queueing: waits for one of many servers, losses, and the number of servers that keep a promise.
//!
//! Plans use [`started_waits`], [`fleet_lost`] and [`fewest_pods`] for pods with slots of their
//! own, and [`fleet_started`] for the distribution of the wait if clients leave; [`wait`],
//! [`with_bounded_queue`] and [`servers_for_wait`] answer for one queue. They choose the formula.
//! The formulas themselves are public too, each judged by `tests/vectors/queue-cases.json`. Nothing
//! here simulates.

mod approximation;
mod bounded;
mod bounded_tail;
mod chosen;
mod erlang;
mod geometric;
mod hayward;
mod impatient;
mod lost;
mod markov;
mod one_slot;
mod pods;
mod poisson;
mod push_out;
mod staffing;
mod started;
mod waits;

pub use approximation::{
    allen_cunneen, cosmetatos_fixed_arrivals, cosmetatos_fixed_service, kimura, sakasegawa,
    single_server, whitt,
};
pub use bounded::{Bounded, BoundedQueue, with_bounded_queue};
pub use erlang::{cut_off_ratio, loss_probability, wait_probability};
pub use hayward::{ServiceShape, hayward, peakedness};
pub use impatient::{Bounds, Lost, loss_by_patience};
pub use lost::fleet_lost;
pub use markov::markov_wait;
pub use pods::{Pods, Routing, fewest_pods, fleet_wait};
pub use staffing::{
    Promise, halfin_whitt, servers_for_loss, servers_for_wait, servers_for_wait_probability,
    servers_for_wait_within,
};
pub use started::{Started, WaitPoint, WaitPoints, fleet_started, started_waits};
pub use waits::StartedWaits;

use super::ModelError;
use super::error::within;

/// Largest rate and time of a system.
pub const INPUT_MAX: f64 = 1e9;
/// Largest load, in busy servers.
const LOAD_MAX: f64 = 1e10;
/// Largest variability of a system.
pub const VARIABILITY_MAX: f64 = 1e6;
/// Deviation of the dispersion from 1 up to which arrivals count as Poisson.
const POISSON_BAND: f64 = 1e-9;
/// Service times after which a full queue sees half of the variability of services. Fitted to 150
/// simulations of two to three million requests with lognormal services.
const SETTLING: f64 = 2.0;
/// Service variability above which Kimura's formula is too low.
const KIMURA_CV2_MAX: f64 = 6.0;

/// One first-come queue in front of equal servers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct System {
    /// Requests per second.
    pub arrival_rate_rps: f64,
    /// Mean service time, seconds.
    pub service_time_s: f64,
    /// Squared coefficient of variation of the service time: 0 constant, 1 exponential.
    pub service_cv2: f64,
    /// Index of dispersion of the arrivals over about a service time: 0 evenly spaced, 1 Poisson,
    /// more for bursts.
    pub arrival_dispersion: f64,
    /// Requests that can be served at once.
    pub servers: u32,
}

impl System {
    /// Arrival rate × service time: mean number of busy servers if there are enough.
    ///
    /// # Errors
    ///
    /// [`ModelError::OutOfDomain`] if a rate or time is not in 0..=10⁹, a
    /// variability is not in 0..=10⁶, the load exceeds 10¹⁰, or there is no server.
    pub fn offered_load(&self) -> Result<f64, ModelError> {
        within("arrival_rate_rps", self.arrival_rate_rps, INPUT_MAX)?;
        within("service_time_s", self.service_time_s, INPUT_MAX)?;
        within("service_cv2", self.service_cv2, VARIABILITY_MAX)?;
        within(
            "arrival_dispersion",
            self.arrival_dispersion,
            VARIABILITY_MAX,
        )?;
        if self.servers == 0 {
            return Err(ModelError::OutOfDomain {
                input: "servers",
                value: 0.0,
            });
        }
        let load = self.arrival_rate_rps * self.service_time_s;
        within("offered_load", load, LOAD_MAX)
    }

    /// Offered load, if the servers can keep up with it.
    fn stable_load(&self) -> Result<f64, ModelError> {
        let offered_load = self.offered_load()?;
        let servers = f64::from(self.servers);
        if servers <= offered_load {
            return Err(ModelError::Saturated {
                offered_load,
                servers,
            });
        }
        Ok(offered_load)
    }

    /// Mean of the variability of arrivals and service; 1 in an M/M/c queue.
    fn mean_variability(&self) -> f64 {
        f64::midpoint(self.arrival_dispersion, self.service_cv2)
    }

    /// The system as seen by a full queue whose waits are at most `within_s`. The services of many
    /// servers resemble a Poisson process over short times; only longer waits see their
    /// variability.
    fn seen_within(&self, within_s: f64) -> Self {
        let settled = 1.0 / (1.0 + SETTLING * self.service_time_s / within_s);
        let seen = 1.0 + (self.service_cv2 - 1.0) * settled;
        Self {
            service_cv2: self.service_cv2.min(seen),
            ..*self
        }
    }

    /// The system as seen by waiting requests. They see its variability later, by the factor by
    /// which the root mean square of a service exceeds that of an exponential one. Fitted to 700
    /// simulations of a million requests with lognormal services, and with short services beside up
    /// to 50 times as long.
    fn waited_within(&self, within_s: f64) -> Self {
        let square = f64::midpoint(1.0, self.service_cv2).max(1.0);
        self.seen_within(within_s / square.sqrt())
    }

    /// Whether the arrivals count as Poisson.
    fn has_poisson_arrivals(&self) -> bool {
        (self.arrival_dispersion - 1.0).abs() <= POISSON_BAND
    }
}

/// Waits for a server, without the service itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wait {
    /// Mean share of busy servers.
    pub utilization_ratio: f64,
    /// Probability of waiting.
    pub p_wait: f64,
    /// Mean wait over all requests, seconds; requests without a wait count as 0.
    pub mean_wait_s: f64,
    /// 95th percentile of waits, seconds.
    pub wait_p95_s: f64,
    /// 99th percentile of waits, seconds.
    pub wait_p99_s: f64,
    /// Mean queue length.
    pub mean_queue: f64,
}

impl Wait {
    /// A wait with an exponential tail: exact in an M/M/c queue, approximate in others.
    fn with_exponential_tail(system: &System, load: f64, p_wait: f64, mean_wait_s: f64) -> Self {
        let quantile = |share| exponential_quantile(p_wait, mean_wait_s, share);
        Self {
            utilization_ratio: load / f64::from(system.servers),
            p_wait,
            mean_wait_s,
            wait_p95_s: quantile(0.95),
            wait_p99_s: quantile(0.99),
            mean_queue: system.arrival_rate_rps * mean_wait_s,
        }
    }

    /// Quantile of the wait, seconds: exact in an M/M/c queue, approximated by an exponential tail
    /// in others.
    ///
    /// # Errors
    ///
    /// [`ModelError::OutOfDomain`] if the share is not in 0..1.
    pub fn quantile_s(&self, share: f64) -> Result<f64, ModelError> {
        let share = proper_share(share)?;
        Ok(exponential_quantile(self.p_wait, self.mean_wait_s, share))
    }

    /// Probability of waiting longer than this; see [`Wait::quantile_s`].
    ///
    /// # Errors
    ///
    /// [`ModelError::OutOfDomain`] if the time is not in 0..=10⁹.
    pub fn p_longer_than(&self, time_s: f64) -> Result<f64, ModelError> {
        let time = within("time_s", time_s, INPUT_MAX)?;
        if self.mean_wait_s <= 0.0 {
            return Ok(0.0);
        }
        Ok(self.p_wait * libm::exp(-time * self.p_wait / self.mean_wait_s))
    }
}

/// Quantile of a share when `P(W > t) = p_wait · e^(−t · p_wait / mean)`.
fn exponential_quantile(p_wait: f64, mean_wait_s: f64, share: f64) -> f64 {
    if p_wait <= 1.0 - share {
        return 0.0;
    }
    mean_wait_s / p_wait * libm::log(p_wait / (1.0 - share))
}

fn proper_share(share: f64) -> Result<f64, ModelError> {
    if (0.0..1.0).contains(&share) {
        Ok(share)
    } else {
        Err(ModelError::OutOfDomain {
            input: "share",
            value: share,
        })
    }
}

/// Waits by the approximation that fits the system best.
///
/// Poisson arrivals: Erlang C for the probability, and Kimura's mean wait, or Whitt's for a highly
/// variable service time. Other arrivals: [`hayward`] with a lognormal service time. In all
/// recorded cases the mean is within 15 % of the truth and the probability within 12 %, the worst
/// being constant service times before 100 servers. The usual textbook formula is wrong by half for
/// bursty arrivals before hundreds of servers.
///
/// # Errors
///
/// - [`ModelError::OutOfDomain`] as in [`System::offered_load`].
/// - [`ModelError::Saturated`] if the load is not below the number of servers.
///
/// # Example
///
/// ```
/// use kt_capacity::model::queueing::{System, wait};
///
/// let system = System {
///     arrival_rate_rps: 46.0,
///     service_time_s: 8.0,
///     service_cv2: 1.2,
///     arrival_dispersion: 2.0,
///     servers: 400,
/// };
/// let wait = wait(&system)?;
/// assert!((0.12..0.13).contains(&wait.p_wait));
/// # Ok::<(), kt_capacity::model::ModelError>(())
/// ```
///
/// # Source
///
/// Kimura (1986), Whitt (1993), Fredericks (1980), as cited at [`kimura`], [`whitt`]
/// and [`hayward`]; the choice between them is ours, by the errors found on
/// `tests/vectors/queue-cases.json`.
pub fn wait(system: &System) -> Result<Wait, ModelError> {
    if !system.has_poisson_arrivals() {
        let service = ServiceShape::Lognormal {
            cv2: system.service_cv2,
        };
        return hayward(system, service);
    }
    let load = system.stable_load()?;
    let p_wait = wait_probability(f64::from(system.servers), load)?;
    let mean_wait_s = if system.service_cv2 <= KIMURA_CV2_MAX {
        kimura(system)?
    } else {
        whitt(system)?
    };
    Ok(Wait::with_exponential_tail(
        system,
        load,
        p_wait,
        mean_wait_s,
    ))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;
    use proptest::prelude::*;

    pub(super) const SYSTEM: System = System {
        arrival_rate_rps: 46.0,
        service_time_s: 8.0,
        service_cv2: 1.2,
        arrival_dispersion: 2.0,
        servers: 400,
    };

    /// Numbers of every size, including impossible ones.
    pub(super) fn any_number() -> impl Strategy<Value = f64> {
        prop_oneof![
            8 => (-9.0..9.0).prop_map(|exponent| libm::pow(10.0, exponent)),
            4 => 0.0..10.0,
            1 => Just(0.0),
            1 => Just(1.0),
            1 => any::<f64>(),
        ]
    }

    pub(super) fn any_system() -> impl Strategy<Value = System> {
        let variability = || prop_oneof![0.0..10.0, Just(0.0), Just(1.0), any_number()];
        let servers = prop_oneof![9 => 1_u32..300, 1 => any::<u32>()];
        // Half of the rates make a utilization between 0 and 1.2.
        let rate = (any::<bool>(), 0.0..1.2, any_number());
        (rate, any_number(), variability(), variability(), servers).prop_map(
            |((fits, utilization, rate), service, service_cv2, arrival_dispersion, servers)| {
                let fitting = utilization * f64::from(servers) / service;
                System {
                    arrival_rate_rps: if fits { fitting } else { rate },
                    service_time_s: service,
                    service_cv2,
                    arrival_dispersion,
                    servers,
                }
            },
        )
    }

    pub(super) fn is_sound(wait: &Wait) -> bool {
        let all = [
            wait.utilization_ratio,
            wait.mean_wait_s,
            wait.wait_p95_s,
            wait.wait_p99_s,
            wait.mean_queue,
        ];
        all.iter().all(|x| x.is_finite() && 0.0 <= *x)
            && (0.0..=1.0).contains(&wait.p_wait)
            && wait.wait_p95_s <= wait.wait_p99_s
    }

    proptest! {
        #[test]
        fn every_answer_is_finite_whatever_is_asked(system in any_system()) {
            if let Ok(wait) = wait(&system) {
                prop_assert!(is_sound(&wait), "{system:?}: {wait:?}");
                prop_assert!(wait.utilization_ratio < 1.0, "{system:?}: {wait:?}");
            }
        }

        #[test]
        fn another_server_never_makes_anyone_wait_longer(
            utilization in 0.0..0.999_f64,
            service_cv2 in 0.0..12.0_f64,
            arrival_dispersion in 0.0..8.0_f64,
            servers in 1_u32..500,
        ) {
            let rate = utilization * f64::from(servers);
            for arrival_dispersion in [1.0, arrival_dispersion] {
                let of = |servers| {
                    wait(&System {
                        arrival_rate_rps: rate,
                        service_time_s: 1.0,
                        service_cv2,
                        arrival_dispersion,
                        servers,
                    })
                    .unwrap()
                };
                let (before, after) = (of(servers), of(servers + 1));
                let rounding = 1e-12;
                prop_assert!(after.p_wait <= before.p_wait + rounding);
                prop_assert!(after.mean_wait_s <= before.mean_wait_s + rounding);
                prop_assert!(after.wait_p99_s <= before.wait_p99_s + rounding);
            }
        }
    }

    #[test]
    fn overload_names_the_load_and_the_servers() {
        let system = System {
            arrival_rate_rps: 50.0,
            ..SYSTEM
        };
        let error = ModelError::Saturated {
            offered_load: 400.0,
            servers: 400.0,
        };
        for dispersion in [1.0, 2.0] {
            let system = System {
                arrival_dispersion: dispersion,
                ..system
            };
            assert_eq!(wait(&system), Err(error), "dispersion {dispersion}");
        }
    }

    #[test]
    fn nobody_waits_where_nothing_arrives() {
        let idle = System {
            arrival_rate_rps: 0.0,
            ..SYSTEM
        };
        for arrival_dispersion in [0.0, 1.0, 5.0] {
            let wait = wait(&System {
                arrival_dispersion,
                ..idle
            });
            let wait = wait.unwrap();
            assert!(wait.p_wait + wait.mean_wait_s <= 0.0, "{wait:?}");
        }
        let none = System {
            servers: 0,
            ..SYSTEM
        };
        assert!(wait(&none).is_err());
    }

    #[test]
    fn the_tail_and_its_quantiles_agree() {
        let wait = wait(&SYSTEM).unwrap();
        for share in [0.9, 0.95, 0.99, 0.999] {
            let time = wait.quantile_s(share).unwrap();
            let longer = wait.p_longer_than(time).unwrap();
            assert!((longer - (1.0 - share)).abs() < 1e-12, "{share}: {longer}");
        }
        assert_eq!(wait.quantile_s(0.5), Ok(0.0));
        assert!(wait.quantile_s(1.0).is_err());
        assert!(wait.p_longer_than(-1.0).is_err());
    }
}
