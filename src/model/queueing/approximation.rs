//! Mean waits from two moments: published formulas, each under its author's name.

use super::markov::mean_clearing_time_s;
use super::{System, wait_probability};
use crate::model::ModelError;

/// Mean wait before a single server with Poisson arrivals, exactly (M/G/1).
///
/// # Errors
///
/// As [`super::wait`], and [`ModelError::OutOfDomain`] for more than one server.
///
/// # Source
///
/// Pollaczek (1930) and Khinchine (1932); Kleinrock, *Queueing Systems* 1 (1975), §5.6.
pub fn single_server(system: &System) -> Result<f64, ModelError> {
    let load = system.stable_load()?;
    if system.servers != 1 {
        return Err(ModelError::OutOfDomain {
            input: "servers",
            value: f64::from(system.servers),
        });
    }
    let square = 1.0 + system.service_cv2;
    Ok(load * system.service_time_s * square / (2.0 * (1.0 - load)))
}

/// Mean wait of an M/M/c queue times the mean variability.
///
/// The usual choice, and wrong by half for bursty arrivals before many servers.
///
/// # Errors
///
/// As [`super::wait`].
///
/// # Source
///
/// Allen, *Probability, Statistics, and Queueing Theory* (1978), chapter 5, after Cunneen.
pub fn allen_cunneen(system: &System) -> Result<f64, ModelError> {
    Ok(system.mean_variability() * Markov::of(system)?.mean_wait_s)
}

/// Mean wait without Erlang C.
///
/// # Errors
///
/// As [`super::wait`].
///
/// # Source
///
/// Sakasegawa, "An Approximation Formula Lq ≃ αρ^β / (1 − ρ)", *Annals of the
/// Institute of Statistical Mathematics* 29 (1977).
pub fn sakasegawa(system: &System) -> Result<f64, ModelError> {
    let load = system.stable_load()?;
    let servers = f64::from(system.servers);
    let exponent = (2.0 * (servers + 1.0)).sqrt() - 1.0;
    let busy = libm::pow(load / servers, exponent);
    Ok(system.mean_variability() * mean_clearing_time_s(system, load) * busy)
}

/// Mean wait with Poisson arrivals and a fixed service time (M/D/c).
///
/// # Errors
///
/// As [`super::wait`].
///
/// # Source
///
/// Cosmetatos, "Approximate Explicit Formulae for the Average Queueing Time in the
/// Processes (M/D/r) and (D/M/r)", *INFOR* 13 (1975), with the bound on γ of [`whitt`].
pub fn cosmetatos_fixed_service(system: &System) -> Result<f64, ModelError> {
    let markov = Markov::of(system)?;
    Ok(markov.mean_wait_s * markov.fixed_service() / 2.0)
}

/// Mean wait with evenly spaced arrivals and exponential service (D/M/c).
///
/// # Errors
///
/// As [`super::wait`].
///
/// # Source
///
/// Cosmetatos (1975), as in [`cosmetatos_fixed_service`].
pub fn cosmetatos_fixed_arrivals(system: &System) -> Result<f64, ModelError> {
    let markov = Markov::of(system)?;
    Ok(markov.mean_wait_s * markov.fixed_arrivals() / 2.0)
}

/// Mean wait interpolated between M/M/c, M/D/c and D/M/c.
///
/// For Poisson arrivals within 2 % of the truth up to a service variability of 4,
/// and 15 % too low at 9.
///
/// # Errors
///
/// As [`super::wait`], and [`ModelError::OutOfDomain`] for a dispersion above 1,
/// where the interpolation does not hold.
///
/// # Source
///
/// Kimura, "A Two-Moment Approximation for the Mean Waiting Time in the GI/G/s
/// Queue", *Management Science* 32 (1986).
pub fn kimura(system: &System) -> Result<f64, ModelError> {
    let markov = Markov::of(system)?;
    let arrivals = system.arrival_dispersion;
    if !system.has_poisson_arrivals() && 1.0 < arrivals {
        return Err(ModelError::OutOfDomain {
            input: "arrival_dispersion",
            value: arrivals,
        });
    }
    // In units of the M/M/c wait, so that nothing divides by a wait of zero.
    let even = 1.0 - arrivals.min(1.0);
    let fixed_arrivals = markov.fixed_arrivals() / 2.0;
    if 0.0 < even && fixed_arrivals <= 0.0 {
        return Ok(0.0);
    }
    let from_arrivals = if 0.0 < even {
        even / fixed_arrivals
    } else {
        0.0
    };
    let from_service = (1.0 - system.service_cv2) * 2.0 / markov.fixed_service();
    let from_both = 2.0 * (arrivals + system.service_cv2 - 1.0);
    let parts = from_arrivals + from_service + from_both;
    let factor = (arrivals + system.service_cv2) / parts;
    // Neither arrivals nor service vary: nobody waits.
    Ok(if 0.0 < factor && factor.is_finite() {
        factor * markov.mean_wait_s
    } else {
        0.0
    })
}

/// Mean wait as by [`allen_cunneen`], with a correction for many servers.
///
/// # Errors
///
/// As [`super::wait`].
///
/// # Source
///
/// Whitt, "Approximations for the GI/G/m Queue", *Production and Operations
/// Management* 2 (1993), §2.
pub fn whitt(system: &System) -> Result<f64, ModelError> {
    let markov = Markov::of(system)?;
    let (arrivals, service) = (system.arrival_dispersion, system.service_cv2);
    let mean = system.mean_variability();
    if mean <= 0.0 {
        return Ok(0.0);
    }
    let (fixed_service, fixed_arrivals) = (markov.fixed_service(), markov.fixed_arrivals());
    let blend = if 1.0 <= mean {
        1.0
    } else {
        let both = f64::midpoint(fixed_service, fixed_arrivals).min(1.0);
        libm::pow(both, 2.0 * (1.0 - mean))
    };
    let factor = if service <= arrivals {
        let parts = 4.0 * arrivals - 3.0 * service;
        (4.0 * (arrivals - service) * fixed_service + service * blend) / parts
    } else {
        let parts = 4.0 * mean;
        ((service - arrivals) * fixed_arrivals + (service + 3.0 * arrivals) * blend) / parts
    };
    Ok(factor * mean * markov.mean_wait_s)
}

/// The M/M/c queue of equal load, and the correction factors of the extremes.
struct Markov {
    utilization: f64,
    mean_wait_s: f64,
    gamma: f64,
}

impl Markov {
    fn of(system: &System) -> Result<Self, ModelError> {
        let load = system.stable_load()?;
        let servers = f64::from(system.servers);
        let utilization = load / servers;
        let p_wait = wait_probability(servers, load)?;
        let many = (servers - 1.0) * ((4.0 + 5.0 * servers).sqrt() - 2.0);
        // Without load γ is at its bound, as the quotient grows without limit.
        let gamma = if 0.0 < utilization {
            ((1.0 - utilization) * many / (16.0 * servers * utilization)).min(0.24)
        } else {
            0.24
        };
        Ok(Self {
            utilization,
            mean_wait_s: p_wait * mean_clearing_time_s(system, load),
            gamma,
        })
    }

    /// Twice the wait of M/D/c over that of M/M/c: Whitt's φ₁.
    fn fixed_service(&self) -> f64 {
        1.0 + self.gamma
    }

    /// Twice the wait of D/M/c over that of M/M/c: Whitt's φ₃.
    fn fixed_arrivals(&self) -> f64 {
        if self.utilization <= 0.0 {
            return 0.0;
        }
        let exponent = -2.0 * (1.0 - self.utilization) / (3.0 * self.utilization);
        (1.0 - 4.0 * self.gamma) * libm::exp(exponent)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::super::markov_wait;
    use super::super::tests::{SYSTEM, any_system};
    use super::*;
    use proptest::prelude::*;

    type Formula = fn(&System) -> Result<f64, ModelError>;

    const FORMULAS: [(&str, Formula); 7] = [
        ("single server", single_server),
        ("Allen and Cunneen", allen_cunneen),
        ("Sakasegawa", sakasegawa),
        ("Cosmetatos M/D/c", cosmetatos_fixed_service),
        ("Cosmetatos D/M/c", cosmetatos_fixed_arrivals),
        ("Kimura", kimura),
        ("Whitt", whitt),
    ];

    proptest! {
        #[test]
        fn every_formula_is_finite_whatever_is_asked(system in any_system()) {
            for (name, formula) in FORMULAS {
                if let Ok(wait) = formula(&system) {
                    prop_assert!(wait.is_finite() && 0.0 <= wait, "{name} {system:?}: {wait}");
                }
            }
        }
    }

    #[test]
    fn the_formulas_meet_where_all_is_markov() {
        for servers in [1, 2, 10, 400] {
            let system = System {
                arrival_rate_rps: 0.9 * f64::from(servers),
                service_time_s: 1.0,
                service_cv2: 1.0,
                arrival_dispersion: 1.0,
                servers,
            };
            let exact = markov_wait(&system).unwrap().mean_wait_s;
            for formula in [allen_cunneen, kimura, whitt] {
                let wait = formula(&system).unwrap();
                assert!((wait / exact - 1.0).abs() < 1e-12, "{servers}: {wait}");
            }
        }
    }

    #[test]
    fn one_server_with_poisson_arrivals_is_exact_by_every_road() {
        for service_cv2 in [0.0, 0.3, 1.0, 4.0] {
            let system = System {
                arrival_rate_rps: 0.8,
                service_time_s: 1.0,
                service_cv2,
                arrival_dispersion: 1.0,
                servers: 1,
            };
            let exact = single_server(&system).unwrap();
            for formula in [allen_cunneen, sakasegawa, kimura] {
                let wait = formula(&system).unwrap();
                assert!((wait / exact - 1.0).abs() < 1e-12, "{service_cv2}: {wait}");
            }
        }
    }

    #[test]
    fn kimura_refuses_bursts() {
        let error = ModelError::OutOfDomain {
            input: "arrival_dispersion",
            value: 2.0,
        };
        assert_eq!(kimura(&SYSTEM), Err(error));
    }
}
