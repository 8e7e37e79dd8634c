//! Limits over any window as limits per minute, day or month, including shared ones.

use std::collections::{BTreeMap, BTreeSet};

use crate::import::fact::Facts;
use crate::import::target::{More, Target};
use crate::scenario::number::grouped;

const DAY_S: f64 = 86_400.0;
/// Month in a file, in seconds.
const MONTH_S: f64 = 30.0 * DAY_S;
const MINUTE_S: f64 = 60.0;
const TIGHTER: &str = "is no tighter than another limit of the same kind, which was taken";
const LONGER: &str = "is over a longer time than another limit of the same kind, which was taken: \
                      no input has both";

/// Unit of a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Counts {
    /// Requests.
    Requests,
    /// Tokens, input and output combined.
    Tokens,
    /// Input tokens.
    Input,
    /// Output tokens.
    Output,
}

/// Limit as written in a file.
#[derive(Clone)]
pub(super) struct Quota {
    /// Index among the related documents.
    pub(super) document: usize,
    /// Place of the number.
    pub(super) place: String,
    /// Further places that identify the limit.
    pub(super) parts: Vec<String>,
    /// Place reported if the limit applies to no target.
    pub(super) whole: String,
    pub(super) counts: Counts,
    pub(super) limit: f64,
    pub(super) window_s: f64,
}

/// Reason for a limit in a unit outside the model.
pub(super) fn not_modelled(counts: &str) -> String {
    format!("counts {counts}, which is not modelled")
}

impl Quota {
    /// Quota whose number has no further places.
    pub(super) fn at(
        (document, place): (usize, String),
        counts: Counts,
        (limit, window_s): (f64, f64),
    ) -> Self {
        Self {
            document,
            whole: place.clone(),
            place,
            parts: Vec::new(),
            counts,
            limit,
            window_s,
        }
    }
}

impl Counts {
    /// Unit of a token limit, by the strategy's name.
    pub(super) fn of(strategy: &str) -> Option<Self> {
        let name = strategy.to_ascii_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
        if has(&["total"]) {
            Some(Self::Tokens)
        } else if has(&["prompt", "input"]) {
            Some(Self::Input)
        } else if has(&["completion", "output"]) {
            Some(Self::Output)
        } else {
            None
        }
    }

    /// Unit in words.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Requests => "requests",
            Self::Tokens => "tokens",
            Self::Input => "input tokens",
            Self::Output => "output tokens",
        }
    }
}

impl Quota {
    /// Input key for the limit, and the value in that input's unit.
    fn input(&self) -> (&'static str, f64) {
        let is_daily = DAY_S <= self.window_s;
        let is_monthly = 28.0 * DAY_S <= self.window_s;
        let key = match (self.counts, is_daily) {
            (Counts::Requests, _) if is_monthly => "requests-month",
            (Counts::Tokens, _) if is_monthly => "tokens-month",
            (Counts::Requests, false) => "rpm",
            (Counts::Requests, true) => "rpd",
            (Counts::Tokens, false) => "tpm",
            (Counts::Tokens, true) => "tpd",
            (Counts::Input, _) => "itpm",
            (Counts::Output, _) => "otpm",
        };
        // Input and output have no daily or monthly limit.
        (key, self.limit * unit_s(key) / self.window_s)
    }

    /// Window in seconds, at least that of the input.
    fn span_s(&self) -> f64 {
        let (key, _) = self.input();
        self.window_s.max(unit_s(key))
    }

    /// Applies the limit to targets: alone, or by share if they have it in common. Of two limits
    /// the tighter one counts.
    pub(super) fn give(&self, targets: &mut [&mut Target]) {
        let (key, value) = self.input();
        let weight = |target: &Target| target.weight.unwrap_or(1.0);
        let mut totals: BTreeMap<usize, (usize, f64)> = BTreeMap::new();
        for target in targets.iter() {
            let (members, total) = totals.entry(target.order).or_default();
            *members += 1;
            *total += weight(target);
        }
        for target in targets {
            // A later order level may use the whole limit once it takes over.
            let (members, total) = totals[&target.order];
            let is_part = 1 < members && 0.0 < weight(target);
            let share = if is_part { weight(target) / total } else { 1.0 };
            let is_exact = !is_part && self.window_s.total_cmp(&unit_s(key)).is_eq();
            let value = value * share;
            let value = if is_exact { value } else { rounded(value) };
            let span_s = self.span_s();
            let before = target.more.iter().position(|more| more.key == key);
            // A mean over a longer window is not a per-minute limit.
            let is_behind = |before: &More| {
                let of_before = before.span_s.unwrap_or(unit_s(key));
                let order = of_before.total_cmp(&span_s);
                order.then(before.value.total_cmp(&value)).is_le()
            };
            if before.is_some_and(|before| is_behind(&target.more[before])) {
                continue;
            }
            let more = More {
                key,
                document: Some(self.document),
                place: self.place.clone(),
                value,
                note: self.note(is_part),
                span_s: Some(span_s),
            };
            match before {
                Some(before) => target.more[before] = more,
                None => target.more.push(more),
            }
        }
    }

    /// Derivation of the value.
    fn note(&self, is_part: bool) -> Option<String> {
        let mut note = Vec::new();
        if self.window_s != MINUTE_S {
            let (limit, window) = (grouped(self.limit), grouped(self.window_s));
            note.push(format!("{limit} in {window} s"));
        }
        if is_part {
            let limit = grouped(rounded(self.input().1));
            note.push(format!("its share of one limit of {limit} for all"));
        }
        (!note.is_empty()).then(|| note.join(", "))
    }
}

/// Window of an input, in seconds.
fn unit_s(key: &str) -> f64 {
    if key.ends_with("pm") {
        MINUTE_S
    } else if key.ends_with("month") {
        MONTH_S
    } else {
        DAY_S
    }
}

/// Value without floating-point error: whole from 1,000 on, else four digits.
fn rounded(value: f64) -> f64 {
    if value <= 0.0 {
        return value;
    }
    let digits = 3.0 - libm::floor(libm::log10(value));
    let unit = libm::pow(10.0, digits.clamp(0.0, 12.0));
    libm::round(value * unit) / unit
}

/// Limit applied, and the reason if to no target.
pub(super) type Given = (Quota, Option<String>);

/// Records the outcome of each limit in its document.
pub(super) fn account(given: Vec<Given>, facts: &mut [Facts]) {
    let targets = facts.iter().flat_map(|facts| &facts.targets);
    let limits: Vec<&More> = targets.flat_map(|target| &target.more).collect();
    let held: BTreeSet<(usize, String)> = limits
        .iter()
        .filter_map(|more| Some((more.document?, more.place.clone())))
        .collect();
    // Shortest window of a limit, by input.
    let mut shortest: BTreeMap<&'static str, f64> = BTreeMap::new();
    for more in limits {
        let span_s = more.span_s.unwrap_or(unit_s(more.key));
        let least = shortest.entry(more.key).or_insert(span_s);
        *least = least.min(span_s);
    }
    for (quota, nobody) in given {
        let (input, own_s) = (quota.input().0, quota.span_s());
        let own = &mut facts[quota.document];
        let key = (quota.document, quota.place);
        match nobody {
            Some(why) => own.unused(quota.whole, why),
            None if held.contains(&key) => {
                own.understood.push(key.1);
                own.understood.extend(quota.parts);
            }
            None => {
                let is_longer = shortest.get(input).is_some_and(|least| *least < own_s);
                own.unused(quota.whole, if is_longer { LONGER } else { TIGHTER });
            }
        }
    }
}
