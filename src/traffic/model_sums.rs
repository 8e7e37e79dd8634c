//! Sums of requests, tokens and durations of a model.

/// Sums of tokens.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Tokens {
    /// Input tokens, including cached and cache-written ones.
    pub(crate) input: f64,
    pub(crate) cached: f64,
    pub(crate) cache_write: f64,
    /// Output tokens, reasoning included.
    pub(crate) output: f64,
    pub(crate) unclassified: f64,
}

impl Tokens {
    /// Input and output tokens.
    pub(crate) fn all(&self) -> f64 {
        self.input + self.output
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.add_times(other, 1.0);
    }

    fn add_times(&mut self, other: &Self, times: f64) {
        self.input += times * other.input;
        self.cached += times * other.cached;
        self.cache_write += times * other.cache_write;
        self.output += times * other.output;
        self.unclassified += times * other.unclassified;
    }
}

/// Sums of a model.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct ModelSums {
    /// Live and batch requests.
    pub(crate) requests: f64,
    /// Requests sent through the batch interface.
    pub(crate) batch: f64,
    /// Requests answered from the gateway's own cache.
    pub(crate) gateway_hits: f64,
    pub(crate) with_tokens: f64,
    pub(crate) tokens: Tokens,
    /// Input tokens of rows that do not tell cached ones.
    pub(crate) untold: f64,
    pub(crate) times: Times,
}

/// Durations of answered requests: their sum, seconds, and number.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Times {
    /// To the whole answer.
    pub(crate) answer: (f64, f64),
    /// To the first token.
    pub(crate) first_token: (f64, f64),
}

impl Times {
    /// So many answers with these means.
    pub(crate) fn of(count: f64, answer_s: Option<f64>, first_token_s: Option<f64>) -> Self {
        let sum = |mean: Option<f64>| mean.map_or((0.0, 0.0), |mean| (mean * count, count));
        Self {
            answer: sum(answer_s),
            first_token: sum(first_token_s),
        }
    }

    fn add_times(&mut self, other: &Self, times: f64) {
        self.answer.0 += times * other.answer.0;
        self.answer.1 += times * other.answer.1;
        self.first_token.0 += times * other.first_token.0;
        self.first_token.1 += times * other.first_token.1;
    }

    /// Mean times to the whole answer and to the first token, seconds.
    pub(crate) fn means(&self) -> [Option<f64>; 2] {
        [self.answer, self.first_token]
            .map(|(sum, count)| (0.0 < count && 0.0 < sum).then(|| sum / count))
    }
}

impl ModelSums {
    pub(crate) fn add(&mut self, other: &Self) {
        self.add_times(other, 1.0);
    }

    pub(crate) fn subtract(&mut self, other: &Self) {
        self.add_times(other, -1.0);
    }

    fn add_times(&mut self, other: &Self, times: f64) {
        self.requests += times * other.requests;
        self.batch += times * other.batch;
        self.gateway_hits += times * other.gateway_hits;
        self.with_tokens += times * other.with_tokens;
        self.tokens.add_times(&other.tokens, times);
        self.untold += times * other.untold;
        self.times.add_times(&other.times, times);
    }

    /// Cached over input tokens, for rows with both.
    pub(crate) fn cached_ratio(&self) -> Option<f64> {
        let told = self.tokens.input - self.untold;
        (0.0 < told).then(|| self.tokens.cached / told)
    }
}
