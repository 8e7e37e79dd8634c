//! A measured minute as the limits of a provider count it.

use super::counting::{request, reserved_answer, unit_of};
use super::{LimitKind, LimitUse, Plan};
use crate::catalog::provider::Counting;
use crate::model::demand::SECONDS_PER_MINUTE;
use crate::scenario::{Provider, Scenario};
use crate::traffic::{Amounts, Busiest};

/// Uncached input tokens, cached input tokens, output tokens and requests.
type Parts = [f64; 4];

/// How a provider counts what goes there directly.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counts<'s> {
    provider: &'s Provider,
    /// Planned parts of a day.
    planned: Parts,
    /// Output that is reserved by request, of a mean request.
    reserved: f64,
    /// Share of the output that is counted as it is produced.
    open_ratio: f64,
    /// Tokens that stand reserved for a request a minute, pay-as-you-go and with reserved units.
    standing: [f64; 2],
}

impl<'s> Counts<'s> {
    /// Those of a provider for its share of each workload.
    pub(super) fn of(
        scenario: &'s Scenario,
        plan: &Plan,
        provider: &'s Provider,
        share: impl Fn(usize) -> f64,
    ) -> Self {
        let vendor = provider.vendor_row();
        let [mut planned, mut reserved, mut open] = [[0.0; 4], [0.0; 4], [0.0; 4]];
        let mut standing = [0.0; 2];
        for (at, workload) in scenario.workloads.iter().enumerate() {
            let direct = workload.requests_per_day() * workload.direct_ratio() * share(at);
            let counts = request(workload, provider, vendor, &plan.demand);
            let cached = workload.cached_percent / 100.0 * workload.input_tokens;
            let output = workload.output_tokens;
            add(
                &mut planned,
                direct,
                [workload.input_tokens - cached, cached, output, 1.0],
            );
            let answer = reserved_answer(workload, provider);
            if provider.counting == Counting::Reserved && output < answer {
                add(&mut reserved, direct, [0.0, 0.0, answer, 1.0]);
            } else {
                add(&mut open, direct, [0.0, 0.0, output, 1.0]);
            }
            standing[0] += direct * counts.standing_s / SECONDS_PER_MINUTE;
            standing[1] += direct * counts.unit_standing_s / SECONDS_PER_MINUTE;
        }
        let [.., output, requests] = planned;
        Self {
            provider,
            planned,
            reserved: over(reserved[2], requests),
            open_ratio: if 0.0 < output { open[2] / output } else { 1.0 },
            standing: standing.map(|sum| over(sum, requests)),
        }
    }

    /// Amounts of a planned day.
    pub(super) fn day(&self) -> Amounts {
        let [fresh, cached, output, requests] = self.planned;
        Amounts {
            requests,
            tokens: fresh + cached + output,
            output,
            cached,
        }
    }

    /// What each part counts for towards a limit; `None` for limits of other spans.
    fn weights(&self, kind: LimitKind) -> Option<Parts> {
        let cached = if self.provider.vendor_row().counts_cached {
            1.0
        } else {
            0.0
        };
        let weight = self.provider.output_weight;
        Some(match (kind, self.provider.counting) {
            (LimitKind::Rpm, _) => [0.0, 0.0, 0.0, 1.0],
            (LimitKind::Itpm, _) | (LimitKind::Tpm, Counting::Input) => [1.0, cached, 0.0, 0.0],
            (LimitKind::Otpm, _) => [0.0, 0.0, self.open_ratio, self.reserved],
            (LimitKind::Tpm, Counting::Reserved) => [
                1.0,
                cached,
                weight * self.open_ratio,
                weight * self.reserved,
            ],
            (LimitKind::Tpm, Counting::Corrected) => [1.0, cached, weight, self.standing[0]],
            (LimitKind::Tpm, Counting::Produced) => [1.0, cached, weight, 0.0],
            (LimitKind::Units, _) => {
                let unit = unit_of(self.provider);
                [
                    1.0,
                    unit.cached_weight,
                    unit.output_weight,
                    self.standing[1],
                ]
            }
            _ => return None,
        })
    }

    /// Parts of a measured minute; what the file does not tell is in the proportion of `planned`.
    fn parts(planned: Parts, minute: &Amounts, told: Told) -> Parts {
        let [fresh, cached, output, requests] = planned;
        let (input, all) = (fresh + cached, fresh + cached + output);
        let produced = if told.output {
            minute.output
        } else {
            minute.tokens * over(output, all)
        };
        let asked = (minute.tokens - produced).max(0.0);
        let held = if told.cached {
            minute.cached.min(asked)
        } else {
            asked * over(cached, input)
        };
        let sent = if told.requests {
            minute.requests
        } else {
            minute.tokens * over(requests, all)
        };
        [asked - held, held, produced, sent]
    }
}

/// What the minutes of a file tell apart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told {
    requests: bool,
    output: bool,
    cached: bool,
}

impl Told {
    pub(super) fn of(busiest: &Busiest) -> Self {
        Self {
            requests: 0.0 < busiest.requests,
            output: busiest.has_output,
            cached: busiest.has_cached,
        }
    }
}

/// How full a minute makes a limit.
pub(super) struct Filled {
    planned: Parts,
    told: Told,
    /// Share of the limit that one unit of each part fills.
    each: Parts,
}

impl Filled {
    /// By the provider's own minutes. Other rows under the same limit are in the proportion that
    /// the plan has.
    pub(super) fn by_own(counts: &Counts<'_>, used: &LimitUse, told: Told) -> Option<Self> {
        let own = used.load - used.beside;
        let beside = if 0.0 < own { used.load / own } else { 1.0 };
        let weights = counts.weights(used.kind)?;
        Self::new(
            counts.planned,
            told,
            weights.map(|weight| weight * beside / used.published),
        )
    }

    /// By all minutes, of which the provider has the share that the plan gives it: the mix of
    /// models and their shares are the plan's.
    pub(super) fn by_share(
        plan: &Plan,
        (counts, all): (&Counts<'_>, &Counts<'_>),
        used: &LimitUse,
        told: Told,
    ) -> Option<Self> {
        let demand = &plan.demand;
        let weights = counts.weights(used.kind)?;
        let counted: f64 = dot(weights, counts.planned);
        let peak = demand.peak_rpm * demand.attempts / demand.requests_per_day;
        let mut each = [0.0; 4];
        for at in 0..each.len() {
            let sent = all.planned[at] * peak;
            let part = over(weights[at] * counts.planned[at], counted);
            each[at] = over(used.load * part, sent * used.published);
        }
        Self::new(all.planned, told, each)
    }

    fn new(planned: Parts, told: Told, each: Parts) -> Option<Self> {
        let is_filled = each.iter().all(|it| it.is_finite()) && 0.0 < each.iter().sum::<f64>();
        is_filled.then_some(Self {
            planned,
            told,
            each,
        })
    }

    /// Share of the limit that a minute fills.
    pub(super) fn ratio(&self, minute: &Amounts) -> f64 {
        dot(self.each, Counts::parts(self.planned, minute, self.told))
    }

    /// The same with the tokens that its requests have on average, where it has fewer: those of
    /// refused requests are not in the file.
    pub(super) fn offered(&self, minute: &Amounts, mean: &Amounts) -> f64 {
        let tokens = over(mean.tokens, mean.requests) * minute.requests;
        let offered = if 0.0 < minute.tokens {
            let tokens = minute.times((tokens / minute.tokens).max(1.0));
            Amounts {
                requests: minute.requests,
                ..tokens
            }
        } else {
            mean.times(over(minute.requests, mean.requests))
        };
        self.ratio(&offered)
    }
}

fn add(parts: &mut Parts, times: f64, of: Parts) {
    for (part, of) in parts.iter_mut().zip(of) {
        *part += times * of;
    }
}

fn dot(a: Parts, b: Parts) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// A part over a whole; 0 of nothing.
fn over(part: f64, whole: f64) -> f64 {
    if 0.0 < whole { part / whole } else { 0.0 }
}
