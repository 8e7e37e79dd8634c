//! Allowed values of fields, and reasons why a text cannot be used. Labels and help of the fields
//! are columns of `scenario::property`.

use crate::scenario::ShapeProblem;
use crate::scenario::day_shape::HOUR_MAX;
use crate::scenario::number::grouped;
use crate::scenario::property::{Bounds, Form, NumberProblem, Options, Range, Takes};

/// Allowed numbers of a field: `0 to 1,000 %`.
pub fn allowed(bounds: Bounds) -> String {
    let whole = if bounds.kind.is_whole() {
        "a whole number from "
    } else {
        ""
    };
    let unit = match bounds.unit {
        "" => String::new(),
        "%" | "% / month" => " %".to_owned(),
        unit => format!(" {unit}"),
    };
    let empty = if bounds.kind.may_be_empty() {
        ", or leave it empty"
    } else {
        ""
    };
    format!(
        "{whole}{} to {}{unit}{empty}",
        grouped(bounds.low),
        grouped(bounds.high)
    )
}

/// Allowed values of a choice.
pub fn options(options: &Options) -> String {
    let more = match options.takes {
        Takes::WordsOrHours => " or 24 numbers",
        Takes::IdsOrNone => ", several joined by /",
        Takes::HappeningsOrNone => "events as spike/10:00-10:30:3 or rollout/14:00",
        Takes::PoliciesOrNone => "policies as percent:100:15 or pods:4:60, at most 10",
        Takes::MetricsOrNone => {
            "metrics as pods/NAME/100 or external-average/NAME/100/1, at most 10"
        }
        Takes::SchedulesOrNone => "times and pods as 08:00-19:00:12, at most 10",
        Takes::Words | Takes::WordsOrNone => "",
    };
    format!("{}{more}", options.words.join(", "))
}

/// A decimal without binary rounding noise.
fn exact(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    let unit = libm::pow(10.0, 12.0 - libm::ceil(libm::log10(value.abs())));
    libm::round(value * unit) / unit
}

/// Reason why a typed number cannot be used, or what to type instead.
pub fn number_problem(problem: &NumberProblem) -> String {
    match problem {
        NumberProblem::NotAllowed(bounds) => format!("Enter {}", allowed(*bounds)),
        NumberProblem::BadGroups => {
            "Write digits without spaces, or in groups of three, as 12,345".to_owned()
        }
        NumberProblem::OtherUnit { sign, bounds } => {
            format!("Write no {sign} here. Enter {}", allowed(*bounds))
        }
        NumberProblem::NoRange => "Enter one number: it takes no range".to_owned(),
        NumberProblem::ManyParts => "Write a range as low..high or as low..likely..high".to_owned(),
        NumberProblem::NoEnd => "Write both ends of the range".to_owned(),
        NumberProblem::EitherScale { low, high } => {
            format!("Write both ends in full, as {low}..{high}")
        }
        NumberProblem::EitherPoint { point, groups } => {
            format!("Write {point} or {groups}: the point can mean either")
        }
        NumberProblem::SameEnds(both) => format!(
            "Both ends are {}: enter one number, or a wider range",
            grouped(*both)
        ),
        NumberProblem::EndsSwapped {
            low,
            high,
            has_likely,
        } => {
            let first = if *has_likely {
                grouped(*low)
            } else {
                let (low, high, form) = (*low, *high, Form::Between);
                Range { low, high, form }.shown()
            };
            format!("Write the lower end first: {first}")
        }
        NumberProblem::LikelyOutside { low, high } => format!(
            "The likely value must lie between {} and {}",
            grouped(*low),
            grouped(*high)
        ),
        NumberProblem::NoPublished => {
            "No spread is published for it: write a range, as 40..60 or 50 ± 20 %".to_owned()
        }
        NumberProblem::NoSpread => "Write a number behind ±".to_owned(),
        NumberProblem::NarrowSpread => "Write a number above 0 behind ±".to_owned(),
        NumberProblem::WideSpread { low, high, bounds } => format!(
            "That is {} to {}. Enter {}",
            grouped(exact(*low)),
            grouped(exact(*high)),
            allowed(*bounds)
        ),
    }
}

/// Reason why a text cannot be used, and the value used instead.
pub fn refusal(problem: &NumberProblem, value: Option<f64>) -> String {
    let value = value.map_or_else(|| "none".to_owned(), grouped);
    format!(
        "{}. Until then the last valid value, {value}, is used.",
        number_problem(problem)
    )
}

/// Advice for typing the shape of a day.
pub fn shape_problem(problem: ShapeProblem) -> String {
    match problem {
        ShapeProblem::NoHours => format!(
            "Enter 24 numbers from 0 to {}, one for each hour",
            grouped(HOUR_MAX)
        ),
        ShapeProblem::AllZero => "At least one hour must be above 0".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;
    use crate::scenario::property::{CONCURRENCY, EVENTS, GROWTH, HPA_MAX, Number, SHAPE, SIZE};

    #[test]
    fn a_bad_number_is_told_what_is_allowed() {
        let told = |number: &Number<Scenario>| {
            number_problem(&NumberProblem::NotAllowed(number.spec().bounds()))
        };
        assert_eq!(told(&GROWTH), "Enter 0 to 1,000 %");
        assert_eq!(
            told(&CONCURRENCY),
            "Enter a whole number from 1 to 100,000 slots"
        );
        assert_eq!(
            told(&HPA_MAX),
            "Enter a whole number from 1 to 10,000 pods, or leave it empty"
        );
        let bounds = CONCURRENCY.spec().bounds();
        assert_eq!(
            number_problem(&NumberProblem::OtherUnit { sign: '%', bounds }),
            "Write no % here. Enter a whole number from 1 to 100,000 slots"
        );
        let problem = NumberProblem::NotAllowed(GROWTH.spec().bounds());
        assert_eq!(
            refusal(&problem, Some(1_500.0)),
            "Enter 0 to 1,000 %. Until then the last valid value, 1,500, is used."
        );
    }

    #[test]
    fn the_end_to_begin_with_is_told() {
        let swapped = |has_likely| NumberProblem::EndsSwapped {
            low: 40_000.0,
            high: 60_000.0,
            has_likely,
        };
        assert_eq!(
            number_problem(&swapped(false)),
            "Write the lower end first: 40k..60k"
        );
        assert_eq!(
            number_problem(&swapped(true)),
            "Write the lower end first: 40,000"
        );
        assert_eq!(
            number_problem(&NumberProblem::NoEnd),
            "Write both ends of the range"
        );
    }

    #[test]
    fn a_choice_tells_the_words_of_links() {
        assert_eq!(
            options(&SHAPE.options()),
            "flat, office, global or 24 numbers"
        );
        assert_eq!(
            options(&EVENTS.options()),
            "flat, metadata, attributes, text"
        );
        assert_eq!(options(&SIZE.options()), "Small, Medium, Large");
    }

    #[test]
    fn a_shape_that_is_none_is_told_what_to_type() {
        assert_eq!(
            shape_problem(ShapeProblem::NoHours),
            "Enter 24 numbers from 0 to 1,000,000, one for each hour"
        );
        assert_eq!(
            shape_problem(ShapeProblem::AllZero),
            "At least one hour must be above 0"
        );
    }
}
