//! Numbers of a scenario as the whole numbers that the simulation counts in.

use super::time::whole;

/// Sum up to which shares get further digits, and maximum sum.
const FINE: f64 = 1e8;
const MOST: f64 = 1e9;

/// Expected requests of consecutive windows as whole numbers. Remainders carry over, so that the
/// numbers add up to the total and quiet hours are not empty.
pub(super) fn carried(expected: impl IntoIterator<Item = f64>) -> Vec<u64> {
    let mut owed = 0.0;
    let count = |expected: f64| {
        owed += expected;
        let count = whole(owed);
        owed -= count as f64;
        count
    };
    expected.into_iter().map(count).collect()
}

/// Whole numbers in the proportion of these shares, including small ones and fractions.
pub(super) fn in_proportion(shares: &[f64]) -> Vec<u32> {
    let sum: f64 = shares.iter().sum();
    let is_whole = |scale: f64| {
        let mut each = shares.iter().map(|share| share * scale);
        each.all(|share| (share - libm::round(share)).abs() <= 1e-9 * share.max(1.0))
    };
    let mut scale = 1.0;
    while 0.0 < sum && sum * scale < FINE && !is_whole(scale) {
        scale *= 10.0;
    }
    if MOST < sum * scale {
        scale = MOST / sum;
    }
    let each = shares.iter().map(|share| {
        let least = u64::from(0.0 < *share);
        u32::try_from(whole(share * scale).max(least)).unwrap_or(u32::MAX)
    });
    each.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_less_than_one_a_piece_adds_up() {
        // 100 and 5 requests over 288 windows; one and a half per window; a third for an hour.
        let sum = |each: f64, pieces: usize| carried(vec![each; pieces]).iter().sum::<u64>();
        assert_eq!(sum(100.0 / 288.0, 288), 100);
        assert_eq!(sum(5.0 / 288.0, 288), 5);
        assert_eq!(sum(1.5, 288), 432);
        assert_eq!(sum(1.0 / 3.0, 60), 20);
        // Five make one in 57.6 windows: the first in the middle of the first 57.6.
        let places = carried(vec![5.0 / 288.0; 288]);
        let first = places.iter().position(|count| *count == 1);
        assert_eq!(first, Some(28));
        assert_eq!(carried([0.4, 0.4, 0.4]), [0, 1, 0]);
    }

    #[test]
    fn shares_keep_their_proportion() {
        assert_eq!(in_proportion(&[60.0, 40.0]), [60, 40]);
        assert_eq!(in_proportion(&[0.01, 0.014]), [10, 14]);
        assert_eq!(in_proportion(&[0.001, 0.003]), [1, 3]);
        assert_eq!(in_proportion(&[0.0, 0.0]), [0, 0]);
        assert_eq!(in_proportion(&[]), [0_u32; 0]);
        // 1e12 and 1e12 come to a thousand million in all.
        assert_eq!(in_proportion(&[1e12, 1e12]), [500_000_000; 2]);
        // A share of one in 10¹² still gets a request now and then.
        assert_eq!(in_proportion(&[1e6, 1e-6])[1], 1);
        let [third, two] = in_proportion(&[1.0 / 3.0, 2.0 / 3.0])[..] else {
            panic!("two shares");
        };
        assert!((f64::from(two) / f64::from(third) - 2.0).abs() < 1e-7);
    }
}
