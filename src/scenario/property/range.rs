//! A number known only as a range, in written form.
//!
//! The ends are the 5 and 95 % points: one future in twenty lies below the lower end, one above the
//! upper. The number itself is the point, which everything else is computed with: the median of the
//! shape for two ends, else the value typed in the middle.

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
    /// Written form.
    pub form: Form,
}

/// Written form of a range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Form {
    /// `40k..60k`.
    Between,
    /// `40k..50k..80k`, with a likely value.
    Likely(f64),
    /// `50k ± 20 %` or `15 ± 5`.
    Around {
        /// Value in the middle.
        center: f64,
        /// Number after the sign.
        spread: f64,
        /// Whether it is a percentage of the center.
        is_percent: bool,
    },
}

/// Content of a field: a number, a number with its range, or nothing.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Entry {
    /// The number, or the point of the range.
    pub value: Option<f64>,
    /// The range, if any.
    pub range: Option<Range>,
}

impl Entry {
    /// Text of a field: `50,000` or `40k..60k`.
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

/// Ranges of an owner's numbers by key.
///
/// A range is valid as long as its point is the number: setting another number removes it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ranges(Vec<(&'static str, Range)>);

impl Ranges {
    pub(super) fn of(&self, key: &str) -> Option<Range> {
        let found = self.0.iter().find(|(other, _)| *other == key);
        found.map(|(_, range)| *range)
    }

    /// Whether there are no ranges.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn put(&mut self, key: &'static str, range: Option<Range>) {
        self.0.retain(|(other, _)| *other != key);
        if let Some(range) = range {
            // In the order of the keys, so that equal contents compare equal.
            let at = self.0.partition_point(|(other, _)| *other < key);
            self.0.insert(at, (key, range));
        }
    }
}

impl Range {
    /// The point of the range: its likely or middle value, else the median of its shape, with no
    /// more digits than the range has.
    pub fn point(&self, spec: &Spec) -> f64 {
        let median = match self.form {
            Form::Likely(likely) => return likely,
            Form::Around { center, .. } => return center,
            Form::Between => spec.scale().median(self.low, self.high),
        };
        let unit = if spec.kind.is_whole() {
            1.0
        } else {
            // A median far below the upper end needs digits of its own.
            let width = self.high - self.low;
            let size = if median == 0.0 {
                width
            } else {
                median.abs().min(width)
            };
            libm::pow(10.0, libm::floor(libm::log10(size) + 1e-9) - 2.0)
        };
        let steps = libm::round(median / unit);
        // Divided by a power of ten, since multiplying by one below 1 prints inexactly.
        let point = if unit < 1.0 {
            steps / libm::round(1.0 / unit)
        } else {
            steps * unit
        };
        point.clamp(self.low, self.high)
    }

    /// Format of links and files: `40k..60k`, `50k~20pct`.
    pub fn written(&self) -> String {
        self.text("~", "pct", digits::shortest)
    }

    /// The middle value, marked as a guess: `~50k`.
    pub(super) fn as_guess(&self) -> String {
        let middle = match self.form {
            Form::Likely(value) | Form::Around { center: value, .. } => value,
            Form::Between => return self.written(),
        };
        ["~", &in_thousands(&[middle], digits::shortest).concat()].concat()
    }

    /// Format of fields: `40k..60k`, `40,500..61,000`, `50k ± 20 %`.
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

/// `40k` and `60k` if all values are whole thousands: one alone would give `1..10k`, which is
/// ambiguous.
fn in_thousands(values: &[f64], plain: fn(f64) -> String) -> Vec<String> {
    let is_round = |value: &f64| 1_000.0 <= *value && *value < 1e15 && value % 1_000.0 == 0.0;
    let values = values.iter();
    if values.clone().all(is_round) {
        return values.map(|value| plain(value / 1_000.0) + "k").collect();
    }
    values.map(|value| plain(*value)).collect()
}

impl Spec {
    /// Scale of the number's ranges.
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

    /// Parses typed text: a number, a range, or nothing if allowed.
    ///
    /// # Errors
    ///
    /// The allowed values, or the problem of a range.
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

    /// Parses a link, a flag or a file. They have decimal points, and programs write no trailing
    /// zeros: `40.000` was typed, and is rejected where it is ambiguous.
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

    /// Parses text typed into a field: `12.500` is 12,500 if fractions are not allowed, and is
    /// rejected where it is ambiguous.
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

    /// A shown number or range, with a 0 appended to decimals that could be thousands.
    fn with_clear_points(&self, shown: &str) -> String {
        let parts = number::parts(shown).map_or_else(|| vec![shown], |(_, parts)| parts);
        let unclear = parts.iter().filter(|part| self.with_groups(part).is_some());
        unclear.fold(shown.to_owned(), |text, part| {
            // Behind the digits: blanks and a unit stay where they are.
            let end = part.trim_end_matches(|c: char| !c.is_ascii_digit()).len();
            text.replacen(part, &[&part[..end], "0", &part[end..]].concat(), 1)
        })
    }

    /// A text like `12.500` without its point, if the point may group thousands.
    fn with_groups(&self, text: &str) -> Option<String> {
        let text = number::without_unit(text, self.unit).trim();
        let (whole, rest) = text.split_once('.')?;
        let has_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let is_group = rest.len() == 3 && has_digits(rest);
        let is_first = (1..=3).contains(&whole.len()) && !whole.starts_with('0');
        (is_group && is_first && has_digits(whole)).then(|| [whole, rest].concat())
    }

    /// Whether the number is an amount that may be in thousands: no share, price or time.
    fn is_amount(&self) -> bool {
        1e6 <= self.high && !self.unit.contains('$')
    }

    /// Range in a text; `None` if it is written as a single number.
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

    /// A guess: a number with its published spread.
    fn about(&self, middle: &str) -> Result<Range, NumberProblem> {
        let middle = self.end(middle)?;
        self.published(middle).ok_or(NumberProblem::NoPublished)
    }

    fn around(&self, center: &str, spread: &str) -> Result<Range, NumberProblem> {
        let spread = spread.trim().to_ascii_lowercase();
        let plain = ["per cent", "percent", "pct", "%"]
            .iter()
            .find_map(|unit| spread.strip_suffix(unit));
        // In a field of percents, `%` is the field's own unit.
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

/// Whether the suffix of the upper end may apply to both: `40..60k`, but not `500..2k`.
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
