//! Reads a command line: `kt capacity estimate …`, alone or in a script.

use crate::catalog::date::Date;

use super::kind::Kind;
use super::reading::{Leftover, Reading, Taken};
use super::whole;
use crate::export;
use crate::plan::evaluate;
use crate::say::notice;
use crate::scenario::property;
use crate::scenario::{Scenario, link};

/// Flags that have the name of a key in links.
const FLAGS: [&str; 7] = [
    "requests-per-day",
    "avg-input-tokens",
    "avg-output-tokens",
    "peak-multiplier",
    "provider",
    "model",
    "tier",
];

/// Whether a text holds a line with the command.
pub(super) fn is_one(text: &str) -> bool {
    commands(text).next().is_some()
}

/// Flags that take no value and ask for no other scenario.
const SWITCHES: [&str; 4] = ["json", "link-only", "ignore-limits", "clients-leave"];
/// Flags with a value that says how to answer, and not what is asked.
const AROUND: [&str; 6] = ["today", "page", "fail-on", "out", "seed", "event"];

/// The lines of a text that are commands.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let lines = text
        .lines()
        .map(|line| line.trim().trim_start_matches("$ "));
    lines.filter(|line| {
        let starts = ["kt capacity", "kt-capacity"];
        starts.iter().any(|start| line.starts_with(start))
    })
}

/// The words of each command, those after `estimate`.
fn commands(text: &str) -> impl Iterator<Item = Vec<String>> {
    let joined = joined(text);
    let lines: Vec<String> = lines(&joined).map(str::to_owned).collect();
    lines.into_iter().filter_map(|line| {
        let words = shlex::split(&line)?;
        let commands = ["estimate", "export", "simulate"];
        let mut places = words.iter();
        let command = places.position(|word| commands.contains(&word.as_str()))?;
        Some(words.into_iter().skip(command + 1).collect())
    })
}

/// Lines that a backslash continues, or the sign of another shell, are one.
fn joined(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for line in text.lines() {
        let line = line.trim_end();
        if let Some(line) = line.strip_suffix(['\\', '`', '^']) {
            joined.push_str(line);
            joined.push(' ');
        } else {
            joined.push_str(line);
            joined.push('\n');
        }
    }
    joined
}

/// Lays the flags over a scenario.
pub(super) fn read(text: &str, base: &Scenario, today: Date) -> Reading {
    let mut left = Vec::new();
    let mut pairs = Vec::new();
    let mut start = base.clone();
    let mut by_link = Vec::new();
    let mut commands = commands(text);
    let own = commands.next().unwrap_or_default();
    for other in commands.filter(|other| *other != own) {
        let why = "is another command than the first one, which was taken: paste it alone";
        left.push(Leftover::new(other.join(" "), why));
    }
    for (flag, value) in flags(&own, &mut left) {
        match (flag.as_str(), value) {
            (flag, Some(value)) if FLAGS.contains(&flag) => pairs.push((flag.to_owned(), value)),
            ("set", Some(pair)) if pair.contains('=') => {
                let (key, value) = pair.split_once('=').unwrap_or_default();
                pairs.push((key.to_owned(), value.to_owned()));
            }
            ("link", Some(url)) => {
                let (link, notices) = link::Link::read_own(&url);
                start = link.scenario;
                by_link = whole::changed(base, &start, "--link", None);
                let left_of = |n| Leftover::new("--link", notice::text(n));
                left.extend(notices.iter().map(left_of));
            }
            (flag, None) if SWITCHES.contains(&flag) => {}
            (flag, Some(_)) if AROUND.contains(&flag) => {}
            (flag, _) => {
                let why = "is no flag of kt capacity estimate, or has no value";
                left.push(Leftover::new(format!("--{flag}"), why));
            }
        }
    }
    let known = known(&start, today);
    let (same, news): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|pair| known.contains(pair));
    let (scenario, lost) = laid_over(&start, &news, &mut left);
    let taken = news
        .iter()
        .chain(&same)
        .filter(|pair| !lost.contains(&&pair.0));
    let taken = taken.map(|(key, value)| Taken {
        object: String::new(),
        place: format!("--{key}"),
        line: None,
        label: label(key).to_owned(),
        value: value.clone(),
        note: None,
    });
    Reading {
        taken: by_link.into_iter().chain(taken).collect(),
        left,
        ..Reading::of(Some(Kind::Command), scenario)
    }
}

/// Flags with their values; words that belong to none are told.
fn flags(words: &[String], left: &mut Vec<Leftover>) -> Vec<(String, Option<String>)> {
    let mut flags = Vec::new();
    let mut words = words.iter().peekable();
    while let Some(word) = words.next() {
        // What follows is another command.
        if ["|", ">", ";", "&&", "||"].contains(&word.as_str()) {
            break;
        }
        let Some(flag) = word.strip_prefix("--") else {
            left.push(Leftover::new(word, "is no flag"));
            continue;
        };
        if let Some((flag, value)) = flag.split_once('=') {
            flags.push((flag.to_owned(), Some(value.to_owned())));
        } else if SWITCHES.contains(&flag) {
            flags.push((flag.to_owned(), None));
        } else {
            let value = words.next_if(|next| !next.starts_with("--"));
            flags.push((flag.to_owned(), value.cloned()));
        }
    }
    flags
}

/// The label of the input that a key sets; the key itself where it has none.
fn label(key: &str) -> &str {
    let scenario = property::SCENARIO
        .iter()
        .map(|number| (number.key, number.label));
    let workload = property::WORKLOAD
        .iter()
        .map(|number| (number.key, number.label));
    let choices = property::SCENARIO_CHOICES
        .iter()
        .map(|one| (one.key, one.title));
    let mut labels = scenario.chain(workload).chain(choices);
    labels
        .find(|(known, _)| *known == key)
        .map_or(key, |(_, label)| label)
}

/// The flags our own export of the scenario would have.
fn known(base: &Scenario, today: Date) -> Vec<(String, String)> {
    let files = export::files(base, &evaluate(base, today), "");
    let file = files.iter().find(|file| file.name == "kt-command.sh");
    let words = file.and_then(|file| commands(&file.text).next());
    let words = words.unwrap_or_default();
    let flags = flags(&words, &mut Vec::new()).into_iter();
    flags
        .filter_map(|(flag, value)| Some((flag, value?)))
        .collect()
}

/// Flags are read behind the link of the base, and so checked as a link is. Keys that alone
/// cannot be used are none that was taken.
fn laid_over<'a>(
    base: &Scenario,
    pairs: &'a [(String, String)],
    left: &mut Vec<Leftover>,
) -> (Scenario, Vec<&'a String>) {
    if pairs.is_empty() {
        return (base.clone(), Vec::new());
    }
    let plain: Vec<(&str, &str)> = pairs.iter().map(|(k, v)| (&**k, &**v)).collect();
    let (scenario, notices) = link::laid_over(base, &plain);
    let notices = notices.iter().map(notice::text);
    left.extend(notices.map(|why| Leftover::new("flags", why)));
    let is_lost = |pair: &(&str, &str)| {
        let (_, notices) = link::laid_over(base, &[*pair]);
        notices.iter().any(|notice| !notice.is_advice())
    };
    let lost = plain.iter().zip(pairs).filter(|(plain, _)| is_lost(plain));
    let lost = lost.map(|(_, (key, _))| key).collect();
    (scenario, lost)
}
