//! Weighted distribution over providers.

/// Share of each target: its weight over the sum of the weights.
///
/// All shares are zero if all weights are.
///
/// # Source
///
/// The guide, "Multi-Provider Rate Limit Distribution".
pub fn shares(weights: &[f64]) -> Vec<f64> {
    let sum: f64 = weights.iter().sum();
    let share = |weight: &f64| if 0.0 < sum { weight / sum } else { 0.0 };
    weights.iter().map(share).collect()
}

/// Shares after the loss of one target: the others take its load by their weights.
pub fn shares_without(weights: &[f64], lost: usize) -> Vec<f64> {
    let mut left = weights.to_vec();
    if let Some(weight) = left.get_mut(lost) {
        *weight = 0.0;
    }
    shares(&left)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_of_the_guide_are_shares() {
        assert_eq!(shares(&[60.0, 25.0, 15.0]), [0.6, 0.25, 0.15]);
        assert_eq!(shares(&[3.0, 1.0]), [0.75, 0.25]);
        assert_eq!(shares(&[0.0, 0.0]), [0.0, 0.0]);
    }

    #[test]
    fn losing_the_largest_loads_the_rest_by_weight() {
        // 25 and 15 of 40: 62.5 % and 37.5 %.
        assert_eq!(shares_without(&[60.0, 25.0, 15.0], 0), [0.0, 0.625, 0.375]);
        assert_eq!(shares_without(&[100.0], 0), [0.0]);
    }
}
