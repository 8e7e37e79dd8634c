//! Sums made by the source itself.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::Window;
use super::common_width::CommonWidth;
use super::model_sums::{ModelSums, Times, Tokens};
use super::observed::{Classes, Known};
use super::series::{Bucket, Series};
use super::source::{Absent, Format};
use super::spread::Durations;

/// Sums of one model in one bucket.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Cell {
    pub(crate) answered: f64,
    pub(crate) failed: f64,
    pub(crate) failed_apart: f64,
    pub(crate) throttled: f64,
    pub(crate) batch: f64,
    /// Tokens, including those of batch requests.
    pub(crate) tokens: Tokens,
    pub(crate) batch_tokens: Tokens,
    /// Cached share of the input, if the source gives only that.
    pub(crate) cached_ratio: Option<f64>,
    pub(crate) latency_s: Option<f64>,
    pub(crate) first_token_s: Option<f64>,
}

impl Cell {
    /// All requests, except those counted apart.
    pub(crate) fn requests(&self) -> f64 {
        self.answered + self.failed + self.throttled + self.batch
    }

    /// Conversion to the sums of a model.
    pub(crate) fn sums(&self) -> ModelSums {
        ModelSums {
            requests: self.requests(),
            batch: self.batch,
            gateway_hits: 0.0,
            with_tokens: self.answered + self.batch,
            tokens: self.tokens,
            untold: 0.0,
            times: Times::of(self.answered, self.latency_s, self.first_token_s),
        }
    }

    /// Conversion to the sums of a bucket.
    fn bucket(&self, start_ns: i64) -> Bucket {
        let (tokens, batch) = (&self.tokens, &self.batch_tokens);
        Bucket {
            start_ns,
            live: self.requests() - self.batch,
            all: self.requests(),
            live_tokens: tokens.all() - batch.all(),
            live_output: tokens.output - batch.output,
            live_cached: tokens.cached - batch.cached,
            all_tokens: tokens.all(),
            open_s: self.latency_s.unwrap_or(0.0) * self.answered,
            throttled: self.throttled,
            at_gateway: 0.0,
        }
    }

    fn add(&mut self, other: &Self) {
        self.answered += other.answered;
        self.failed += other.failed;
        self.failed_apart += other.failed_apart;
        self.throttled += other.throttled;
        self.batch += other.batch;
        self.tokens.add(&other.tokens);
        self.batch_tokens.add(&other.batch_tokens);
        self.cached_ratio = other.cached_ratio.or(self.cached_ratio);
        self.latency_s = other.latency_s.or(self.latency_s);
        self.first_token_s = other.first_token_s.or(self.first_token_s);
    }
}

/// Evidence that a bucket exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    /// An object or a row.
    Row = 1,
    /// A number in a series of requests.
    Requests = 2,
    /// A number in a series of tokens.
    Tokens = 4,
    /// Any other number.
    Other = 8,
}

/// Maximum sums that are kept; further ones are added to the totals only.
const CELLS_MOST: usize = 600_000;

/// Sums made by the source itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct Buckets {
    cells: BTreeMap<(i64, u32), Cell>,
    there: BTreeMap<i64, u8>,
    /// Sums in the totals only.
    loose: BTreeMap<u32, Cell>,
    is_coarse: bool,
}

/// Totals of the sums.
#[derive(Debug, Clone, Default)]
pub(crate) struct Totals {
    pub(crate) classes: Classes,
    pub(crate) tokens: Tokens,
    pub(crate) batch: Tokens,
    pub(crate) models: BTreeMap<u32, ModelSums>,
    pub(crate) latency: Durations,
    pub(crate) first_token: Durations,
}

impl Buckets {
    /// Removes all counts of requests.
    pub(crate) fn without_requests(mut self) -> Self {
        for cell in self.cells.values_mut().chain(self.loose.values_mut()) {
            (cell.answered, cell.failed) = (0.0, 0.0);
            (cell.throttled, cell.batch) = (0.0, 0.0);
        }
        self
    }

    /// Notes that the file mentions a bucket.
    pub(crate) fn see(&mut self, start_ns: i64, sign: Sign) {
        self.note(start_ns, sign as u8);
    }

    fn note(&mut self, start_ns: i64, signs: u8) {
        if self.there.len() < CELLS_MOST || self.there.contains_key(&start_ns) {
            *self.there.entry(start_ns).or_default() |= signs;
        } else {
            self.is_coarse = true;
        }
    }

    /// Adds to a bucket.
    pub(crate) fn add(&mut self, start_ns: i64, model: u32, cell: &Cell) {
        let key = (start_ns, model);
        if self.cells.len() < CELLS_MOST || self.cells.contains_key(&key) {
            self.cells.entry(key).or_default().add(cell);
        } else {
            self.is_coarse = true;
            self.add_loose(model, cell);
        }
    }

    /// Adds to the totals only.
    pub(crate) fn add_loose(&mut self, model: u32, cell: &Cell) {
        self.loose.entry(model).or_default().add(cell);
    }

    /// Whether the file mentions no bucket.
    pub(crate) fn is_empty(&self) -> bool {
        self.there.is_empty()
    }

    /// Whether there were more sums than are kept.
    pub(crate) fn is_coarse(&self) -> bool {
        self.is_coarse
    }

    /// Computes cached tokens from shares; `false` if the shares belong to no model with tokens. A
    /// single model with tokens and a single one with shares are taken for one: a source may name
    /// it in one series and not in the other.
    pub(crate) fn settle(&mut self) -> bool {
        let of = |is: fn(&Cell) -> bool| -> BTreeSet<u32> {
            let cells = self.cells.iter().filter(|(_, cell)| is(cell));
            cells.map(|((_, model), _)| *model).collect()
        };
        let with_shares = of(|cell| cell.cached_ratio.is_some());
        let with_tokens = of(|cell| 0.0 < cell.tokens.input);
        if let (1, 1, Some(from), Some(to)) = (
            with_shares.len(),
            with_tokens.len(),
            with_shares.first(),
            with_tokens.first(),
        ) && from != to
        {
            let shares: Vec<(i64, Option<f64>)> = self
                .cells
                .iter_mut()
                .filter(|((_, model), _)| model == from)
                .map(|((start_ns, _), cell)| (*start_ns, cell.cached_ratio.take()))
                .collect();
            for (start_ns, share) in shares {
                if let Some(cell) = self.cells.get_mut(&(start_ns, *to)) {
                    cell.cached_ratio = share;
                }
            }
        }
        let (mut is_asked, mut is_met) = (false, false);
        for cell in self.cells.values_mut() {
            if let Some(ratio) = cell.cached_ratio {
                cell.tokens.cached += cell.tokens.input * ratio;
                is_asked = true;
                is_met |= 0.0 < cell.tokens.input;
            }
        }
        is_met || !is_asked
    }

    /// Width common to all starts.
    pub(crate) fn common_width_ns(&self) -> Option<i64> {
        let mut width = CommonWidth::default();
        self.there.keys().for_each(|start_ns| width.add(*start_ns));
        width.width()
    }

    /// Merges buckets into longer ones.
    pub(crate) fn regroup(&mut self, width_ns: i64) {
        let joined_ns = |start_ns: i64| start_ns - start_ns.rem_euclid(width_ns.max(1));
        for ((start_ns, model), cell) in std::mem::take(&mut self.cells) {
            self.add(joined_ns(start_ns), model, &cell);
        }
        for (start_ns, signs) in std::mem::take(&mut self.there) {
            self.note(joined_ns(start_ns), signs);
        }
    }

    /// Sums over all buckets.
    pub(crate) fn totals(&self) -> Totals {
        let mut totals = Totals::default();
        let cells = self.cells.iter().map(|((_, model), cell)| (model, cell));
        for (model, cell) in cells.chain(&self.loose) {
            totals.classes.answered += cell.answered;
            totals.classes.failed += cell.failed;
            totals.classes.failed_apart += cell.failed_apart;
            totals.classes.throttled += cell.throttled;
            totals.classes.batch += cell.batch;
            totals.tokens.add(&cell.tokens);
            totals.batch.add(&cell.batch_tokens);
            totals.models.entry(*model).or_default().add(&cell.sums());
            if 0.0 < cell.answered {
                if let Some(mean_s) = cell.latency_s {
                    totals.latency.push_mean(mean_s, cell.answered);
                }
                if let Some(mean_s) = cell.first_token_s {
                    totals.first_token.push_mean(mean_s, cell.answered);
                }
            }
        }
        totals
    }

    /// Sums of one model each, in order of time.
    pub(crate) fn by_model(&self) -> impl Iterator<Item = (u32, Bucket)> {
        let cells = self.cells.iter();
        cells.map(|((start_ns, model), cell)| (*model, cell.bucket(*start_ns)))
    }

    /// Buckets over time.
    pub(crate) fn series(&self, plan: &Plan) -> Series {
        let width_ns = plan.width_ns.max(1);
        let present = self.present(plan);
        let seen = present.first().copied().zip(present.last().copied());
        let (from_ns, to_ns) = match (plan.window, seen) {
            (Some(window), _) => (window.from_ns, window.to_ns),
            (None, Some((first, last))) => (first, last.saturating_add(width_ns)),
            (None, None) => (0, 0),
        };
        let expected = usize::try_from(to_ns.saturating_sub(from_ns) / width_ns).unwrap_or(0);
        let absent = plan.format.absent();
        let missing = match absent {
            Absent::Zero => 0,
            Absent::Quiet | Absent::Lost => expected.saturating_sub(present.len()),
        };
        Series {
            from_ns,
            to_ns,
            width_ns,
            expected,
            present: present.len(),
            missing,
            is_filled: absent != Absent::Lost,
            buckets: self.sums(&present),
            rest: None,
            by_clock: Vec::new(),
            gaps: Vec::new(),
        }
    }

    /// Starts of the existing buckets.
    fn present(&self, plan: &Plan) -> Vec<i64> {
        let sign = if !plan.format.is_metrics() {
            Sign::Row
        } else if plan.known.has(Known::REQUESTS) {
            Sign::Requests
        } else if plan.known.has(Known::TOKENS) {
            Sign::Tokens
        } else {
            Sign::Other
        };
        self.there
            .iter()
            .filter(|(_, signs)| **signs & sign as u8 != 0)
            .map(|(start_ns, _)| *start_ns)
            .filter(|start_ns| plan.window.is_none_or(|window| window.holds(*start_ns)))
            .collect()
    }

    /// Sums of the existing buckets.
    fn sums(&self, present: &[i64]) -> Vec<Bucket> {
        let mut buckets: Vec<Bucket> = present
            .iter()
            .map(|start_ns| Bucket {
                start_ns: *start_ns,
                ..Bucket::default()
            })
            .collect();
        let mut at = 0;
        for ((start_ns, _), cell) in &self.cells {
            while buckets
                .get(at)
                .is_some_and(|bucket| bucket.start_ns < *start_ns)
            {
                at += 1;
            }
            let Some(bucket) = buckets.get_mut(at).filter(|it| it.start_ns == *start_ns) else {
                continue;
            };
            bucket.add(&cell.bucket(*start_ns));
        }
        buckets
    }
}

/// Layout of the sums over time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    pub(crate) format: Format,
    pub(crate) known: Known,
    pub(crate) width_ns: i64,
    pub(crate) window: Option<Window>,
}
