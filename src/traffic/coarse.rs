//! Rows of a trace whose times all lie on whole hours or days: they are sums, or requests whose
//! minutes are not told.

use std::collections::BTreeSet;

use super::buckets::{Buckets, Cell, Sign};
use super::calls::{Call, Class};
use super::common_width::CommonWidth;
use super::observed::Tokens;
use super::time::{DAY_NS, HOUR_NS, MINUTE_NS};

/// Times that all lie so far apart, or on multiples of it, tell no minutes.
const COARSE_NS: i64 = 5 * MINUTE_NS;
/// The fewest rows of which this is believed: of steps of an hour, and of finer ones.
const ROWS_LEAST: usize = 3;
const FINE_ROWS_LEAST: usize = 12;
/// So many rows that each have a minute of their own are hardly single requests.
const MINUTES_LEAST: usize = 60;

/// The rows while no two lie less than a minute apart, unless at the same time.
#[derive(Debug, Clone, Default)]
pub(crate) struct Coarse {
    width: CommonWidth,
    buckets: Buckets,
    /// A row of each time and model.
    apart: BTreeSet<(i64, u32)>,
    rows: usize,
    is_fine: bool,
}

/// The meaning of rows whose times are coarse.
#[derive(Debug)]
pub(crate) enum Meaning {
    /// Each time has one row of a model: it sums up requests that nobody counted.
    Sums(Buckets),
    /// Single requests, at the hour or the day of each.
    Requests(Buckets),
    /// Each minute has one row, which may be a request or a sum.
    OneAMinute,
}

impl Coarse {
    /// Takes a row.
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

    /// The meaning of the rows, where it is not that of requests at their times.
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
