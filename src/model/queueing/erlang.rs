//! Erlang's two formulas, for real numbers of servers, too.

use super::poisson;
use crate::model::ModelError;
use crate::model::error::within;

/// Largest number of servers and largest load.
pub(super) const LARGEST: f64 = 1e12;

/// Share of arrivals lost without a queue (Erlang B).
///
/// `offered_load` is arrival rate × mean service time, the mean number of busy servers if there
/// were enough. `servers` may be any real number, as Hayward's method needs. The cost grows with
/// the square root of the servers.
///
/// # Errors
///
/// [`ModelError::OutOfDomain`] if an argument is not in 0..=10¹².
///
/// # Example
///
/// ```
/// use kt_capacity::model::queueing::loss_probability;
///
/// // One server, half busy: a third finds it taken.
/// assert!((loss_probability(1.0, 0.5)? - 1.0 / 3.0).abs() < 1e-12);
/// # Ok::<(), kt_capacity::model::ModelError>(())
/// ```
///
/// # Source
///
/// Jagerman, "Some Properties of the Erlang Loss Function", *Bell System Technical
/// Journal* 53 (1974): 1/B = Γ(c + 1, a) / (aᶜ e⁻ᵃ).
pub fn loss_probability(servers: f64, offered_load: f64) -> Result<f64, ModelError> {
    let servers = within("servers", servers, LARGEST)?;
    let load = within("offered_load", offered_load, LARGEST)?;
    let loss = if load < servers + 2.0 {
        let density = poisson::density(servers, load);
        density / (1.0 - density * poisson::tail(servers, load))
    } else {
        1.0 / (load * poisson::upper_fraction(servers + 1.0, load))
    };
    debug_assert!((0.0..=1.0 + 1e-9).contains(&loss), "probability {loss}");
    Ok(loss.min(1.0))
}

/// Share of arrivals beyond the first `limit` of each window, for Poisson counts with this mean.
///
/// # Errors
///
/// [`ModelError::OutOfDomain`] if an argument is not in 0..=10¹².
///
/// # Source
///
/// The mean of (N − n)⁺ is m P(N ≥ n) − n P(N > n), and P(N ≤ n) is the density over
/// [`loss_probability`], by the Source there.
pub fn cut_off_ratio(limit: f64, mean: f64) -> Result<f64, ModelError> {
    let loss = loss_probability(limit, mean)?;
    if mean <= 0.0 || loss <= 0.0 {
        return Ok(0.0);
    }
    let density = poisson::density(limit, mean);
    let above = (1.0 - density / loss).max(0.0);
    Ok((density + above * (1.0 - limit / mean)).clamp(0.0, 1.0))
}

/// Probability that a request waits in an unbounded first-come queue (Erlang C).
///
/// `offered_load` and `servers` as in [`loss_probability`].
///
/// # Errors
///
/// - [`ModelError::OutOfDomain`] if an argument is not in 0..=10¹².
/// - [`ModelError::Saturated`] if the load is not below the servers. The queue
///   then grows without bound and has no steady state to report.
///
/// # Example
///
/// ```
/// use kt_capacity::model::queueing::wait_probability;
///
/// // Two servers, each busy half the time: one request in three waits.
/// assert!((wait_probability(2.0, 1.0)? - 1.0 / 3.0).abs() < 1e-12);
/// # Ok::<(), kt_capacity::model::ModelError>(())
/// ```
///
/// # Source
///
/// Kleinrock, *Queueing Systems* 1 (1975), §3.5; from Erlang B: C = B / (1 − ρ(1 − B)).
pub fn wait_probability(servers: f64, offered_load: f64) -> Result<f64, ModelError> {
    let loss = loss_probability(servers, offered_load)?;
    if servers <= offered_load {
        return Err(ModelError::Saturated {
            offered_load,
            servers,
        });
    }
    let utilization = offered_load / servers;
    let idle = (servers - offered_load) / servers;
    Ok((loss / (idle + utilization * loss)).min(1.0))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;

    /// The textbook recurrence: an independent road to the same number.
    fn by_recurrence(servers: u32, load: f64) -> f64 {
        (1..=servers).fold(1.0, |loss, k| {
            let carried = load * loss;
            carried / (f64::from(k) + carried)
        })
    }

    #[test]
    fn the_continuous_form_is_the_recurrence_at_whole_servers() {
        for servers in [0, 1, 2, 3, 7, 30, 100, 1_000, 10_000, 100_000] {
            for utilization in [0.01, 0.3, 0.7, 0.9, 0.99, 1.0, 1.01, 1.3, 10.0] {
                let load = utilization * f64::from(servers).max(1.0);
                let expected = by_recurrence(servers, load);
                let actual = loss_probability(f64::from(servers), load).unwrap();
                let close = (actual - expected).abs() <= 1e-10 * expected + 1e-300;
                assert!(close, "{servers} {load}: {actual} {expected}");
            }
        }
    }

    #[test]
    fn real_servers_obey_the_recurrence_between_whole_ones() {
        for servers in [0.1, 0.5, 1.5, 4.217, 33.3, 999.9] {
            for load in [0.05, 0.8, 3.0, 30.0, 1_000.0] {
                let below = loss_probability(servers, load).unwrap();
                let above = loss_probability(servers + 1.0, load).unwrap();
                let expected = load * below / (servers + 1.0 + load * below);
                let close = (above - expected).abs() <= 1e-12 * expected + 1e-300;
                assert!(close, "{servers} {load}: {above} {expected}");
            }
        }
    }

    #[test]
    fn waiting_is_a_probability_and_another_server_never_makes_it_likelier() {
        for servers in 1..400_u32 {
            for utilization in [0.05, 0.5, 0.9, 0.999_999] {
                let load = utilization * f64::from(servers);
                let before = wait_probability(f64::from(servers), load).unwrap();
                let after = wait_probability(f64::from(servers + 1), load).unwrap();
                assert!((0.0..=1.0).contains(&before), "{servers} {load}: {before}");
                assert!(after <= before, "{servers} {load}: {before} → {after}");
            }
        }
    }

    #[test]
    fn overload_and_nonsense_are_errors() {
        let saturated = ModelError::Saturated {
            offered_load: 5.0,
            servers: 5.0,
        };
        assert_eq!(wait_probability(5.0, 5.0), Err(saturated));
        for (servers, load) in [
            (f64::NAN, 1.0),
            (1.0, f64::NAN),
            (f64::INFINITY, 1.0),
            (-1.0, 1.0),
            (1.0, -0.5),
            (1.0, 1e300),
        ] {
            let refused = wait_probability(servers, load);
            assert!(
                matches!(refused, Err(ModelError::OutOfDomain { .. })),
                "{servers} {load}: {refused:?}"
            );
        }
        assert_eq!(wait_probability(3.0, 0.0), Ok(0.0));
        assert_eq!(loss_probability(0.0, 4.0), Ok(1.0));
    }
}
