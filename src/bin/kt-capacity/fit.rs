//! `kt-capacity fit FILE…`: contents of usage exports, and a scenario with their values.

use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use kt_capacity::import::{self, Kind, Reading};
use kt_capacity::plan::{self, ErrorOf};
use kt_capacity::say::command;
use kt_capacity::say::words::plain_spaces;
use kt_capacity::scenario::Scenario;
use kt_capacity::traffic::{self, By, Digest, PeakChoice, Workload, Workloads};
use serde_json::json;

use super::args::{Fit, GroupBy, PeakBy};
use super::{Failure, answers, fit_table, input, merge, reading, share_link, trace};

pub(crate) fn run(command: &Fit) -> Result<ExitCode, Failure> {
    let offset_min = answers::offset_min(&command.answers)?;
    let choice = match command.peak {
        PeakBy::Busiest => PeakChoice::Busiest,
        PeakBy::P999 => PeakChoice::P999,
        PeakBy::TypicalDay => PeakChoice::TypicalDay,
    };
    if let Some(reading) = tested(&command.files)? {
        return told(command, &reading);
    }
    let observed = trace::observed(&command.files, &answers::of(&command.answers)?)?;
    answers::check_units(&command.answers, &observed)?;
    let facts = traffic::facts(&observed);
    let fit = traffic::fit(&observed, &facts, offset_min);
    let digest = traffic::digest(&observed, offset_min);
    let by = by(command, &fit.workloads);
    let workloads = merge::workloads(by.map(|by| (by, fit.workloads.get(by))), &command.merge);
    let workloads = workloads.map_err(one)?;
    let scenario = scenario(&digest, (choice, !command.points), workloads.as_deref());
    let share = share_link(&scenario, &command.page);
    let held = traffic::held_out(&observed, offset_min);
    let plan = plan::outline(&scenario, input::day(None)?);
    let rows = &import::rows_called(&digest, &scenario.providers);
    let judged = plan::Judged {
        scenario: &scenario,
        plan: &plan,
        digest: &digest,
        rows,
    };
    let mut errors = plan::model_errors(judged, choice);
    // The limits are the defaults, which say nothing about rejected requests.
    errors.retain(|error| error.of != ErrorOf::Refused);
    let mut out = io::stdout().lock();
    if command.json {
        let document = json!({
            "facts": facts,
            "fit": fit_table::json(&fit, choice),
            "workloads": workloads.as_deref().map(fit_table::workloads_json),
            "unused": observed.unused,
            "held_out": held.as_ref().map(fit_table::held_json),
            "link": share,
        });
        writeln!(out, "{document:#}")?;
    } else {
        let mut text = Vec::new();
        let merged = workloads.as_deref().filter(|_| !command.merge.is_empty());
        fit_table::print(
            &mut text,
            &observed,
            &facts,
            &fit,
            merged.unwrap_or_default(),
        )?;
        writeln!(text)?;
        trace::print_errors(&mut text, &errors)?;
        writeln!(text, "\n{share}")?;
        write!(out, "{}", plain_spaces(&String::from_utf8_lossy(&text)))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Maximum size of a file tried as a load test summary, in bytes.
const SUMMARY_MOST: u64 = 1_000_000;

/// Load test summary over the default scenario, if the file is one.
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

/// Prints the results of a load test and the scenario with its values.
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

/// Property by which requests become separate workloads; where only merges are asked for, the
/// first one with a part of theirs, or with any workloads.
fn by(command: &Fit, workloads: &Workloads) -> Option<By> {
    match command.by {
        Some(GroupBy::Model) => return Some(By::Model),
        Some(GroupBy::Key) => return Some(By::Key),
        Some(GroupBy::Tag) => return Some(By::Tag),
        Some(GroupBy::Batch) => return Some(By::Batch),
        None if command.by_model => return Some(By::Model),
        None if command.merge.is_empty() => return None,
        None => {}
    }
    let first = |is_it: &dyn Fn(&[Workload]) -> bool| {
        let mut all = By::ALL.iter().copied();
        all.find(|by| is_it(workloads.get(*by)))
    };
    let named = first(&|of| merge::names_one(&command.merge, of));
    let any = || first(&|of| !of.is_empty());
    named.or_else(any).or(Some(By::Model))
}

/// The default scenario with the values of the files over it; `workloads` are those of the files
/// where they are asked for apart.
fn scenario(
    digest: &Digest,
    (choice, has_ranges): (PeakChoice, bool),
    workloads: Option<&[Workload]>,
) -> Scenario {
    let usual = Scenario::default();
    let mut scenario = trace::over(&usual, digest, (choice, has_ranges), None, false);
    if let Some(workloads) = workloads {
        scenario.workloads = import::called_workloads(workloads.iter(), digest, &scenario);
        // The speed follows from the output of what each provider gets.
        import::with_times(digest, &mut scenario);
    }
    scenario
}

fn one(problem: String) -> Failure {
    Failure::Input(vec![problem])
}
