//! Contents of a usage export, for people and programs.

use std::io::{self, Write};

use kt_capacity::say::traffic as say;
use kt_capacity::scenario::number::grouped;
use kt_capacity::traffic::{
    By, Facts, Fit, HeldOut, Measured, Observed, PeakChoice, Question, Status, Trial, Workload,
};
use serde_json::{Value, json};

/// Question with the names to choose from.
pub(crate) fn question(question: Question, choices: &[String]) -> String {
    let mut lines = vec![say::question(question).to_owned()];
    let name = |choice: &str| match choice {
        "" => say::WITHOUT_LABELS.to_owned(),
        named => format!("  {named}"),
    };
    lines.extend(choices.iter().map(|choice| name(choice)));
    lines.push(say::answer_by(question).to_owned());
    lines.join("\n")
}

/// Prints period, rows, values, peaks and notes.
pub(crate) fn print(
    out: &mut impl Write,
    observed: &Observed,
    facts: &Facts,
    fit: &Fit,
    merged: &[Workload],
) -> io::Result<()> {
    let source = say::source(observed.format);
    writeln!(
        out,
        "{}",
        say::period(source, &facts.period.from, &facts.period.to)
    )?;
    writeln!(out, "{}", say::rows(observed.rows_read))?;
    for (skip, count) in &observed.rows_skipped {
        writeln!(out, "{}", say::skipped(*count, *skip))?;
    }
    if !observed.unused.is_empty() {
        writeln!(out, "{}", say::unused(&observed.unused))?;
    }
    if let Some(share) = facts.throttled_share.filter(|share| 0.0 < *share) {
        writeln!(out, "{}", say::throttled(share * 100.0))?;
    }
    writeln!(out)?;
    for (key, measured) in fit.values.numbers() {
        if key == "peak-multiplier" {
            for choice in PeakChoice::ALL {
                value(out, say::peak(*choice), &fit.peaks.get(*choice))?;
            }
        } else {
            value(out, say::value(key), measured)?;
        }
        let level = fit.level.filter(|_| key == "requests-per-day");
        if let Some(level) = level {
            writeln!(out, "{:<50}{}", "", say::level(&level))?;
        }
        if let Some(range) = range(key, fit, measured) {
            writeln!(out, "{:<50}{range}", "")?;
        }
    }
    if !fit.has_ranges() {
        writeln!(out, "{}", say::NO_RANGES)?;
    }
    durations(out, facts)?;
    shape(out, fit)?;
    if let Some(week) = &fit.week {
        writeln!(out, "{}", say::week(week))?;
    }
    writeln!(out)?;
    for by in By::ALL {
        for workload in fit.workloads.get(*by) {
            writeln!(out, "{}", one_workload(workload))?;
        }
    }
    for workload in merged {
        writeln!(out, "{}", say::taken_workload(&one_workload(workload)))?;
    }
    writeln!(out)?;
    for day in &fit.unfinished {
        writeln!(out, "{}", say::unfinished(day))?;
    }
    for flag in &observed.flags {
        writeln!(out, "{}", say::flag(*flag))?;
    }
    Ok(())
}

/// The range of a value in words: of the peak, that by the definition that errs least.
fn range(key: &str, fit: &Fit, measured: &Measured) -> Option<String> {
    let points = match key {
        "growth" => return say::growth(&fit.growth?),
        "peak-multiplier" => fit.peaks.get(PeakChoice::LEAST_WRONG).range,
        _ => measured.range,
    };
    say::range(key, points?)
}

/// Prints how long answers and first tokens took.
fn durations(out: &mut impl Write, facts: &Facts) -> io::Result<()> {
    for (label, latency) in [
        (say::LATENCY, &facts.latency_s),
        (say::FIRST_TOKEN, &facts.ttft_s),
    ] {
        if let Some(it) = latency {
            let points = [it.p50, it.p95].map(|point| point.map(three_digits));
            writeln!(
                out,
                "{label:<34} {:>12}   {}",
                three_digits(it.mean),
                say::points(points)
            )?;
        }
    }
    Ok(())
}

fn value(out: &mut impl Write, label: &str, measured: &Measured) -> io::Result<()> {
    let text = match (measured.value, measured.status) {
        (None, _) => "–".to_owned(),
        (Some(value), Status::AtLeast) => format!("≥ {}", three_digits(value)),
        (Some(value), _) => three_digits(value),
    };
    let by = if measured.is_by_tokens {
        say::BY_TOKENS
    } else {
        ""
    };
    let status = say::status(measured.status);
    writeln!(
        out,
        "{:<34} {text:>12}   {}",
        label,
        format!("{status} {by}").trim_end()
    )
}

fn shape(out: &mut impl Write, fit: &Fit) -> io::Result<()> {
    let label = say::value("shape");
    let Some(shape) = fit.values.shape.value else {
        return writeln!(
            out,
            "{:<34} {:>12}   {}",
            label,
            "–",
            say::status(Status::Assumed)
        );
    };
    let hours = shape.map(|rate| format!("{rate:.2}"));
    writeln!(out, "{label}: {}", hours.join(" "))
}

fn one_workload(workload: &Workload) -> String {
    say::workload(
        &say::workload_name(workload),
        &three_digits(workload.requests_per_day),
        &three_digits(workload.input_tokens),
        &three_digits(workload.output_tokens),
    )
}

/// Value with three significant digits, or all before the decimal point.
fn three_digits(value: f64) -> String {
    if 1e3 <= value {
        return grouped(value.round());
    }
    let decimals = match value.abs() {
        0.0 | 100.0.. => 0,
        10.0.. => 1,
        1.0.. => 2,
        _ => 3,
    };
    format!("{value:.decimals$}").replace('-', "−")
}

/// Fit as JSON.
pub(crate) fn json(fit: &Fit, choice: PeakChoice) -> Value {
    let peaks = PeakChoice::ALL
        .iter()
        .map(|each| (each.key().to_owned(), json!(fit.peaks.get(*each))));
    let workloads = |by: By| workloads_json(fit.workloads.get(by));
    json!({
        "offset_min": fit.offset_min,
        "values": fit.values,
        "peaks": peaks.collect::<serde_json::Map<_, _>>(),
        "peak": choice.key(),
        "growth": fit.growth,
        "level": fit.level,
        "unfinished": fit.unfinished,
        "week": fit.week,
        "workloads": workloads(By::Model),
        "workloads_by_key": workloads(By::Key),
        "workloads_by_tag": workloads(By::Tag),
        "workloads_by_batch": workloads(By::Batch),
    })
}

/// Workloads of a file as JSON.
pub(crate) fn workloads_json(of: &[Workload]) -> Value {
    of.iter().map(workload_json).collect()
}

fn workload_json(of: &Workload) -> Value {
    json!({
        "name": say::workload_name(of),
        "model": of.model,
        "requests_per_day": of.requests_per_day,
        "input_tokens": of.input_tokens,
        "output_tokens": of.output_tokens,
        "cached_percent": of.cached_percent,
        "cache_hit_percent": of.cache_hit_percent,
        "batch_percent": of.batch_percent,
    })
}

/// Fit of the first half, checked against the second, as JSON.
pub(crate) fn held_json(held: &HeldOut) -> Value {
    let trial = |trial: &Trial| {
        json!({
            "peak": trial.peak,
            "told": trial.told,
            "came": trial.came,
            "error_ratio": trial.error_ratio(),
            "in_flight_told": trial.in_flight_told,
            "in_flight_came": trial.in_flight_came,
            "in_flight_error_ratio": trial.in_flight_error_ratio(),
        })
    };
    json!({
        "split_at": held.split_at,
        "bucket_min": held.bucket_min,
        "of": if held.is_tokens { "tokens" } else { "requests" },
        "trials": held.trials.iter().map(trial).collect::<Value>(),
        "throttled_ratio": held.throttled_ratio,
    })
}
