//! Poisson arrivals before servers that always take the same time.

use kt_capacity::model::queueing::System;

use crate::poisson::density;

/// Terms after which the sum is not followed further.
const TERMS_MAX: u32 = 20_000;

/// Chance and mean of the wait in an M/D/c queue, exactly; nothing for a load so near to the
/// servers that the sum would take too long. The variability that the system names is not used.
///
/// Seen once every service time, the queue is a random walk that cannot fall below
/// zero: it grows by a Poisson number of arrivals and shrinks by c.
///
/// # Source
///
/// Crommelin, "Delay Probability Formulae When the Holding Times Are Constant",
/// *Post Office Electrical Engineers' Journal* 25 (1932); the sums are Spitzer's, "A
/// Combinatorial Lemma and Its Application to Probability Theory", *Transactions of
/// the American Mathematical Society* 82 (1956).
pub(crate) fn fixed_service_wait(system: &System) -> Option<(f64, f64)> {
    let load = system.arrival_rate_rps * system.service_time_s;
    let servers = f64::from(system.servers);
    let (mut never_full, mut mean_queue) = (0.0, 0.0);
    for step in 1..=TERMS_MAX {
        let n = f64::from(step);
        // The chance that n service times bring n·c arrivals or more, and by how
        // many they exceed them in the mean.
        let density = density(n * servers, n * load);
        let (above, moment) = tail(n * servers, n * load);
        let reached = density * (1.0 + above) / n;
        let excess = density * moment / n;
        never_full += reached;
        mean_queue += excess;
        if reached <= 1e-17 * never_full && excess <= 1e-17 * mean_queue {
            let p_wait = -f64::exp_m1(-never_full);
            let mean_wait_s = if 0.0 < load {
                mean_queue / system.arrival_rate_rps
            } else {
                0.0
            };
            return Some((p_wait, mean_wait_s));
        }
    }
    None
}

/// Σ tₖ and Σ k·tₖ over the terms that follow a term 1, each `mean / (count + k)` of the one
/// before it.
fn tail(count: f64, mean: f64) -> (f64, f64) {
    let (mut term, mut sum, mut first_moment, mut k) = (1.0, 0.0, 0.0, 0.0);
    loop {
        k += 1.0;
        let ratio = mean / (count + k);
        term *= ratio;
        sum += term;
        first_moment += k * term;
        let left = 1.0 - ratio;
        if ratio < 1.0 && k * term <= 1e-17 * first_moment * left * left {
            return (sum, first_moment);
        }
    }
}

mod tests {
    use super::*;
    use kt_capacity::model::queueing::{cosmetatos_fixed_service, single_server};

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
            let (p_wait, wait_s) = fixed_service_wait(&system).unwrap();
            let mean_s = single_server(&system).unwrap();
            assert!((p_wait - utilization).abs() < 1e-12, "{p_wait}");
            assert!((wait_s - mean_s).abs() <= 1e-11 * mean_s, "{wait_s}");
        }
    }

    #[test]
    fn cosmetatos_is_within_two_percent() {
        for servers in [2, 5, 20, 100, 1_000] {
            let busiest = if servers < 100 { 0.95 } else { 0.99 };
            for utilization in [0.7, 0.9, busiest] {
                let system = fixed(utilization, servers);
                let (p_wait, exact_s) = fixed_service_wait(&system).unwrap();
                let near = cosmetatos_fixed_service(&system).unwrap();
                // Where hardly anyone waits a ratio says nothing.
                let is_close = (near / exact_s - 1.0).abs() < 0.02 || p_wait < 1e-3;
                assert!(is_close, "{servers} {utilization}: {near} {exact_s}");
            }
        }
    }

    #[test]
    fn too_near_to_saturation_has_no_answer() {
        assert_eq!(fixed_service_wait(&fixed(0.999_999, 1)), None);
    }
}
