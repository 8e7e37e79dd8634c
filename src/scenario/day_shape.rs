//! Shapes of a day.

/// Distribution of a day's requests over its hours.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum DayShape {
    /// Constant; the peak is a short burst.
    Flat,
    /// Two humps in working hours, and almost nothing at night.
    #[default]
    Office,
    /// Users in every time zone.
    Global,
    /// The reader's values for the 24 hours, in any unit.
    Custom([f64; 24]),
}

/// A working day with its peak late in the morning. Our choice.
const OFFICE: [f64; 24] = [
    0.04, 0.03, 0.02, 0.02, 0.02, 0.03, 0.08, 0.30, 0.95, 2.05, 2.95, 2.90, 2.15, 2.05, 2.60, 2.75,
    2.10, 1.20, 0.55, 0.28, 0.18, 0.12, 0.09, 0.06,
];

/// A large pooled service: hourly rate over the daily mean of ServeGen's m-large workload, 14 days
/// (Xiang et al., arXiv 2505.09999, Apache-2.0).
const GLOBAL: [f64; 24] = [
    0.994, 1.002, 0.986, 0.936, 0.908, 0.883, 0.854, 0.818, 0.788, 0.868, 1.046, 1.106, 0.971,
    0.981, 1.047, 1.047, 1.110, 1.078, 1.040, 1.143, 1.133, 1.074, 1.103, 1.086,
];

/// Reason why a text is no shape of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShapeProblem {
    /// Neither a word nor 24 numbers in range.
    NoHours,
    /// All hours are zero.
    AllZero,
}

/// Maximum value of an hour.
pub const HOUR_MAX: f64 = 1e6;

impl DayShape {
    /// The shapes with a word.
    pub const NAMED: [Self; 3] = [Self::Flat, Self::Office, Self::Global];

    /// Values of the 24 hours, in any unit.
    pub fn hourly(&self) -> [f64; 24] {
        match self {
            Self::Flat => [1.0; 24],
            Self::Office => OFFICE,
            Self::Global => GLOBAL,
            Self::Custom(hours) => *hours,
        }
    }

    /// Word in links.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Flat => "flat",
            Self::Office => "office",
            Self::Global => "global",
            Self::Custom(_) => "custom",
        }
    }

    /// Word or 24 numbers, as in links.
    pub fn word(&self) -> String {
        match self {
            Self::Custom(hours) => hours.map(crate::model::digits::shortest).join(","),
            named => named.key().to_owned(),
        }
    }

    /// Parses a word, or 24 comma-separated numbers.
    ///
    /// # Errors
    ///
    /// A [`ShapeProblem`] if the text is neither.
    pub fn parse(text: &str) -> Result<Self, ShapeProblem> {
        let text = text.trim();
        let named = Self::NAMED.into_iter().find(|shape| shape.key() == text);
        named.map_or_else(|| parse_hours(text).map(Self::Custom), Ok)
    }
}

fn parse_hours(list: &str) -> Result<[f64; 24], ShapeProblem> {
    let values: Vec<f64> = list
        .split([',', ' ', ';', '\n', '\t'])
        .filter(|part| !part.is_empty())
        .map(|part| crate::model::digits::read(part).filter(|x| (0.0..=HOUR_MAX).contains(x)))
        .collect::<Option<_>>()
        .ok_or(ShapeProblem::NoHours)?;
    let hours: [f64; 24] = values.try_into().map_err(|_| ShapeProblem::NoHours)?;
    if hours.iter().all(|x| *x == 0.0) {
        return Err(ShapeProblem::AllZero);
    }
    Ok(hours)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_read_by_word_or_by_24_numbers() {
        assert_eq!(DayShape::parse("flat"), Ok(DayShape::Flat));
        let ones = ["1"; 24].join(",");
        assert_eq!(DayShape::parse(&ones), Ok(DayShape::Custom([1.0; 24])));
        for wrong in [
            "",
            "1,2,3",
            "NaN",
            &ones.replace('1', "-1"),
            &ones.replace('1', "inf"),
        ] {
            assert_eq!(
                DayShape::parse(wrong),
                Err(ShapeProblem::NoHours),
                "{wrong}"
            );
        }
        let zeros = ones.replace('1', "0");
        assert_eq!(DayShape::parse(&zeros), Err(ShapeProblem::AllZero));
    }
}
