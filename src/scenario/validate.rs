//! Checks across fields.

use super::property::{CACHE_WRITE, CACHED, HPA_MAX, HPA_MIN, Number};
use super::{Scenario, Workload};
use crate::model::fleet::whole;
use crate::model::limit::is_over;

/// A contradiction between fields; `say::problem` has the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// All weights are zero, so no provider takes requests.
    NoWeight,
    /// The autoscaler's maximum is below its minimum.
    MaximumBelowMinimum {
        /// Minimum, pods.
        minimum: u32,
    },
    /// Cached plus written input exceed the whole input.
    CachedAboveInput {
        /// Index of the workload.
        workload: usize,
        /// Maximum share that may be written, whole percents.
        left: u32,
    },
}

impl Problem {
    /// Key of the field in `property` that shows the message.
    pub fn field(self) -> &'static str {
        match self {
            Self::NoWeight => "weight",
            Self::MaximumBelowMinimum { .. } => "hpa-max",
            Self::CachedAboveInput { .. } => "cache-write",
        }
    }

    /// Index of the workload concerned; `None` for the whole scenario.
    pub fn workload(self) -> Option<usize> {
        match self {
            Self::CachedAboveInput { workload, .. } => Some(workload),
            Self::NoWeight | Self::MaximumBelowMinimum { .. } => None,
        }
    }
}

/// All contradictions between fields. The form and the link parser check single fields.
pub fn problems(scenario: &Scenario) -> Vec<Problem> {
    let mut found = Vec::new();
    let weights: f64 = scenario
        .providers
        .iter()
        .map(|provider| provider.weight)
        .sum();
    if weights <= 0.0 {
        found.push(Problem::NoWeight);
    }
    let workloads = scenario.workloads.iter().enumerate();
    found.extend(workloads.filter_map(|(at, workload)| cached_above_input(at, workload)));
    let hpa = &scenario.gateway.hpa;
    if let (Some(minimum), Some(maximum)) = (hpa.replicas_min, hpa.replicas_max) {
        // In every future the maximum must be at least the minimum.
        let (low, high) = (HPA_MAX.range(scenario), HPA_MIN.range(scenario));
        let maximum = low.map_or(f64::from(maximum), |range| range.low);
        let highest = high.map_or(f64::from(minimum), |range| range.high);
        if maximum < highest {
            let minimum = whole(highest);
            found.push(Problem::MaximumBelowMinimum { minimum });
        }
    }
    found
}

/// Whether a workload's cached plus written input may exceed its whole input in any future.
fn cached_above_input(index: usize, workload: &Workload) -> Option<Problem> {
    let most = |number: &Number<Workload>, own: f64| {
        let range = number.range(workload);
        range.map_or(own, |range| range.high)
    };
    let cached = most(&CACHED, workload.cached_percent);
    let written = most(&CACHE_WRITE, workload.cache_write_percent);
    is_over((cached + written) / 100.0).then(|| Problem::CachedAboveInput {
        workload: index,
        left: whole(libm::floor(100.0 - cached)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::link::from_fragment;

    #[test]
    fn the_default_has_no_problem() {
        assert_eq!(problems(&Scenario::default()), []);
    }

    #[test]
    fn weights_must_not_all_be_zero() {
        let mut scenario = Scenario::default();
        for provider in &mut scenario.providers {
            provider.weight = 0.0;
        }
        assert_eq!(problems(&scenario), [Problem::NoWeight]);
        assert_eq!(Problem::NoWeight.field(), "weight");
    }

    #[test]
    fn the_minimum_must_not_pass_the_maximum() {
        let mut scenario = Scenario::default();
        scenario.gateway.hpa.replicas_min = Some(21);
        let problem = Problem::MaximumBelowMinimum { minimum: 21 };
        assert_eq!(problems(&scenario), [problem]);
        assert_eq!(problem.field(), "hpa-max");
    }

    #[test]
    fn no_more_than_all_of_the_input_is_cached_or_written() {
        for (link, left) in [
            ("v=2&cached=70&cache-write=30", None),
            ("v=2&cached=70&cache-write=31", Some((0, 30))),
            ("v=2&cached=99.9&cache-write=0.2", Some((0, 0))),
            ("v=2&cached=10..50&cache-write=51", Some((0, 50))),
            ("v=2&cached=33.3&cache-write=66.7", None),
            (
                "v=2&w=a,1/day,1,1,cached:90&w=b,1/day,1,1,cached:60,cache-write:41",
                Some((1, 40)),
            ),
        ] {
            let (scenario, _) = from_fragment(link);
            let expected =
                left.map(|(workload, left)| Problem::CachedAboveInput { workload, left });
            assert_eq!(problems(&scenario), Vec::from_iter(expected), "{link}");
        }
    }

    #[test]
    fn a_range_of_the_maximum_must_not_begin_below_the_minimum() {
        for (link, minimum) in [
            ("v=1&hpa-min=2&hpa-max=1..3", Some(2)),
            ("v=1&hpa-min=2&hpa-max=2..4", None),
            ("v=1&hpa-min=2..6&hpa-max=5..9", Some(6)),
        ] {
            let (scenario, _) = from_fragment(link);
            let expected = minimum.map(|minimum| Problem::MaximumBelowMinimum { minimum });
            assert_eq!(problems(&scenario), Vec::from_iter(expected), "{link}");
        }
    }
}
