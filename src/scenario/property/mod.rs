//! Every number and every choice of the form: key, label, unit, range, slider and help in one table
//! for the form, the link parser, the command and the docs.

mod choice;
mod help;
mod pick;
mod problem;
mod published;
mod range;
mod slide;
mod slot;
mod table;

pub use choice::*;
pub use help::help;
pub use problem::{Bounds, NumberProblem, Options};
pub use range::{Entry, Form, Range, Ranges};
pub use slide::Slide;
pub use table::*;

use super::number;

/// Keys and their explaining sentences.
type Helps = &'static [(&'static str, &'static str)];

/// One editable number of `S`.
pub struct Number<S: 'static> {
    /// Key in links; a released key keeps its meaning for good.
    pub key: &'static str,
    /// Label in the form.
    pub label: &'static str,
    /// Unit inside the field.
    pub unit: &'static str,
    /// Minimum.
    pub low: f64,
    /// Maximum.
    pub high: f64,
    /// Whether the number is whole, and whether it may be empty.
    pub kind: Kind,
    /// Range of the slider, if it has one.
    pub slide: Option<Slide>,
    /// Whether a range of it means nothing: a seed is no quantity, and a correlation says how
    /// ranges go together.
    pub is_fixed: bool,
    /// Reads it; absent only where it may be left empty.
    pub get: fn(&S) -> Option<f64>,
    /// Writes the number.
    pub set: fn(&mut S, Option<f64>),
}

/// Kind of number that a field accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any number in range.
    Real,
    /// A whole number in range.
    Whole,
    /// Any number in range, or empty.
    RealOrNone,
    /// A whole number in range, or empty.
    WholeOrNone,
}

impl Kind {
    /// Whether the value must be whole.
    pub fn is_whole(self) -> bool {
        matches!(self, Self::Whole | Self::WholeOrNone)
    }

    /// Whether the field may be left empty.
    pub fn may_be_empty(self) -> bool {
        matches!(self, Self::RealOrNone | Self::WholeOrNone)
    }
}

/// Description of a number's field, independent of its owner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spec {
    /// Key in links.
    pub key: &'static str,
    /// Label in the form.
    pub label: &'static str,
    /// Unit inside the field.
    pub unit: &'static str,
    /// Minimum.
    pub low: f64,
    /// Maximum.
    pub high: f64,
    /// Whether the number is whole, and whether it may be empty.
    pub kind: Kind,
    /// Range of the slider, if it has one.
    pub slide: Option<Slide>,
    /// Whether a range of it means nothing.
    pub is_fixed: bool,
}

/// An owner of numbers and of their ranges.
pub trait Ranged {
    /// Ranges of the owner's numbers.
    fn ranges(&self) -> &Ranges;
    /// Ranges of the owner's numbers, mutable.
    fn ranges_mut(&mut self) -> &mut Ranges;
}

impl<S: Ranged> Number<S> {
    /// Range of the number, as long as the number is its point.
    pub fn range(&self, owner: &S) -> Option<Range> {
        let range = owner.ranges().of(self.key)?;
        ((self.get)(owner) == Some(range.point(&self.spec()))).then_some(range)
    }

    /// Number and range.
    pub fn entry(&self, owner: &S) -> Entry {
        Entry {
            value: (self.get)(owner),
            range: self.range(owner),
        }
    }

    /// Writes the number and its range, if any.
    pub fn put(&self, owner: &mut S, entry: Entry) {
        (self.set)(owner, entry.value);
        owner.ranges_mut().put(self.key, entry.range);
    }
}

impl<S> Number<S> {
    /// The part that is independent of the owner.
    pub fn spec(&self) -> Spec {
        Spec {
            key: self.key,
            label: self.label,
            unit: self.unit,
            low: self.low,
            high: self.high,
            kind: self.kind,
            slide: self.slide,
            is_fixed: self.is_fixed,
        }
    }

    /// Reads typed text; see [`Spec::parse`].
    ///
    /// # Errors
    ///
    /// The allowed values.
    pub fn parse(&self, text: &str) -> Result<Option<f64>, NumberProblem> {
        self.spec().parse(text)
    }
}

impl Spec {
    /// Allowed numbers.
    pub fn bounds(&self) -> Bounds {
        Bounds {
            low: self.low,
            high: self.high,
            kind: self.kind,
            unit: self.unit,
        }
    }

    /// Checks a value that was typed, linked or read from a file.
    ///
    /// # Errors
    ///
    /// The allowed values.
    pub fn check(&self, value: f64) -> Result<f64, NumberProblem> {
        let in_range = (self.low..=self.high).contains(&value);
        let whole_enough = !self.kind.is_whole() || value.fract() == 0.0;
        if in_range && whole_enough {
            Ok(value)
        } else {
            Err(NumberProblem::NotAllowed(self.bounds()))
        }
    }

    /// Parses typed text; empty text is valid if the field may be empty.
    ///
    /// # Errors
    ///
    /// The allowed values.
    pub fn parse(&self, text: &str) -> Result<Option<f64>, NumberProblem> {
        if text.trim().is_empty() && self.kind.may_be_empty() {
            return Ok(None);
        }
        let number = number::without_unit(text, self.unit);
        match number::parse(number) {
            Some(value) => self.check(value).map(Some),
            None => Err(self.unread(number)),
        }
    }

    /// Reason why a text is no number of this field.
    fn unread(&self, text: &str) -> NumberProblem {
        let of_another = |sign: &char| text.contains(*sign) && !self.unit.starts_with(*sign);
        if number::is_badly_grouped(text) {
            NumberProblem::BadGroups
        } else if let Some(sign) = ['%', '$'].into_iter().find(of_another) {
            let bounds = self.bounds();
            NumberProblem::OtherUnit { sign, bounds }
        } else {
            NumberProblem::NotAllowed(self.bounds())
        }
    }

    /// The next round value up or down.
    pub fn step(&self, value: f64, up: bool) -> f64 {
        let size = if value.abs() < 1.0 {
            if self.kind.is_whole() { 1.0 } else { 0.1 }
        } else {
            libm::pow(10.0, libm::floor(libm::log10(value.abs())) - 1.0)
        };
        let size = if self.kind.is_whole() {
            size.max(1.0)
        } else {
            size
        };
        let steps = libm::round(value / size) + if up { 1.0 } else { -1.0 };
        // Divided by a power of ten, since multiplying by 0.1 would not print as 0.3.
        let next = if size < 1.0 {
            steps / libm::round(1.0 / size)
        } else {
            steps * size
        };
        next.clamp(self.low, self.high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    fn check_table<S>(table: &[&Number<S>], owner: &mut S) {
        for number in table {
            let before = (number.get)(owner);
            assert!(
                before.is_some() || number.kind.may_be_empty(),
                "{}",
                number.key
            );
            if let Some(value) = before {
                assert_eq!(
                    number.spec().check(value),
                    Ok(value),
                    "default of {}",
                    number.key
                );
            }
            for end in [number.low, number.high] {
                let end = if number.kind.is_whole() {
                    end.ceil()
                } else {
                    end
                };
                (number.set)(owner, Some(end));
                assert_eq!((number.get)(owner), Some(end), "{} at {end}", number.key);
            }
            (number.set)(owner, None);
            assert_eq!(
                (number.get)(owner).is_none(),
                number.kind.may_be_empty(),
                "{}",
                number.key
            );
            (number.set)(owner, before);
            let twins = table.iter().filter(|other| other.key == number.key).count();
            assert_eq!(twins, 1, "{} is not unique", number.key);
        }
    }

    #[test]
    fn every_number_reads_back_what_is_written_and_its_default_is_allowed() {
        let mut scenario = Scenario::default();
        check_table(SCENARIO, &mut scenario);
        check_table(WORKLOAD, &mut Scenario::default().workloads[0]);
        check_table(PROVIDER, &mut Scenario::default().providers[0]);
        assert_eq!(scenario, Scenario::default());
    }

    #[test]
    #[expect(clippy::float_cmp, reason = "a step lands on the round number itself")]
    fn a_bad_number_is_answered_with_what_is_allowed() {
        let refused = |number: &Number<Scenario>, text: &str| {
            let allowed = NumberProblem::NotAllowed(number.spec().bounds());
            assert_eq!(number.parse(text), Err(allowed), "{text}");
        };
        for text in ["-1", "abc", "", "1,001"] {
            refused(&GROWTH, text);
        }
        let bounds = CONCURRENCY.spec().bounds();
        let percent = NumberProblem::OtherUnit { sign: '%', bounds };
        assert_eq!(CONCURRENCY.parse("10%"), Err(percent));
        assert_eq!(CONCURRENCY.parse("1 2 3"), Err(NumberProblem::BadGroups));
        assert_eq!(CONCURRENCY.parse("1 234"), Ok(Some(1_234.0)));
        assert_eq!(GROWTH.parse("10%"), Ok(Some(10.0)));
        refused(&CONCURRENCY, "1.5");
        refused(&HPA_MAX, "0");
        assert_eq!(GROWTH.parse("12,5"), Ok(Some(12.5)));
        assert_eq!(GROWTH.parse("12.5 % a month"), Ok(Some(12.5)));
        assert_eq!(HPA_MAX.parse(""), Ok(None));
        let step = |value: f64| WORKLOAD[0].spec().step(value, true);
        let steps = [50_000.0, 0.0, 99.0, 3.0].map(step);
        assert_eq!(steps, [51_000.0, 0.1, 100.0, 3.1]);
        assert_eq!(WORKLOAD[0].parse("50k"), Ok(Some(50_000.0)));
    }

    #[test]
    fn a_point_before_three_digits_is_asked_about_where_it_can_mean_both() {
        let spec = |key: &str| {
            let tables = SCENARIO.iter().map(|number| number.spec());
            let rows = WORKLOAD.iter().map(|number| number.spec());
            let mut all = tables.chain(rows);
            all.find(|spec| spec.key == key).expect(key)
        };
        let read = |key: &str, text: &str| {
            let entry = spec(key).read_typed(text);
            entry.map(|entry| entry.value.expect("a number"))
        };
        for key in ["requests", "avg-input-tokens"] {
            let (point, groups) = ("12.5".to_owned(), "12,500".to_owned());
            let asked = NumberProblem::EitherPoint { point, groups };
            assert_eq!(read(key, "12.500"), Err(asked), "{key}");
            for (text, value) in [
                ("12.5", 12.5),
                ("12,500", 12_500.0),
                ("0.125", 0.125),
                ("1234.500", 1234.5),
                ("1.5k", 1_500.0),
            ] {
                assert_eq!(read(key, text), Ok(value), "{key} {text}");
            }
        }
        let (point, groups) = ("40..60".to_owned(), "40k..60k".to_owned());
        let asked = NumberProblem::EitherPoint { point, groups };
        assert_eq!(read("requests", "40.000..60.000"), Err(asked));
        assert_eq!(read("requests", "40.5..60.25"), Ok(49.4)); // √(40.5 × 60.25) = 49.40
        // Blanks around the sign stay, and the digits that tell points from groups stand behind.
        let point = "12.1250 ± 1.1250".to_owned();
        let groups = "12,125 ± 1,125".to_owned();
        let asked = NumberProblem::EitherPoint { point, groups };
        assert_eq!(read("requests", "12.125 ~ 1.125"), Err(asked));
        let fixed = SCENARIO
            .iter()
            .map(|one| one.spec())
            .chain(WORKLOAD.iter().map(|one| one.spec()));
        let fixed: Vec<&str> = fixed
            .filter(|one| !one.takes_range())
            .map(|one| one.key)
            .collect();
        assert_eq!(fixed, ["draw-seed", "seed", "token-correlation"]);
        // Whole, so it can mean one thing only; a multiple has no thousands.
        assert_eq!(read("queue-size", "1.500"), Ok(1_500.0));
        assert_eq!(read("peak-multiplier", "1.125"), Ok(1.125));
    }
}
