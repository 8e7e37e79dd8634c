//! Which share of the requests goes to which provider, and what else counts towards the limits that
//! several share.

use std::borrow::Cow;

use super::counting::CountedRow;
use super::standing::Beside;
use super::streams::Part;
use super::{Demand, mates};

/// The providers under their share of the requests.
pub(crate) struct Spread<'r, 'a> {
    /// The rows, counted for what goes to each.
    pub(super) rows: Cow<'r, [CountedRow<'a>]>,
    /// Share of all requests that goes to each at the peak.
    pub(super) shares: Vec<f64>,
    /// Share of each stream of requests, by row; none where all of them go alike.
    pub(super) by_stream: Option<Vec<Parts>>,
}

/// Share of each stream of requests that goes to one row.
#[derive(Debug, Clone)]
pub(super) struct Parts {
    /// At the peak, on average over all days.
    pub(super) peak: Vec<f64>,
    /// Of a day.
    pub(super) day: Vec<f64>,
    /// How many workloads there are.
    pub(super) workloads: usize,
}

impl Spread<'_, '_> {
    /// With the load of the other rows that limits of an organization hold together: its spending,
    /// and what rows of one model count.
    pub(super) fn with_mates(mut self, demand: &Demand) -> Self {
        let beside = mates::beside(demand, &self.rows, &self.shares);
        let bits = |loads: &Beside| loads.map(f64::to_bits);
        let is_changed =
            |(row, beside): (&CountedRow<'_>, &Beside)| bits(&row.at.beside) != bits(beside);
        if self.rows.iter().zip(&beside).any(is_changed) {
            for (row, beside) in self.rows.to_mut().iter_mut().zip(beside) {
                row.at.beside = beside;
            }
        }
        self
    }

    /// Shares of a workload's requests of a day that go to a row.
    pub(super) fn day_part(&self, row: usize, workload: usize) -> Part {
        match &self.by_stream {
            Some(parts) => Part::of(&parts[row].day, workload, parts[row].workloads),
            None => Part {
                live: self.shares[row],
                batched: self.shares[row],
            },
        }
    }

    /// Share of a workload's requests at the peak that goes to a row at once.
    pub(super) fn peak_share(&self, row: usize, workload: usize) -> f64 {
        match &self.by_stream {
            Some(parts) => parts[row].peak[workload],
            None => self.shares[row],
        }
    }
}

impl Parts {
    /// Nothing of so many streams of so many workloads.
    pub(super) fn none(streams: usize, workloads: usize) -> Self {
        Self {
            peak: vec![0.0; streams],
            day: vec![0.0; streams],
            workloads,
        }
    }
}
