//! Sums of single requests.

use std::collections::BTreeMap;

use super::answer::Window;
use super::callees::{Callees, callees};
use super::coverage::{spans, without_gaps};
use super::hours::Hours;
use super::model_sums::{ModelSums, Times, Tokens};
use super::observed::Classes;
use super::sellers::Sellers;
use super::series::{Bucket, Series};
use super::spread::Durations;
use super::time::{MINUTE_NS, Stamp};
use super::within::dispersion_within;

/// Outcome of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Answered,
    Failed,
    /// Refused by the provider with 429.
    Throttled,
    /// Refused by the gateway's policy.
    Blocked,
    /// Answered from the gateway's own cache.
    GatewayHit,
    /// Sent through the batch interface.
    Batch,
}

/// One request in common form. Tokens that the file does not tell are zero.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Call<'r> {
    pub(crate) at: Stamp,
    pub(crate) model: &'r str,
    pub(crate) class: Class,
    pub(crate) tokens: Tokens,
    pub(crate) max_output: Option<f64>,
    pub(crate) latency_s: Option<f64>,
    pub(crate) first_token_s: Option<f64>,
}

impl Call<'_> {
    /// Conversion to sums: tokens of the gateway's own answers reached no provider.
    pub(crate) fn sums(&self) -> ModelSums {
        let is_hit = self.class == Class::GatewayHit;
        let tokens = if is_hit {
            Tokens::default()
        } else {
            self.tokens
        };
        ModelSums {
            requests: 1.0,
            batch: count(self.class == Class::Batch),
            gateway_hits: count(is_hit),
            with_tokens: count(0.0 < tokens.all()),
            tokens,
            untold: 0.0,
            times: if self.class == Class::Answered {
                Times::of(1.0, self.latency_s, self.first_token_s)
            } else {
                Times::default()
            },
        }
    }
}

/// Sums of single requests.
#[derive(Debug, Clone, Default)]
pub(crate) struct Calls {
    span: Option<(i64, i64)>,
    live: Instants,
    pub(crate) hours: Hours,
    pub(crate) classes: Classes,
    pub(crate) tokens: Tokens,
    pub(crate) batch: Tokens,
    pub(crate) at_gateway: Tokens,
    pub(crate) with_tokens: f64,
    pub(crate) max_output: (f64, u64),
    pub(crate) latency: Durations,
    pub(crate) first_token: Durations,
    pub(crate) models: BTreeMap<u32, ModelSums>,
    /// Index of dispersion of the live requests within their minutes.
    pub(crate) within: Option<f64>,
}

impl Calls {
    /// Adds a request.
    pub(crate) fn add(&mut self, call: &Call, model: u32, callee: u16) {
        let ns = call.at.ns;
        let (first, last) = self.span.unwrap_or((ns, ns));
        self.span = Some((first.min(ns), last.max(ns)));
        let is_hit = call.class == Class::GatewayHit;
        let tokens = call.tokens.all();
        let sums = call.sums();
        self.models.entry(model).or_default().add(&sums);
        self.tokens.add(&sums.tokens);
        self.with_tokens += sums.with_tokens;
        if is_hit {
            self.at_gateway.add(&call.tokens);
        }
        self.count_class(call);
        if let Some(most) = call.max_output {
            self.max_output.0 += most;
            self.max_output.1 += 1;
        }
        let all_tokens = if is_hit { 0.0 } else { tokens };
        let is_live = call.class != Class::Batch;
        let part = |x: f64| if is_live { x } else { 0.0 };
        let bucket = Bucket {
            start_ns: ns,
            live: part(1.0),
            all: 1.0,
            live_tokens: part(all_tokens),
            live_output: part(sums.tokens.output),
            live_cached: part(sums.tokens.cached),
            all_tokens,
            open_s: match (call.class, call.latency_s) {
                (Class::Answered, Some(seconds)) => seconds,
                _ => 0.0,
            },
            throttled: count(call.class == Class::Throttled),
            at_gateway: count(matches!(call.class, Class::GatewayHit | Class::Blocked)),
        };
        self.hours.add(ns, &bucket);
        if is_live {
            self.live.push(bucket, callee);
        }
    }

    fn count_class(&mut self, call: &Call) {
        match call.class {
            Class::Answered => {
                self.classes.answered += 1.0;
                if let Some(seconds) = call.latency_s {
                    self.latency.push(seconds);
                }
                if let Some(seconds) = call.first_token_s {
                    self.first_token.push(seconds);
                }
            }
            Class::Failed => self.classes.failed += 1.0,
            Class::Throttled => self.classes.throttled += 1.0,
            Class::Blocked => self.classes.blocked += 1.0,
            Class::GatewayHit => self.classes.gateway_hits += 1.0,
            Class::Batch => {
                self.classes.batch += 1.0;
                self.batch.add(&call.tokens);
            }
        }
    }

    /// Whether there are too many requests to keep their instants.
    pub(crate) fn is_coarse(&self) -> bool {
        matches!(self.live, Instants::Minutes { .. })
    }

    /// Minutes from the first request, or from the start of the window, without the gaps between
    /// files.
    pub(crate) fn series(&mut self, window: Option<Window>, gaps: &[(i64, i64)]) -> Series {
        let span = self.span.unwrap_or_default();
        let (from_ns, to_ns) = window.map_or(span, |window| (window.from_ns, window.to_ns));
        self.hours.see(spans(from_ns, to_ns, gaps));
        self.within = self.live.dispersion(from_ns, to_ns);
        let by_clock = self.live.by_clock();
        let (origin_ns, minutes) = self.live.minutes(from_ns);
        let whole = to_ns.saturating_sub(origin_ns) / MINUTE_NS;
        let expected = usize::try_from(whole).unwrap_or(0);
        let bucket = |(at, sums): (i64, Bucket)| Bucket {
            start_ns: origin_ns + at * MINUTE_NS,
            ..sums
        };
        let (within, beyond): (Vec<_>, Vec<_>) = minutes
            .into_iter()
            .filter(|(at, _)| (0..=whole).contains(at))
            .partition(|(at, _)| *at < whole);
        let series = Series {
            from_ns,
            to_ns,
            width_ns: MINUTE_NS,
            expected,
            present: expected,
            missing: 0,
            is_filled: true,
            buckets: within.into_iter().map(bucket).collect(),
            rest: beyond.into_iter().map(bucket).next(),
            by_clock,
            gaps: Vec::new(),
        };
        without_gaps(series, gaps)
    }

    /// Minutes of each callee in the series, if there are several, while instants are kept
    /// individually.
    pub(crate) fn callees(&self, series: &Series, sellers: &Sellers) -> Callees {
        if sellers.are_several() {
            callees(series, self.live.by_callee())
        } else {
            Callees::new()
        }
    }
}

/// 1 if a condition holds, else 0.
fn count(holds: bool) -> f64 {
    f64::from(u8::from(holds))
}

/// Maximum instants kept individually.
const KEPT_MOST: usize = 2_000_000;

/// A live request at its instant, with the values that minutes sum.
#[derive(Debug, Clone, Copy)]
struct Instant {
    ns: i64,
    tokens: f64,
    output: f32,
    cached: f32,
    open_s: f32,
    callee: u16,
    is_throttled: bool,
    is_at_gateway: bool,
}

impl Instant {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "seven digits of a duration and of a number of tokens"
    )]
    fn of(sums: &Bucket, callee: u16) -> Self {
        Self {
            ns: sums.start_ns,
            tokens: sums.live_tokens,
            output: sums.live_output as f32,
            cached: sums.live_cached as f32,
            callee,
            open_s: sums.open_s as f32,
            is_throttled: 0.0 < sums.throttled,
            is_at_gateway: 0.0 < sums.at_gateway,
        }
    }

    fn sums(&self) -> Bucket {
        Bucket {
            start_ns: self.ns,
            live: 1.0,
            all: 1.0,
            live_tokens: self.tokens,
            live_output: f64::from(self.output),
            live_cached: f64::from(self.cached),
            all_tokens: self.tokens,
            open_s: f64::from(self.open_s),
            throttled: count(self.is_throttled),
            at_gateway: count(self.is_at_gateway),
        }
    }
}

/// Live requests and their tokens over time. Minutes begin at the first request, which may be the
/// last row, so instants are kept until there are too many.
#[derive(Debug, Clone)]
enum Instants {
    Each(Vec<Instant>),
    /// Minutes from the earliest instant kept.
    Minutes {
        origin_ns: i64,
        sums: BTreeMap<i64, Bucket>,
    },
}

impl Default for Instants {
    fn default() -> Self {
        Self::Each(Vec::new())
    }
}

impl Instants {
    fn push(&mut self, one: Bucket, callee: u16) {
        match self {
            Self::Each(each) if each.len() < KEPT_MOST => each.push(Instant::of(&one, callee)),
            Self::Each(each) => {
                let starts = each.iter().map(|one| one.ns);
                let origin_ns = starts.min().unwrap_or(one.start_ns);
                let sums = minutes_of(each, origin_ns);
                *self = Self::Minutes { origin_ns, sums };
                self.push(one, callee);
            }
            Self::Minutes { origin_ns, sums } => add(sums, *origin_ns, &one),
        }
    }

    /// Index of dispersion within minutes, while instants are kept individually.
    fn dispersion(&self, from_ns: i64, to_ns: i64) -> Option<f64> {
        let Self::Each(each) = self else { return None };
        let times_ns = each.iter().map(|one| one.ns).collect();
        dispersion_within(times_ns, from_ns, to_ns.saturating_sub(from_ns) / MINUTE_NS)
    }

    /// Requests per clock minute, with its start, while instants are kept individually.
    fn by_clock(&self) -> Vec<(i64, f64)> {
        let Self::Each(each) = self else {
            return Vec::new();
        };
        let mut minutes: BTreeMap<i64, f64> = BTreeMap::new();
        for one in each {
            let start_ns = one.ns - one.ns.rem_euclid(MINUTE_NS);
            *minutes.entry(start_ns).or_default() += 1.0;
        }
        minutes.into_iter().collect()
    }

    /// Requests with the number of their callee, while instants are kept individually.
    fn by_callee(&self) -> impl Iterator<Item = (u16, Bucket)> {
        let each: &[Instant] = match self {
            Self::Each(each) => each,
            Self::Minutes { .. } => &[],
        };
        each.iter().map(|one| (one.callee, one.sums()))
    }

    /// Minutes, and the start of minute 0; sums made before are taken out.
    fn minutes(&mut self, from_ns: i64) -> (i64, BTreeMap<i64, Bucket>) {
        match self {
            Self::Each(each) => (from_ns, minutes_of(each, from_ns)),
            Self::Minutes { origin_ns, sums } => {
                // Whole minutes from the origin back to the first request.
                let back = origin_ns.saturating_sub(from_ns).div_euclid(MINUTE_NS);
                let sums = std::mem::take(sums)
                    .into_iter()
                    .map(|(at, sum)| (at + back, sum))
                    .collect();
                (*origin_ns - back * MINUTE_NS, sums)
            }
        }
    }
}

fn minutes_of(each: &[Instant], from_ns: i64) -> BTreeMap<i64, Bucket> {
    let mut sums = BTreeMap::new();
    for one in each {
        add(&mut sums, from_ns, &one.sums());
    }
    sums
}

fn add(sums: &mut BTreeMap<i64, Bucket>, from_ns: i64, one: &Bucket) {
    let at = one.start_ns.saturating_sub(from_ns).div_euclid(MINUTE_NS);
    sums.entry(at).or_default().add(one);
}
