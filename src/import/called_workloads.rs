//! Workloads of a usage export, each bound to the providers that served it.

use super::called::rows_called;
use crate::say::traffic::{merged_name, workload_name};
use crate::scenario::property::{
    Entry, Form, INPUT_TOKENS, Number, OUTPUT_TOKENS, REQUESTS, Range,
};
use crate::scenario::{Period, Scenario, Workload};
use crate::traffic::{self, Digest};

/// Maximum change of a value by rounding.
const ROUNDING: f64 = 0.01;

/// Workloads of a file merged into one, named after them; `None` without any.
pub fn merged_workload(parts: &[&traffic::Workload]) -> Option<traffic::Workload> {
    let whole = traffic::joined(parts)?;
    let name = (1 < parts.len()).then(|| merged_name(parts));
    Some(traffic::Workload {
        model: name.or(whole.model),
        ..whole
    })
}

/// The workloads of models, keys or tags in a file, in the place of the scenario's first; what the
/// file does not say by them is as in the whole. Models go to the providers that served them, where
/// the scenario has those. Where the requests of the whole have a range, those of each have one by
/// which all of them together are as wide, as if each drifted by itself.
pub fn called_workloads<'a>(
    of: impl Iterator<Item = &'a traffic::Workload>,
    digest: &Digest,
    scenario: &Scenario,
) -> Vec<Workload> {
    let Some(whole) = scenario.workloads.first() else {
        return Vec::new();
    };
    let rows = rows_called(digest, &scenario.providers);
    let ids = scenario.target_ids();
    let workload = |(id, of): (u32, &traffic::Workload)| {
        let to = targets(of, digest, &rows, &ids);
        Workload {
            to: to.or_else(|| whole.to.clone()),
            ..called_workload(id, of, whole)
        }
    };
    let mut rows: Vec<Workload> = (1..).zip(of).map(workload).collect();
    if let [one] = rows.as_mut_slice() {
        as_the_whole(one, whole);
        return rows;
    }
    let Some(range) = REQUESTS.range(whole) else {
        return rows;
    };
    let all: f64 = rows.iter().map(|row| row.requests).sum();
    let squares: f64 = rows
        .iter()
        .map(|row| libm::pow(row.requests / all, 2.0))
        .sum();
    let factor = libm::pow(range.high / whole.requests, 1.0 / libm::sqrt(squares));
    for row in &mut rows {
        let likely = row.requests;
        let [low, high] = [likely / factor, likely * factor].map(three_digits);
        let range = (low < likely && likely < high).then_some(Range {
            low,
            high,
            form: Form::Likely(likely),
        });
        let value = Some(likely);
        REQUESTS.put(row, Entry { value, range });
    }
    rows
}

/// Ids of the providers that served the models of a workload; `None` if some are not known, or if
/// all providers did.
fn targets(
    of: &traffic::Workload,
    digest: &Digest,
    rows: &[Option<usize>],
    ids: &[String],
) -> Option<String> {
    // Digests stored without models have the name of one at most.
    let is_named = |name: &String| of.models.contains(name) || of.model.as_ref() == Some(name);
    let is_own = |name: &Option<String>| name.as_ref().is_some_and(is_named);
    let called = digest.called.iter().zip(rows);
    let own = called.filter(|(call, _)| is_own(&call.model));
    let own: Option<Vec<usize>> = own.map(|(_, row)| *row).collect();
    let mut own = own.filter(|rows| !rows.is_empty())?;
    own.sort_unstable();
    own.dedup();
    let named = own
        .iter()
        .filter_map(|row| ids.get(*row).map(String::as_str));
    (own.len() < ids.len()).then(|| named.collect::<Vec<_>>().join("/"))
}

/// One workload of all requests has the numbers of the whole with their ranges, which rounding
/// would part.
fn as_the_whole(one: &mut Workload, whole: &Workload) {
    let numbers: [&Number<Workload>; 3] = [&REQUESTS, &INPUT_TOKENS, &OUTPUT_TOKENS];
    for number in numbers {
        let values = (number.get)(one).zip((number.get)(whole));
        if values.is_some_and(|(own, all)| (own - all).abs() <= ROUNDING) {
            number.put(one, number.entry(whole));
        }
    }
}

fn three_digits(value: f64) -> f64 {
    let unit = libm::pow(10.0, libm::floor(libm::log10(value)) - 2.0);
    if unit < 1.0 {
        let parts = libm::round(1.0 / unit);
        libm::round(value * parts) / parts
    } else {
        libm::round(value / unit) * unit
    }
}

fn called_workload(id: u32, of: &traffic::Workload, whole: &Workload) -> Workload {
    // More than two decimals would be noise.
    let rounded = |value: f64| (value * 100.0).round() / 100.0;
    // Answers by the gateway itself have no tokens in a file.
    let (input_tokens, output_tokens) = if 0.0 < of.input_tokens + of.output_tokens {
        (rounded(of.input_tokens), rounded(of.output_tokens))
    } else {
        (whole.input_tokens, whole.output_tokens)
    };
    Workload {
        id,
        name: workload_name(of),
        profile: None,
        requests: rounded(of.requests_per_day),
        period: Period::Day,
        input_tokens,
        output_tokens,
        cached_percent: of.cached_percent.map_or(whole.cached_percent, rounded),
        cache_hit_percent: of
            .cache_hit_percent
            .map_or(whole.cache_hit_percent, rounded),
        batch_percent: of.batch_percent.map_or(whole.batch_percent, rounded),
        ..whole.clone()
    }
}
