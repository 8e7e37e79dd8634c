//! List prices of requests.

use crate::model::cost::{self as model, RequestTokens, TokenPrice};
use crate::scenario::{Provider, Scenario, Workload};

/// List price of one request of a workload at a provider.
pub(super) fn list_usd(workload: &Workload, provider: &Provider) -> f64 {
    let tokens = RequestTokens {
        input: workload.input_tokens,
        cached_ratio: workload.cached_percent / 100.0,
        output: workload.output_tokens,
    };
    let price = TokenPrice {
        input_usd_per_mtok: provider.prices.input,
        cached_usd_per_mtok: provider.prices.cached,
        output_usd_per_mtok: provider.prices.output,
    };
    model::request_usd(tokens, price)
}

/// List price of what a mean request sends to a provider at once.
pub(super) fn direct_usd_per_request(scenario: &Scenario, provider: &Provider) -> f64 {
    let (mut usd, mut requests) = (0.0, 0.0);
    for workload in &scenario.workloads {
        let count = workload.requests_per_day();
        requests += count;
        usd += count * workload.direct_ratio() * list_usd(workload, provider);
    }
    if 0.0 < requests { usd / requests } else { 0.0 }
}
