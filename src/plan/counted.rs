//! A mean request as a provider counts it, and what one request counts for.

/// A mean request as a provider counts it: what of it goes there at once, each try by itself. Of a
/// request that is refused for its size only the calls count.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Counted {
    /// Calls.
    pub(super) calls: f64,
    /// Share of the requests that go there at once.
    pub(super) direct_ratio: f64,
    /// Output tokens of these, spread over all requests.
    pub(super) direct_output: f64,
    /// Share of the requests that are at the provider at once, and their output tokens, spread
    /// alike.
    pub(super) at_once: (f64, f64),
    /// Input tokens.
    pub(super) input: Tokens,
    /// Output tokens.
    pub(super) output: Tokens,
    /// Both, as they count together in a minute, with what stands reserved.
    pub(super) combined: Tokens,
    /// Both, as they count together over a day.
    pub(super) daily: f64,
    /// Calls of a day's mean request, which may be of another mix than the peak's.
    pub(super) daily_calls: f64,
    /// Input tokens of reserved throughput, with what stands reserved.
    pub(super) weighted: f64,
    /// Input tokens that go in batches.
    pub(super) batched: f64,
    /// Requests that go in batches.
    pub(super) batched_requests: f64,
    /// Dollars at list price, those of batches too.
    pub(super) usd: f64,
    /// Dollars at list price of what goes there at once.
    pub(super) usd_direct: f64,
    /// The largest of the mean requests that go there at once.
    pub(super) largest: OneRequest,
    /// The largest of those in batches.
    pub(super) largest_in_batch: OneRequest,
    /// Longest answer that is reserved because no `max_tokens` is sent.
    pub(super) assumed_answer: Option<f64>,
}

/// Tokens of a mean request, and how much its size varies.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Tokens {
    /// Mean tokens of a request.
    pub(super) mean: f64,
    /// Mean square over mean: the size of the requests that a token belongs to.
    pub(super) size: f64,
}

/// Tokens that one request counts for.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct OneRequest {
    /// Input, as it is counted.
    pub(super) input: f64,
    /// Input and what is reserved of the output, as they are counted together on arrival.
    pub(super) arrival: f64,
    /// Prompt and longest answer, as they fill the context window.
    pub(super) total: f64,
    /// The longest answer asked for.
    pub(super) answer: f64,
    /// Input and output, as they count together over a day.
    pub(super) day: f64,
    /// Dollars at list price.
    pub(super) usd: f64,
}
