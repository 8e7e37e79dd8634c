//! Shares of the requests by provider, and further loads on the limits that several share.

use std::borrow::Cow;

use super::counting::CountedRow;
use super::standing::Beside;
use super::{Demand, mates};

/// The providers under their shares of the requests.
pub(crate) struct Spread<'r, 'a> {
    /// The rows, counted for their requests.
    pub(super) rows: Cow<'r, [CountedRow<'a>]>,
    /// Share of all requests at the peak, by row.
    pub(super) shares: Vec<f64>,
    /// Share of each workload's requests, by row; `None` if all workloads have the same.
    pub(super) by_workload: Option<Vec<Parts>>,
}

/// Share of each workload's requests that goes to one row.
#[derive(Debug, Clone)]
pub(super) struct Parts {
    /// At the peak, averaged over all days.
    pub(super) peak: Vec<f64>,
    /// Over a day.
    pub(super) day: Vec<f64>,
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
                row.at.beside = beside;
            }
        }
        self
    }

    /// Share of a workload's daily requests that goes to a row.
    pub(super) fn day_share(&self, row: usize, workload: usize) -> f64 {
        match &self.by_workload {
            Some(parts) => parts[row].day[workload],
            None => self.shares[row],
        }
    }

    /// Share of a workload's requests at the peak that goes to a row.
    pub(super) fn peak_share(&self, row: usize, workload: usize) -> f64 {
        match &self.by_workload {
            Some(parts) => parts[row].peak[workload],
            None => self.shares[row],
        }
    }
}

impl Parts {
    /// Zero shares of this many workloads.
    pub(super) fn none(workloads: usize) -> Self {
        Self {
            peak: vec![0.0; workloads],
            day: vec![0.0; workloads],
        }
    }
}
