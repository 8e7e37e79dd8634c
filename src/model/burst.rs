//! Effect of bursts on limits: over less than a minute, and for few requests at once.

use super::limit::TOLERANCE;
use super::queueing::{cut_off_ratio, loss_probability};

/// Share of a limit that steady traffic may use before its own bursts break it.
///
/// A limit per minute judged over `window_s` admits `limit × window ÷ 60`
/// arrivals in each window. The rate of the peak is that of its busiest minute, so what
/// varies is how the arrivals of that minute fall into its windows: with mean m and variance
/// `D m (1 − window ÷ 60)` they stay below `m + z √variance` except once in a hundred windows
/// (z = 2.326). The usable mean makes that the limit of the window; over a whole minute it is
/// all of it.
///
/// # Source
///
/// Normal approximation of counts; of a known count those in a part of the time are binomial
/// (Cox and Lewis, *The Statistical Analysis of Series of Events* (1966), §2.2), here with
/// the index of dispersion D of §4.5.
pub fn usable_ratio(limit_per_minute: f64, window_s: f64, dispersion: f64) -> f64 {
    const ONE_IN_A_HUNDRED: f64 = 2.326_347_874_040_841;
    if limit_per_minute * window_s <= 0.0 {
        return 0.0;
    }
    // A window of less than one request is as long as one request takes.
    let window_s = if holds_less_than_one(limit_per_minute, window_s) {
        60.0 / limit_per_minute
    } else {
        window_s
    };
    let window_limit = limit_per_minute * window_s / 60.0;
    // With x = √m: x² + z√D x − L = 0.
    let left = (1.0 - window_s / 60.0).max(0.0);
    let half = ONE_IN_A_HUNDRED * libm::sqrt(dispersion.max(0.0) * left) / 2.0;
    if half <= 0.0 {
        return 1.0;
    }
    // The difference of the usual root cancels for small limits; this form does not.
    let root = window_limit / (half + libm::sqrt(half * half + window_limit));
    (root * root / window_limit).min(1.0)
}

/// Whether a window of a limit per minute has less than one request: then one is taken each time
/// that the limit has come to one.
pub fn holds_less_than_one(limit_per_minute: f64, window_s: f64) -> bool {
    0.0 < limit_per_minute && limit_per_minute * window_s < 60.0 * (1.0 - TOLERANCE)
}

/// The most that the index of dispersion can be over `seconds`, where counts over `counted_s`
/// have `dispersion`.
///
/// Arrivals whose rate varies have `D = 1 + Var Λ(t) ÷ mean`. The variance of the summed rate
/// grows at most with the square of the time, so the excess over Poisson grows at most with the
/// time itself; over a shorter time it is at most as large.
///
/// # Source
///
/// Doubly stochastic Poisson processes: Cox, "Some Statistical Methods Connected with Series of
/// Events", *Journal of the Royal Statistical Society* B 17 (1955); the bound by Cauchy and
/// Schwarz.
pub fn dispersion_over(seconds: f64, dispersion: f64, counted_s: f64) -> f64 {
    let excess = dispersion - 1.0;
    if excess <= 0.0 || counted_s <= 0.0 {
        return dispersion;
    }
    1.0 + excess * (seconds / counted_s).max(1.0)
}

/// Acceptable share of refused requests at a limit on requests in flight.
pub const REFUSED_AT_ONCE: f64 = 0.01;

/// Dispersion below which arrivals are treated as evenly spaced and never collide.
const LEAST_DISPERSION: f64 = 0.01;

/// Limit on requests in flight above which a load as large as the limit loses less than
/// [`REFUSED_AT_ONCE`]: the loss stays below √(2 ÷ π n).
///
/// # Source
///
/// 1/B(n, n) = √(π n ÷ 2) + 2/3 + …, all terms positive (Jagerman, "Some Properties of the
/// Erlang Loss Function", *Bell System Technical Journal* 53 (1974), §5).
const FILLED_WHOLE: f64 = 2.0 / (std::f64::consts::PI * REFUSED_AT_ONCE * REFUSED_AT_ONCE);

/// Mean utilization of a limit on requests in flight at which [`REFUSED_AT_ONCE`] of them are
/// refused.
///
/// # Source
///
/// Erlang's loss formula, solved for the load; bursts by Hayward's equivalent system, with
/// limit and load over the dispersion (Fredericks, "Congestion in Blocking Systems", *Bell
/// System Technical Journal* 59 (1980)).
pub fn usable_at_once_ratio(limit: f64, dispersion: f64) -> f64 {
    if limit <= 0.0 || dispersion < LEAST_DISPERSION {
        return 1.0;
    }
    let servers = limit / dispersion;
    if FILLED_WHOLE <= servers {
        return 1.0;
    }
    // Newton's method on the logarithm, kept inside a bracket.
    let (mut low, mut high) = (0.0, servers);
    let start = servers - 2.0 * libm::sqrt(servers);
    let mut load = if start < servers * 0.1 {
        servers * 0.1
    } else {
        start
    };
    for _ in 0..40 {
        let Ok(loss) = loss_probability(servers, load) else {
            return 1.0;
        };
        if loss <= REFUSED_AT_ONCE {
            low = load;
        } else {
            high = load;
        }
        let excess = libm::log(loss / REFUSED_AT_ONCE);
        let slope = servers / load - 1.0 + loss;
        let next = load - excess / slope;
        let next = if low < next && next < high {
            next
        } else {
            f64::midpoint(low, high)
        };
        if (next - load).abs() <= 1e-12 * servers {
            break;
        }
        load = next;
    }
    (load / servers).min(1.0)
}

/// Mean share of requests refused by a limit on requests in flight; `None` where no formula
/// applies.
pub fn refused_ratio(limit: f64, load: f64, dispersion: f64) -> Option<f64> {
    if dispersion < LEAST_DISPERSION {
        return None;
    }
    loss_probability(limit / dispersion, load / dispersion).ok()
}

/// Share of a load that fits a limit, ignoring chance.
fn fitting_ratio(limit: f64, load: f64) -> f64 {
    if load <= limit { 1.0 } else { limit / load }
}

/// Mean share of requests accepted by a limit on requests in flight.
pub fn taken_at_once_ratio(limit: f64, load: f64, dispersion: f64) -> f64 {
    let fitting = fitting_ratio(limit, load);
    match refused_ratio(limit, load, dispersion) {
        Some(refused) => (1.0 - refused).min(fitting),
        None => fitting,
    }
}

/// Share of the requests that a limit per minute judged over `window_s` takes on average: of
/// each window what is not beyond its part of the limit; one at a time where that is less than
/// one.
///
/// # Source
///
/// Counts of a window as in [`usable_ratio`], with a variance of so many times their mean: the
/// counts of Poisson arrivals of that size (as Hayward's equivalent system takes them). One at a
/// time is a single server without a queue, to which Erlang's loss formula applies whatever the
/// time of service; groups are geometric, with a mean of (1 + D) ÷ 2, as the simulated day draws
/// them.
pub fn taken_in_window_ratio((limit, load): (f64, f64), window_s: f64, dispersion: f64) -> f64 {
    let fitting = fitting_ratio(limit, load);
    let spread = dispersion * (1.0 - window_s / 60.0);
    if spread < LEAST_DISPERSION {
        return fitting;
    }
    if holds_less_than_one(limit, window_s) {
        // Of requests that come in groups of so many one is taken, then none until it is paid back.
        let together = f64::midpoint(dispersion.max(1.0), 1.0);
        return (1.0 / (together + load / limit)).min(fitting);
    }
    let windows_of = window_s / 60.0 / spread;
    match cut_off_ratio(limit * windows_of, load * windows_of) {
        Ok(cut_off) => (1.0 - cut_off).min(fitting),
        Err(_) => fitting,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usable_mean_reaches_the_limit_once_in_a_hundred_windows() {
        for (limit, window, dispersion) in
            [(1_800.0, 10.0, 1.0), (600.0, 1.0, 4.0), (6.0, 10.0, 1.0)]
        {
            let window_limit = limit * window / 60.0;
            let mean = usable_ratio(limit, window, dispersion) * window_limit;
            let spread = (dispersion * mean * (1.0 - window / 60.0)).sqrt();
            let high = mean + 2.326_347_874_040_841 * spread;
            assert!(
                (high / window_limit - 1.0).abs() < 1e-9,
                "{limit}/{window} s: {high}"
            );
        }
    }

    #[test]
    fn longer_windows_and_calmer_traffic_leave_more() {
        assert!(usable_ratio(600.0, 1.0, 1.0) < usable_ratio(600.0, 10.0, 1.0));
        assert!(usable_ratio(600.0, 10.0, 4.0) < usable_ratio(600.0, 10.0, 1.0));
        assert!((usable_ratio(600.0, 10.0, 0.0) - 1.0).abs() < 1e-12);
        assert!(usable_ratio(0.0, 10.0, 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_window_of_a_minute_has_no_bursts_and_a_little_less_only_few() {
        assert!((usable_ratio(600.0, 60.0, 4.0) - 1.0).abs() < 1e-12);
        let almost = usable_ratio(600.0, 59.9, 1.0);
        assert!((0.99..1.0).contains(&almost), "{almost}");
    }

    /// Poisson counts, summed up by hand or by Python: of a mean of 2 a window of 2 cuts off
    /// 2 × (1 − e⁻² × 2²/2!) … the mean of min(N, 2) is 2 − 4 e⁻².
    #[test]
    fn a_window_takes_what_is_not_beyond_it() {
        let e2 = libm::exp(-2.0);
        let cut = |limit, mean| cut_off_ratio(limit, mean).expect("in the domain");
        assert!((cut(2.0, 2.0) - 2.0 * e2).abs() < 1e-12);
        // min(N, 1) has mean 1 − e⁻².
        assert!((cut(1.0, 2.0) - (1.0 - (1.0 - e2) / 2.0)).abs() < 1e-12);
        assert!((cut(0.0, 2.0) - 1.0).abs() < 1e-12);
        assert!(cut(5.0, 0.0).abs() < 1e-12);
        // Over a whole minute, everything that fits is accepted, and never more.
        assert!((taken_in_window_ratio((100.0, 200.0), 60.0, 1.0) - 0.5).abs() < 1e-12);
        assert!((taken_in_window_ratio((100.0, 50.0), 60.0, 1.0) - 1.0).abs() < 1e-12);
        assert!(taken_in_window_ratio((100.0, 200.0), 1.0, 1.0) <= 0.5);
    }

    /// 30 a minute over a second are one every two seconds: of as many that come by chance, one
    /// server without a queue takes 1 ÷ (1 + 1). In groups of two at once, 1 ÷ (2 + 1).
    #[test]
    fn a_window_of_less_than_one_takes_one_at_a_time() {
        let taken = |load, dispersion| taken_in_window_ratio((30.0, load), 1.0, dispersion);
        assert!((taken(30.0, 1.0) - 0.5).abs() < 1e-12);
        assert!((taken(90.0, 1.0) - 0.25).abs() < 1e-12);
        assert!((taken(30.0, 3.0) - 1.0 / 3.0).abs() < 1e-12);
        // It is used as a window of two seconds, which holds one.
        let two = usable_ratio(30.0, 2.0, 1.0);
        assert!((usable_ratio(30.0, 1.0, 1.0) - two).abs() < 1e-12);
    }

    #[test]
    fn few_at_once_lose_one_in_a_hundred() {
        // Tables of Erlang B at a loss of 1 %: 0.0101, 0.153, 4.46, 84.1 erlangs.
        for (limit, load) in [(1.0, 0.0101), (2.0, 0.153), (10.0, 4.46), (100.0, 84.1)] {
            let usable = usable_at_once_ratio(limit, 1.0) * limit;
            assert!((usable / load - 1.0).abs() < 0.003, "{limit}: {usable}");
        }
        // Two servers under a load of 2: 2 ÷ (1 + 2 + 2).
        let refused = refused_ratio(2.0, 2.0, 1.0).expect("a formula");
        assert!((refused - 0.4).abs() < 1e-12, "{refused}");
        assert!((taken_at_once_ratio(2.0, 2.0, 1.0) - 0.6).abs() < 1e-12);
        // Very large limits hardly lose to chance, and bursts leave less.
        assert!(0.999 < usable_at_once_ratio(1e6, 1.0));
        // At the end of the search a load as large as the limit loses 1 %.
        let loss = loss_probability(FILLED_WHOLE, FILLED_WHOLE).expect("in the domain");
        assert!((0.0098..=REFUSED_AT_ONCE).contains(&loss), "{loss}");
        assert!(0.9999 < usable_at_once_ratio(FILLED_WHOLE - 1.0, 1.0));
        assert!(usable_at_once_ratio(100.0, 4.0) < usable_at_once_ratio(100.0, 1.0));
    }
}
