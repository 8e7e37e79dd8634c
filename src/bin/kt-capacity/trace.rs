//! Usage exports on the command line: read completely, and laid over a scenario.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use kt_capacity::import;
use kt_capacity::model::MeasuredDay;
use kt_capacity::plan::{self, Judged, Minutes, ModelError, NearLimit, Plan, Severity};
use kt_capacity::say::{answer_time, command, measured as say, notice, traffic as words};
use kt_capacity::scenario::{Scenario, Workload, link};
use kt_capacity::traffic::{self, Answers, Digest, Observed, Outcome, PeakChoice, Reader};
use serde_json::{Value, json};

use super::args::Input;
use super::{Failure, answers, fit_table};

/// Bytes read at once.
const PIECE: usize = 1 << 20;

/// Totals of some files, which are pages of one export.
pub(crate) fn observed(files: &[PathBuf], answers: &Answers) -> Result<Observed, Failure> {
    let mut reader = Reader::new(answers);
    for (at, path) in files.iter().enumerate() {
        if 0 < at {
            reader.next_file();
        }
        push(&mut reader, path)
            .map_err(|error| one(command::unreadable(&path.display(), &error)))?;
    }
    match reader.finish() {
        Outcome::Read(observed) => Ok(*observed),
        Outcome::Refused(refusal) => Err(one(words::refusal(&refusal))),
        Outcome::Ask {
            question, choices, ..
        } => Err(one(fit_table::question(question, &choices))),
    }
}

fn push(reader: &mut Reader, path: &Path) -> io::Result<()> {
    let mut file: Box<dyn Read> = if path.as_os_str() == "-" {
        Box::new(io::stdin())
    } else {
        Box::new(File::open(path)?)
    };
    let mut piece = vec![0; PIECE];
    while !reader.is_settled() {
        let length = file.read(&mut piece)?;
        if length == 0 {
            break;
        }
        reader.push(&piece[..length]);
    }
    Ok(())
}

/// Contents of the `--trace` files, if any. Prints notes on them.
pub(crate) fn given(input: &Input) -> Result<Option<Observed>, Failure> {
    if input.trace.is_empty() {
        return Ok(None);
    }
    let observed = observed(&input.trace, &answers::of(&input.answers)?)?;
    answers::check_units(&input.answers, &observed)?;
    for (skip, count) in &observed.rows_skipped {
        eprintln!("note: {}", words::skipped(*count, *skip));
    }
    for flag in &observed.flags {
        eprintln!("note: {}", words::flag(*flag));
    }
    Ok(Some(observed))
}

/// A scenario with the values of a file over it, and the providers that it says were called
/// where nobody has chosen any, in the scenario or by a flag, with the times that they took. The
/// file has all the traffic, so
/// that one workload is left. Of a file without a count of requests these are `requests` a day, if
/// somebody chose them. Its values are points, or have their ranges over the coming days.
/// Unusable values are reported on the terminal.
pub(crate) fn over(
    scenario: &Scenario,
    digest: &Digest,
    (peak, has_ranges): (PeakChoice, bool),
    requests: Option<f64>,
    is_provider_chosen: bool,
) -> Scenario {
    let taken = |value: traffic::Value| {
        if has_ranges { value.ranged() } else { value }
    };
    let values = digest.values_with(peak).into_iter().map(taken);
    let mut pairs: Vec<(String, String)> = values
        .filter_map(|value| Some((value.key, value.text?)))
        .collect();
    let mut scenario = scenario.clone();
    let is_load = pairs.iter().any(|(key, _)| key == "requests-per-day");
    if is_load || digest.tokens_per_day.is_some() {
        if 1 < scenario.workloads.len() {
            eprintln!("note: {}", command::TRACE_IS_ALL);
            let usual = Scenario::default();
            scenario.workloads[0]
                .name
                .clone_from(&usual.workloads[0].name);
        }
        scenario.workloads.truncate(1);
        // Requests counted at the gateway are not multiplied by users or calls.
        (scenario.workloads[0].users, scenario.workloads[0].calls) = (1.0, 1.0);
    }
    if let Some([input, output]) = digest.tokens_per_day {
        let row = &scenario.workloads[0];
        let assumed = digest.requests_of(row.input_tokens + row.output_tokens);
        let all = requests.or(assumed).unwrap_or(1.0).max(f64::MIN_POSITIVE);
        for value in digest.of_requests(all).into_iter().map(taken) {
            pairs.extend(value.text.map(|text| (value.key, text)));
        }
        eprintln!(
            "note: {}",
            command::tokens_alone(input + output, all, requests.is_some())
        );
    }
    let pairs: Vec<(&str, &str)> = pairs
        .iter()
        .map(|(key, it)| (key.as_str(), it.as_str()))
        .collect();
    let (mut scenario, notices) = link::laid_over(&scenario, &pairs);
    for notice in notices {
        eprintln!("note: {}", notice::text(&notice));
    }
    call(&mut scenario, digest, is_provider_chosen);
    for of in import::with_times(digest, &mut scenario) {
        let name = &scenario.providers[of.row].name;
        let times = [of.answer_s, of.ttft_s, of.output_tps];
        eprintln!(
            "note: {}",
            answer_time::times(name, times, of.is_ttft_measured)
        );
    }
    scenario
}

/// Sets the providers that a file says were called, where nobody has chosen any.
fn call(scenario: &mut Scenario, digest: &Digest, is_provider_chosen: bool) {
    if is_provider_chosen || scenario.providers != Scenario::default().providers {
        return;
    }
    let called = import::called_providers(digest);
    let unknown = import::models_of_nobody(digest);
    if !unknown.is_empty() {
        eprintln!("note: {}", command::providers_unknown(&unknown));
    }
    if !called.is_empty() {
        scenario.providers = called;
        eprintln!("note: {}", command::PROVIDERS_CALLED);
        for model in import::models_assumed(digest) {
            eprintln!("note: {}", command::model_assumed(&model));
        }
    }
}

/// Minutes of the busiest day, scaled to the requests asked for by flags. `base` has the values of
/// the trace, `asked` also those of flags. Prints a note on flags without effect.
pub(crate) fn minutes(digest: &Digest, base: &Scenario, asked: &Scenario) -> Option<MeasuredDay> {
    let wanted = asked.workloads.iter().map(Workload::requests_per_day).sum();
    let (day, times) = digest.fullest_day_of(wanted)?;
    let curve = |scenario: &Scenario| {
        let traffic = &scenario.traffic;
        (
            traffic.shape.clone(),
            [traffic.peak_multiplier, traffic.burstiness],
        )
    };
    // A file that covers part of the day leaves the rest to the flags.
    if curve(base) != curve(asked) && day.is_covered() {
        eprintln!("note: {}", command::SHAPE_OF_TRACE);
    }
    if times.total_cmp(&1.0).is_ne() {
        eprintln!("note: {}", command::times_the_trace(times));
    }
    Some(day)
}

/// Measured traffic against a plan.
pub(crate) struct Measured {
    limits: Vec<NearLimit>,
    errors: Vec<ModelError>,
    /// Those of the plan's own load.
    own_errors: Vec<ModelError>,
}

impl Measured {
    pub(crate) fn of(scenario: &Scenario, plan: &Plan, digest: &Digest, peak: PeakChoice) -> Self {
        let rows = &import::rows_called(digest, &scenario.providers);
        let judged = Judged {
            scenario,
            plan,
            digest,
            rows,
        };
        let errors = plan::model_errors(judged, peak);
        Self {
            limits: plan::near_limits(judged),
            own_errors: plan::errors_of(plan, digest, &errors).to_vec(),
            errors,
        }
    }

    /// Whether measured minutes exceeded a limit.
    pub(crate) fn is_over(&self) -> bool {
        plan::is_over(&self.limits)
    }

    /// Severity of the measured minutes: a limit exceeded, or nearly.
    pub(crate) fn severity(&self) -> Option<Severity> {
        if self.is_over() {
            return Some(Severity::Critical);
        }
        let mut limits = self.limits.iter();
        let is_near = limits.any(|near| 0.0 < near.over_80.count);
        is_near.then_some(Severity::Warning)
    }

    /// Sentences on the limit most exceeded by measured minutes, and on the largest relevant error.
    pub(crate) fn verdict(&self) -> Option<String> {
        say::after(&self.limits, &self.own_errors)
    }

    /// Prints limits and errors for people.
    pub(crate) fn print(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out)?;
        let [limit, fullest, over_80, over_100, _] = say::LIMIT_HEADS.map(str::to_owned);
        line(out, [limit, fullest, over_80, over_100])?;
        for near in &self.limits {
            let counts = [&near.over_80, &near.over_100].map(say::minutes);
            let [over_80, over_100] = counts;
            line(
                out,
                [say::limit(near), say::fullest(near), over_80, over_100],
            )?;
        }
        if self.limits.is_empty() {
            writeln!(out, "{}", say::NO_LIMITS)?;
        } else {
            writeln!(out, "{}", say::limits_note(&self.limits))?;
        }
        writeln!(out)?;
        print_errors(out, &self.errors)
    }

    pub(crate) fn json(&self) -> Value {
        let minutes = |of: &Minutes| json!({"minutes": of.count, "at_least": of.is_at_least});
        let limit = |near: &NearLimit| {
            let worst = near.worst.iter();
            let worst = worst.map(|(at, ratio)| json!({"at": at, "utilization_ratio": ratio}));
            json!({
                "provider": near.provider,
                "limit": near.kind,
                "worst": worst.collect::<Value>(),
                "at_least": near.is_at_least,
                "by_share": near.is_by_share,
                "over_80_percent": minutes(&near.over_80),
                "over_100_percent": minutes(&near.over_100),
            })
        };
        json!({
            "limits": self.limits.iter().map(limit).collect::<Value>(),
            "errors": errors_json(&self.errors),
        })
    }
}

/// Prints errors of the model for people.
pub(crate) fn print_errors(out: &mut impl Write, errors: &[ModelError]) -> io::Result<()> {
    if errors.is_empty() {
        return writeln!(out, "{}", say::NO_ERRORS);
    }
    line(out, say::ERROR_HEADS.map(str::to_owned))?;
    for error in errors {
        let value = |value| say::error_value(error.of, value);
        let (told, came) = (value(error.told), value(error.came));
        line(
            out,
            [
                say::error_of(error.of).to_owned(),
                told,
                came,
                say::error(error),
            ],
        )?;
    }
    Ok(())
}

fn errors_json(errors: &[ModelError]) -> Value {
    let one = |error: &ModelError| {
        json!({
            "of": say::error_of(error.of),
            "model": error.told,
            "measured": error.came,
            "error": error.error,
        })
    };
    errors.iter().map(one).collect()
}

fn line(out: &mut impl Write, [first, second, third, last]: [String; 4]) -> io::Result<()> {
    writeln!(out, "{first:<36} {second:>32} {third:>12} {last:>12}")
}

/// Default definition of the peak.
pub(crate) const PEAK: PeakChoice = PeakChoice::LEAST_WRONG;

/// Digest of files. Prints notes on days cut off and on the load at the end.
pub(crate) fn digest(observed: &Observed, given: &super::args::Answers) -> Result<Digest, Failure> {
    let digest = traffic::digest(observed, answers::offset_min(given)?);
    for day in &digest.unfinished {
        eprintln!("note: {}", words::unfinished(day));
    }
    if let Some(level) = digest.level {
        eprintln!("note: {}", words::level_planned(&level));
    }
    Ok(digest)
}

fn one(problem: String) -> Failure {
    Failure::Input(vec![problem])
}
