//! Rows of a trace whose times all lie on whole hours or days: they are sums, or requests without
//! exact times.

use std::collections::BTreeSet;

use super::buckets::{Buckets, Cell, Sign};
use super::calls::{Call, Class};
use super::common_width::CommonWidth;
use super::model_sums::Tokens;
use super::time::{DAY_NS, HOUR_NS, MINUTE_NS};

/// Minimum common width of times that do not resolve minutes, nanoseconds.
const COARSE_NS: i64 = 5 * MINUTE_NS;
/// Minimum rows to conclude that, for steps of an hour, and for finer ones.
const ROWS_LEAST: usize = 3;
const FINE_ROWS_LEAST: usize = 12;
/// Minimum rows, one per minute, above which they are hardly single requests.
const MINUTES_LEAST: usize = 60;

/// Rows while no two are less than a minute apart, except at equal times.
#[derive(Debug, Clone, Default)]
pub(crate) struct Coarse {
    width: CommonWidth,
    buckets: Buckets,
    /// Distinct pairs of time and model.
    apart: BTreeSet<(i64, u32)>,
    rows: usize,
    is_fine: bool,
}

/// Meaning of rows with coarse times.
#[derive(Debug)]
pub(crate) enum Meaning {
    /// Sums without a count of requests: one row per time and model.
    Sums(Buckets),
    /// Single requests, rounded to an hour or a day.
    Requests(Buckets),
    /// One row per minute, which may be a request or a sum.
    OneAMinute,
}

impl Coarse {
    /// Adds a row.
    pub(crate) fn add(&mut self, call: &Call, model: u32) {
        if self.is_fine {
            return;
        }
        self.width.add(call.at.ns);
        if self.width.width().is_some_and(|width| width < MINUTE_NS) {
            *self = Self {
                is_fine: true,
                ..Self::default()
            };
            return;
        }
        self.rows += 1;
        self.apart.insert((call.at.ns, model));
        let is_batch = call.class == Class::Batch;
        let one = |classes: &[Class]| f64::from(u8::from(classes.contains(&call.class)));
        let row = Cell {
            answered: one(&[Class::Answered]),
            failed: one(&[Class::Failed]),
            throttled: one(&[Class::Throttled]),
            batch: one(&[Class::Batch]),
            tokens: call.tokens,
            batch_tokens: if is_batch {
                call.tokens
            } else {
                Tokens::default()
            },
            ..Cell::default()
        };
        self.buckets.see(call.at.ns, Sign::Row);
        self.buckets.add(call.at.ns, model, &row);
    }

    /// Meaning of the rows; `None` if they are requests at their times.
    pub(crate) fn meaning(self) -> Option<Meaning> {
        let width_ns = self.width.width()?;
        let is_repeated = self.apart.len() < self.rows;
        let least = if width_ns < HOUR_NS {
            FINE_ROWS_LEAST
        } else {
            ROWS_LEAST
        };
        let is_usual = DAY_NS % width_ns == 0 || width_ns % DAY_NS == 0;
        if COARSE_NS <= width_ns && least <= self.rows && is_usual {
            return Some(if is_repeated {
                Meaning::Requests(self.buckets)
            } else {
                Meaning::Sums(self.buckets.without_requests())
            });
        }
        let is_minute = width_ns == MINUTE_NS && MINUTES_LEAST <= self.rows && !is_repeated;
        is_minute.then_some(Meaning::OneAMinute)
    }
}
