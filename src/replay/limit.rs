//! The providers' limits, translated for the simulation as the plan counts them.

use crate::catalog::provider as catalog;
use crate::plan::{
    CallCount, CallLimit, LimitKind, Plan, Weights, WhenCounted, at_once_with, call_limits,
    size_refusals,
};
use crate::scenario::{self, Scenario, Scope as Held};
use crate::simulation::{
    Counted, Counting, OwnLimit, Provider, Quota, QuotaUse, Refill, Scope, Weights as Thousandths,
};

use super::client::{Kind, kinds};
use super::time::{milliseconds, small, whole};

/// Window of the simulation's own buckets, seconds.
const MINUTE_S: f64 = 60.0;
/// Simulation units per dollar.
const NANO: f64 = 1e9;
/// Simulation units per call or token, where a limit is a small fraction.
const FINE: f64 = 1e6;

/// Limits of each provider, and the quotas that are no bucket of its own. A limit that is divided
/// over the pods is divided by `pods_most`.
pub(super) fn limited(
    scenario: &Scenario,
    plan: &Plan,
    pods_most: u32,
) -> (Vec<Provider>, Vec<Quota>) {
    let mut providers: Vec<Provider> = scenario.providers.iter().map(bare).collect();
    let shared = at_once_with(scenario, &plan.demand);
    for (index, (provider, first)) in providers.iter_mut().zip(shared).enumerate() {
        provider.at_once_with = u32::try_from(first).ok().filter(|_| first != index);
    }
    let mut quotas = Vec::new();
    let kinds = kinds(scenario);
    let refusals = size_refusals(scenario, &plan.demand);
    for (provider, refused) in providers.iter_mut().zip(refusals) {
        if refused.contains(&true) {
            let is_refused = |kind: &Kind| !kind.is_answered_here && refused[kind.workload];
            provider.too_large = kinds.iter().map(is_refused).collect();
        }
    }
    for limit in call_limits(scenario, &plan.demand).all {
        let Some(first) = limit.rows.first().map(|rule| rule.row) else {
            continue;
        };
        let row = &scenario.providers[first];
        let (scope, part) = match limit.scope {
            Held::Gateway => (Scope::Pod, 1.0),
            Held::Divided => (Scope::Pod, f64::from(pods_most.max(1))),
            Held::Provider => (Scope::Shared, 1.0),
        };
        if is_plain(&limit) && is_about_whole(limit.limit / part) {
            put_plain(&mut providers[first], row, &limit, (scope, part));
            continue;
        }
        let place = u32::try_from(quotas.len()).unwrap_or(u32::MAX);
        quotas.push(quota(&limit, scope, part));
        for rule in &limit.rows {
            providers[rule.row].quotas.push(QuotaUse {
                quota: place,
                counting: counting(rule.counted),
                by_client: by_client(&kinds, &rule.by_workload, unit(&limit, part)),
            });
        }
    }
    (providers, quotas)
}

/// A provider without its limits of requests and tokens.
fn bare(row: &scenario::Provider) -> Provider {
    // Reserved units replace the pay-as-you-go limits.
    let at_once = row.limits.concurrency.filter(|_| row.units.is_none());
    Provider {
        max_in_flight: at_once.filter(|_| row.holds_at_once()).map(small),
        counting: of_row(row),
        ..Provider::default()
    }
}

/// Token counting of a row in its own bucket.
fn of_row(row: &scenario::Provider) -> Counting {
    match row.counting {
        catalog::Counting::Reserved => Counting::Reserve,
        catalog::Counting::Corrected => Counting::Settle,
        catalog::Counting::Input | catalog::Counting::Produced => Counting::Postpaid,
    }
}

fn counting(counted: WhenCounted) -> Counting {
    match counted {
        WhenCounted::Made => Counting::Reserve,
        WhenCounted::Corrected => Counting::Settle,
        WhenCounted::Answered => Counting::Postpaid,
    }
}

/// Whether a limit is a provider's own bucket of requests or unweighted tokens per minute.
fn is_plain(limit: &CallLimit) -> bool {
    let is_minute = limit.window_s == Some(MINUTE_S);
    let [rule] = limit.rows.as_slice() else {
        return false;
    };
    let is_whole = |weights: Weights| {
        let parts = [weights.input, weights.output];
        parts.map(f64::to_bits) == [1.0_f64.to_bits(); 2]
    };
    let mut counts = rule.by_workload.iter();
    match limit.kind {
        LimitKind::Rpm => is_minute,
        LimitKind::Tpm => {
            is_minute
                && counts.all(|count| {
                    is_whole(count.made) && is_whole(count.answered) && count.answer_least <= 0.0
                })
        }
        _ => false,
    }
}

/// Sets a bucket of the provider, or of each pod.
fn put_plain(
    provider: &mut Provider,
    row: &scenario::Provider,
    limit: &CallLimit,
    (scope, part): (Scope, f64),
) {
    let most = Some(whole(limit.limit / part));
    let (rpm, tpm) = match scope {
        Scope::Shared => (&mut provider.rpm, &mut provider.tpm),
        Scope::Pod => {
            let own = provider.gateway_limit.get_or_insert(OwnLimit {
                counting: of_row(row),
                ..OwnLimit::default()
            });
            (&mut own.rpm, &mut own.tpm)
        }
    };
    if limit.kind == LimitKind::Rpm {
        *rpm = most;
    } else {
        *tpm = most;
    }
}

/// Whether a limit is a whole number to within 0.01 %.
fn is_about_whole(most: f64) -> bool {
    (most - libm::round(most)).abs() <= 1e-4 * most
}

/// Simulation units per unit of a limit.
fn unit(limit: &CallLimit, part: f64) -> f64 {
    if limit.kind.is_money() {
        NANO
    } else if is_about_whole(limit.limit / part) {
        1.0
    } else {
        FINE
    }
}

fn quota(limit: &CallLimit, scope: Scope, part: f64) -> Quota {
    let period_ms = milliseconds(limit.period_s);
    let unit = unit(limit, part);
    let most = whole(limit.limit / part * unit);
    // A limit of less than one call per window admits one call whenever it has accrued one.
    let one_ms = match limit.kind {
        LimitKind::Rpm if 0 < most => whole(libm::ceil(limit.period_s * 1e3 * unit / most as f64)),
        _ => 0,
    };
    Quota {
        limit: most,
        period_ms,
        refill: match limit.window_s {
            Some(window_s) => Refill::Steady {
                burst_ms: milliseconds(window_s).max(one_ms),
            },
            None => Refill::AtOnce,
        },
        scope,
    }
}

/// Amounts that a call counts for, by client; 0 for clients that the gateway answers itself.
fn by_client(kinds: &[Kind], by_workload: &[CallCount], unit: f64) -> Vec<Counted> {
    let thousandths = |weights: Weights| {
        let [call, input, output] = [weights.call, weights.input, weights.output];
        let [call, input, output] = [call, input, output].map(|part| whole(part * unit * 1e3));
        Thousandths {
            call,
            input,
            output,
        }
    };
    let counted = |kind: &Kind| {
        let calls = !kind.is_answered_here;
        let count = by_workload.get(kind.workload).filter(|_| calls);
        count.map_or_else(Counted::default, |count| Counted {
            asked: thousandths(count.made),
            used: thousandths(count.answered),
            answer_least: small(count.answer_least),
        })
    };
    kinds.iter().map(counted).collect()
}
