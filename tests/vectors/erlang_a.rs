//! Requests that give up waiting, state by state: the M/M/c+M queue (Erlang A).

use kt_capacity::model::queueing::System;

/// Measures of a queue whose requests give up.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ImpatientWait {
    /// Mean share of the servers that are busy.
    pub(crate) utilization_ratio: f64,
    /// Chance that a request has to wait.
    pub(crate) p_wait: f64,
    /// Mean time in the queue of all requests, including abandoned ones.
    pub(crate) mean_wait_s: f64,
    /// Mean number of requests waiting.
    pub(crate) mean_queue: f64,
    /// Share of the requests that give up.
    pub(crate) abandon_ratio: f64,
}

/// Each request waits for an exponential time with mean `patience_s` and then gives up, so any
/// load has an answer. The variabilities that the system names are not used.
///
/// # Source
///
/// Palm, "Methods of Judging the Annoyance Caused by Congestion", *Tele* 4 (1953): a birth-death
/// chain, whose states are summed here one after another.
pub(crate) fn impatient_wait(system: &System, patience_s: f64) -> ImpatientWait {
    let (rate, service_s) = (system.arrival_rate_rps, system.service_time_s);
    let servers = f64::from(system.servers);
    let (mut weight, mut all, mut waiting, mut queue) = (1.0, 0.0, 0.0, 0.0);
    let mut inside = 0.0;
    loop {
        all += weight;
        if servers <= inside {
            waiting += weight;
            queue += weight * (inside - servers);
        }
        inside += 1.0;
        let leaves = f64::max(inside - servers, 0.0) / patience_s;
        let ratio = rate / (f64::min(inside, servers) / service_s + leaves);
        weight *= ratio;
        if servers < inside && ratio < 0.9 && weight * inside < 1e-17 * all {
            break;
        }
        if 1e200 < weight {
            for sum in [&mut weight, &mut all, &mut waiting, &mut queue] {
                *sum /= 1e200;
            }
        }
    }
    let mean_queue = queue / all;
    let abandon_ratio = mean_queue / patience_s / rate;
    ImpatientWait {
        utilization_ratio: rate * service_s * (1.0 - abandon_ratio) / servers,
        p_wait: waiting / all,
        mean_wait_s: mean_queue / rate,
        mean_queue,
        abandon_ratio,
    }
}

mod tests {
    use super::*;
    use kt_capacity::model::queueing::{loss_probability, markov_wait};

    #[test]
    fn endless_patience_is_erlang_c_and_none_is_erlang_b() {
        let system = System {
            arrival_rate_rps: 45.0,
            service_time_s: 1.0,
            service_cv2: 1.0,
            arrival_dispersion: 1.0,
            servers: 50,
        };
        let patient = impatient_wait(&system, 1e8);
        let endless = markov_wait(&system).unwrap();
        assert!((patient.p_wait / endless.p_wait - 1.0).abs() < 1e-6);
        assert!((patient.mean_wait_s / endless.mean_wait_s - 1.0).abs() < 1e-6);
        let hasty = impatient_wait(&system, 1e-9);
        let lost = loss_probability(50.0, 45.0).unwrap();
        assert!((hasty.abandon_ratio / lost - 1.0).abs() < 1e-6, "{hasty:?}");
        assert!((hasty.utilization_ratio - 0.9 * (1.0 - lost)).abs() < 1e-6);
        assert!(hasty.mean_queue < 1e-6, "{hasty:?}");
    }
}
