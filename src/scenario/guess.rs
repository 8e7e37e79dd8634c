//! Ranges for numbers that are guesses: the numbers stay, with their usual spread around them.

use super::Scenario;
use super::property::{
    Entry, Form, Number, PROVIDER, RPM, Range, Ranged, SCENARIO, Spec, TPM, WORKLOAD,
};
use crate::catalog::guess::guess;

/// The range button's spread of a number of which none is published, as a share of it: a place
/// to begin, which the reader changes.
pub const UNPUBLISHED: f64 = 0.2;

/// A range around a number, by its usual spread; none where the field has no room for it.
pub fn around(spec: &Spec, value: f64) -> Option<Range> {
    let known = guess(spec.key);
    let (low, high) = known.map_or((1.0 - UNPUBLISHED, 1.0 + UNPUBLISHED), |it| {
        (it.low, it.high)
    });
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

/// The scenario with ranges around all numbers whose spread is published.
pub fn guessed(scenario: &Scenario) -> Scenario {
    let mut guessed = scenario.clone();
    for workload in &mut guessed.workloads {
        spread(WORKLOAD, workload, |_| true);
    }
    spread(SCENARIO, &mut guessed, |_| true);
    for provider in &mut guessed.providers {
        // Units that were bought stand in the place of the limits.
        let is_limited = provider.units.is_none();
        spread(PROVIDER, provider, |key| {
            is_limited || ![RPM.key, TPM.key].contains(&key)
        });
    }
    guessed
}

/// A range that was entered is known better than the usual one.
fn spread<S: Ranged>(table: &[&Number<S>], owner: &mut S, is_used: impl Fn(&str) -> bool) {
    let published = table.iter().filter(|number| guess(number.key).is_some());
    for number in published.filter(|number| is_used(number.key)) {
        let Entry { value, range } = number.entry(owner);
        if let (Some(value), None) = (value, range)
            && let Some(range) = around(&number.spec(), value)
        {
            let (value, range) = (Some(value), Some(range));
            number.put(owner, Entry { value, range });
        }
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
    use crate::scenario::Provider;
    use crate::scenario::link::{from_fragment, to_fragment};
    use crate::scenario::property::GROWTH;

    /// Half and twice of 50,000; 0.56 and 1.77 of 1,500 are 840 and 2,655; 0.62 and 1.63 of 800
    /// are 496 and 1,304; 0.53 and 1.24 of 3 are 1.59 and 3.72; 0.45 and 2.24 of 10 are 4.5 and
    /// 22.4. Of the limits, 0.6 and 1.67 of 500 are 300 and 835; 0.4 and 2.5 of 30,000 are 12,000
    /// and 75,000. Of the speeds, 0.63 and 2.58 of 0.45 are 0.2835 and 1.161; 0.64 and 1.56 of
    /// 131 are 83.84 and 204.36. Two digits of each are kept.
    #[test]
    fn guesses_keep_the_numbers() {
        let known = "v=2&requests-per-day=50k&growth=10&p=openai,gpt-4o,Guide%20lowest,100";
        let guessed = guessed(&from_fragment(known).0);
        let link = "v=1&requests-per-day=25k..50k..100k&avg-input-tokens=840..1500..2700\
                    &avg-output-tokens=500..800..1300&p=openai,gpt-4o,Guide+lowest,100,\
                    rpm:300..500..840,tpm:12k..30k..75k,ttft:0.28..0.45..1.2,tps:84..131..200\
                    &peak-multiplier=1.6..3..3.7&growth=4.5..10..22";
        assert_eq!(to_fragment(&guessed), link);
        assert_eq!(super::guessed(&guessed), guessed);
        assert!(link.len() < 300);
    }

    /// What has no published spread stays as it is: limits of input, of output, of a day and of
    /// dollars, no growth at all, and limits in whose place reserved units stand.
    #[test]
    fn nothing_else_is_spread() {
        let known = "v=2&p=anthropic,claude-sonnet-5-5,Start,50,rpd:9000,spend-month:500\
                     &p=azure-openai,gpt-4o,Data%20Zone%20Tier%201,50,units:50";
        let guessed = guessed(&from_fragment(known).0);
        let [anthropic, azure] = guessed.providers.as_slice() else {
            panic!("two providers");
        };
        let spread = |provider: &Provider| {
            let all = PROVIDER.iter();
            let spread = all.filter(|number| number.range(provider).is_some());
            spread.map(|number| number.key).collect::<Vec<_>>()
        };
        assert_eq!(spread(anthropic), ["rpm", "ttft", "tps"]);
        assert_eq!(spread(azure), ["ttft", "tps"]);
        assert!(GROWTH.range(&guessed).is_none());
    }
}
