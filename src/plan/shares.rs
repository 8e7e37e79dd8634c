//! Shares of the requests by provider, and further loads on the limits that several share.

use std::borrow::Cow;

use super::counting::CountedRow;
use super::standing::Beside;
use super::streams::Part;
use super::{Demand, mates};

/// The providers under their shares of the requests.
pub(crate) struct Spread<'r, 'a> {
    /// The rows, counted for their requests.
    pub(super) rows: Cow<'r, [CountedRow<'a>]>,
    /// Share of all requests at the peak, by row.
    pub(super) shares: Vec<f64>,
    /// Share of each stream of requests, by row; none where all of them go alike.
    pub(super) by_stream: Option<Vec<Parts>>,
}

/// Share of each stream of requests that goes to one row.
#[derive(Debug, Clone)]
pub(super) struct Parts {
    /// At the peak, averaged over all days.
    pub(super) peak: Vec<f64>,
    /// Over a day.
    pub(super) day: Vec<f64>,
    /// How many workloads there are.
    pub(super) workloads: usize,
}

impl Spread<'_, '_> {
    /// Adds the load of the other rows under an organization's shared limits: its spending, and
    /// limits of one model.
    pub(super) fn with_mates(mut self, demand: &Demand) -> Self {
        let beside = mates::beside(demand, &self.rows, &self.shares);
        let bits = |loads: &Beside| loads.map(f64::to_bits);
        let is_changed =
            |(row, beside): (&CountedRow<'_>, &Beside)| bits(&row.at.beside) != bits(beside);
        if self.rows.iter().zip(&beside).any(is_changed) {
            for (row, beside) in self.rows.to_mut().iter_mut().zip(beside) {
                (row.at.beside, row.at.in_place) = (beside, beside);
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
