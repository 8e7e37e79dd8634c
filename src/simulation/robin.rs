//! Smooth weighted round robin.

/// Turns as frequent as the weights and as even as possible: 5, 1, 1 gives a a b a c a a.
///
/// # Source
///
/// nginx, `ngx_http_upstream_round_robin.c` since 1.3.1 (2012).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Robin {
    counters: Vec<i64>,
}

impl Robin {
    /// A round robin before the first turn.
    pub fn new(places: usize) -> Self {
        Self {
            counters: vec![0; places],
        }
    }

    /// Index of the next turn among those that `may_go`; `None` if none may.
    ///
    /// Each candidate gains its weight. The highest counter wins, the earlier of equals, and is
    /// charged the total gained this turn.
    #[inline]
    pub fn turn(&mut self, weights: &[u32], may_go: impl Fn(usize) -> bool) -> Option<usize> {
        turn(&mut self.counters, weights, may_go)
    }
}

/// [`Robin::turn`] on counters kept elsewhere.
#[inline]
pub(super) fn turn(
    counters: &mut [i64],
    weights: &[u32],
    may_go: impl Fn(usize) -> bool,
) -> Option<usize> {
    let mut gained = 0;
    let mut best: Option<(usize, i64)> = None;
    for (index, (weight, counter)) in weights.iter().zip(counters.iter_mut()).enumerate() {
        if !may_go(index) {
            continue;
        }
        *counter += i64::from(*weight);
        gained += i64::from(*weight);
        if best.is_none_or(|(_, highest)| highest < *counter) {
            best = Some((index, *counter));
        }
    }
    let (index, _) = best?;
    if let Some(counter) = counters.get_mut(index) {
        *counter -= gained;
    }
    Some(index)
}

/// Order in which providers are tried, by primary: itself first, then the others by place, within a
/// place by falling weight, the earlier of equals first.
pub fn failover_orders(weights: &[u32], places: &[u32]) -> Vec<Vec<usize>> {
    let mut in_order: Vec<usize> = (0..weights.len()).collect();
    in_order.sort_by_key(|index| {
        let weight = std::cmp::Reverse(weights.get(*index).copied());
        (places.get(*index).copied(), weight)
    });
    let order = |primary: usize| {
        let others = in_order
            .iter()
            .copied()
            .filter(move |other| *other != primary);
        std::iter::once(primary).chain(others).collect()
    };
    (0..weights.len()).map(order).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turns(weights: &[u32], count: usize) -> Vec<usize> {
        let mut robin = Robin::new(weights.len());
        (0..count)
            .filter_map(|_| robin.turn(weights, |_| true))
            .collect()
    }

    #[test]
    fn turns_are_spread_as_nginx_spreads_them() {
        assert_eq!(turns(&[5, 1, 1], 7), [0, 0, 1, 0, 2, 0, 0]);
        assert_eq!(turns(&[1, 1, 1], 4), [0, 1, 2, 0]);
        assert_eq!(turns(&[0, 0], 2), [0, 0]);
        assert!(turns(&[], 2).is_empty());
    }

    #[test]
    fn every_round_gives_each_its_weight() {
        let turns = turns(&[60, 25, 15], 200);
        for (index, weight) in [(0, 120), (1, 50), (2, 30)] {
            assert_eq!(turns.iter().filter(|turn| **turn == index).count(), weight);
        }
    }

    #[test]
    fn who_may_not_go_neither_gains_nor_pays() {
        let weights = [2, 1, 1];
        let mut robin = Robin::new(3);
        assert_eq!(robin.turn(&weights, |_| true), Some(0));
        let without: Vec<_> = (0..4)
            .map(|_| robin.turn(&weights, |index| index != 0))
            .collect();
        assert_eq!(without, [Some(1), Some(2), Some(1), Some(2)]);
        assert_eq!(robin.turn(&weights, |_| false), None);
    }

    #[test]
    fn the_heaviest_takes_over() {
        let orders = failover_orders(&[15, 60, 25, 60], &[0; 4]);
        assert_eq!(orders[0], [0, 1, 3, 2]);
        assert_eq!(orders[3], [3, 1, 2, 0]);
        // Of three places the first comes first, then the next.
        let orders = failover_orders(&[15, 60, 25, 60], &[1, 2, 0, 1]);
        assert_eq!(orders[0], [0, 2, 3, 1]);
        assert_eq!(orders[2], [2, 3, 0, 1]);
    }
}
