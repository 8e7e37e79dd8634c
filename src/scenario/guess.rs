//! Ranges for numbers that are guesses: the numbers stay, with their usual spread around them.

use super::property::{
    self, Entry, Form, INPUT_TOKENS, Number, OUTPUT_TOKENS, PEAK_MULTIPLIER, REQUESTS, Range,
    Ranged, Spec,
};
use super::{Scenario, Workload};
use crate::catalog::guess::guess;

/// The spread of a number of which none is known, as a share of it.
const UNKNOWN: f64 = 0.2;

/// A range around a number, by its usual spread; none where the field has no room for it.
pub fn around(spec: &Spec, value: f64) -> Option<Range> {
    let known = guess(spec.key);
    let (low, high) = known.map_or((1.0 - UNKNOWN, 1.0 + UNKNOWN), |it| (it.low, it.high));
    let end = |factor: f64| {
        let end = two_digits(value * factor).clamp(spec.low, spec.high);
        if spec.kind.is_whole() {
            libm::round(end)
        } else {
            end
        }
    };
    let range = Range {
        low: end(low),
        high: end(high),
        form: Form::Likely(value),
    };
    (range.low < value && value < range.high).then_some(range)
}

/// The scenario with ranges around the usual guesses: load, tokens and peak.
pub fn guessed(scenario: &Scenario) -> Scenario {
    let mut guessed = scenario.clone();
    for workload in &mut guessed.workloads {
        for number in [&REQUESTS, &INPUT_TOKENS, &OUTPUT_TOKENS] {
            spread::<Workload>(number, workload);
        }
    }
    spread(&PEAK_MULTIPLIER, &mut guessed);
    guessed
}

/// A range that was entered is known better than the usual one.
fn spread<S: Ranged>(number: &property::Number<S>, owner: &mut S) {
    let Entry { value, range } = number.entry(owner);
    let spec = Number::spec(number);
    if let (Some(value), None) = (value, range)
        && let Some(range) = around(&spec, value)
    {
        let range = Some(range);
        let value = Some(value);
        number.put(owner, Entry { value, range });
    }
}

/// No end of a guess has more.
fn two_digits(value: f64) -> f64 {
    if value <= 0.0 {
        return value;
    }
    let unit = libm::pow(10.0, libm::floor(libm::log10(value)) - 1.0);
    let steps = libm::round(value / unit);
    if unit < 1.0 {
        steps / libm::round(1.0 / unit)
    } else {
        steps * unit
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::link::to_fragment;

    /// Half and twice of 50,000; 0.56 and 1.77 of 1,500 are 840 and 2,655; 0.62 and 1.63 of 800
    /// are 496 and 1,304; 0.53 and 1.24 of 3 are 1.59 and 3.72.
    #[test]
    fn guesses_keep_the_numbers() {
        let guessed = guessed(&Scenario::default());
        let link = "v=2&requests-per-day=25k..50k..100k&avg-input-tokens=840..1500..2700\
                    &avg-output-tokens=500..800..1300&peak-multiplier=1.6..3..3.7";
        assert_eq!(to_fragment(&guessed), link);
        assert_eq!(super::guessed(&guessed), guessed);
        assert!(link.len() < 300);
    }
}
