//! List prices of requests.

use crate::model::cost::{self as model, RequestTokens, TokenPrice};
use crate::scenario::{Provider, Workload};

/// List price of one request of a workload at a provider. A long prompt is charged the long-context
/// price for all its tokens; the price of cache writes rises with its input price.
pub(super) fn list_usd(workload: &Workload, provider: &Provider) -> f64 {
    model::request_usd(tokens(workload), token_price(workload, provider))
}

/// List price of a workload's mean direct request to a provider: requests from the gateway's cache
/// and failed calls cost nothing.
pub(super) fn direct_usd(workload: &Workload, provider: &Provider, answered_ratio: f64) -> f64 {
    workload.direct_ratio() * answered_ratio * list_usd(workload, provider)
}

fn tokens(workload: &Workload) -> RequestTokens {
    RequestTokens {
        input: workload.input_tokens,
        cached_ratio: workload.cached_percent / 100.0,
        written_ratio: workload.cache_write_percent / 100.0,
        output: workload.output_tokens,
    }
}

/// List price of this many requests of a workload in batches.
pub(super) fn batches_usd(requests: f64, workload: &Workload, provider: &Provider) -> f64 {
    if 0.0 < requests {
        requests * batch_usd(workload, provider)
    } else {
        0.0
    }
}

/// List price of one request in a batch. Cached input costs as much as in direct requests if
/// batches have no discount for it.
fn batch_usd(workload: &Workload, provider: &Provider) -> f64 {
    let part = provider.prices.batch_percent / 100.0;
    let price = token_price(workload, provider);
    let is_cached_full = provider
        .model_row()
        .is_some_and(|row| row.batch_cached_full);
    let cached_part = if is_cached_full { 1.0 } else { part };
    let batched = TokenPrice {
        input_usd_per_mtok: price.input_usd_per_mtok * part,
        cached_usd_per_mtok: price.cached_usd_per_mtok * cached_part,
        written_usd_per_mtok: price.written_usd_per_mtok * part,
        output_usd_per_mtok: price.output_usd_per_mtok * part,
    };
    model::request_usd(tokens(workload), batched)
}

/// List prices of an input token and of an output token of a workload at a provider.
pub(super) fn usd_per_token(workload: &Workload, provider: &Provider) -> (f64, f64) {
    let price = token_price(workload, provider);
    let of = |input, output| {
        let tokens = RequestTokens {
            input,
            output,
            ..tokens(workload)
        };
        model::request_usd(tokens, price)
    };
    (of(1.0, 0.0), of(0.0, 1.0))
}

fn token_price(workload: &Workload, provider: &Provider) -> TokenPrice {
    let prices = &provider.prices;
    let is_long = prices
        .long_from
        .is_some_and(|tokens| tokens < workload.input_tokens);
    if !is_long {
        return TokenPrice {
            input_usd_per_mtok: prices.input,
            cached_usd_per_mtok: prices.cached,
            written_usd_per_mtok: prices.write,
            output_usd_per_mtok: prices.output,
        };
    }
    let written = if 0.0 < prices.input {
        prices.write * prices.long_input / prices.input
    } else {
        prices.write
    };
    TokenPrice {
        input_usd_per_mtok: prices.long_input,
        cached_usd_per_mtok: prices.long_cached,
        written_usd_per_mtok: written,
        output_usd_per_mtok: prices.long_output,
    }
}
