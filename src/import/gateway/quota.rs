//! Limits of a window as limits of a minute or of a day, also those that several share.

use crate::import::target::{More, Target};
use crate::scenario::number::grouped;

const DAY_S: f64 = 86_400.0;
const MINUTE_S: f64 = 60.0;

/// What a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counts {
    /// Requests.
    Requests,
    /// Tokens, input and output together.
    Tokens,
    /// Input tokens.
    Input,
    /// Output tokens.
    Output,
}

/// A limit as a file has it.
pub(super) struct Quota {
    pub(super) place: String,
    pub(super) counts: Counts,
    pub(super) limit: f64,
    pub(super) window_s: f64,
}

impl Counts {
    /// What a limit in tokens counts, by the name of its strategy.
    pub(super) fn of(strategy: &str) -> Option<Self> {
        let name = strategy.to_lowercase();
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
}

impl Quota {
    /// The input that it fills, and the value there.
    fn input(&self) -> (&'static str, f64) {
        let is_daily = DAY_S <= self.window_s;
        let unit_s = if is_daily { DAY_S } else { MINUTE_S };
        let key = match (self.counts, is_daily) {
            (Counts::Requests, false) => "rpm",
            (Counts::Requests, true) => "rpd",
            (Counts::Tokens, false) => "tpm",
            (Counts::Tokens, true) => "tpd",
            (Counts::Input, _) => "itpm",
            (Counts::Output, _) => "otpm",
        };
        // Input and output have no limit of a day.
        let unit_s = if key.ends_with("pm") {
            MINUTE_S
        } else {
            unit_s
        };
        (key, self.limit * unit_s / self.window_s)
    }

    /// Gives it to each of some targets: alone, or by their shares where they have it together.
    pub(super) fn give(&self, targets: &mut [&mut Target]) {
        let (key, value) = self.input();
        let weight = |target: &Target| target.weight.unwrap_or(1.0);
        let total: f64 = targets.iter().map(|target| weight(target)).sum();
        let is_shared = 1 < targets.len() && 0.0 < total;
        for target in targets {
            // One that stands by may use all of it once it takes over.
            let is_part = is_shared && 0.0 < weight(target);
            let share = if is_part { weight(target) / total } else { 1.0 };
            let mut note = Vec::new();
            if self.window_s != MINUTE_S {
                note.push(format!(
                    "{} in {} s",
                    grouped(self.limit),
                    grouped(self.window_s)
                ));
            }
            if is_part {
                let limit = grouped(value);
                note.push(format!("its share of one limit of {limit} for all"));
            }
            target.more.push(More {
                key,
                place: self.place.clone(),
                value: value * share,
                note: (!note.is_empty()).then(|| note.join(", ")),
            });
        }
    }
}
