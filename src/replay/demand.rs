//! What is asked on a day, and who answers: from the scenario.

use crate::catalog::{guide, provider as catalog};
use crate::model::day::SAMPLES;
use crate::plan::Plan;
use crate::scenario::{self, Scenario, Workload};
use crate::simulation::{
    Arrivals, Calls, Client, Counting, Failover, OwnLimit, Provider, RandomArrivals, Resend,
};

use super::time::{DAY_MS, whole};

/// Coefficient of variation of the output tokens. Ours: answers of the Azure
/// conversation trace vary with 0.77, those of its code trace with 2.1.
const OUTPUT_CV: f64 = 1.0;
/// Random time before a question is sent again, beside the doubling one. Ours: as long as the
/// first.
const RESEND_JITTER_MS: u64 = 1_000;
/// Millionths in a percent.
const PPM_PER_PERCENT: f64 = 1e4;

/// A kind of client for each workload; one more for what is answered at once, from the
/// gateway's cache or into a batch. `patience_ms` is how long each waits for a slot.
pub(super) fn clients(scenario: &Scenario, patience_ms: Option<u64>) -> Vec<Client> {
    let resend = Resend {
        sends: scenario.day.sends,
        jitter_ms: RESEND_JITTER_MS,
        ..Resend::default()
    };
    let mut clients = Vec::new();
    for workload in &scenario.workloads {
        let requests = workload.requests_per_day();
        let direct = workload.direct_ratio();
        clients.push(Client {
            weight: whole(requests * direct),
            max_wait_ms: patience_ms,
            ..client(workload, resend)
        });
        if direct < 1.0 {
            clients.push(Client {
                weight: whole(requests * (1.0 - direct)),
                service_ms: Some(0),
                max_wait_ms: patience_ms,
                resend,
                ..Client::default()
            });
        }
    }
    clients
}

fn client(workload: &Workload, resend: Resend) -> Client {
    Client {
        input_tokens: small(workload.input_tokens),
        output_tokens: small(workload.output_tokens),
        output_cv: OUTPUT_CV,
        max_output_tokens: workload.max_output_tokens.map(small),
        resend,
        ..Client::default()
    }
}

/// Arrivals along the plan's day, five minutes by five minutes.
pub(super) fn arrivals(scenario: &Scenario, plan: &Plan) -> Arrivals {
    let mean = plan.demand.requests_per_day / SAMPLES as f64;
    let expected = plan.day.profile.iter().map(|height| whole(mean * height));
    Arrivals::Random(RandomArrivals {
        window_ms: DAY_MS / SAMPLES as u64,
        requests: expected.collect(),
        dispersion: scenario
            .traffic
            .burstiness_over(plan.gateway.time_in_flight_s),
        spread_ms: 0,
    })
}

/// Arrivals of a measured day, minute by minute; within a minute by chance.
pub(super) fn measured(minutes: &[f64]) -> Arrivals {
    // Fractions add up from minute to minute: a quiet hour is not an empty one.
    let mut owed = 0.0;
    let mut count = |at: usize| {
        owed += minutes.get(at).copied().unwrap_or_default();
        let whole = whole(libm::floor(owed + 1e-9));
        owed -= whole as f64;
        whole
    };
    Arrivals::Random(RandomArrivals {
        window_ms: DAY_MS / 1440,
        requests: (0..1440).map(&mut count).collect(),
        dispersion: 1.0,
        spread_ms: 0,
    })
}

/// The providers of the scenario, with their limits if those are to hold; where pods count a limit
/// each for itself, there may be `pods_most` of them.
pub(super) fn providers(scenario: &Scenario, has_limits: bool, pods_most: u32) -> Vec<Provider> {
    let provider = |row: &scenario::Provider| {
        let limited = limited(row, scenario, f64::from(pods_most.max(1)));
        let base = if has_limits {
            limited
        } else {
            Provider::default()
        };
        Provider {
            weight: small(row.weight * 100.0),
            ttft_ms: whole(row.ttft_s * 1e3),
            tokens_per_s: row.output_tps,
            failure_ppm: small(scenario.gateway.retry.failure_percent * PPM_PER_PERCENT),
            ..base
        }
    };
    scenario.providers.iter().map(provider).collect()
}

/// A provider with its limits, or with those that each pod holds for it.
fn limited(row: &scenario::Provider, scenario: &Scenario, pods_most: f64) -> Provider {
    let rpm = requests_per_min(row);
    let tpm = tokens_per_min(row, scenario);
    let counting = match row.counting {
        catalog::Counting::Reserved => Counting::Reserve,
        catalog::Counting::Corrected => Counting::Settle,
        catalog::Counting::Input | catalog::Counting::Produced => Counting::Postpaid,
    };
    let of_pod = |part: f64| {
        // Less than one a minute is one in several minutes; the bucket counts whole ones.
        let each = |limit: Option<f64>| limit.map(|limit| whole(limit / part));
        OwnLimit {
            rpm: each(rpm),
            tpm: each(tpm),
            counting,
            ..OwnLimit::default()
        }
    };
    let own = match row.scope {
        scenario::Scope::Provider => {
            return Provider {
                rpm: rpm.map(whole),
                tpm: tpm.map(whole),
                max_in_flight: row.limits.concurrency.map(small),
                counting,
                ..Provider::default()
            };
        }
        scenario::Scope::Gateway => of_pod(1.0),
        scenario::Scope::Divided => of_pod(pods_most),
    };
    Provider {
        gateway_limit: Some(own),
        counting,
        ..Provider::default()
    }
}

/// The limit of requests, given or by the vendor's ratio to tokens.
fn requests_per_min(row: &scenario::Provider) -> Option<f64> {
    row.rpm_by_ratio(&row.limits).or(row.limits.rpm)
}

/// The limit of all tokens; limits of input and output apart become the one that binds
/// first at the scenario's mix.
fn tokens_per_min(row: &scenario::Provider, scenario: &Scenario) -> Option<f64> {
    let sum = |tokens: fn(&Workload) -> f64| -> f64 {
        let workloads = scenario.workloads.iter();
        workloads
            .map(|workload| workload.requests_per_day() * tokens(workload))
            .sum()
    };
    let input = sum(|workload| workload.input_tokens);
    let output = sum(|workload| workload.output_tokens);
    let at_mix = |limit: Option<f64>, part: f64| {
        limit
            .filter(|_| 0.0 < part)
            .map(|limit| limit * (input + output) / part)
    };
    let limits = [
        row.limits.tpm,
        at_mix(row.limits.itpm, input),
        at_mix(row.limits.otpm, output),
    ];
    limits.into_iter().flatten().min_by(f64::total_cmp)
}

/// How the gateway calls providers.
pub(super) fn calls(scenario: &Scenario) -> Calls {
    let retry = &scenario.gateway.retry;
    Calls {
        attempts: retry.attempts.max(1),
        failover: Failover::Ordered,
        delay_ms: whole(retry.delay_ms),
        max_delay_ms: whole(guide::RETRY_DELAY_MAX_S * 1e3),
        ..Calls::default()
    }
}

fn small(value: f64) -> u32 {
    u32::try_from(whole(value)).unwrap_or(u32::MAX)
}
