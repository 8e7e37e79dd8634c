//! Number of servers that keeps a promise about waiting.

use super::{System, erlang, loss_probability, proper_share, wait, wait_probability};
use crate::model::ModelError;
use crate::model::error::within;
use crate::model::search::least;

/// A promise about waiting.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Promise {
    /// Upper bound of the mean wait.
    MeanWait {
        /// Longest mean wait, seconds.
        most_s: f64,
    },
    /// Upper bound of a quantile of the wait.
    WaitWithin {
        /// Share of requests: 0.99 for the 99th percentile.
        share: f64,
        /// Longest wait at that quantile, seconds.
        most_s: f64,
    },
}

/// Probability of waiting in a large M/M/c queue with a + β√a servers for a load a.
///
/// # Errors
///
/// [`ModelError::OutOfDomain`] if β is not in 0..=10¹².
///
/// # Source
///
/// Halfin and Whitt, "Heavy-Traffic Limits for Queues with Many Exponential
/// Servers", *Operations Research* 29 (1981), proposition 1: (1 + β Φ(β) / φ(β))⁻¹.
pub fn halfin_whitt(beta: f64) -> Result<f64, ModelError> {
    let beta = within("beta", beta, erlang::LARGEST)?;
    let below = libm::erfc(-beta / std::f64::consts::SQRT_2) / 2.0;
    let density = libm::exp(-beta * beta / 2.0) / (2.0 * std::f64::consts::PI).sqrt();
    Ok(density / (density + beta * below))
}

/// Minimum servers of an M/M/c queue at which at most this share of requests waits.
///
/// # Errors
///
/// [`ModelError::OutOfDomain`] if the load is not in 0..=10⁹ or the share in 0..1.
pub fn servers_for_wait_probability(offered_load: f64, most: f64) -> Result<u32, ModelError> {
    let most = proper_share(most)?;
    fewest(offered_load, |servers| {
        wait_probability(servers, offered_load).is_ok_and(|waits| waits <= most)
    })
}

/// Minimum servers without a queue at which at most this share of requests is lost.
///
/// # Errors
///
/// As [`servers_for_wait_probability`].
pub fn servers_for_loss(offered_load: f64, most: f64) -> Result<u32, ModelError> {
    let most = proper_share(most)?;
    fewest(offered_load, |servers| {
        loss_probability(servers, offered_load).is_ok_and(|lost| lost <= most)
    })
}

/// Minimum servers of an M/M/c queue at which at least this share waits no longer than
/// `most_service_times`, in units of the mean service time.
///
/// # Errors
///
/// As [`servers_for_wait_probability`], or if the time is not in 0..=10⁹.
pub fn servers_for_wait_within(
    offered_load: f64,
    most_service_times: f64,
    share: f64,
) -> Result<u32, ModelError> {
    let share = proper_share(share)?;
    let time = within("most_service_times", most_service_times, super::INPUT_MAX)?;
    fewest(offered_load, |servers| {
        wait_probability(servers, offered_load)
            .is_ok_and(|waits| share <= 1.0 - waits * libm::exp(-(servers - offered_load) * time))
    })
}

/// Minimum servers at which [`wait`] keeps the promise; the system's own number of servers is
/// ignored.
///
/// # Errors
///
/// [`ModelError::OutOfDomain`] as in [`System::offered_load`], for a load above 10⁹, or for an
/// impossible promise: a share outside 0..1, a mean wait of 0.
pub fn servers_for_wait(system: &System, promise: Promise) -> Result<u32, ModelError> {
    let of = |servers: f64| {
        let servers = whole(servers);
        wait(&System { servers, ..*system })
    };
    let system = System {
        servers: 1,
        ..*system
    };
    let load = system.offered_load()?;
    match promise {
        Promise::MeanWait { most_s } => {
            let most = within("most_s", most_s, super::INPUT_MAX)?;
            if most <= 0.0 {
                return Err(ModelError::OutOfDomain {
                    input: "most_s",
                    value: most,
                });
            }
            fewest(load, |servers| {
                of(servers).is_ok_and(|wait| wait.mean_wait_s <= most)
            })
        }
        Promise::WaitWithin { share, most_s } => {
            let share = proper_share(share)?;
            let most = within("most_s", most_s, super::INPUT_MAX)?;
            fewest(load, |servers| {
                of(servers)
                    .and_then(|wait| wait.quantile_s(share))
                    .is_ok_and(|wait_s| wait_s <= most)
            })
        }
    }
}

/// Least sufficient whole number of servers; more servers are never worse.
///
/// The result lies near the load plus its square root.
fn fewest(offered_load: f64, is_enough: impl Fn(f64) -> bool) -> Result<u32, ModelError> {
    let load = within("offered_load", offered_load, super::INPUT_MAX)?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a load is at most a billion"
    )]
    let start = (load + load.sqrt()).ceil() as u32;
    let found = least(0, (start, u32::MAX), |servers| {
        is_enough(f64::from(servers))
    });
    found.ok_or(ModelError::OutOfDomain {
        input: "offered_load",
        value: load,
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a whole number that `fewest` keeps within u32"
)]
fn whole(servers: f64) -> u32 {
    servers as u32
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::super::tests::SYSTEM;
    use super::*;

    #[test]
    fn the_answer_is_enough_and_one_less_is_not() {
        let promises = [
            Promise::MeanWait { most_s: 0.5 },
            Promise::MeanWait { most_s: 0.001 },
            Promise::WaitWithin {
                share: 0.99,
                most_s: 0.0,
            },
            Promise::WaitWithin {
                share: 0.99,
                most_s: 2.0,
            },
            Promise::WaitWithin {
                share: 0.95,
                most_s: 100.0,
            },
        ];
        let keeps = |system: &System, promise: Promise| {
            wait(system).is_ok_and(|wait| match promise {
                Promise::MeanWait { most_s } => wait.mean_wait_s <= most_s,
                Promise::WaitWithin { share, most_s } => wait.quantile_s(share).unwrap() <= most_s,
            })
        };
        for promise in promises {
            for (arrival_rate_rps, arrival_dispersion) in [
                (0.0, 1.0),
                (0.01, 1.0),
                (0.1, 4.0),
                (5.0, 0.0),
                (46.0, 2.0),
                (900.0, 1.0),
            ] {
                let system = System {
                    arrival_rate_rps,
                    arrival_dispersion,
                    ..SYSTEM
                };
                let servers = servers_for_wait(&system, promise).unwrap();
                assert!(keeps(&System { servers, ..system }, promise), "{servers}");
                if 1 < servers {
                    let servers = servers - 1;
                    assert!(!keeps(&System { servers, ..system }, promise), "{servers}");
                }
            }
        }
    }

    #[test]
    fn a_promise_that_is_none_is_refused() {
        for promise in [
            Promise::MeanWait { most_s: 0.0 },
            Promise::MeanWait { most_s: f64::NAN },
            Promise::WaitWithin {
                share: 1.0,
                most_s: 1.0,
            },
            Promise::WaitWithin {
                share: 0.9,
                most_s: -1.0,
            },
        ] {
            assert!(servers_for_wait(&SYSTEM, promise).is_err(), "{promise:?}");
        }
        assert!(servers_for_wait_probability(1e300, 0.1).is_err());
    }

    #[test]
    fn halfin_and_whitt_are_the_limit_of_erlang_c() {
        for beta in [0.1, 0.5, 1.0, 2.0] {
            let load: f64 = 1e8;
            let exact = wait_probability(load + beta * load.sqrt(), load).unwrap();
            let limit = halfin_whitt(beta).unwrap();
            assert!(
                (exact / limit - 1.0).abs() < 1e-3,
                "{beta}: {exact} {limit}"
            );
        }
        assert_eq!(halfin_whitt(0.0), Ok(1.0));
        assert_eq!(halfin_whitt(1e9), Ok(0.0));
    }
}
