//! The M/M/c queue.

use super::{System, Wait, wait_probability};
use crate::model::ModelError;

/// Exact waits in an M/M/c queue: Poisson arrivals and exponential service, regardless of the
/// system's variability.
///
/// # Errors
///
/// As [`super::wait`].
///
/// # Source
///
/// Kleinrock, *Queueing Systems* 1 (1975), §3.5: W = C·S / (c − a), and a tail
/// C·e^(−(c − a)·t / S).
pub fn markov_wait(system: &System) -> Result<Wait, ModelError> {
    let load = system.stable_load()?;
    let p_wait = wait_probability(f64::from(system.servers), load)?;
    let mean_wait_s = p_wait * mean_clearing_time_s(system, load);
    Ok(Wait::with_exponential_tail(
        system,
        load,
        p_wait,
        mean_wait_s,
    ))
}

/// S / (c − a): mean wait of an M/M/c request that has to wait.
pub(super) fn mean_clearing_time_s(system: &System, load: f64) -> f64 {
    system.service_time_s / (f64::from(system.servers) - load)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::super::tests::SYSTEM;
    use super::*;

    #[test]
    fn one_server_waits_as_every_textbook_says() {
        // Half busy: W = ρ·S / (1 − ρ) = S, Lq = ρ² / (1 − ρ).
        let system = System {
            arrival_rate_rps: 2.0,
            service_time_s: 0.25,
            servers: 1,
            ..SYSTEM
        };
        let wait = markov_wait(&system).unwrap();
        assert!((wait.p_wait - 0.5).abs() < 1e-12);
        assert!((wait.mean_wait_s - 0.25).abs() < 1e-12);
        assert!((wait.mean_queue - 0.5).abs() < 1e-12);
        let p95 = 0.5 * libm::log(10.0);
        assert!((wait.wait_p95_s - p95).abs() < 1e-12, "{}", wait.wait_p95_s);
    }
}
