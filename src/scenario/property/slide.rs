//! Slider of a number.

/// Ends and step of a slider. Values beyond its ends are valid; the slider then rests at its end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slide {
    /// Minimum.
    pub low: f64,
    /// Maximum.
    pub high: f64,
    /// Step.
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
            // A value between two steps would differ from the field's.
            let value = (number.get)(&default).expect("no slider may be empty");
            let steps = (value - slide.low) / slide.step;
            assert!((steps - steps.round()).abs() < 1e-9, "{}", spec.key);
            assert!((0.0..=(slide.high - slide.low) / slide.step).contains(&steps));
        }
        assert_eq!(count, 4, "only what one plays with has a slider");
    }
}
