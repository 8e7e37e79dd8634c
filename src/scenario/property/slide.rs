//! The part of a number's range that a reader plays with.

/// Ends and step of a slider. A value beyond its ends is as good as any: the slider rests
/// at its end then.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slide {
    /// Lowest value.
    pub low: f64,
    /// Highest value.
    pub high: f64,
    /// Distance of two values.
    pub step: f64,
}

#[cfg(test)]
mod tests {
    use super::super::SCENARIO;
    use crate::scenario::Scenario;

    #[test]
    fn a_slider_stays_in_its_range_and_meets_the_default() {
        let default = Scenario::default();
        let mut count = 0;
        for number in SCENARIO {
            let spec = number.spec();
            let Some(slide) = spec.slide else { continue };
            count += 1;
            assert_eq!(spec.check(slide.low), Ok(slide.low), "{}", spec.key);
            assert_eq!(spec.check(slide.high), Ok(slide.high), "{}", spec.key);
            // Between two steps it would show another value than the field.
            let value = (number.get)(&default).expect("no slider may be empty");
            let steps = (value - slide.low) / slide.step;
            assert!((steps - steps.round()).abs() < 1e-9, "{}", spec.key);
            assert!((0.0..=(slide.high - slide.low) / slide.step).contains(&steps));
        }
        assert_eq!(count, 4, "only what one plays with has a slider");
    }
}
