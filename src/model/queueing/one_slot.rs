//! One-slot pods, with routing to the better of two.

/// Probability that a request finds both pods busy, given that of one.
///
/// With infinitely many pods any two are independent, whatever the services (Bramson, Lu and
/// Prabhakar, "Asymptotic independence of queues under randomized load balancing", *Queueing
/// Systems* 71, 2012): the square. The excess of few pods is fitted to simulations of 2 to 40 pods
/// with a million exponential services each: within 0.003 of these from three pods on, 0.012 for
/// two.
pub(super) fn both_busy(busy: f64, pods: f64) -> f64 {
    let square = busy * busy;
    let few = 0.4 * (1.0 - busy) * (2.0 - busy) / (pods - 1.0).max(1.0);
    square * (1.0 + few).min(1.0 / square.max(f64::MIN_POSITIVE))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pods, chance that one is busy, chance of a wait: simulated in C apart from this program.
    const SIMULATED: [(f64, f64, f64); 9] = [
        (2.0, 0.3, 0.1294),
        (2.0, 0.7, 0.5551),
        (2.0, 0.95, 0.9190),
        (3.0, 0.3, 0.1121),
        (3.0, 0.7, 0.5291),
        (12.0, 0.5, 0.2579),
        (12.0, 0.85, 0.7287),
        (40.0, 0.5, 0.2524),
        (40.0, 0.95, 0.9026),
    ];

    #[test]
    fn the_chance_is_as_simulated() {
        for (pods, busy, simulated) in SIMULATED {
            let off = both_busy(busy, pods) - simulated;
            assert!(off.abs() < 0.012, "{pods} {busy}: {off}");
        }
    }
}
