//! Ranges for estimated numbers: the numbers remain, with their usual spread around them.

use super::property::{
    Entry, Number, PROVIDER, RPM, Range, Ranged, Ranges, SCENARIO, Spec, TPM, WORKLOAD,
};
use super::{Provider, Scenario, Workload};
use crate::catalog::guess::guess;

/// Relative spread that the range button uses for numbers without a published one: a starting point
/// for the reader.
pub const UNPUBLISHED: f64 = 0.2;

/// A range around a number, by its usual spread; `None` if it exceeds the field's bounds.
pub fn around(spec: &Spec, value: f64) -> Option<Range> {
    let unpublished = || spec.spread(value, 1.0 - UNPUBLISHED, 1.0 + UNPUBLISHED);
    match guess(spec.key) {
        Some(_) => spec.published(value),
        None => unpublished(),
    }
}

/// The scenario with ranges around all numbers with a published spread.
pub fn guessed(scenario: &Scenario) -> Scenario {
    let mut guessed = scenario.clone();
    for workload in &mut guessed.workloads {
        workload.guess();
    }
    spread(SCENARIO, &mut guessed, |_| true);
    for provider in &mut guessed.providers {
        provider.guess();
    }
    guessed
}

/// A row whose published spreads links abbreviate by one word.
pub trait Guessed: Ranged + Clone {
    /// Adds ranges to all numbers with a published spread.
    fn guess(&mut self);

    /// The row without ranges, if its ranges are exactly the published spreads.
    fn before_guess(&self, table: &[&Number<Self>]) -> Option<Self>
    where
        Self: Sized,
    {
        if self.ranges().is_empty() {
            return None;
        }
        let mut before = self.clone();
        *before.ranges_mut() = Ranges::default();
        let mut guessed = before.clone();
        guessed.guess();
        let mut numbers = table.iter();
        let is_same = numbers.all(|number| number.entry(&guessed) == number.entry(self));
        (is_same && !guessed.ranges().is_empty()).then_some(before)
    }
}

impl Guessed for Workload {
    fn guess(&mut self) {
        spread(WORKLOAD, self, |_| true);
    }
}

impl Guessed for Provider {
    fn guess(&mut self) {
        // Reserved units replace the limits.
        let is_limited = self.units.is_none();
        spread(PROVIDER, self, |key| {
            is_limited || ![RPM.key, TPM.key].contains(&key)
        });
    }
}

/// Adds published ranges; entered ranges take precedence.
fn spread<S: Ranged>(table: &[&Number<S>], owner: &mut S, is_used: impl Fn(&str) -> bool) {
    for number in table.iter().filter(|number| is_used(number.key)) {
        let Entry { value, range } = number.entry(owner);
        if let (Some(value), None) = (value, range)
            && let Some(range) = number.spec().published(value)
        {
            let (value, range) = (Some(value), Some(range));
            number.put(owner, Entry { value, range });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
        let ends = "v=2&requests-per-day=25k..50k..100k&avg-input-tokens=840..1500..2700\
                    &avg-output-tokens=500..800..1300&p=openai,gpt-4o,Guide+lowest,100,\
                    rpm:300..500..840,tpm:12k..30k..75k,ttft:0.28..0.45..1.2,tps:84..131..200\
                    &peak-multiplier=1.6..3..3.7&growth=4.5..10..22";
        assert_eq!(from_fragment(ends), (guessed.clone(), Vec::new()));
        assert_eq!(super::guessed(&guessed), guessed);
        let link = "v=2&requests-per-day=~50k&avg-input-tokens=~1500&avg-output-tokens=~800\
                    &p=openai,gpt-4o,Guide+lowest,100,guess\
                    &peak-multiplier=~3&growth=~10";
        assert_eq!(to_fragment(&guessed), link);
        assert_eq!(from_fragment(link), (guessed, Vec::new()));
    }

    /// The default's own three providers, with a name, a cached share and growth. A row whose
    /// ranges are not all of the published ones says each.
    #[test]
    fn the_link_of_a_guess_is_short() {
        let known = "v=2&name=Assistant&requests-per-day=60k&cached=20&growth=10";
        let link = to_fragment(&guessed(&from_fragment(known).0));
        assert!(link.len() <= 300, "{}: {link}", link.len());
        assert_eq!(link.matches(",guess").count(), 3, "{link}");
        let known = "v=1&w=a,~5/day,2,3&p=openai,gpt-4o,Build,100,ttft:0.28..0.45..1.2,tps:1..2";
        let link = to_fragment(&from_fragment(known).0);
        assert!(
            link.ends_with("&p=openai,gpt-4o,Build,100,ttft:~0.45,tps:1..2"),
            "{link}"
        );
    }

    /// Numbers without a published spread keep their value: input, output, daily and dollar limits,
    /// a growth of zero, and limits replaced by reserved units.
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
