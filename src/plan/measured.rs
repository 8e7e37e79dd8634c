//! Measured traffic against the plan: minutes close to a limit, and errors of the model.
//!
//! A measured minute fills a limit as the planned peak does, in proportion to its requests or
//! tokens: the mix of models, the shares of the providers and their counting are the plan's. The
//! minutes hold calls that reached a provider, retries included. They are therefore compared with
//! the plan's direct calls and tokens, without those from the gateway's cache and in batches, and
//! without adding retries.

use super::{LimitKind, LimitUse, Plan, ProviderPlan};
use crate::model::{digits, limit};
use crate::traffic::{Busiest, Digest, MINUTES_KEPT, Minute, PeakChoice};

/// Maximum number of minutes reported per limit.
const WORST_MOST: usize = 3;
/// Relative error of the model that is reported.
pub const LARGE_ERROR_RATIO: f64 = 0.15;
/// Difference in the share refused with 429 that is reported.
const LARGE_REFUSED_DIFFERENCE: f64 = 0.01;

/// A limit in the measured minutes.
#[derive(Debug, Clone, PartialEq)]
pub struct NearLimit {
    /// Name of the provider.
    pub provider: String,
    /// Kind of limit.
    pub kind: LimitKind,
    /// The fullest minutes: time, and utilization of the limit.
    pub worst: Vec<(String, f64)>,
    /// Whether a minute may have been fuller: minutes are missing, or the file has only means over
    /// several.
    pub is_at_least: bool,
    /// Minutes above 80 % utilization.
    pub over_80: Minutes,
    /// Minutes above the limit.
    pub over_100: Minutes,
}

/// A number of minutes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Minutes {
    /// Number of minutes.
    pub count: f64,
    /// Whether there may be more: a digest keeps only the busiest minutes, some may be missing, and
    /// a mean over several minutes proves at most one of them.
    pub is_at_least: bool,
}

/// Error of the model against measured traffic.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ModelError {
    /// Quantity.
    pub of: ErrorOf,
    /// Value of the model.
    pub told: f64,
    /// Measured value.
    pub came: f64,
    /// Relative error, or the difference for a share.
    pub error: f64,
}

/// Quantity that the model is compared in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorOf {
    /// Tokens per minute at the peak.
    PeakTokens,
    /// Requests per minute at the peak, if the file counts no tokens.
    PeakRequests,
    /// Requests in flight at the peak.
    InFlight,
    /// Share of requests refused with 429.
    Refused,
}

impl ModelError {
    /// Whether the error is worth reporting.
    pub fn is_large(&self) -> bool {
        let most = match self.of {
            ErrorOf::Refused => LARGE_REFUSED_DIFFERENCE,
            _ => LARGE_ERROR_RATIO,
        };
        most < self.error.abs()
    }
}

/// The limits per minute, the fullest first.
pub fn near_limits(plan: &Plan, digest: &Digest) -> Vec<NearLimit> {
    let near = |provider: &ProviderPlan| -> Vec<NearLimit> {
        let limits = provider.limits.iter();
        limits
            .filter_map(|used| near_limit(plan, provider, used, &digest.busiest))
            .collect()
    };
    let mut found: Vec<NearLimit> = plan.providers.iter().flat_map(near).collect();
    let fullest = |near: &NearLimit| near.worst.first().map_or(0.0, |(_, ratio)| *ratio);
    found.sort_by(|a, b| fullest(b).total_cmp(&fullest(a)));
    found
}

/// Whether any measured minute exceeded a limit.
pub fn is_over(limits: &[NearLimit]) -> bool {
    limits.iter().any(|near| 0.0 < near.over_100.count)
}

fn near_limit(
    plan: &Plan,
    provider: &ProviderPlan,
    used: &LimitUse,
    busiest: &Busiest,
) -> Option<NearLimit> {
    let filled = Filled::of(plan, used)?;
    let minutes = filled.minutes(busiest);
    if minutes.is_empty() {
        return None;
    }
    let over = |most: f64| {
        let is_over = |minute: &&Minute| limit::is_over(filled.ratio(minute) / most);
        let over = minutes.iter().filter(is_over);
        let held = over.count();
        // If the mean of several minutes exceeds the limit, at least one of them does.
        Minutes {
            count: held as f64 * busiest.bucket_min.min(1.0),
            // Minutes beyond the end of a full list may exceed it too.
            is_at_least: busiest.is_at_least || held == minutes.len() && MINUTES_KEPT <= held,
        }
    };
    let worst = minutes.iter().take(WORST_MOST);
    Some(NearLimit {
        provider: provider.name.clone(),
        kind: used.kind,
        worst: worst
            .map(|minute| (minute.at.clone(), filled.ratio(minute)))
            .collect(),
        is_at_least: busiest.is_at_least,
        over_80: over(0.8),
        over_100: over(1.0),
    })
}

/// Relation of a minute's traffic to the use of a limit.
struct Filled {
    is_by_requests: bool,
    /// Share of the limit used per request or token of the minute.
    each: f64,
}

impl Filled {
    fn of(plan: &Plan, used: &LimitUse) -> Option<Self> {
        let is_by_requests = match used.kind {
            LimitKind::Rpm => true,
            LimitKind::Tpm | LimitKind::Itpm | LimitKind::Otpm | LimitKind::Units => false,
            _ => return None,
        };
        let demand = &plan.demand;
        let a_request = if is_by_requests {
            demand.direct_ratio
        } else {
            demand.direct_tokens_per_request
        };
        let sent = demand.peak_rpm * a_request * demand.attempts;
        let each = used.load / used.published / sent;
        (0.0 < each && each.is_finite()).then_some(Self {
            is_by_requests,
            each,
        })
    }

    fn minutes<'a>(&self, busiest: &'a Busiest) -> &'a [Minute] {
        if self.is_by_requests {
            &busiest.by_requests
        } else {
            &busiest.by_tokens
        }
    }

    fn ratio(&self, minute: &Minute) -> f64 {
        self.each
            * if self.is_by_requests {
                minute.requests
            } else {
                minute.tokens
            }
    }
}

/// Errors of the model: of peaks by the halves of the file, of 429s by its limits.
pub fn model_errors(plan: &Plan, digest: &Digest, choice: PeakChoice) -> Vec<ModelError> {
    let mut errors = Vec::new();
    if let Some(held) = &digest.held_out
        && let Some(trial) = held.trials.iter().find(|trial| trial.peak == choice)
    {
        errors.push(ModelError {
            of: if held.is_tokens {
                ErrorOf::PeakTokens
            } else {
                ErrorOf::PeakRequests
            },
            told: trial.told,
            came: trial.came,
            error: trial.error_ratio(),
        });
        let in_flight = trial.in_flight_told.zip(trial.in_flight_came);
        if let Some(((told, came), error)) = in_flight.zip(trial.in_flight_error_ratio()) {
            errors.push(ModelError {
                of: ErrorOf::InFlight,
                told,
                came,
                error,
            });
        }
    }
    let told = refused_ratio(plan, &digest.busiest);
    if let Some((told, came)) = told.zip(digest.throttled_ratio) {
        errors.push(ModelError {
            of: ErrorOf::Refused,
            told,
            came,
            error: told - came,
        });
    }
    errors
}

/// The errors of a fit that are those of a plan: of another load than the traffic's an error says
/// nothing.
pub fn errors_of<'e>(plan: &Plan, digest: &Digest, errors: &'e [ModelError]) -> &'e [ModelError] {
    if has_load_of(plan, digest) {
        errors
    } else {
        &[]
    }
}

/// Whether a plan has the load of the traffic.
fn has_load_of(plan: &Plan, digest: &Digest) -> bool {
    const NEAR: f64 = 0.01;
    let mut values = digest.values.iter();
    let told = values.find(|value| value.key == "requests-per-day");
    let told = told.and_then(|value| digits::read(value.text.as_deref()?));
    told.is_none_or(|told| (plan.demand.requests_per_day - told).abs() <= NEAR * told)
}

/// Share of measured requests that the plan's limits refuse: each minute's excess over the fullest
/// limit of each provider.
fn refused_ratio(plan: &Plan, busiest: &Busiest) -> Option<f64> {
    if busiest.requests <= 0.0 {
        return None;
    }
    // Refused requests have no tokens, so they are assigned the mean tokens per request; the plan's
    // if none was answered.
    let reached = busiest.requests - busiest.at_gateway;
    let demand = &plan.demand;
    let mean = if 0.0 < busiest.tokens {
        busiest.tokens / reached.max(1.0)
    } else if 0.0 < demand.direct_ratio {
        demand.direct_tokens_per_request / demand.direct_ratio
    } else {
        0.0
    };
    let surplus = |minute: &Minute| -> f64 {
        let offered = Minute {
            tokens: minute.tokens.max(minute.requests * mean),
            ..minute.clone()
        };
        let refused = |provider: &ProviderPlan| {
            let limits = provider.limits.iter();
            let fullness = limits
                .filter_map(|used| Filled::of(plan, used))
                .map(|filled| filled.ratio(&offered))
                .fold(0.0, f64::max);
            provider.direct_share_ratio * (1.0 - 1.0 / fullness.max(1.0))
        };
        let refused: f64 = plan.providers.iter().map(refused).sum();
        minute.requests * busiest.bucket_min * refused
    };
    let refused: f64 = busiest.by_requests.iter().map(surplus).sum();
    Some(refused / busiest.requests)
}
