//! Limits over any window as limits per minute, day or month, including shared ones.

use std::collections::{BTreeMap, BTreeSet};

use crate::import::fact::Facts;
use crate::import::target::{More, Target};
use crate::scenario::number::grouped;

const HOUR_S: f64 = 3_600.0;
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
    /// the one that allows less per unit of the input counts.
    pub(super) fn give(&self, targets: &mut [&mut Target]) {
        let (key, whole) = self.input();
        let weight = |target: &Target| target.weight.unwrap_or(1.0);
        let served = targets.iter().filter(|target| 0.0 < weight(target));
        let served: Vec<(usize, f64)> = served.map(|one| (one.order, weight(one))).collect();
        let first = served.iter().map(|(order, _)| *order).min();
        let of_first = served.iter().filter(|(order, _)| Some(*order) == first);
        let total: f64 = of_first.map(|(_, weight)| weight).sum();
        for target in targets {
            let part = if served.len() < 2 || weight(target) <= 0.0 {
                Part::Whole
            } else if Some(target.order) == first {
                Part::Share(weight(target) / total)
            } else {
                Part::Later
            };
            let is_exact = part == Part::Whole && self.window_s.total_cmp(&unit_s(key)).is_eq();
            let value = match part {
                Part::Whole if is_exact => whole,
                Part::Whole => rounded(whole),
                Part::Share(share) => rounded(whole * share),
                Part::Later => 0.0,
            };
            let span_s = self.span_s();
            let before = target.more.iter().position(|more| more.key == key);
            let is_behind = |before: &More| {
                let of_before = before.span_s.unwrap_or(unit_s(key));
                let by_value = before.value.total_cmp(&value);
                let by_span = of_before.total_cmp(&span_s);
                // A mean over a day is no limit of a minute.
                if of_before.max(span_s) <= HOUR_S {
                    by_value.then(by_span).is_le()
                } else {
                    by_span.then(by_value).is_le()
                }
            };
            if before.is_some_and(|before| is_behind(&target.more[before])) {
                continue;
            }
            let more = More {
                key,
                document: Some(self.document),
                place: self.place.clone(),
                value,
                note: self.note(part),
                span_s: Some(span_s),
            };
            match before {
                Some(before) => target.more[before] = more,
                None => target.more.push(more),
            }
        }
    }

    /// Derivation of the value.
    fn note(&self, part: Part) -> Option<String> {
        let mut note = Vec::new();
        if self.window_s != MINUTE_S {
            let (limit, window) = (grouped(self.limit), grouped(self.window_s));
            note.push(format!("{limit} in {window} s"));
        }
        let limit = || grouped(rounded(self.input().1));
        match part {
            Part::Whole => {}
            Part::Share(_) => note.push(format!("its share of one limit of {} for all", limit())),
            Part::Later => note.push(format!(
                "one limit of {} for all, which the places before it may use up; if those fail, it \
                 has the whole, but the plan counts 0 for it then too",
                limit()
            )),
        }
        (!note.is_empty()).then(|| note.join(", "))
    }
}

/// Part of a limit that a target gets. The gateway has one counter for all targets: what it
/// refuses to the first order, it refuses to the later ones as well.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    /// Limit of one target.
    Whole,
    /// Share of the targets that come first.
    Share(f64),
    /// Rest for a later order.
    Later,
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
                let least = shortest.get(input).copied().unwrap_or(own_s);
                let is_longer = HOUR_S < own_s && least < own_s;
                own.unused(quota.whole, if is_longer { LONGER } else { TIGHTER });
            }
        }
    }
}
