//! Scenario from flags, file and link.

use std::fs;
use std::io::{self, Read as _};
use std::time::{SystemTime, UNIX_EPOCH};

use kt_capacity::catalog::date::{Date, date};
use kt_capacity::model::day;
use kt_capacity::replay;
use kt_capacity::say::{command as say, document, notice, problem};
use kt_capacity::scenario::link::{self, Link, Notice};
use kt_capacity::scenario::{DayShape, Scenario, Workload, file, validate};
use kt_capacity::traffic::Digest;

use super::args::Input;
use super::{Failure, trace};

/// Ratio of a shape's peak to the peak multiplier above which a note is printed.
const FLAT: f64 = 1.05;

/// Scenario given by the input.
pub(crate) fn scenario(input: &Input) -> Result<Scenario, Failure> {
    let trace = trace::given(input)?;
    let trace = trace.map(|observed| trace::digest(&observed, &input.answers));
    let trace = trace.transpose()?;
    Ok(with_base(input, trace.as_ref())?.1)
}

/// Scenario with usage export values over the file or link, without and with the flags.
pub(crate) fn with_base(
    input: &Input,
    trace: Option<&Digest>,
) -> Result<(Scenario, Scenario), Failure> {
    let base = match (&input.scenario, &input.link) {
        (Some(path), _) => from_file(path)?,
        (None, Some(url)) => from_link(url)?,
        (None, None) => Scenario::default(),
    };
    let requests = chosen_requests(&base, input);
    let base = match trace {
        Some(it) => trace::over(
            &base,
            it,
            (trace::PEAK, false),
            requests,
            chooses_provider(input),
        ),
        None => base,
    };
    let scenario = with_flags(&base, input)?;
    if let Some(text) = scenario.day.unreadable() {
        replay::parse(text).map_err(|why| one(say::happens(&why)))?;
    }
    let traffic = &scenario.traffic;
    let is_own = matches!(traffic.shape, DayShape::Custom(_));
    let height = day::highest(&day::unbent(&traffic.shape.hourly()));
    if is_own && traffic.peak_multiplier * FLAT < height {
        eprintln!("note: {}", say::flattened(traffic.peak_multiplier, height));
    }
    let problems = validate::problems(&scenario);
    if problems.is_empty() {
        return Ok((base, scenario));
    }
    let lines = problems
        .iter()
        .map(|it| format!("{}: {}", it.field(), problem::message(*it)));
    Err(Failure::Input(lines.collect()))
}

/// Whether a flag chooses the provider.
fn chooses_provider(input: &Input) -> bool {
    let keys = input.set.iter().filter_map(|pair| pair.split_once('='));
    let mut keys = keys.map(|(key, _)| key);
    input.provider.is_some() || keys.any(|key| ["p", "provider"].contains(&key))
}

/// Requests per day given by a flag, file or link.
fn chosen_requests(base: &Scenario, input: &Input) -> Option<f64> {
    const KEY: &str = "requests-per-day";
    let set = input.set.iter().filter_map(|pair| pair.split_once('='));
    let set = set.filter(|(key, _)| *key == KEY);
    let flag = input.requests_per_day.as_deref().map(|text| (KEY, text));
    let pairs: Vec<(&str, &str)> = flag.into_iter().chain(set).collect();
    let of = |scenario: &Scenario| -> f64 {
        let rows = scenario.workloads.iter();
        rows.map(Workload::requests_per_day).sum()
    };
    let told = of(&link::laid_over(base, &pairs).0);
    let is_chosen = !pairs.is_empty() || told.total_cmp(&of(&Scenario::default())).is_ne();
    is_chosen.then_some(told)
}

fn from_file(path: &str) -> Result<Scenario, Failure> {
    let given = |why: &str| one(format!("--scenario: {why}"));
    let read = if path == "-" {
        let mut text = String::new();
        io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        fs::read_to_string(path)
    };
    let text = read.map_err(|error| given(&say::unreadable(&path, &error)))?;
    let document = serde_json::from_str(&text)
        .map_err(|error| given(&say::no_json(path, &error, error.line())))?;
    file::from_json(&document)
        .map_err(|problems| Failure::Input(problems.iter().map(document::problem).collect()))
}

fn from_link(url: &str) -> Result<Scenario, Failure> {
    // The user's own link needs no length limit, which protects pages from others' links.
    let found = link::found(url);
    let (link, notices) = Link::read_own(found.as_deref().unwrap_or(url));
    usable(link.scenario, &notices, |unread| {
        format!("--link: {}", notice::text(unread))
    })
}

/// Scenario with the flags appended to the base's link, so that they are checked and understood
/// exactly like a link.
fn with_flags(base: &Scenario, input: &Input) -> Result<Scenario, Failure> {
    let flags = [
        ("requests-per-day", &input.requests_per_day),
        ("avg-input-tokens", &input.avg_input_tokens),
        ("avg-output-tokens", &input.avg_output_tokens),
        ("peak-multiplier", &input.peak_multiplier),
        ("provider", &input.provider),
        ("model", &input.model),
        ("tier", &input.tier),
    ];
    let mut pairs: Vec<(&str, &str)> = flags
        .iter()
        .filter_map(|(key, value)| value.as_deref().map(|value| (*key, value)))
        .collect();
    for pair in &input.set {
        let Some(split) = pair.split_once('=') else {
            return Err(one(say::refused_value("--set", pair, say::KEY_AND_VALUE)));
        };
        pairs.push(split);
    }
    if pairs.is_empty() {
        return Ok(base.clone());
    }
    let (scenario, notices) = link::laid_over(base, &pairs);
    let own = flags.map(|(key, _)| key);
    usable(scenario, &notices, |unread| say::unread_flag(unread, &own))
}

/// Scenario, unless part of it could not be read. Prints advice.
fn usable(
    scenario: Scenario,
    notices: &[Notice],
    said: impl Fn(&Notice) -> String,
) -> Result<Scenario, Failure> {
    let (advice, lost): (Vec<&Notice>, Vec<&Notice>) =
        notices.iter().partition(|notice| notice.is_advice());
    for advised in advice {
        eprintln!("note: {}", notice::text(advised));
    }
    if lost.is_empty() {
        return Ok(scenario);
    }
    Err(Failure::Input(lost.into_iter().map(said).collect()))
}

/// Day to plan for.
pub(crate) fn today(input: &Input) -> Result<Date, Failure> {
    day(input.today.as_deref())
}

/// Given day, or the current one.
pub(crate) fn day(given: Option<&str>) -> Result<Date, Failure> {
    if let Some(text) = given {
        let refused = |_| one(say::refused_value("--today", text, say::DATE));
        return text.parse().map_err(refused);
    }
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let days = chrono::Days::new(since.as_secs() / 86_400);
    Ok(date(1970, 1, 1).checked_add_days(days).unwrap_or_default())
}

fn one(problem: String) -> Failure {
    Failure::Input(vec![problem])
}
