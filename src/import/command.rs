//! Reads a command line: `kt capacity estimate …`, alone or in a script.

use crate::catalog::date::Date;

use super::reading::{Kind, Leftover, Reading};
use crate::export;
use crate::plan::evaluate;
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
    words(text).is_some()
}

/// The words of the command, those after `estimate`.
fn words(text: &str) -> Option<Vec<String>> {
    let joined = text.replace("\\\r\n", " ").replace("\\\n", " ");
    let lines = joined.lines().map(str::trim);
    let line = lines.filter(|line| !line.starts_with('#')).find(|line| {
        let line = line.trim_start_matches("$ ");
        let starts = ["kt capacity", "kt-capacity"];
        starts.iter().any(|start| line.starts_with(start))
    })?;
    let words = shlex::split(line.trim_start_matches("$ "))?;
    let command = words.iter().position(|word| word == "estimate")?;
    Some(words.into_iter().skip(command + 1).collect())
}

/// Lays the flags over a scenario.
pub(super) fn read(text: &str, base: &Scenario, today: Date) -> Reading {
    let mut left = Vec::new();
    let words = words(text).unwrap_or_default();
    let mut pairs = Vec::new();
    let mut words = words.into_iter().peekable();
    while let Some(word) = words.next() {
        let Some(flag) = word.strip_prefix("--") else {
            left.push(Leftover::new(word, "is no flag"));
            continue;
        };
        let (flag, value) = if let Some((flag, value)) = flag.split_once('=') {
            (flag.to_owned(), Some(value.to_owned()))
        } else {
            let value = words.next_if(|next| !next.starts_with("--"));
            (flag.to_owned(), value)
        };
        match (flag.as_str(), value) {
            (flag, Some(value)) if FLAGS.contains(&flag) => pairs.push((flag.to_owned(), value)),
            ("set", Some(pair)) if pair.contains('=') => {
                let (key, value) = pair.split_once('=').unwrap_or_default();
                pairs.push((key.to_owned(), value.to_owned()));
            }
            (flag, _) => {
                let why = "is no flag of kt capacity estimate, or has no value";
                left.push(Leftover::new(format!("--{flag}"), why));
            }
        }
    }
    let known = known(base, today);
    pairs.retain(|pair| !known.contains(pair));
    let scenario = laid_over(base, &pairs, &mut left);
    Reading {
        kinds: vec![Kind::Command],
        is_ours: false,
        scenario,
        left,
    }
}

/// The flags our own export of the scenario would have.
fn known(base: &Scenario, today: Date) -> Vec<(String, String)> {
    let files = export::files(base, &evaluate(base, today), "");
    let file = files.iter().find(|file| file.name == "kt-command.sh");
    let words = file.and_then(|file| words(&file.text)).unwrap_or_default();
    let mut pairs = Vec::new();
    let mut words = words.into_iter();
    while let (Some(flag), Some(value)) = (words.next(), words.next()) {
        pairs.push((flag.trim_start_matches('-').to_owned(), value));
    }
    pairs
}

/// Flags are read behind the link of the base, and so checked as a link is.
fn laid_over(base: &Scenario, pairs: &[(String, String)], left: &mut Vec<Leftover>) -> Scenario {
    if pairs.is_empty() {
        return base.clone();
    }
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(k, v)| (&**k, &**v)).collect();
    let (scenario, notices) = link::laid_over(base, &pairs);
    let notices = notices.iter().map(ToString::to_string);
    left.extend(notices.map(|why| Leftover::new("flags", why)));
    scenario
}
