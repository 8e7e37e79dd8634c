//! Measured traffic against the plan: minutes close to a limit, and errors of the model.
//!
//! A limit counts the minutes of its own models, if the file tells them and the plan has the
//! providers that were called. Otherwise a measured minute fills a limit as the planned peak does,
//! in proportion to its requests, input, cached and output tokens: the mix of models and the shares
//! of the providers are the plan's. The minutes hold calls that reached a provider, retries
//! included, without answers from the gateway's cache and batches.

use super::minute::{Counts, Filled, Told};
use super::{LimitKind, Plan, ProviderPlan};
use crate::model::{digits, limit};
use crate::scenario::Scenario;
use crate::traffic::{Amounts, Busiest, Digest, PeakChoice};

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
    /// Whether its part of the minutes is the plan's, among several providers.
    pub is_by_share: bool,
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

/// A plan, and the traffic that judges it.
#[derive(Debug, Clone, Copy)]
pub struct Judged<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Its plan.
    pub plan: &'a Plan,
    /// The measured traffic.
    pub digest: &'a Digest,
    /// The provider of each of the digest's callees, if it is one of the scenario's.
    pub rows: &'a [Option<usize>],
}

/// The limits per minute, the fullest first.
pub fn near_limits(of: Judged<'_>) -> Vec<NearLimit> {
    let each = held_limits(of);
    let near = each
        .iter()
        .filter_map(|held| near_limit(held, &of.digest.busiest));
    let mut found: Vec<NearLimit> = near.collect();
    let fullest = |near: &NearLimit| near.worst.first().map_or(0.0, |(_, ratio)| *ratio);
    found.sort_by(|a, b| fullest(b).total_cmp(&fullest(a)));
    found
}

/// Whether any measured minute exceeded a limit.
pub fn is_over(limits: &[NearLimit]) -> bool {
    limits.iter().any(|near| 0.0 < near.over_100.count)
}

/// A limit of a provider with the minutes that it counts.
struct HeldLimit<'p> {
    provider: &'p ProviderPlan,
    kind: LimitKind,
    filled: Filled,
    /// Callees whose minutes they are; `None` for all minutes.
    own: Option<Vec<usize>>,
    is_by_share: bool,
    /// Amounts of as many requests as are counted on average.
    mean: Amounts,
}

impl HeldLimit<'_> {
    /// The minutes that it counts.
    fn minutes(&self, busiest: &Busiest) -> Vec<Amounts> {
        let of_own = |callees: &Vec<usize>| {
            let mut sums = vec![Amounts::default(); busiest.minutes.len()];
            for minutes in callees.iter().filter_map(|at| busiest.by_called.get(*at)) {
                for (sum, minute) in sums.iter_mut().zip(minutes) {
                    sum.add(minute);
                }
            }
            sums
        };
        let all = || busiest.minutes.iter().map(|it| it.amounts).collect();
        self.own.as_ref().map_or_else(all, of_own)
    }
}

/// The limits per minute of the providers with requests.
fn held_limits(of: Judged<'_>) -> Vec<HeldLimit<'_>> {
    let Judged { scenario, plan, .. } = of;
    let busiest = &of.digest.busiest;
    let told = Told::of(busiest);
    let called = callees(of);
    let rows = plan.providers.iter().zip(&scenario.providers).enumerate();
    let mut found = Vec::new();
    for (at, (row, provider)) in rows.filter(|(_, (row, _))| 0.0 < row.share_ratio) {
        let counts = Counts::of(scenario, plan, provider, |it| row.share_of(it));
        let all = Counts::of(scenario, plan, provider, |_| 1.0);
        for used in &row.limits {
            let filled = match called {
                Called::Plan => Filled::by_share(plan, (&counts, &all), used, told),
                _ => Filled::by_own(&counts, used, told),
            };
            let own = match &called {
                Called::Each(own) => Some(own[at].clone()),
                _ => None,
            };
            found.extend(filled.map(|filled| HeldLimit {
                provider: row,
                kind: used.kind,
                filled,
                mean: mean(busiest, own.as_deref(), &counts),
                own,
                is_by_share: matches!(called, Called::Plan),
            }));
        }
    }
    found
}

/// Whose minutes the limits count.
enum Called {
    /// All are those of the only provider.
    One,
    /// Each provider has those of these callees.
    Each(Vec<Vec<usize>>),
    /// The plan's shares of all minutes.
    Plan,
}

/// Callees of each provider, if the file and the plan have the same: but for callees with a
/// hundredth of the calls, each has its provider, and each provider with requests a callee.
fn callees(
    Judged {
        plan, digest, rows, ..
    }: Judged<'_>,
) -> Called {
    const NEGLIGIBLE: f64 = 0.01;
    let is_live = |row: &&ProviderPlan| 0.0 < row.share_ratio;
    if plan.providers.iter().filter(is_live).count() == 1 {
        return Called::One;
    }
    let by_called = &digest.busiest.by_called;
    if by_called.is_empty() || by_called.len() != rows.len() || rows.len() != digest.called.len() {
        return Called::Plan;
    }
    let mut own = vec![Vec::new(); plan.providers.len()];
    let mut lost = 0.0;
    for (at, (called, row)) in digest.called.iter().zip(rows).enumerate() {
        match row.and_then(|row| own.get_mut(row)) {
            Some(own) => own.push(at),
            None => lost += called.share_ratio,
        }
    }
    let mut each = plan.providers.iter().zip(&own);
    let is_called = |(row, own): (&ProviderPlan, &Vec<usize>)| !is_live(&row) || !own.is_empty();
    if lost <= NEGLIGIBLE && each.all(is_called) {
        Called::Each(own)
    } else {
        Called::Plan
    }
}

/// Amounts by which those of refused requests are estimated: measured ones, or the plan's if none
/// was answered.
fn mean(busiest: &Busiest, own: Option<&[usize]>, counts: &Counts<'_>) -> Amounts {
    let mut sum = Amounts::default();
    match own {
        Some(own) => {
            let minutes = own.iter().filter_map(|at| busiest.by_called.get(*at));
            minutes.flatten().for_each(|minute| sum.add(minute));
        }
        None => busiest.minutes.iter().for_each(|it| sum.add(&it.amounts)),
    }
    if own.is_none() {
        let reached = (busiest.requests - busiest.at_gateway).max(1.0);
        (sum.requests, sum.tokens) = (reached, busiest.tokens);
    }
    if 0.0 < sum.tokens { sum } else { counts.day() }
}

fn near_limit(held: &HeldLimit<'_>, busiest: &Busiest) -> Option<NearLimit> {
    let amounts = held.minutes(busiest);
    let minutes = busiest.minutes.iter().zip(&amounts);
    let filled = minutes.map(|(minute, amounts)| (&minute.at, held.filled.ratio(amounts)));
    let mut filled: Vec<(&String, f64)> = filled.filter(|(_, ratio)| 0.0 < *ratio).collect();
    if filled.is_empty() {
        return None;
    }
    // The sort is stable: of equal minutes the first comes first.
    filled.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    let over = |most: f64| {
        let is_over = |(_, ratio): &&(&String, f64)| limit::is_over(ratio / most);
        let over = filled.iter().filter(is_over).count();
        // If the mean of several minutes exceeds the limit, at least one of them does.
        Minutes {
            count: over as f64 * busiest.bucket_min.min(1.0),
            // Minutes that were not kept may exceed it too.
            is_at_least: busiest.is_at_least || busiest.kept.is_some_and(|kept| kept <= over),
        }
    };
    let worst = filled.iter().take(WORST_MOST);
    Some(NearLimit {
        provider: held.provider.name.clone(),
        kind: held.kind,
        worst: worst.map(|(at, ratio)| ((*at).clone(), *ratio)).collect(),
        is_at_least: busiest.is_at_least,
        is_by_share: held.is_by_share,
        over_80: over(0.8),
        over_100: over(1.0),
    })
}

/// Errors of the model: of peaks by the halves of the file, of 429s by its limits.
pub fn model_errors(of: Judged<'_>, choice: PeakChoice) -> Vec<ModelError> {
    let digest = of.digest;
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
    let told = refused_ratio(of);
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
fn refused_ratio(of: Judged<'_>) -> Option<f64> {
    let busiest = &of.digest.busiest;
    if busiest.requests <= 0.0 {
        return None;
    }
    let limits = held_limits(of);
    let mut refused = 0.0;
    for provider in &of.plan.providers {
        let own = limits
            .iter()
            .filter(|held| held.provider.row == provider.row);
        let mut fullest = vec![0.0_f64; busiest.minutes.len()];
        let mut requests: Vec<f64> = Vec::new();
        for held in own {
            let minutes = held.minutes(busiest);
            for (full, minute) in fullest.iter_mut().zip(&minutes) {
                *full = full.max(held.filled.offered(minute, &held.mean));
            }
            let share = if held.own.is_some() {
                1.0
            } else {
                provider.direct_share_ratio
            };
            requests = minutes.iter().map(|it| it.requests * share).collect();
        }
        let each = fullest.iter().zip(&requests);
        let surplus = each.map(|(full, requests)| requests * (1.0 - 1.0 / full.max(1.0)));
        refused += surplus.sum::<f64>() * busiest.bucket_min;
    }
    Some(refused / busiest.requests)
}
