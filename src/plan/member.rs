//! A row of a place: what it is offered, and what it takes.

use std::borrow::Cow;
use std::rc::Rc;

use super::allowed::Allowed;
use super::carried::Carried;
use super::pods::Pods;

/// A row of a place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Member {
    /// Its place among all rows.
    pub(super) row: usize,
    /// Part of what comes to the place that it is offered, by stream.
    pub(super) base: Vec<f64>,
    /// Which streams a later place takes.
    pub(super) moves: Vec<bool>,
    /// What its limits of a rate take.
    pub(super) carried: Carried,
    pub(super) allowed: Allowed,
    /// Its limits with other pods than today's, if any is counted in each of them.
    pub(super) by_pods: Option<Rc<ByPods>>,
}

/// Limits of a row that pods count.
#[derive(Debug)]
pub(super) struct ByPods {
    pub(super) pods: Pods,
    /// The limits counted in each pod, with the pods of today's peak.
    pub(super) own: (Carried, Allowed),
    /// All limits, with the most pods.
    pub(super) at_most: (Carried, Allowed),
}

/// The pods are those of the whole plan.
impl PartialEq for ByPods {
    fn eq(&self, other: &Self) -> bool {
        (self.own, self.at_most) == (other.own, other.at_most)
    }
}

/// What a row takes.
#[derive(Debug, Clone, Default)]
pub(super) struct Taken {
    /// Requests of each stream over a day, as shares of its own.
    pub(super) days: Vec<f64>,
    /// Requests of each stream that go on at once, at the peak, as shares of its own, on average
    /// over all days and hours; those in batches have no peak.
    pub(super) peak: Vec<f64>,
    /// The share of the peak that it takes, on average over all days and hours.
    pub(super) share: f64,
    /// The share of the peak that it takes in its busiest stretch.
    pub(super) busiest: f64,
    /// The same of each stream, as shares of its own peak.
    pub(super) busiest_of: Vec<f64>,
}

/// What a limit counts of a row's requests: all that each stream asks for at today's peak, or over
/// today's day.
pub(super) type OfRow = (usize, Vec<f64>);

impl Member {
    /// The row with another number of pods.
    pub(super) fn with_pods(&self, pods: f64) -> Cow<'_, Self> {
        match self.by_pods.as_ref() {
            Some(limits) if 0.5 < (limits.pods.running - pods).abs() => {
                let by = pods / limits.pods.running;
                let (own, at_most) = (limits.own, limits.at_most);
                Cow::Owned(Self {
                    carried: own.0.grown(by).and(&at_most.0),
                    allowed: own.1.grown(by).and(&at_most.1),
                    ..self.clone()
                })
            }
            _ => Cow::Borrowed(self),
        }
    }

    /// Part of what comes of a stream that it takes, where so much is taken of what may go on.
    pub(super) fn part(&self, stream: usize, open: f64) -> f64 {
        self.base[stream] * if self.moves[stream] { open } else { 1.0 }
    }
}
