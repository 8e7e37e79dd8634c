//! Poisson arrivals before servers that always take the same time.

use super::{System, Wait, poisson};
use crate::model::ModelError;

/// Terms after which the sum is not followed further.
const TERMS_MAX: u32 = 20_000;

/// Chance and mean of the wait in an M/D/c queue, exactly; the quantiles take the
/// tail for exponential. The variability the system names is not used.
///
/// Seen once every service time, the queue is a random walk that cannot fall below
/// zero: it grows by a Poisson number of arrivals and shrinks by c.
///
/// # Errors
///
/// As [`super::wait`], and [`ModelError::OutOfDomain`] for a load so near to the
/// servers that the sum would take too long; [`super::cosmetatos_fixed_service`] is
/// then exact to many digits.
///
/// # Source
///
/// Crommelin, "Delay Probability Formulae When the Holding Times Are Constant",
/// *Post Office Electrical Engineers' Journal* 25 (1932); the sums are Spitzer's, "A
/// Combinatorial Lemma and Its Application to Probability Theory", *Transactions of
/// the American Mathematical Society* 82 (1956).
pub fn fixed_service_wait(system: &System) -> Result<Wait, ModelError> {
    let load = system.stable_load()?;
    let servers = f64::from(system.servers);
    let (mut never_full, mut mean_queue) = (0.0, 0.0);
    for step in 1..=TERMS_MAX {
        let n = f64::from(step);
        // The chance that n service times bring n·c arrivals or more, and by how
        // many they exceed them in the mean.
        let density = poisson::density(n * servers, n * load);
        let above = poisson::tail(n * servers, n * load);
        let reached = density * (1.0 + above.sum) / n;
        let excess = density * above.first_moment / n;
        never_full += reached;
        mean_queue += excess;
        if reached <= 1e-17 * never_full && excess <= 1e-17 * mean_queue {
            let p_wait = -libm::expm1(-never_full);
            let mean_wait_s = if 0.0 < load {
                mean_queue / system.arrival_rate_rps
            } else {
                0.0
            };
            return Ok(Wait::with_exponential_tail(
                system,
                load,
                p_wait,
                mean_wait_s,
            ));
        }
    }
    Err(ModelError::OutOfDomain {
        input: "utilization",
        value: load / servers,
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::super::tests::SYSTEM;
    use super::super::{cosmetatos_fixed_service, single_server};
    use super::*;

    fn fixed(utilization: f64, servers: u32) -> System {
        System {
            arrival_rate_rps: utilization * f64::from(servers),
            service_time_s: 1.0,
            service_cv2: 0.0,
            arrival_dispersion: 1.0,
            servers,
        }
    }

    #[test]
    fn one_server_is_pollaczek_and_khinchine() {
        for utilization in [0.0, 0.1, 0.5, 0.9, 0.93] {
            let system = fixed(utilization, 1);
            let wait = fixed_service_wait(&system).unwrap();
            let mean = single_server(&system).unwrap();
            assert!((wait.p_wait - utilization).abs() < 1e-12, "{wait:?}");
            assert!((wait.mean_wait_s - mean).abs() <= 1e-11 * mean, "{wait:?}");
        }
    }

    #[test]
    fn cosmetatos_is_within_two_percent() {
        for servers in [2, 5, 20, 100, 1_000] {
            let busiest = if servers < 100 { 0.95 } else { 0.99 };
            for utilization in [0.7, 0.9, busiest] {
                let system = fixed(utilization, servers);
                let exact = fixed_service_wait(&system).unwrap();
                let near = cosmetatos_fixed_service(&system).unwrap();
                // Where hardly anyone waits a ratio says nothing.
                let close = (near / exact.mean_wait_s - 1.0).abs() < 0.02 || exact.p_wait < 1e-3;
                assert!(close, "{servers} {utilization}: {near} {exact:?}");
            }
        }
    }

    #[test]
    fn too_near_to_saturation_is_an_error() {
        let error = ModelError::OutOfDomain {
            input: "utilization",
            value: 0.999_999,
        };
        assert_eq!(fixed_service_wait(&fixed(0.999_999, 1)), Err(error));
        let overload = System {
            servers: 1,
            ..SYSTEM
        };
        assert!(fixed_service_wait(&overload).is_err());
    }
}
