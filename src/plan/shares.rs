//! Which share of the requests goes to which provider, and what else counts towards the limits that
//! several share.

use std::borrow::Cow;

use super::account::{is_one_limit, is_one_organization};
use super::counting::CountedRow;
use super::load::load_of_mate;
use super::standing::Beside;
use super::{Demand, LimitKind};

/// The providers under their share of the requests.
pub(crate) struct Spread<'r, 'a> {
    /// The rows, counted for what goes to each.
    pub(super) rows: Cow<'r, [CountedRow<'a>]>,
    /// Share of all requests that goes to each at the peak.
    pub(super) shares: Vec<f64>,
    /// Share of each workload's requests, by row; none where all workloads go alike.
    pub(super) by_workload: Option<Vec<Parts>>,
}

/// Share of each workload's requests that goes to one row.
#[derive(Debug, Clone)]
pub(super) struct Parts {
    /// At the peak, on average over all days.
    pub(super) peak: Vec<f64>,
    /// Of a day.
    pub(super) day: Vec<f64>,
}

impl<'a> Spread<'_, 'a> {
    /// With the load of the other rows that limits of an organization hold together: its spending,
    /// and what rows of one model count.
    pub(super) fn with_mates(mut self, demand: &Demand) -> Self {
        let others = |row: &CountedRow<'a>| {
            let mut sum = Beside::default();
            let rows = self.rows.iter().zip(&self.shares);
            for (mate, share) in rows.filter(|(mate, _)| is_one_organization(row, mate)) {
                let shared = |kind: &LimitKind| is_one_limit(row, mate, *kind);
                for kind in LimitKind::ALL.into_iter().filter(shared) {
                    sum[kind as usize] += load_of_mate(demand, (mate, *share), row, kind);
                }
            }
            sum
        };
        let beside: Vec<Beside> = self.rows.iter().map(others).collect();
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

    /// Share of a workload's requests of a day that goes to a row.
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
    /// Nothing of so many workloads.
    pub(super) fn none(workloads: usize) -> Self {
        Self {
            peak: vec![0.0; workloads],
            day: vec![0.0; workloads],
        }
    }
}
