//! Tokens per minute of a day: direct traffic, and batches, which run at any hour and count towards
//! no per-minute limit.

use crate::plan::Plan;

/// Tokens of a day, per minute.
#[derive(Clone, Copy)]
pub(super) struct Minutes<'a> {
    profile: &'a [f64],
    /// Mean of direct traffic.
    direct_tpm: f64,
    /// Peak of direct traffic.
    pub(super) direct_peak_tpm: f64,
    /// Batches, spread evenly over the day.
    pub(super) batch_tpm: f64,
}

impl<'a> Minutes<'a> {
    pub(super) fn of(plan: &'a Plan) -> Self {
        let demand = &plan.demand;
        let workloads = demand.workloads.iter();
        let batch_tpm: f64 = workloads.map(|w| w.mean_tpm * w.batched_ratio).sum();
        // A rounding error must not remain as traffic.
        let direct_tpm = (demand.mean_tpm - batch_tpm).max(0.0);
        let part = if 0.0 < demand.mean_tpm {
            direct_tpm / demand.mean_tpm
        } else {
            0.0
        };
        Self {
            profile: &plan.day.profile,
            direct_tpm,
            direct_peak_tpm: demand.peak_tpm * part,
            batch_tpm,
        }
    }

    /// Busiest minute.
    pub(super) fn peak(self) -> f64 {
        self.direct_peak_tpm + self.batch_tpm
    }

    /// Samples of the day.
    pub(super) fn each(self) -> impl Iterator<Item = f64> {
        let each = self.profile.iter();
        each.map(move |x| x * self.direct_tpm + self.batch_tpm)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::date::date;
    use crate::plan::evaluate;
    use crate::scenario::link::from_fragment;

    #[test]
    fn batches_stand_beside_the_peak_and_not_in_it() {
        let (scenario, notices) =
            from_fragment("v=2&w=Chat,144000/day,300,100&w=Night,144000/day,700,100,batch:75");
        assert!(notices.is_empty(), "{notices:?}");
        let plan = evaluate(&scenario, date(2026, 11, 28));
        let minutes = Minutes::of(&plan);
        // 100 requests per minute × 400 = 40,000 of chat; 100 × 800 = 80,000 of the night, of which
        // three quarters, 60,000, are batches: 60,000 follow the day, three times that at the peak.
        let is = |value: f64, expected: f64| (value - expected).abs() < 1e-6 * expected;
        assert!(is(minutes.batch_tpm, 60e3), "{}", minutes.batch_tpm);
        assert!(is(minutes.direct_peak_tpm, 180e3));
        assert!(is(minutes.peak(), 240e3));
        // The mean includes all: 120,000 tokens per minute.
        let mean = minutes.each().sum::<f64>() / 288.0;
        assert!((mean / 120e3 - 1.0).abs() < 0.01, "{mean}");
    }
}
