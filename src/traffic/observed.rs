//! Sums of a file, bounded by its buckets rather than its rows.

use std::collections::{BTreeMap, BTreeSet};

use super::amounts::Amounts;
use super::flag::Flag;
use super::hours::{ALL_DAYS, Hours};
use super::model_sums::{ModelSums, Times, Tokens};
use super::series::Series;
use super::skip::Skip;
use super::source::{Format, keyed};
use super::spread::Latency;

/// Sums of a file, without any text except names of models, providers and columns.
#[derive(Debug, Clone)]
pub struct Observed {
    /// Source.
    pub format: Format,
    /// Whether the file has single requests or sums.
    pub kind: Kind,
    /// Width of the file's own buckets, nanoseconds; a minute for single requests.
    pub width_ns: i64,
    /// Rows that count.
    pub rows_read: u64,
    /// Skipped rows, by reason.
    pub rows_skipped: BTreeMap<Skip, u64>,
    /// Quantities that the file has.
    pub(crate) known: Known,
    /// Requests by outcome.
    pub(crate) requests: Classes,
    /// Tokens of all requests that reached a provider, batch included.
    pub(crate) tokens: Tokens,
    /// Tokens of batch requests.
    pub(crate) batch: Tokens,
    /// Tokens that the gateway answered from its own cache.
    pub(crate) at_gateway: Tokens,
    /// Requests with tokens.
    pub(crate) with_tokens: f64,
    /// Sum and number of reserved output tokens.
    pub(crate) max_output: (f64, u64),
    /// Models by name; the unknown one is last.
    pub(crate) models: Vec<(Option<String>, ModelSums)>,
    /// Sums by key of the requests.
    pub(crate) keys: Grouped,
    /// Sums by tag of the requests.
    pub(crate) tags: Grouped,
    /// Sums by called provider and model.
    pub(crate) sellers: Vec<Seller>,
    /// Amounts of each of them by the index of the bucket; all empty if unknown.
    pub(crate) by_seller: Vec<BTreeMap<usize, Amounts>>,
    /// Buckets over time.
    pub(crate) series: Series,
    /// Hours of the week.
    pub(crate) hours: Hours,
    /// Index of dispersion of the live requests within their minutes, if the file has exact times.
    pub(crate) within_minute: Option<f64>,
    /// Time to the whole answer, of answered requests.
    pub(crate) latency: Option<Latency>,
    /// Time to the first token, of answered requests.
    pub(crate) first_token: Option<Latency>,
    /// Remarks on the file.
    pub flags: BTreeSet<Flag>,
    /// Columns, keys and series that were not understood or not counted.
    pub unused: Vec<String>,
}

keyed! {
    /// Whether a file has single requests or sums.
    Kind {
        /// Single requests, one per row.
        Requests = "requests",
        /// Sums of buckets.
        Buckets = "buckets",
    }
}

/// Requests by outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Classes {
    pub(crate) answered: f64,
    pub(crate) failed: f64,
    /// Errors that the source counts apart from the requests.
    pub(crate) failed_apart: f64,
    pub(crate) throttled: f64,
    pub(crate) blocked: f64,
    pub(crate) gateway_hits: f64,
    pub(crate) batch: f64,
}

impl Classes {
    /// All requests without batches.
    pub(crate) fn live(&self) -> f64 {
        self.answered + self.failed + self.throttled + self.blocked + self.gateway_hits
    }

    /// Live and batch requests.
    pub(crate) fn all(&self) -> f64 {
        self.live() + self.batch
    }
}

/// A called provider, its model, and their sums; `None` for an unknown one.
pub(crate) type Seller = (Option<String>, Option<String>, ModelSums);

/// Sums by key or by tag, without any text.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Grouped {
    pub(crate) groups: Vec<ModelSums>,
    /// Requests without a key or tag.
    pub(crate) rest: ModelSums,
}

impl Grouped {
    /// All groups with an empty name, and the rest without one.
    pub(crate) fn listed(&self) -> Vec<(Option<&'static str>, ModelSums)> {
        let groups = self.groups.iter().map(|sums| (Some(""), *sums));
        groups.chain([(None, self.rest)]).collect()
    }
}

/// Set of quantities that a file has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Known(u16);

impl Known {
    pub(crate) const REQUESTS: Self = Self(1);
    pub(crate) const FAILED: Self = Self(1 << 1);
    pub(crate) const FAILED_APART: Self = Self(1 << 2);
    pub(crate) const THROTTLED: Self = Self(1 << 3);
    pub(crate) const BLOCKED: Self = Self(1 << 4);
    pub(crate) const GATEWAY_HITS: Self = Self(1 << 5);
    pub(crate) const BATCH: Self = Self(1 << 6);
    pub(crate) const INPUT: Self = Self(1 << 7);
    pub(crate) const OUTPUT: Self = Self(1 << 8);
    pub(crate) const CACHED: Self = Self(1 << 9);
    pub(crate) const CACHE_WRITE: Self = Self(1 << 10);
    pub(crate) const UNCLASSIFIED: Self = Self(1 << 11);
    /// The empty set.
    pub(crate) const NOTHING: Self = Self(0);
    /// Input and output tokens.
    pub(crate) const TOKENS: Self = Self::INPUT.and(Self::OUTPUT);

    /// Union of two sets.
    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Difference of two sets.
    pub(crate) fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    /// Adds another set.
    pub(crate) fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// Whether the set is input or output tokens alone.
    pub(crate) fn is_of_tokens(self) -> bool {
        self == Self::INPUT || self == Self::OUTPUT
    }

    /// Whether any of these is in the set.
    pub(crate) fn has(self, any: Self) -> bool {
        self.0 & any.0 != 0
    }

    /// The value, if any of these is in the set.
    pub(crate) fn then<T>(self, any: Self, value: T) -> Option<T> {
        self.has(any).then_some(value)
    }
}

impl Observed {
    /// Empty sums of a source.
    pub(crate) fn empty(format: Format) -> Self {
        Self {
            format,
            kind: Kind::Buckets,
            width_ns: 0,
            rows_read: 0,
            rows_skipped: BTreeMap::new(),
            known: Known::NOTHING,
            requests: Classes::default(),
            tokens: Tokens::default(),
            batch: Tokens::default(),
            at_gateway: Tokens::default(),
            with_tokens: 0.0,
            max_output: (0.0, 0),
            models: Vec::new(),
            keys: Grouped::default(),
            tags: Grouped::default(),
            sellers: Vec::new(),
            by_seller: Vec::new(),
            series: Series::default(),
            hours: Hours::default(),
            within_minute: None,
            latency: None,
            first_token: None,
            flags: BTreeSet::new(),
            unused: Vec::new(),
        }
    }

    /// Middle of the period, milliseconds since 1970; `None` if times count from the file's start.
    pub fn middle_ms(&self) -> Option<f64> {
        let (from_ms, to_ms) = (
            self.series.from_ns as f64 / 1e6,
            self.series.to_ns as f64 / 1e6,
        );
        (!self.flags.contains(&Flag::RelativeTime)).then_some(f64::midpoint(from_ms, to_ms))
    }

    /// Whether requests are counted.
    pub fn has_requests(&self) -> bool {
        self.known.has(Known::REQUESTS)
    }

    /// Whether tokens are counted.
    pub fn has_tokens(&self) -> bool {
        self.known.has(Known::TOKENS)
    }

    /// Whether at least half of every hour of the day was observed.
    pub fn has_a_whole_day(&self) -> bool {
        let hours = self.hours.at(0, &ALL_DAYS);
        !self.series.is_daily() && hours.iter().all(|hour| 1800.0 <= hour.seen_s)
    }

    /// Cached over input tokens, for rows with both; `None` if cached ones exceed the input.
    pub(crate) fn cached_ratio(&self) -> Option<f64> {
        let mut whole = ModelSums::default();
        for (_, sums) in &self.models {
            whole.add(sums);
        }
        let ratio = whole.cached_ratio().filter(|ratio| ratio.is_finite());
        self.known
            .then(Known::CACHED, ratio)?
            .filter(|_| !self.is_cached_beyond_input())
    }

    /// Input tokens of rows that do not tell cached ones.
    fn untold(&self) -> f64 {
        self.models.iter().map(|(_, sums)| sums.untold).sum()
    }

    /// Live and batch requests as groups; all batch requests have tokens.
    pub(crate) fn live_and_batch(&self) -> Vec<(Option<&'static str>, ModelSums)> {
        let batch = ModelSums {
            requests: self.requests.batch,
            batch: self.requests.batch,
            gateway_hits: 0.0,
            with_tokens: self.requests.batch,
            tokens: self.batch,
            untold: 0.0,
            times: Times::default(),
        };
        let mut live = ModelSums {
            requests: self.requests.all(),
            batch: self.requests.batch,
            gateway_hits: self.requests.gateway_hits,
            with_tokens: self.with_tokens,
            tokens: self.tokens,
            untold: self.untold(),
            times: Times::default(),
        };
        live.subtract(&batch);
        vec![(Some("live"), live), (Some("batch"), batch)]
    }

    /// Whether the mean tokens of batch requests differ greatly from those of live ones.
    fn do_batches_differ(&self) -> bool {
        const FAR: f64 = 0.1;
        let means = self.live_and_batch().into_iter().map(|(_, sums)| {
            let known = 0.0 < sums.with_tokens && 0.0 < sums.requests;
            known.then(|| sums.tokens.all() / sums.with_tokens)
        });
        match means.collect::<Option<Vec<f64>>>().as_deref() {
            Some([live, batch]) => FAR * live < (batch - live).abs(),
            _ => false,
        }
    }

    fn is_cached_beyond_input(&self) -> bool {
        const ROUNDING: f64 = 1e-9;
        (self.tokens.input - self.untold()) * (1.0 + ROUNDING) < self.tokens.cached
    }

    /// Adds the flags that follow from the sums.
    pub(crate) fn flagged(mut self) -> Self {
        let is_daily = self.series.is_daily();
        let flags = [
            (Flag::DailyGrain, is_daily),
            (Flag::LessThanADay, !is_daily && !self.has_a_whole_day()),
            (Flag::MissingBuckets, 0 < self.series.missing),
            (Flag::LongSilence, self.series.has_long_silence()),
            (Flag::DaysBetweenFiles, !self.series.gaps.is_empty()),
            (Flag::NoRequestCount, !self.has_requests()),
            (Flag::NoTokenCount, !self.has_tokens()),
            (Flag::CachedBeyondInput, self.is_cached_beyond_input()),
            (Flag::BatchesDiffer, self.do_batches_differ()),
            (
                Flag::ZeroTokens,
                self.has_tokens() && self.tokens.all() + self.at_gateway.all() <= 0.0,
            ),
            (Flag::UnclassifiedTokens, 0.0 < self.tokens.unclassified),
        ];
        self.flags.extend(
            flags
                .iter()
                .filter(|(_, holds)| *holds)
                .map(|(flag, _)| *flag),
        );
        self
    }
}
