//! Command-line program: `kt-capacity estimate`, or `kt capacity estimate` where `kt` dispatches to
//! plugins.

mod answers;
mod args;
mod diff;
mod fit;
mod fit_table;
mod input;
mod merge;
mod reading;
mod simulate;
mod table;
mod told;
mod trace;

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Parser as _;
use kt_capacity::export;
use kt_capacity::model::MeasuredDay;
use kt_capacity::plan::{self, Plan, Severity};
use kt_capacity::replay::{self, Asked};
use kt_capacity::say::in_short::DayLine;
use kt_capacity::say::verdict::Broken;
use kt_capacity::say::{self, wire, words};
use kt_capacity::scenario::{Scenario, link};

use serde_json::json;

use args::{Cli, Command, Estimate, Export, FailOn, SchemaOf};
use trace::Measured;

/// Exit status for unusable input, as in `clap`.
const BAD_INPUT: u8 = 2;

/// Status of a program whose reader has left, as shells report the signal for it.
const BROKEN_PIPE: u8 = 128 + 13;

fn main() -> ExitCode {
    match run(&Cli::parse().command) {
        Ok(status) => status,
        // The reader of a pipe may leave early: no word of it, but no success either, since the
        // judgement may not have been reached.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            ExitCode::from(BROKEN_PIPE)
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

/// Reason for stopping.
pub(crate) enum Failure {
    /// The input cannot be used; one sentence per problem.
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
    let answers = &estimate.input.answers;
    let digest = observed.as_ref().map(|it| trace::digest(it, answers));
    let digest = digest.transpose()?;
    let (base, scenario) = input::with_base(&estimate.input, digest.as_ref())?;
    let plan = plan::evaluate(&scenario, input::today(&estimate.input)?);
    let minutes = digest
        .as_ref()
        .and_then(|digest| trace::minutes(digest, &base, &scenario));
    let measured = digest.map(|digest| Measured::of(&scenario, &plan, &digest, trace::PEAK));
    let wrong = measured.as_ref().and_then(Measured::verdict);
    let is_over = measured.as_ref().is_some_and(Measured::is_over);
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
    let day = day_of(estimate, &scenario, &plan, minutes);
    let day_broken = day.as_ref().and_then(DayLine::broken).map(str::to_owned);
    let day_broken = day_broken.as_deref();
    let broken = Broken::of(day_broken.is_some(), is_over);
    if estimate.link_only {
        writeln!(out, "{share}")?;
    } else if estimate.brief {
        let day = DayLine::with_traffic(day, wrong.as_deref(), is_over);
        let known = (sure.as_ref(), day.as_ref());
        let text = export::brief_markdown(&scenario, &plan, known, &share);
        write!(out, "{}", words::plain_spaces(&text))?;
    } else if estimate.json {
        let document = wire::plan(&scenario, &plan)
            .with(sure.as_ref())
            .with_broken(&plan, broken, day_broken);
        let text = match &measured {
            None => serde_json::to_string_pretty(&document),
            Some(measured) => with_measured(&document, measured),
        };
        let text = text.map_err(io::Error::from)?;
        writeln!(out, "{}", words::plain_spaces(&text))?;
    } else {
        let mut text = Vec::new();
        let told = (sure.as_ref(), day_broken, wrong.as_deref());
        table::print(&mut text, &plan, (told, broken), &share)?;
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
    let of_day = day_broken.map(|_| Severity::Critical);
    let worst = worst.into_iter().chain(of_day).min();
    Ok(status(&plan, worst, estimate.fail_on))
}

/// Requests of a day that is simulated for every estimate, within a second or two.
const QUICK_DAY: f64 = 1e7;
/// Requests of a day that is simulated where its result decides or is printed: half a minute.
const LONG_DAY: f64 = 1e8;

/// Simulated day for the plan, if requested.
fn day_of(
    estimate: &Estimate,
    scenario: &Scenario,
    plan: &Plan,
    minutes: Option<MeasuredDay>,
) -> Option<DayLine> {
    if estimate.link_only {
        return None;
    }
    let is_wanted = estimate.brief || estimate.fail_on.is_some();
    let most = if is_wanted { LONG_DAY } else { QUICK_DAY };
    if most < plan.demand.requests_per_day {
        let text = say::command::day_left_out(most);
        eprintln!("note: {text}");
        return Some(DayLine::without_day(text));
    }
    let day = replay::asked_as(scenario, plan, minutes).and_then(Asked::lived);
    Some(match day {
        Ok(day) => DayLine::of(&day),
        Err(problem) => {
            let text = say::day::refused(&problem.to_string());
            eprintln!("note: {text}");
            DayLine::without_day(text)
        }
    })
}

/// JSON with the plan and the measured traffic.
fn with_measured(plan: &wire::Plan, measured: &Measured) -> serde_json::Result<String> {
    let mut document = serde_json::to_value(plan)?;
    document["measured"] = measured.json();
    serde_json::to_string_pretty(&document)
}

/// Exit status for CI: 1 if a finding or the measured traffic reaches `--fail-on`.
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
        for gap in &file.gaps {
            writeln!(out, "{}{gap}", say::command::CANNOT_EXPRESS)?;
        }
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
