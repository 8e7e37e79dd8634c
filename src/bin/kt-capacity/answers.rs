//! Flags that answer questions left open by a usage export.

use kt_capacity::say::command;
use kt_capacity::traffic::{
    Answers, Column, DateOrder, DecimalMark, Format, Measure, Observed, SeriesUse, Unit, Window,
    is_meaning,
};

use super::Failure;
use super::args::Answers as Flags;

/// Minutes from UTC of the time zone in which the export's days are cut.
pub(crate) fn offset_min(given: &Flags) -> Result<i32, Failure> {
    let read = || {
        let (sign, rest) = match given.zone.split_at_checked(1)? {
            ("+", rest) => (1, rest),
            ("-", rest) => (-1, rest),
            _ => return None,
        };
        let (hours, minutes) = rest.split_once(':').unwrap_or((rest, "0"));
        let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
        let is_zone = (0..=14).contains(&hours) && [0, 15, 30, 45].contains(&minutes);
        is_zone.then_some(sign * (hours * 60 + minutes))
    };
    read().ok_or_else(|| refused("--zone", command::OFFSET))
}

/// Answers given by the flags.
pub(crate) fn of(given: &Flags) -> Result<Answers, Failure> {
    let window = match (&given.from, &given.to) {
        (Some(from), Some(to)) => {
            let window = Window::parse(from, to);
            Some(window.ok_or_else(|| refused("--from, --to", command::TWO_TIMES))?)
        }
        _ => None,
    };
    let mark = &given.decimal_mark;
    let order = &given.date_order;
    Ok(Answers {
        decimal_mark: word(
            "--decimal-mark",
            DecimalMark::ALL,
            DecimalMark::key,
            mark.as_deref(),
        )?,
        date_order: word(
            "--date-order",
            DateOrder::ALL,
            DateOrder::key,
            order.as_deref(),
        )?,
        columns: given
            .columns
            .iter()
            .map(|text| column(text))
            .collect::<Result<_, _>>()?,
        time_ends_bucket: given.time_ends,
        series: given
            .series
            .iter()
            .map(|text| series(text))
            .collect::<Result<_, _>>()?,
        window,
    })
}

/// Rejects panel columns without a unit: a rate and a count differ by the bucket width, and cannot
/// be told apart.
pub(crate) fn check_units(given: &Flags, observed: &Observed) -> Result<(), Failure> {
    let has_unit = |text: &String| {
        let meaning = text.rsplit_once('=');
        meaning.is_some_and(|(_, meaning)| meaning.contains(':'))
    };
    if observed.format == Format::Grafana && !given.columns.iter().all(has_unit) {
        return Err(refused("--column", command::COLUMN_OF_PANEL));
    }
    Ok(())
}

fn word<T: Copy>(
    flag: &str,
    all: &[T],
    key: fn(T) -> &'static str,
    given: Option<&str>,
) -> Result<Option<T>, Failure> {
    let Some(given) = given else {
        return Ok(None);
    };
    let found = all.iter().copied().find(|each| key(*each) == given);
    let allowed = || {
        all.iter()
            .map(|each| key(*each))
            .collect::<Vec<_>>()
            .join(", ")
    };
    found.map(Some).ok_or_else(|| refused(flag, &allowed()))
}

/// Parses `NAME=MEANING` with an optional unit after a colon.
fn column(text: &str) -> Result<Column, Failure> {
    let wrong = || refused("--column", command::COLUMN);
    let (name, meaning) = text.rsplit_once('=').ok_or_else(wrong)?;
    let (means, unit) = match meaning.split_once(':') {
        Some((means, unit)) if Measure::from_key(means).is_some() => {
            (means, unit_of(unit).ok_or_else(wrong)?)
        }
        Some(_) => return Err(wrong()),
        None => (meaning, Unit::PerBucket),
    };
    if !is_meaning(means) {
        return Err(wrong());
    }
    Ok(Column {
        name: name.to_owned(),
        means: means.to_owned(),
        unit,
    })
}

/// Parses `LABEL=VALUE,LABEL=VALUE:MEANING:UNIT`. Without labels it matches all series, such as the
/// only one of a sum.
fn series(text: &str) -> Result<SeriesUse, Failure> {
    let read = || {
        let (rest, unit) = text.rsplit_once(':')?;
        let (labels, means) = rest.rsplit_once(':').unwrap_or(("", rest));
        let labels = labels.split(',').filter(|pair| !pair.trim().is_empty());
        let labels = labels.map(|pair| {
            let (label, value) = pair.split_once('=')?;
            Some((label.trim().to_owned(), value.trim().to_owned()))
        });
        Some(SeriesUse {
            labels: labels.collect::<Option<_>>()?,
            measure: Measure::from_key(means)?,
            unit: unit_of(unit)?,
        })
    };
    read().ok_or_else(|| refused("--series", command::SERIES))
}

fn unit_of(word: &str) -> Option<Unit> {
    Unit::ALL.iter().copied().find(|unit| unit.key() == word)
}

fn refused(flag: &str, allowed: &str) -> Failure {
    Failure::Input(vec![command::refused(flag, allowed)])
}
