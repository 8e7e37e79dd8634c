//! `kt-capacity fit FILE…`: what usage exports hold, and a scenario with their values.

use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use kt_capacity::import::{self, Kind, Reading};
use kt_capacity::plan::{self, ErrorOf};
use kt_capacity::say::words::plain_spaces;
use kt_capacity::say::{command, notice, traffic as say};
use kt_capacity::scenario::{Scenario, link};
use kt_capacity::traffic::{self, Answers, By, PeakChoice};
use kt_capacity::traffic::{Column, DateOrder, DecimalMark, Measure, SeriesUse, Unit, Window};
use serde_json::json;

use super::args::{Fit, GroupBy, PeakBy};
use super::{Failure, fit_table, input, reading, share_link, trace};

pub(crate) fn run(command: &Fit) -> Result<ExitCode, Failure> {
    let offset_min = offset_min(&command.zone)?;
    let choice = match command.peak {
        PeakBy::Busiest => PeakChoice::Busiest,
        PeakBy::P999 => PeakChoice::P999,
        PeakBy::TypicalDay => PeakChoice::TypicalDay,
    };
    if let Some(reading) = tested(&command.files)? {
        return told(command, &reading);
    }
    let observed = trace::observed(&command.files, &answers(command)?)?;
    let facts = traffic::facts(&observed);
    let fit = traffic::fit(&observed, &facts, offset_min);
    let scenario = scenario(command, &fit, choice)?;
    let share = share_link(&scenario, &command.page);
    let held = traffic::held_out(&observed, offset_min);
    let digest = traffic::digest(&observed, offset_min);
    let plan = plan::outline(&scenario, input::day(None)?);
    let mut errors = plan::model_errors(&plan, &digest, choice);
    // The limits are the defaults', which refuse nobody's requests.
    errors.retain(|error| error.of != ErrorOf::Refused);
    let mut out = io::stdout().lock();
    if command.json {
        let document = json!({
            "facts": facts,
            "fit": fit_table::json(&fit, choice),
            "unused": observed.unused,
            "held_out": held.as_ref().map(fit_table::held_json),
            "link": share,
        });
        writeln!(out, "{document:#}")?;
    } else {
        let mut text = Vec::new();
        fit_table::print(&mut text, &observed, &facts, &fit)?;
        writeln!(text)?;
        trace::print_errors(&mut text, &errors)?;
        writeln!(text, "\n{share}")?;
        write!(out, "{}", plain_spaces(&String::from_utf8_lossy(&text)))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The largest file that is looked at as the summary of a load test, in bytes.
const SUMMARY_MOST: u64 = 1_000_000;

/// The summary of a load test over the default scenario, if the file is one.
fn tested(files: &[PathBuf]) -> Result<Option<Reading>, Failure> {
    let [path] = files else { return Ok(None) };
    let Ok(about) = fs::metadata(path) else {
        return Ok(None);
    };
    if SUMMARY_MOST < about.len() {
        return Ok(None);
    }
    let bytes =
        fs::read(path).map_err(|error| one(command::unreadable(&path.display(), &error)))?;
    let text = import::text(&bytes).ok();
    let read = text.and_then(|text| {
        let today = input::day(None).ok()?;
        import::read(&text, &Scenario::default(), today).ok()
    });
    Ok(read.filter(|reading| reading.kinds == [Kind::LoadTest]))
}

/// What a load test says, and the scenario with its values.
fn told(command: &Fit, reading: &Reading) -> Result<ExitCode, Failure> {
    let share = share_link(&reading.scenario, &command.page);
    let mut text = Vec::new();
    if command.json {
        let taken = reading.taken.iter().map(|taken| {
            json!({
                "place": taken.place,
                "object": taken.object,
                "label": taken.label,
                "value": taken.value,
                "note": taken.note,
            })
        });
        let document = json!({ "tested": taken.collect::<Vec<_>>(), "link": share });
        writeln!(text, "{document:#}")?;
    } else {
        let name = command.files.first().map(|path| path.display().to_string());
        reading::list(&mut text, &name.unwrap_or_default(), reading)?;
        writeln!(text, "{share}")?;
    }
    let text = plain_spaces(&String::from_utf8_lossy(&text));
    write!(io::stdout().lock(), "{text}")?;
    Ok(ExitCode::SUCCESS)
}

/// The property by which requests are workloads of their own.
fn by(command: &Fit) -> Option<By> {
    match command.by {
        Some(GroupBy::Model) => Some(By::Model),
        Some(GroupBy::Key) => Some(By::Key),
        Some(GroupBy::Tag) => Some(By::Tag),
        None => command.by_model.then_some(By::Model),
    }
}

/// The default scenario with the values of the files over it.
fn scenario(command: &Fit, fit: &traffic::Fit, choice: PeakChoice) -> Result<Scenario, Failure> {
    let pairs = fit.pairs(choice);
    let pairs: Vec<(&str, &str)> = pairs
        .iter()
        .map(|(key, value)| (*key, value.as_str()))
        .collect();
    let (mut scenario, notices) = link::laid_over(&Scenario::default(), &pairs);
    for notice in notices {
        eprintln!("note: {}", notice::text(&notice));
    }
    if let Some(by) = by(command) {
        let workloads = fit.workloads.get(by);
        if workloads.is_empty() {
            return Err(one(say::no_workloads(by).to_owned()));
        }
        let whole = scenario.workloads[0].clone();
        scenario.workloads = (1..)
            .zip(workloads)
            .map(|(id, of)| import::called_workload(id, of, &whole))
            .collect();
    }
    Ok(scenario)
}

fn answers(given: &Fit) -> Result<Answers, Failure> {
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

/// Reads `NAME=MEANING` and a unit behind a colon.
fn column(text: &str) -> Result<Column, Failure> {
    let wrong = || refused("--column", command::COLUMN);
    let (name, meaning) = text.rsplit_once('=').ok_or_else(wrong)?;
    let (means, unit) = match meaning.split_once(':') {
        Some((means, unit)) => (means, unit_of(unit).ok_or_else(wrong)?),
        None => (meaning, Unit::PerBucket),
    };
    Ok(Column {
        name: name.to_owned(),
        means: means.to_owned(),
        unit,
    })
}

/// Reads `LABEL=VALUE,LABEL=VALUE:MEANING:UNIT`.
fn series(text: &str) -> Result<SeriesUse, Failure> {
    let read = || {
        let (rest, unit) = text.rsplit_once(':')?;
        let (labels, means) = rest.rsplit_once(':')?;
        let labels = labels.split(',').map(|pair| {
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

/// Reads `+02:00` as minutes.
fn offset_min(text: &str) -> Result<i32, Failure> {
    let read = || {
        let (sign, rest) = match text.split_at_checked(1)? {
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

fn refused(flag: &str, allowed: &str) -> Failure {
    one(command::refused(flag, allowed))
}

fn one(problem: String) -> Failure {
    Failure::Input(vec![problem])
}
