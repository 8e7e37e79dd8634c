//! `kt-capacity simulate`: a simulated day with the exported files.

use std::fs;
use std::io::{self, Write};
use std::panic::resume_unwind;
use std::process::ExitCode;
use std::thread;

use chrono::Datelike as _;
use kt_capacity::catalog::date::Date;
use kt_capacity::export;
use kt_capacity::import::{self, Unreadable};
use kt_capacity::lived::{Facts, Lived};
use kt_capacity::plan::{self, what_if::supposed};
use kt_capacity::replay::{self, Manifest, Options, Problem, manifest_of};
use kt_capacity::say::{self, command as words};
use kt_capacity::scenario::{Scenario, WhatIf};
use kt_capacity::simulation::{Count, Results, TimeBucket};
use serde_json::{Value, json};

use super::args::Simulate;
use super::told::Told;
use super::{Failure, input, trace};

/// Counts, by column and key.
const COUNTS: [(&str, Count); 12] = [
    ("offered", Count::Offered),
    ("started", Count::Started),
    ("served", Count::Served),
    ("late", Count::Late),
    ("late_started", Count::LateStarted),
    ("refused", Count::Refused),
    ("gave_up", Count::GaveUp),
    ("timed_out", Count::TimedOut),
    ("limited", Count::Limited),
    ("failed", Count::Failed),
    ("resent", Count::Resent),
    ("unheard", Count::GhostsStarted),
];
/// Milliseconds per hour.
const HOUR_MS: f64 = 3_600_000.0;

/// Simulates a day and prints it.
pub(crate) fn run(command: &Simulate) -> Result<ExitCode, Failure> {
    let observed = trace::given(&command.input)?;
    let answers = &command.input.answers;
    let digest = observed.as_ref().map(|it| trace::digest(it, answers));
    let digest = digest.transpose()?;
    let (base, scenario) = input::with_base(&command.input, digest.as_ref())?;
    let today = input::today(&command.input)?;
    let minutes = digest
        .as_ref()
        .and_then(|digest| trace::minutes(digest, &base, &scenario));
    let (mut scenario, plan, load_ratio) = on_month(command.on.as_deref(), scenario, today)?;
    let manifest = files(command, &scenario, &plan)?;
    for left in replay::left_out(&scenario, &manifest) {
        eprintln!("note: {left}");
    }
    let happenings = command
        .event
        .iter()
        .map(|text| replay::parse(text).map_err(|why| one(format!("--event: {why}"))));
    let mut options = Options {
        has_limits: !command.ignore_limits,
        clients_leave: command.clients_leave,
        happenings: scenario.day.happenings(),
        // A later month scales the measured minutes.
        minutes: minutes.map(|day| day.times(load_ratio)),
        ..Options::default()
    };
    for happening in happenings {
        options.happenings.push(happening?);
    }
    if let Some(seed) = command.seed {
        scenario.day.seed = seed;
    }
    let seed = u64::from(scenario.day.seed);
    let names = scenario.target_ids();
    // Findings per minute of the same day, and their fixes.
    let by_hour = options.clone();
    options.bucket_ms = 60_000;
    let config = replay::config(&scenario, &plan, &manifest, &options);
    let config = config.map_err(|problem| one(problem.to_string()))?;
    let lived = |options: &Options| replay::lived(&scenario, &plan, &manifest, options, seed);
    let (results, by_minute) = both(|| lived(&by_hour), || lived(&options))?;
    let day = Lived {
        facts: Facts::of(&config, &scenario, &plan).measured(options.minutes.as_ref()),
        results: by_minute,
    };
    let mut told = Told::of(day);
    if command.manifest.is_empty() {
        told.mend(&scenario, &plan, today, options);
    }
    let mut out = io::stdout().lock();
    if command.print.json {
        let mut all = as_json(&results, &names);
        told.add_to(&mut all);
        if let Some(digest) = &digest {
            all["measured"] = json!({ "throttled_ratio": digest.throttled_ratio });
        }
        writeln!(out, "{all:#}")?;
    } else if command.print.csv {
        print_csv(&mut out, &results)?;
    } else {
        told.print(&mut out)?;
        print(&mut out, &results, &names)?;
        if let Some(measured) = digest.and_then(|digest| digest.throttled_ratio) {
            writeln!(out, "\n{}", say::traffic::throttled(measured * 100.0))?;
        }
    }
    Ok(told.status(command.fail_on))
}

/// Simulates two days in separate threads.
fn both(
    hours: impl FnOnce() -> Result<Results, Problem> + Send,
    minutes: impl FnOnce() -> Result<Results, Problem>,
) -> Result<(Results, Results), Failure> {
    let (hours, minutes) = thread::scope(|scope| {
        let hours = scope.spawn(hours);
        let minutes = minutes();
        (hours.join(), minutes)
    });
    let hours = hours.unwrap_or_else(|panic| resume_unwind(panic));
    let refused = |problem: Problem| one(problem.to_string());
    Ok((hours.map_err(refused)?, minutes.map_err(refused)?))
}

/// Scenario and plan, today or under a later month's load, and the ratio of that load to today's.
fn on_month(
    month: Option<&str>,
    scenario: Scenario,
    today: Date,
) -> Result<(Scenario, plan::Plan, f64), Failure> {
    let plan = plan::evaluate(&scenario, today);
    let Some(text) = month else {
        return Ok((scenario, plan, 1.0));
    };
    let refused = || one(words::refused_value("--on", text, words::MONTH));
    let months = months_to(today, text).ok_or_else(refused)?;
    let what_if = WhatIf { lost: None, months };
    if let Some(supposed) = supposed(&scenario, &plan, &what_if, today) {
        eprintln!("note: {}", words::at_month(text, supposed.load_ratio));
        return Ok((supposed.scenario, supposed.plan, supposed.load_ratio));
    }
    if 0 < months {
        eprintln!("note: {}", words::NO_GROWTH);
    }
    Ok((scenario, plan, 1.0))
}

/// Months from a day's month to one such as `2027-03`; `None` if invalid, past, or too far ahead.
fn months_to(today: Date, text: &str) -> Option<u32> {
    let first: Date = format!("{text}-01").parse().ok()?;
    let count = |day: Date| 12 * i64::from(day.year()) + i64::from(day.month());
    let months = u32::try_from(count(first) - count(today)).ok()?;
    (months <= WhatIf::MONTHS).then_some(months)
}

/// Manifest from the given files, or from the scenario's own exports.
fn files(command: &Simulate, scenario: &Scenario, plan: &plan::Plan) -> Result<Manifest, Failure> {
    let mut texts = Vec::new();
    for path in &command.manifest {
        let bytes = fs::read(path);
        let path = path.display();
        let refused = |why: &dyn std::fmt::Display| one(format!("--manifest: “{path}”: {why}"));
        let bytes = bytes.map_err(|error| refused(&error))?;
        let text = import::text(&bytes).map_err(|why| refused(&why))?;
        if !replay::has_any(&text).map_err(|problem| refused(&problem))? {
            return Err(refused(&words::NOTHING_TO_REPLAY));
        }
        texts.push(text);
    }
    // Exported files replace objects missing from the given ones.
    let names = ["deployment.yaml", export::autoscaler_name(scenario)];
    let usual = names.map(|name| export::file(name, scenario, plan, ""));
    let usual: Vec<&str> = usual.iter().flatten().map(|file| &*file.text).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let minor = scenario.gateway.hpa.kubernetes.minor();
    manifest_of(&texts, &command.object, &usual, minor).map_err(|problem| {
        let more = match &problem {
            Problem::Unreadable(Unreadable::Several(..)) => words::CHOOSE_BY_OBJECT,
            _ => "",
        };
        one(format!("--manifest: {problem}{more}"))
    })
}

fn print(out: &mut impl Write, results: &Results, names: &[String]) -> io::Result<()> {
    let totals = &results.totals;
    let of = |count| totals.counts.of(count);
    let share = |part: u64, whole: u64| 100.0 * part as f64 / whole.max(1) as f64;
    let started = of(Count::Started);
    let offered = of(Count::Offered);
    let sent = offered + of(Count::Resent);
    let served = of(Count::Served);
    writeln!(out, "{}", words::served(offered, sent, served))?;
    for (count, whole) in [
        (Count::LateStarted, started),
        (Count::Refused, sent),
        (Count::GaveUp, sent),
        (Count::Limited, sent),
        (Count::Failed, sent),
        (Count::Resent, sent),
        (Count::GhostsStarted, sent),
    ] {
        let part = of(count);
        let label = words::fate(count).unwrap_or_default();
        // Counts for resending clients and unnoticed departures are usually zero.
        let is_rare = matches!(count, Count::Resent | Count::GhostsStarted);
        if is_rare && part == 0 {
            continue;
        }
        writeln!(out, "{label:<30} {part:>9}  {:5.1} %", share(part, whole))?;
    }
    if let (Some([_, _, wait]), Some([_, _, total])) = (totals.wait_ms, totals.total_ms) {
        let seconds = |ms: u64| ms as f64 / 1e3;
        writeln!(out, "{:<30} {:>9.1} s", words::WAIT_P99, seconds(wait))?;
        writeln!(out, "{:<30} {:>9.1} s", words::TOTAL_P99, seconds(total))?;
    }
    if 0 < totals.open {
        writeln!(out, "{:<30} {:>9}", words::OPEN, totals.open)?;
    }
    let pod_hours = totals.pod_ms as f64 / HOUR_MS;
    writeln!(out, "{:<30} {pod_hours:>9.0}", words::POD_HOURS)?;
    writeln!(out, "{:<30} {:>9}", words::MOST_PODS, totals.most_pods)?;
    let changes = results.scale.len();
    writeln!(out, "{:<30} {changes:>9}", words::SCALE_CHANGES)?;
    for (name, provider) in names.iter().zip(&totals.providers) {
        let (calls, rejected) = (provider.calls, provider.rejected);
        let calls = words::calls(calls, rejected, provider.limited_here);
        writeln!(out, "{name:<30} {calls}")?;
    }
    print_hours(out, results)
}

/// Prints results per hour.
fn print_hours(out: &mut impl Write, results: &Results) -> io::Result<()> {
    let [
        until,
        offered,
        again,
        served,
        late,
        refused,
        left,
        limited,
        failed,
        wait,
        pods,
    ] = words::HOUR_HEADS;
    writeln!(
        out,
        "\n{until:>5} {offered:>8} {again:>7} {served:>8} {late:>7} {refused:>7} {left:>7} \
         {limited:>7} {failed:>7} {wait:>8} {pods:>5}"
    )?;
    let ends = results.buckets.iter().enumerate();
    for (hour, bucket) in ends {
        let of = |count| bucket.counts.of(count);
        writeln!(
            out,
            "{:>2}:00 {:>8} {:>7} {:>8} {:>7} {:>7} {:>7} {:>7} {:>7} {:>6.1} s {:>5}",
            hour + 1,
            of(Count::Offered),
            of(Count::Resent),
            of(Count::Served),
            of(Count::LateStarted),
            of(Count::Refused),
            of(Count::GaveUp) + of(Count::TimedOut),
            of(Count::Limited),
            of(Count::Failed),
            bucket.wait_ms.map_or(0, |[_, _, p99]| p99) as f64 / 1e3,
            bucket.ready,
        )?;
    }
    Ok(())
}

fn print_csv(out: &mut impl Write, results: &Results) -> io::Result<()> {
    let names = COUNTS.map(|(name, _)| name).join(",");
    writeln!(
        out,
        "hour,{names},wait_p50_ms,wait_p95_ms,wait_p99_ms,pod_hours,desired,ready,waiting,in_flight"
    )?;
    for (hour, bucket) in results.buckets.iter().enumerate() {
        let counts = COUNTS.map(|(_, count)| bucket.counts.of(count).to_string());
        let [p50, p95, p99] = bucket
            .wait_ms
            .map_or_else(Default::default, |waits| waits.map(|wait| wait.to_string()));
        writeln!(
            out,
            "{hour},{},{p50},{p95},{p99},{:.3},{},{},{},{}",
            counts.join(","),
            bucket.pod_ms as f64 / HOUR_MS,
            bucket.desired,
            bucket.ready,
            bucket.waiting,
            bucket.in_flight,
        )?;
    }
    Ok(())
}

fn as_json(results: &Results, names: &[String]) -> Value {
    let totals = &results.totals;
    let mut all = json!({
        "wait_ms": totals.wait_ms,
        "total_ms": totals.total_ms,
        "pod_ms": totals.pod_ms,
        "slot_ms": totals.slot_ms,
        "most_pods": totals.most_pods,
        "open": totals.open,
        "questions_answered": totals.questions_answered,
        "questions_lost": totals.questions_lost,
        "questions_open": totals.questions_open,
    });
    for (name, count) in COUNTS {
        all[name] = json!(totals.counts.of(count));
    }
    let providers = names.iter().zip(&totals.providers).map(|(name, provider)| {
        json!({
            "id": name,
            "calls": provider.calls,
            "answered": provider.ok,
            "rejected": provider.rejected,
            "held_back": provider.limited_here,
            "errors": provider.errors,
            "timeouts": provider.timeouts,
            "tokens": provider.tokens,
        })
    });
    let scale = results.scale.iter();
    let scale = scale.map(|change| json!({"at_ms": change.at_ms, "pods": change.pods}));
    json!({
        "totals": all,
        "providers": providers.collect::<Value>(),
        "scale": scale.collect::<Value>(),
        "hours": results.buckets.iter().map(hour).collect::<Value>(),
    })
}

fn hour(bucket: &TimeBucket) -> Value {
    let mut all = json!({
        "wait_ms": bucket.wait_ms,
        "total_ms": bucket.total_ms,
        "pod_ms": bucket.pod_ms,
        "waiting": bucket.waiting,
        "in_flight": bucket.in_flight,
        "desired": bucket.desired,
        "ready": bucket.ready,
        "cpu_percent": bucket.cpu_percent,
        "queue_m": bucket.queue_m,
        "in_flight_m": bucket.in_flight_m,
    });
    for (name, count) in COUNTS {
        all[name] = json!(bucket.counts.of(count));
    }
    all
}

fn one(problem: String) -> Failure {
    Failure::Input(vec![problem])
}
