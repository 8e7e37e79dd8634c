//! Reads a command line, `kt capacity estimate …`, alone or in a script.

use std::collections::BTreeSet;

use crate::catalog::date::Date;

use super::kind::Kind;
use super::reading::{Leftover, Reading, Taken};
use super::whole;
use crate::export;
use crate::plan::evaluate;
use crate::say::notice;
use crate::scenario::property;
use crate::scenario::{Scenario, link};

/// Flags named like keys in links.
const FLAGS: [&str; 7] = [
    "requests-per-day",
    "avg-input-tokens",
    "avg-output-tokens",
    "peak-multiplier",
    "provider",
    "model",
    "tier",
];

/// Flag of `simulate` that is an input of the scenario.
const SEED: &str = "seed";

/// Whether a text contains the command.
pub(super) fn is_one(text: &str) -> bool {
    commands(text).next().is_some()
}

/// Flags without a value that do not change the scenario.
const SWITCHES: [&str; 4] = ["json", "link-only", "ignore-limits", "clients-leave"];
/// Flags with a value that affect the output, not the scenario.
const AROUND: [&str; 3] = ["page", "fail-on", "out"];
/// Flags with a value that no scenario can hold, each with the reason.
const BESIDE: [(&str, &str); 4] = [
    ("today", "is the day of that plan alone"),
    ("event", "happens in that simulation alone"),
    (
        "trace",
        "names a file that is not here: drop it together with this",
    ),
    (
        "scenario",
        "names a file that is not here: drop it together with this",
    ),
];

/// Names of the program, and its subcommands.
const NAMES: [&str; 2] = ["kt-capacity", "kt-capacity.exe"];
const COMMANDS: [&str; 3] = ["estimate", "export", "simulate"];

/// Arguments of each command after `estimate`. A shell prompt, a path, or another program may come
/// before it.
fn commands(text: &str) -> impl Iterator<Item = Vec<String>> {
    let joined = joined(text);
    let variables = variables(&joined);
    let lines = joined.lines().map(|line| variables.fill(&literal(line)));
    let lines: Vec<String> = lines.collect();
    lines.into_iter().filter_map(|line| {
        let line = line.trim().trim_start_matches("$ ");
        let words = shlex::split(&line.replace("\\kt-capacity", "/kt-capacity"))?;
        let is_name = |at: usize| {
            let word = words[at].rsplit('/').next().unwrap_or_default();
            NAMES.contains(&word)
                || word == "capacity" && 0 < at && words[at - 1].rsplit('/').next() == Some("kt")
        };
        let mut places = 0..words.len().saturating_sub(1);
        let place = places.find(|at| is_name(*at) && COMMANDS.contains(&words[at + 1].as_str()))?;
        let own: Vec<String> = words.into_iter().skip(place + 2).collect();
        // Prose may mention the command too.
        let is_alone = line.starts_with("kt capacity") || NAMES.iter().any(|n| line.starts_with(n));
        (is_alone || own.iter().any(|word| word.starts_with("--"))).then_some(own)
    })
}

/// Placeholders for literal `$` and `%`.
const LITERAL: [(char, char); 2] = [('$', '\u{e000}'), ('%', '\u{e001}')];

/// Line with placeholders for signs protected by single quotes and backslashes.
fn literal(line: &str) -> String {
    let (mut is_single, mut is_double, mut is_escaped) = (false, false, false);
    let mut marked = String::with_capacity(line.len());
    for c in line.chars() {
        let is_kept = is_single || is_escaped;
        let sign = LITERAL.iter().find(|(sign, _)| is_kept && *sign == c);
        if is_escaped && c == '$' {
            marked.pop(); // a backslash that no reader of the mark takes away
        }
        marked.push(sign.map_or(c, |(_, mark)| *mark));
        is_escaped = c == '\\' && !is_kept;
        match c {
            '\'' if is_single || !is_double && !is_kept => is_single = !is_single,
            '"' if !is_kept => is_double = !is_double,
            _ => {}
        }
    }
    marked
}

/// Word with the placeholders replaced by the signs.
fn as_typed(word: &str) -> String {
    let sign = |c: char| {
        let marked = LITERAL.iter().find(|(_, mark)| *mark == c);
        marked.map_or(c, |(sign, _)| *sign)
    };
    word.chars().map(sign).collect()
}

/// Shell variables set by the text.
struct Variables(Vec<(String, String)>);

fn variables(text: &str) -> Variables {
    let mut found = Vec::new();
    for line in text.lines() {
        let line = line.trim().trim_start_matches("$ ");
        let starts = ["export ", "set ", "$env:", "$"];
        let line = starts
            .iter()
            .fold(line, |line, start| line.trim_start_matches(start));
        let Some((name, value)) = line.split_once('=') else {
            continue;
        };
        let name = name.trim();
        let is_sign = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if !name.is_empty() && name.chars().all(is_sign) {
            let value = value.trim().trim_end_matches(';').trim_matches(['"', '\'']);
            found.push((name.to_owned(), value.to_owned()));
        }
    }
    // Longer names first, since a shorter one may be a prefix.
    found.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    Variables(found)
}

impl Variables {
    /// Line with variables replaced by their values.
    fn fill(&self, line: &str) -> String {
        let mut line = line.to_owned();
        for (name, value) in &self.0 {
            for form in [
                format!("${{{name}}}"),
                format!("$env:{name}"),
                format!("${name}"),
                format!("%{name}%"),
            ] {
                line = line.replace(&form, value);
            }
        }
        line
    }
}

/// Whether a value is a shell variable that the text does not set.
fn is_variable(value: &str) -> bool {
    let name = value.strip_prefix('$').unwrap_or_default();
    let is_percent = 2 < value.len() && value.starts_with('%') && value.ends_with('%');
    is_percent || name.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '{'))
}

/// Text with continued lines joined, for any shell.
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

/// Overlays the flags on a scenario.
pub(super) fn read(text: &str, base: &Scenario, today: Date) -> Reading {
    let mut left = Vec::new();
    let mut pairs = Vec::new();
    let mut start = base.clone();
    let mut by_link = Vec::new();
    let mut commands = commands(text);
    let own = commands.next().unwrap_or_default();
    for other in commands.filter(|other| *other != own) {
        let why = "is another command than the first one, which was taken: paste it alone";
        left.push(Leftover::new(as_typed(&other.join(" ")), why));
    }
    for (flag, value) in flags(&own, &mut left) {
        let set = value.as_deref().unwrap_or_default();
        let set = set.split_once('=').map_or(set, |(_, set)| set);
        if is_variable(set) {
            let why = "is a variable of the shell, which this text does not set";
            left.push(Leftover {
                value: value.as_deref().map(as_typed),
                ..Leftover::new(format!("--{flag}"), why)
            });
            continue;
        }
        match (flag.as_str(), value.as_deref().map(as_typed)) {
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
            (SEED, Some(value)) => pairs.push((SEED.to_owned(), value)),
            (flag, value) => left.push(no_flag(flag, value)),
        }
    }
    let pairs = last_of_each(pairs, &mut left);
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

/// Leftover for a flag that no scenario holds, or for an unknown one with the flag it begins.
fn no_flag(flag: &str, value: Option<String>) -> Leftover {
    let mut beside = BESIDE.iter();
    if let Some((_, why)) = beside.find(|(own, _)| *own == flag && value.is_some()) {
        return Leftover {
            value,
            ..Leftover::new(format!("--{flag}"), *why)
        };
    }
    let mut known = FLAGS.iter();
    let why = match known.find(|known| known.starts_with(flag) && **known != flag) {
        Some(known) => format!("is no flag of kt capacity estimate: --{known} is"),
        None => "is no flag of kt capacity estimate, or has no value".to_owned(),
    };
    Leftover {
        value,
        ..Leftover::new(format!("--{flag}"), why)
    }
}

/// Last value per key; earlier ones are reported.
fn last_of_each(pairs: Vec<(String, String)>, left: &mut Vec<Leftover>) -> Vec<(String, String)> {
    let mut kept = Vec::new();
    let mut later = BTreeSet::new();
    for (key, value) in pairs.into_iter().rev() {
        if later.insert(key.clone()) {
            kept.push((key, value));
        } else {
            let why = "is set again behind it, and the last one counts";
            left.push(Leftover {
                value: Some(value),
                ..Leftover::new(format!("--{key}"), why)
            });
        }
    }
    kept.reverse();
    kept
}

/// Flags with their values; stray words are reported.
fn flags(words: &[String], left: &mut Vec<Leftover>) -> Vec<(String, Option<String>)> {
    let mut flags = Vec::new();
    let mut words = words.iter().peekable();
    while let Some(word) = words.next() {
        // The next command begins here.
        let is_end = ["|", ";", "&"].iter().any(|end| word.starts_with(end));
        let digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
        if is_end || digits.starts_with(['>', '<']) {
            break;
        }
        let Some(flag) = word.strip_prefix("--") else {
            left.push(Leftover::new(as_typed(word), "is no flag"));
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

/// Label of the input for a key, or the key.
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

/// Flags in our own export of the scenario.
fn known(base: &Scenario, today: Date) -> Vec<(String, String)> {
    let files = export::files(base, &evaluate(base, today), "");
    let file = files.iter().find(|file| file.name == "kt-command.sh");
    let words = file.and_then(|file| commands(&file.text).next());
    let words = words.unwrap_or_default();
    let flags = flags(&words, &mut Vec::new()).into_iter();
    flags
        .filter_map(|(flag, value)| Some((flag, as_typed(&value?))))
        .collect()
}

/// Scenario with the flags overlaid as a link on the base, with the checks of links. Keys that
/// cannot be applied alone are not taken.
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
