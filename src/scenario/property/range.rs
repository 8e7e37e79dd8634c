//! A number that is known between two ends only, as people write it.
//!
//! The ends are the 5 and 95 % points: one future in twenty lies below the lower end, one above
//! the upper. The number itself stays the point, with which everything else is counted: the
//! median of the shape where two ends are given, else the value in the middle as it was typed.

use super::{NumberProblem, Spec};
use crate::model::digits;
use crate::model::shape::Scale;
use crate::scenario::number::{self, grouped};

/// A number between its 5 and 95 % points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// The 5 % point, in the unit of the number.
    pub low: f64,
    /// The 95 % point.
    pub high: f64,
    /// How it was written.
    pub form: Form,
}

/// How a range is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Form {
    /// `40k..60k`.
    Between,
    /// `40k..50k..80k`, with the likely value.
    Likely(f64),
    /// `50k ± 20 %` or `15 ± 5`.
    Around {
        /// The value in the middle.
        center: f64,
        /// The number behind the sign.
        spread: f64,
        /// Whether that is percent of the value in the middle.
        is_percent: bool,
    },
}

/// The content of a field: a number, a number with its range, or nothing.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Entry {
    /// The number; the point of the range where there is one.
    pub value: Option<f64>,
    /// Its range.
    pub range: Option<Range>,
}

impl Entry {
    /// As a field shows it: `50,000` or `40k..60k`.
    pub fn shown(self) -> String {
        let number = || self.value.map(grouped).unwrap_or_default();
        self.range.map_or_else(number, |range| range.shown())
    }
}

impl From<Option<f64>> for Entry {
    fn from(value: Option<f64>) -> Self {
        Self { value, range: None }
    }
}

/// Ranges of an owner's numbers by their keys.
///
/// A range holds as long as its point is the number: who sets another number takes it away.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ranges(Vec<(&'static str, Range)>);

impl Ranges {
    pub(super) fn of(&self, key: &str) -> Option<Range> {
        let found = self.0.iter().find(|(other, _)| *other == key);
        found.map(|(_, range)| *range)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn put(&mut self, key: &'static str, range: Option<Range>) {
        self.0.retain(|(other, _)| *other != key);
        if let Some(range) = range {
            // In the order of their keys, so that equal ones are equal however they came about.
            let at = self.0.partition_point(|(other, _)| *other < key);
            self.0.insert(at, (key, range));
        }
    }
}

impl Range {
    /// The number that stands for the range: its likely or middle value, else the median of its
    /// shape, with no more digits than the range has.
    pub fn point(&self, spec: &Spec) -> f64 {
        let median = match self.form {
            Form::Likely(likely) => return likely,
            Form::Around { center, .. } => return center,
            Form::Between => spec.scale().median(self.low, self.high),
        };
        let unit = if spec.kind.is_whole() {
            1.0
        } else {
            // A median far below the upper end has digits of its own.
            let width = self.high - self.low;
            let size = if median == 0.0 {
                width
            } else {
                median.abs().min(width)
            };
            libm::pow(10.0, libm::floor(libm::log10(size) + 1e-9) - 2.0)
        };
        let steps = libm::round(median / unit);
        // Multiplied by a power of ten below 1, a number would not print as it should.
        let point = if unit < 1.0 {
            steps / libm::round(1.0 / unit)
        } else {
            steps * unit
        };
        point.clamp(self.low, self.high)
    }

    /// As links and files write it: `40k..60k`, `50k~20pct`.
    pub fn written(&self) -> String {
        self.text("~", "pct", digits::shortest)
    }

    /// The number in the middle, marked as a guess: `~50k`.
    pub(super) fn as_guess(&self) -> String {
        let middle = match self.form {
            Form::Likely(value) | Form::Around { center: value, .. } => value,
            Form::Between => return self.written(),
        };
        ["~", &in_thousands(&[middle], digits::shortest).concat()].concat()
    }

    /// As a field shows it: `40k..60k`, `40,500..61,000`, `50k ± 20 %`.
    pub fn shown(&self) -> String {
        self.text(" ± ", " %", grouped)
    }

    fn text(&self, sign: &str, percent: &str, plain: fn(f64) -> String) -> String {
        let (sign, values) = match self.form {
            Form::Between => ("..", vec![self.low, self.high]),
            Form::Likely(likely) => ("..", vec![self.low, likely, self.high]),
            Form::Around {
                center,
                spread,
                is_percent: true,
            } => {
                let center = in_thousands(&[center], plain);
                return [&center.concat(), sign, &plain(spread), percent].concat();
            }
            Form::Around { center, spread, .. } => (sign, vec![center, spread]),
        };
        in_thousands(&values, plain).join(sign)
    }
}

/// `40k` and `60k`, where all of them read back as the same numbers: one alone would make
/// `1..10k`, which may mean either.
fn in_thousands(values: &[f64], plain: fn(f64) -> String) -> Vec<String> {
    let is_round = |value: &f64| 1_000.0 <= *value && *value < 1e15 && value % 1_000.0 == 0.0;
    let values = values.iter();
    if values.clone().all(is_round) {
        return values.map(|value| plain(value / 1_000.0) + "k").collect();
    }
    values.map(|value| plain(*value)).collect()
}

impl Spec {
    /// How its ranges lie between their ends.
    pub fn scale(&self) -> Scale {
        if self.unit == "%" && (99.0..100.5).contains(&self.high) {
            Scale::Percent
        } else {
            Scale::Amount
        }
    }

    /// Whether a range of it means anything, by the table.
    pub fn takes_range(&self) -> bool {
        !self.is_fixed
    }

    /// Reads typed text: a number, a range, or nothing where that is allowed.
    ///
    /// # Errors
    ///
    /// The allowed values, or the fault of a range.
    pub fn read(&self, text: &str) -> Result<Entry, NumberProblem> {
        let Some(range) = self.range(text) else {
            return self.parse(text).map(Entry::from);
        };
        if !self.takes_range() {
            return Err(NumberProblem::NoRange);
        }
        let range = range?;
        let value = Some(range.point(self));
        let range = Some(range);
        Ok(Entry { value, range })
    }

    /// Reads what a link, a flag or a file holds. They have decimal points, and nothing writes a 0
    /// behind decimals: `40.000` was typed, and is asked about where both can be meant.
    ///
    /// # Errors
    ///
    /// As [`Spec::read`].
    pub fn read_written(&self, text: &str) -> Result<Entry, NumberProblem> {
        let (_, parts) = number::parts(text).unwrap_or(("", vec![text]));
        let is_typed = |part: &&str| {
            let whole = self.with_groups(part);
            whole.is_some_and(|whole| whole.ends_with('0'))
        };
        match self.read_typed(text) {
            Err(asked @ NumberProblem::EitherPoint { .. }) if parts.iter().any(is_typed) => {
                Err(asked)
            }
            _ => self.read(text),
        }
    }

    /// Reads what is typed into a field: `12.500` is 12,500 where a fraction is not allowed, and
    /// has to be written otherwise where both can be meant.
    ///
    /// # Errors
    ///
    /// As [`Spec::read`].
    pub fn read_typed(&self, text: &str) -> Result<Entry, NumberProblem> {
        let (sign, parts) = number::parts(text).unwrap_or(("", vec![text]));
        let whole = |part: &&str| self.with_groups(part);
        let grouped: Vec<Option<String>> = parts.iter().map(whole).collect();
        if grouped.iter().all(Option::is_none) {
            return self.read(text);
        }
        let pairs = parts.iter().zip(grouped);
        let grouped = pairs.map(|(part, whole)| whole.unwrap_or_else(|| (*part).to_owned()));
        let grouped = grouped.collect::<Vec<_>>().join(sign);
        match (self.read(text), self.read(&grouped)) {
            (Ok(entry), Ok(whole)) if self.is_amount() => Err(NumberProblem::EitherPoint {
                point: self.with_clear_points(&entry.shown()),
                groups: whole.shown(),
            }),
            (Err(_), Ok(entry)) => Ok(entry),
            (read, _) => read,
        }
    }

    /// A number or a range as it is shown, with a 0 behind decimals that could be thousands.
    fn with_clear_points(&self, shown: &str) -> String {
        let parts = number::parts(shown).map_or_else(|| vec![shown], |(_, parts)| parts);
        let unclear = parts.iter().filter(|part| self.with_groups(part).is_some());
        unclear.fold(shown.to_owned(), |text, part| {
            // Behind the digits: blanks and a unit stay where they are.
            let end = part.trim_end_matches(|c: char| !c.is_ascii_digit()).len();
            text.replacen(part, &[&part[..end], "0", &part[end..]].concat(), 1)
        })
    }

    /// A text like `12.500` without its point.
    fn with_groups(&self, text: &str) -> Option<String> {
        let text = number::without_unit(text, self.unit).trim();
        let (whole, rest) = text.split_once('.')?;
        let has_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let is_group = rest.len() == 3 && has_digits(rest);
        let is_first = (1..=3).contains(&whole.len()) && !whole.starts_with('0');
        (is_group && is_first && has_digits(whole)).then(|| [whole, rest].concat())
    }

    /// Whether it counts what comes in thousands: not shares, prices or seconds.
    fn is_amount(&self) -> bool {
        1e6 <= self.high && !self.unit.contains('$')
    }

    /// The range in a text; nothing where it is written as a single number.
    fn range(&self, text: &str) -> Option<Result<Range, NumberProblem>> {
        let (sign, parts) = number::parts(text)?;
        Some(match *parts {
            [center, spread] if sign == "~" && center.trim().is_empty() => self.about(spread),
            [center, spread] if sign == "~" => self.around(center, spread),
            _ => self.between(&parts),
        })
    }

    fn between(&self, parts: &[&str]) -> Result<Range, NumberProblem> {
        let (low, likely, high) = match *parts {
            [low, high] => (low, None, high),
            [low, likely, high] => (low, Some(likely), high),
            _ => return Err(NumberProblem::ManyParts),
        };
        let ends = [low, high].map(|end| number::without_unit(end, self.unit).trim());
        let is_between_either = may_mean_either(ends);
        let (low, high) = (self.end(low)?, self.end(high)?);
        let likely = likely.map(|likely| self.end(likely)).transpose()?;
        if is_between_either {
            let [low, high] = ends.map(str::to_owned);
            let number = high.trim_end_matches(|c: char| c.is_alphabetic());
            let low = [&low, &high[number.len()..]].concat();
            return Err(NumberProblem::EitherScale { low, high });
        }
        if low.total_cmp(&high).is_eq() {
            return Err(NumberProblem::SameEnds(low));
        }
        if high < low {
            return Err(NumberProblem::EndsSwapped {
                low: high,
                high: low,
                has_likely: likely.is_some(),
            });
        }
        match likely {
            Some(likely) if likely <= low || high <= likely => {
                Err(NumberProblem::LikelyOutside { low, high })
            }
            _ => Ok(Range {
                low,
                high,
                form: likely.map_or(Form::Between, Form::Likely),
            }),
        }
    }

    /// A guess: the number with its published spread around it.
    fn about(&self, middle: &str) -> Result<Range, NumberProblem> {
        let middle = self.end(middle)?;
        self.published(middle).ok_or(NumberProblem::NoPublished)
    }

    fn around(&self, center: &str, spread: &str) -> Result<Range, NumberProblem> {
        let spread = spread.trim().to_ascii_lowercase();
        let plain = ["per cent", "percent", "pct", "%"]
            .iter()
            .find_map(|unit| spread.strip_suffix(unit));
        // In a field of percents the sign is the field's own unit.
        let is_percent = plain.is_some() && !(spread.ends_with('%') && self.unit.starts_with('%'));
        let center = self.end(center)?;
        let spread = number::without_unit(plain.unwrap_or(&spread), self.unit);
        let spread = number::parse(spread).ok_or(NumberProblem::NoSpread)?;
        let away = if is_percent {
            center * spread / 100.0
        } else {
            spread
        };
        if !(0.0 < away && away.is_finite()) {
            return Err(NumberProblem::NarrowSpread);
        }
        let (low, high) = (center - away, center + away);
        if low < self.low || self.high < high {
            return Err(NumberProblem::WideSpread {
                low,
                high,
                bounds: self.bounds(),
            });
        }
        Ok(Range {
            low,
            high,
            form: Form::Around {
                center,
                spread,
                is_percent,
            },
        })
    }

    fn end(&self, text: &str) -> Result<f64, NumberProblem> {
        self.parse(text)?.ok_or(NumberProblem::NoEnd)
    }
}

/// Whether the sign behind the upper end may be meant for both: `40..60k`, but not `500..2k`.
fn may_mean_either([low, high]: [&str; 2]) -> bool {
    let is_plain = |text: &str| text.ends_with(|c: char| c.is_ascii_digit());
    let last = high.chars().last();
    let Some(sign) = last.filter(|_| is_plain(low) && !is_plain(high)) else {
        return false;
    };
    let read = |text: &str| number::parse(text).unwrap_or(0.0);
    let low = read(low);
    0.0 < low && low * read(&format!("1{sign}")) < read(high)
}
