//! Writes a scenario as a fragment.

use std::fmt::Write as _;

use super::bound::{VERSION, clean_name};
use super::fragment::Fragment;
use super::pair::{self, encode};
use crate::model::digits;
use crate::scenario::guess::Guessed;
use crate::scenario::names::{OWN_MODEL, OWN_TIER};
use crate::scenario::property::{self, Choice, Entry, Number, Ranged};
use crate::scenario::{Period, Provider, Scenario, Theme, View, Workload};

/// Presentation of a scenario, written after its pairs.
#[derive(Default)]
pub(super) struct Around<'a> {
    pub(super) view: View,
    pub(super) theme: Option<Theme>,
    pub(super) embed: Option<&'a str>,
    pub(super) beside: &'a [Fragment],
}

impl Around<'_> {
    /// Whole link, from a scenario's fragment.
    pub(super) fn write(&self, scenario: &str) -> String {
        let mut link = scenario.to_owned();
        if self.view != View::default() {
            push_pair(&mut link, "view", self.view.word());
        }
        if let Some(theme) = self.theme {
            push_pair(&mut link, "theme", theme.word());
        }
        if let Some(origin) = self.embed {
            push_pair(&mut link, "embed", &encode(origin));
        }
        for fragment in self.beside {
            link.push('&');
            link.push_str(&fragment.pair());
        }
        link
    }
}

/// The fragment of a scenario, without the `#`, in the first version whose default providers match;
/// in the latest if none does.
pub fn to_fragment(scenario: &Scenario) -> String {
    let versions = (1..=VERSION).map(|version| (version, Scenario::of_version(version)));
    let mut fitting =
        versions.filter(|(_, default)| same_providers(&scenario.providers, &default.providers));
    let (version, default) = fitting
        .next()
        .unwrap_or_else(|| (VERSION, Scenario::of_version(VERSION)));
    let mut link = format!("v={version}");
    let name = clean_name(&scenario.name);
    if !name.is_empty() {
        push_pair(&mut link, "name", &encode(&name));
    }
    write_workloads(&mut link, &scenario.workloads, &default.workloads);
    if !same_providers(&scenario.providers, &default.providers) {
        for provider in &scenario.providers {
            push_pair(&mut link, "p", &provider_row(provider));
        }
    }
    write_choices(&mut link, property::SCENARIO_CHOICES, scenario, &default);
    write_numbers(&mut link, property::SCENARIO, scenario, &default);
    link
}

fn write_workloads(link: &mut String, workloads: &[Workload], default: &[Workload]) {
    if let ([workload], [default]) = (workloads, default) {
        if workload.name != default.name {
            push_pair(link, "workload", &encode(&clean_name(&workload.name)));
        }
        write_choices(link, &property::WORKLOAD_CHOICES[1..], workload, default);
        let requests = property::REQUESTS.entry(workload);
        if workload.period != default.period || requests != property::REQUESTS.entry(default) {
            let key = match workload.period {
                Period::Day => "requests-per-day",
                Period::Hour => "requests-per-hour",
                Period::Minute => "requests-per-minute",
            };
            push_pair(link, key, &number_word(&property::REQUESTS, workload));
        }
        write_numbers(link, &property::WORKLOAD[1..], workload, default);
        return;
    }
    for workload in workloads {
        push_pair(link, "w", &workload_row(workload));
    }
}

/// Word in a row for the published spreads of all its numbers.
pub(super) const GUESS: &str = "guess";

/// The row whose numbers are written, and the word after them.
fn worded<S: Guessed>(table: &[&Number<S>], owner: &S) -> (S, &'static str) {
    match owner.before_guess(table) {
        Some(before) => (before, ",guess"),
        None => (owner.clone(), ""),
    }
}

fn workload_row(workload: &Workload) -> String {
    let (workload, guess) = &worded(property::WORKLOAD, workload);
    let period = match workload.period {
        Period::Day => "day",
        Period::Hour => "hour",
        Period::Minute => "min",
    };
    let mut row = format!(
        "{},{}/{period},{},{}",
        encode(&clean_name(&workload.name)),
        number_word(&property::REQUESTS, workload),
        number_word(&property::INPUT_TOKENS, workload),
        number_word(&property::OUTPUT_TOKENS, workload)
    );
    let empty = Workload::empty(0);
    write_extras(&mut row, &property::WORKLOAD[3..], workload, &empty);
    write_extra_choices(&mut row, &property::WORKLOAD_CHOICES[1..], workload, &empty);
    row + guess
}

fn write_extra_choices<S>(row: &mut String, table: &[&Choice<S>], owner: &S, default: &S) {
    for choice in table {
        let word = (choice.get)(owner);
        if word != (choice.get)(default) {
            extra(row, choice.key, &choice_word(word));
        }
    }
}

fn provider_row(provider: &Provider) -> String {
    let (provider, guess) = &worded(property::PROVIDER, provider);
    // An empty model or tier would be read as the vendor's first.
    let or_own = |text: &str, own: &str| {
        let name = clean_name(text);
        if name.is_empty() {
            own.to_owned()
        } else {
            name
        }
    };
    let filled = Provider::from_catalog(
        0,
        &provider.vendor,
        &or_own(&provider.model, OWN_MODEL),
        &or_own(&provider.tier, OWN_TIER),
        provider.weight,
    );
    let mut row = format!(
        "{},{},{},{}",
        encode(&filled.vendor),
        encode(&filled.model),
        encode(&filled.tier),
        number_word(&property::WEIGHT, provider)
    );
    let name = clean_name(&provider.name);
    if name != filled.name {
        extra(&mut row, "name", &encode(&name));
    }
    write_extras(&mut row, &property::PROVIDER[1..], provider, &filled);
    write_extra_choices(&mut row, property::PROVIDER_CHOICES, provider, &filled);
    row + guess
}

/// Short keys inside rows.
pub(super) fn short_key(key: &'static str) -> &'static str {
    if key == "max-output-tokens" {
        "max"
    } else {
        key
    }
}

fn write_extras<S: Ranged>(row: &mut String, table: &[&Number<S>], owner: &S, default: &S) {
    for number in table {
        let entry = number.entry(owner);
        if entry != number.entry(default) {
            extra(row, short_key(number.key), &number_word(number, owner));
        }
    }
}

fn write_numbers<S: Ranged>(link: &mut String, table: &[&Number<S>], owner: &S, default: &S) {
    for number in table {
        let entry = number.entry(owner);
        if entry != number.entry(default) {
            push_pair(link, number.key, &number_word(number, owner));
        }
    }
}

fn write_choices<S>(link: &mut String, table: &[&Choice<S>], owner: &S, default: &S) {
    for choice in table {
        let word = (choice.get)(owner);
        if word != (choice.get)(default) {
            push_pair(link, choice.link_key, &choice_word(word));
        }
    }
}

/// A word, or comma-separated numbers.
fn choice_word(word: Option<String>) -> String {
    word.map_or_else(|| "none".to_owned(), |word| encode_list(&word))
}

/// Shortest digits that read back exactly, or the range.
fn number_word<S: Ranged>(number: &Number<S>, owner: &S) -> String {
    let Entry { value, range } = number.entry(owner);
    match range {
        Some(range) => number.spec().written(&range),
        None => value.map_or_else(|| "none".to_owned(), digits::shortest),
    }
}

fn same_providers(a: &[Provider], b: &[Provider]) -> bool {
    a.len() == b.len()
        && a.iter()
            .zip(b)
            .all(|(a, b)| provider_row(a) == provider_row(b))
}

pub(super) fn push_pair(link: &mut String, key: &str, value: &str) {
    write!(link, "&{key}={value}").expect("writing to a string cannot fail");
}

fn extra(row: &mut String, key: &str, value: &str) {
    write!(row, ",{key}:{value}").expect("writing to a string cannot fail");
}

/// A fragment with further pairs, which replace those of the same key.
pub(super) fn laid_over(fragment: &str, pairs: &[(&str, &str)]) -> String {
    let mut link = fragment.to_owned();
    for (key, value) in pairs {
        let is_row = matches!(*key, "w" | "p");
        let kept = pair::of(&link).filter(|pair| {
            let old = pair.split_once('=').map_or(*pair, |(key, _)| key);
            is_row || old != *key
        });
        link = kept.collect::<Vec<_>>().join("&") + &pair(key, value);
    }
    link
}

/// Encodes a list, except for its commas.
fn encode_list(text: &str) -> String {
    text.split(',').map(encode).collect::<Vec<_>>().join(",")
}

/// `&key=value`, with the value's special characters encoded.
fn pair(key: &str, value: &str) -> String {
    format!("&{}={}", encode(key), encode_list(value))
}
