//! Search for the least sufficient whole number.

/// Least sufficient whole number above `low` and at most `most`, if every larger one suffices too.
/// Searches near `hint` first, then in doubling steps, then by bisection.
pub fn least(low: u32, (hint, most): (u32, u32), is_enough: impl Fn(u32) -> bool) -> Option<u32> {
    if most <= low {
        return None;
    }
    // `low` is insufficient or untested; `high` suffices.
    let (mut low, mut step): (u32, u32) = (low, 1);
    let mut high = hint.clamp(low + 1, most);
    while !is_enough(high) {
        if most <= high {
            return None;
        }
        low = high;
        high = high.saturating_add(step).min(most);
        step = step.saturating_mul(2);
    }
    step = 1;
    while low + 1 < high {
        let middle = if step < (high - low) / 2 {
            high - step
        } else {
            low + (high - low) / 2
        };
        step = step.saturating_mul(2);
        if is_enough(middle) {
            high = middle;
        } else {
            low = middle;
            step = u32::MAX;
        }
    }
    Some(high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_is_the_bound_from_any_hint() {
        for bound in [1, 2, 7, 100, 1_000] {
            for hint in [0, 1, 6, 7, 8, 500, 5_000] {
                let found = least(0, (hint, 1_000), |number| bound <= number);
                assert_eq!(found, Some(bound), "from {hint}");
            }
        }
    }

    #[test]
    fn no_number_is_found_beyond_the_most() {
        assert_eq!(least(0, (3, 10), |number| 11 <= number), None);
        assert_eq!(least(10, (3, 10), |_| true), None);
        assert_eq!(least(4, (1, 10), |_| true), Some(5));
    }
}
