//! The plan as a command: `kt-capacity estimate`, also as `kt capacity estimate`
//! where `kt` dispatches to plugins.

mod args;
mod diff;
mod fit;
mod fit_table;
mod input;
mod reading;
mod simulate;
mod table;
mod told;

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Parser as _;
use kt_capacity::export;
use kt_capacity::plan::{self, Plan, Severity};
use kt_capacity::say::wire;
use kt_capacity::say::words;
use kt_capacity::scenario::{Scenario, link};

use serde_json::json;

use args::{Cli, Command, Estimate, Export, FailOn, SchemaOf};

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
            let scenario = kt_capacity::scenario::schema::schema;
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
    let scenario = input::scenario(&estimate.input)?;
    let plan = plan::evaluate(&scenario, input::today(&estimate.input)?);
    let share = share_link(&scenario, &estimate.input.page);
    let mut out = io::stdout().lock();
    if estimate.link_only {
        writeln!(out, "{share}")?;
    } else if estimate.json {
        let text =
            serde_json::to_string_pretty(&wire::plan(&scenario, &plan)).map_err(io::Error::from)?;
        writeln!(out, "{}", words::plain_spaces(&text))?;
    } else {
        let mut text = Vec::new();
        table::print(&mut text, &plan, &share)?;
        write!(
            out,
            "{}",
            words::plain_spaces(&String::from_utf8_lossy(&text))
        )?;
    }
    Ok(status(&plan, estimate.fail_on))
}

/// The exit status for a CI: 1 if a finding reaches `--fail-on`.
fn status(plan: &Plan, fail_on: Option<FailOn>) -> ExitCode {
    let worst = plan.findings.iter().map(|finding| finding.severity).min();
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
                let held = if command.force { "" } else { "not written: " };
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
