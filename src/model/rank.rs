//! Quantiles and rank correlations of observed values.

/// Quantile of sorted values, interpolated linearly; `None` without values.
///
/// # Source
///
/// Hyndman and Fan, *The American Statistician* 50 (1996), definition 7.
pub fn point(sorted: &[f64], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let place = share.clamp(0.0, 1.0) * last as f64;
    let below = (super::fleet::whole(libm::floor(place)) as usize).min(last);
    let (low, high) = (sorted[below], sorted[(below + 1).min(last)]);
    let along = place - below as f64;
    // Infinite values are not interpolated.
    if along == 0.0 || low.total_cmp(&high).is_eq() {
        return Some(low);
    }
    Some(low + (high - low) * along)
}

/// Quantiles of values in any order, for ascending shares; much faster than sorting all values.
pub fn points<const N: usize>(values: &[f64], shares: [f64; N]) -> Option<[f64; N]> {
    let last = values.len().checked_sub(1)?;
    let mut values = values.to_vec();
    // Values before the last quantile found are below the next ones.
    let mut from = 0;
    Some(shares.map(|share| {
        let place = share.clamp(0.0, 1.0) * last as f64;
        let at = (super::fleet::whole(libm::floor(place)) as usize).min(last);
        let rest = &mut values[from..];
        let (_, low, above) = rest.select_nth_unstable_by(at - from, f64::total_cmp);
        from = at;
        let low = *low;
        let high = above.iter().copied().min_by(f64::total_cmp).unwrap_or(low);
        point(&[low, high], place - at as f64).unwrap_or(low)
    }))
}

/// Quantiles of values in any order, for ascending shares, without interpolation: each is an
/// observed value. `None` without values.
///
/// # Source
///
/// Hyndman and Fan, *The American Statistician* 50 (1996), definition 1.
pub fn observed<const N: usize>(values: &[f64], shares: [f64; N]) -> Option<[f64; N]> {
    // Allows for rounding in the product of share and count.
    const ROUNDING: f64 = 1e-9;
    let count = values.len() as f64;
    let last = values.len().checked_sub(1)?;
    let mut values = values.to_vec();
    let mut from = 0;
    Some(shares.map(|share| {
        let held = libm::ceil(share.clamp(0.0, 1.0) * count - ROUNDING);
        let at = (super::fleet::whole(held - 1.0) as usize).min(last);
        let rest = &mut values[from..];
        let value = *rest.select_nth_unstable_by(at - from, f64::total_cmp).1;
        from = at;
        value
    }))
}

/// Spearman's rank correlation of two columns of equal length; `None` if one is constant.
///
/// # Source
///
/// Spearman, *The American Journal of Psychology* 15 (1904); equal values share the mean of
/// their ranks.
pub fn correlation(a: &[f64], b: &[f64]) -> Option<f64> {
    correlation_of_ranks(&ranks(a), &ranks(b))
}

/// Spearman's rank correlation of columns of ranks.
pub fn correlation_of_ranks(a: &[f64], b: &[f64]) -> Option<f64> {
    let middle = (a.len() as f64 - 1.0) / 2.0;
    let (mut both, mut first, mut second) = (0.0, 0.0, 0.0);
    for (x, y) in a.iter().zip(b) {
        let (x, y) = (x - middle, y - middle);
        both += x * y;
        first += x * x;
        second += y * y;
    }
    let scale = libm::sqrt(first) * libm::sqrt(second);
    (0.0 < scale).then(|| (both / scale).clamp(-1.0, 1.0))
}

/// Rank of each value, from 0 up.
pub fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_unstable_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut start = 0;
    while start < order.len() {
        let value = values[order[start]];
        let equal = order[start..]
            .iter()
            .take_while(|place| values[**place].total_cmp(&value).is_eq())
            .count()
            .max(1);
        let rank = start as f64 + (equal as f64 - 1.0) / 2.0;
        for place in &order[start..start + equal] {
            ranks[*place] = rank;
        }
        start += equal;
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_lie_straight_between_values() {
        let sorted = [1.0, 2.0, 4.0, 8.0, 16.0];
        let cases = [(0.0, 1.0), (0.25, 2.0), (0.5, 4.0), (0.6, 5.6), (1.0, 16.0)];
        for (share, value) in cases {
            let found = point(&sorted, share).expect("there are values");
            assert!((found - value).abs() < 1e-12, "{share}: {found}");
        }
        assert_eq!(point(&[], 0.5), None);
        let mixed = [4.0, 16.0, 1.0, 8.0, 2.0];
        let found = points(&mixed, [0.25, 0.5, 0.6]).expect("there are values");
        assert_eq!(found[..2], [2.0, 4.0]);
        assert!((found[2] - 5.6).abs() < 1e-12);
    }

    #[test]
    fn whole_numbers_have_a_number_that_was_observed() {
        // 2 holds 95 % of 19 twos and one 3, and 3 holds all of them.
        let mut values = [2.0; 20];
        values[7] = 3.0;
        assert_eq!(observed(&values, [0.05, 0.5, 0.95]), Some([2.0; 3]));
        assert_eq!(observed(&values, [0.951, 1.0]), Some([3.0; 2]));
        // Eighteen of 20 values hold only 90 %.
        values[3] = 3.0;
        assert_eq!(observed(&values, [0.9, 0.95]), Some([2.0, 3.0]));
        assert_eq!(observed(&[4.0], [0.0, 1.0]), Some([4.0; 2]));
        assert_eq!(observed(&[], [0.5]), None);
    }

    /// By hand: ranks 0 1 2 3 against 0 2 1 3 have 1 − 6 × 2 ÷ (4 × 15) = 0.8.
    #[test]
    fn rank_correlation_is_that_of_the_formula() {
        let a = [10.0, 20.0, 30.0, 40.0];
        let found = correlation(&a, &[1.0, 9.0, 5.0, 99.0]).expect("they vary");
        assert!((found - 0.8).abs() < 1e-12);
        assert_eq!(correlation(&a, &[1.0; 4]), None);
        assert_eq!(ranks(&[5.0, 1.0, 5.0]), [1.5, 0.0, 1.5]);
        let falls = correlation(&a, &[4.0, 3.0, 2.0, 1.0]).expect("they vary");
        assert!((falls + 1.0).abs() < 1e-12);
    }
}
