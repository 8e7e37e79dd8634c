//! The plan as a command: `kt-capacity estimate`, also as `kt capacity estimate`
//! where `kt` dispatches to plugins.

mod answers;
mod args;
mod diff;
mod fit;
mod fit_table;
mod input;
mod reading;
mod simulate;
mod table;
mod told;
mod trace;

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Parser as _;
use kt_capacity::export;
use kt_capacity::plan::{self, Plan, Severity};
use kt_capacity::replay::{self, Asked};
use kt_capacity::say::{self, wire, words};
use kt_capacity::scenario::{Scenario, link};

use serde_json::json;

use args::{Cli, Command, Estimate, Export, FailOn, SchemaOf};
use trace::Measured;

/// Status for input that cannot be used, as `clap` uses it too.
const BAD_INPUT: u8 = 2;

fn main() -> ExitCode {
    match run(&Cli::parse().command) {
        Ok(status) => status,
        // The reader of a pipe may leave early.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(Failure::Output(error)) => {
            eprintln!("kt-capacity: {error}");
            ExitCode::FAILURE
        }
        Err(Failure::Input(problems)) => {
            for problem in problems {
                eprintln!("kt-capacity: {problem}");
            }
            ExitCode::from(BAD_INPUT)
        }
    }
}

/// Why the command stops.
pub(crate) enum Failure {
    /// The input cannot be used; one sentence for each problem.
    Input(Vec<String>),
    /// The output cannot be written.
    Output(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

fn run(command: &Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Estimate(estimate) => run_estimate(estimate),
        Command::Export(export) => run_export(export),
        Command::Diff(diff) => diff::run(diff),
        Command::Simulate(simulate) => simulate::run(simulate),
        Command::Fit(fit) => fit::run(fit),
        Command::Schema { of } => {
            let scenario = say::schema::schema;
            let plan = || schemars::schema_for!(wire::Plan<'_>).to_value();
            let schema = match of {
                None => json!({ "scenario": scenario(), "plan": plan() }),
                Some(SchemaOf::Scenario) => scenario(),
                Some(SchemaOf::Plan) => plan(),
            };
            writeln!(io::stdout(), "{schema:#}")?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn run_estimate(estimate: &Estimate) -> Result<ExitCode, Failure> {
    let observed = trace::given(&estimate.input)?;
    let digest = observed.as_ref().map(trace::digest);
    let scenario = input::scenario_with(&estimate.input, digest.as_ref())?;
    let plan = plan::evaluate(&scenario, input::today(&estimate.input)?);
    let minutes = digest
        .as_ref()
        .and_then(|digest| digest.fullest_day.clone());
    let measured = digest.map(|digest| Measured::of(&plan, &digest, trace::PEAK));
    let wrong = measured.as_ref().and_then(Measured::verdict);
    let sure = if estimate.link_only {
        None
    } else {
        plan.uncertainty(&scenario)
    };
    let share = share_link(&scenario, &estimate.input.page);
    if link::LONGEST < share.len() && !estimate.json {
        eprintln!("note: {}", say::command::long_link(link::LONGEST));
    }
    let mut out = io::stdout().lock();
    if estimate.link_only {
        writeln!(out, "{share}")?;
    } else if estimate.brief {
        let day = replay::asked_as(&scenario, &plan, minutes).and_then(Asked::lived);
        let day = match day {
            Ok(day) => say::in_short::day(&day),
            Err(problem) => say::day::refused(&problem.to_string()),
        };
        let day: Vec<String> = [day].into_iter().chain(wrong).collect();
        let day = day.join(" ");
        let text = export::brief_markdown(&scenario, &plan, (sure.as_ref(), Some(&day)), &share);
        write!(out, "{}", words::plain_spaces(&text))?;
    } else if estimate.json {
        let plan = wire::plan(&scenario, &plan).with(sure.as_ref());
        let text = match &measured {
            None => serde_json::to_string_pretty(&plan),
            Some(measured) => with_measured(&plan, measured),
        };
        let text = text.map_err(io::Error::from)?;
        writeln!(out, "{}", words::plain_spaces(&text))?;
    } else {
        let mut text = Vec::new();
        table::print(&mut text, &plan, (sure.as_ref(), wrong.as_deref()), &share)?;
        if let Some(measured) = &measured {
            measured.print(&mut text)?;
        }
        write!(
            out,
            "{}",
            words::plain_spaces(&String::from_utf8_lossy(&text))
        )?;
    }
    let worst = measured.and_then(|measured| measured.severity());
    Ok(status(&plan, worst, estimate.fail_on))
}

/// The plan and the measured traffic as one document.
fn with_measured(plan: &wire::Plan, measured: &Measured) -> serde_json::Result<String> {
    let mut document = serde_json::to_value(plan)?;
    document["measured"] = measured.json();
    serde_json::to_string_pretty(&document)
}

/// The exit status for a CI: 1 if a finding or the measured traffic reaches `--fail-on`.
fn status(plan: &Plan, measured: Option<Severity>, fail_on: Option<FailOn>) -> ExitCode {
    let found = plan.findings.iter().map(|finding| finding.severity);
    let worst = found.chain(measured).min();
    let limit = match fail_on {
        None => return ExitCode::SUCCESS,
        Some(FailOn::Warning) => Severity::Warning,
        Some(FailOn::Critical) => Severity::Critical,
    };
    if worst.is_some_and(|worst| worst <= limit) {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

fn run_export(command: &Export) -> Result<ExitCode, Failure> {
    let scenario = input::scenario(&command.input)?;
    let plan = plan::evaluate(&scenario, input::today(&command.input)?);
    let share = share_link(&scenario, &command.input.page);
    std::fs::create_dir_all(&command.out)?;
    let mut out = io::stdout().lock();
    let mut is_valid = true;
    for file in export::files(&scenario, &plan, &share) {
        let path = command.out.join(file.name);
        let (state, is_written) = match &file.checked {
            Ok(words) => ((*words).to_owned(), true),
            Err(faults) => {
                is_valid = false;
                let faults: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
                let held = if command.force {
                    ""
                } else {
                    say::command::NOT_WRITTEN
                };
                (format!("{held}{}", faults.join("; ")), command.force)
            }
        };
        if is_written {
            std::fs::write(&path, &file.text)?;
        }
        writeln!(out, "{}: {state}", path.display())?;
    }
    Ok(if is_valid {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn share_link(scenario: &Scenario, page: &str) -> String {
    format!("{page}#{}", link::to_fragment(scenario))
}
