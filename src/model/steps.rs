//! Round steps of a scale of counts.

/// Smallest of 1, 2, 5, 10, 20, 50 … that is not below a number.
pub fn round_step(at_least: u32) -> u32 {
    let mut magnitude: u32 = 1;
    loop {
        for step in [1, 2, 5] {
            let step = magnitude.saturating_mul(step);
            if at_least <= step {
                return step;
            }
        }
        magnitude = magnitude.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_one_two_or_five_times_a_power_of_ten() {
        for (at_least, step) in [
            (0, 1),
            (1, 1),
            (2, 2),
            (3, 5),
            (6, 10),
            (11, 20),
            (200, 200),
            (201, 500),
            (u32::MAX, u32::MAX),
        ] {
            assert_eq!(round_step(at_least), step, "{at_least}");
        }
    }
}
