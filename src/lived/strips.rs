//! The day as three strips on one time axis, in steps of five minutes.

use super::{Lived, Minute};
use crate::model::day::SAMPLES;

/// Length of the day, milliseconds.
const DAY_MS: u64 = 86_400_000;

/// The day in steps of five minutes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Strips {
    /// Completed steps; fewer than a day's while the day is being simulated.
    pub steps: Vec<Minute>,
    /// Minutes in a step.
    pub step_min: f64,
    /// Pods that the plan needs, per step.
    pub needed: Vec<u32>,
    /// Name and tokens per minute of each provider with a token limit.
    pub limits: Vec<(String, f64)>,
    /// Minimum and maximum pods of the autoscaler.
    pub bounds: (u32, u32),
    /// Fewest pods that were ready in a minute, and most.
    pub ready: (u32, u32),
}

impl Lived {
    /// The day as charts show it.
    pub fn strips(&self) -> Strips {
        let step_ms = DAY_MS / SAMPLES as u64;
        let each = usize::try_from(step_ms / self.facts.bucket_ms.max(1)).unwrap_or(1);
        let minutes = self.minutes();
        // An incomplete step would look like a drop.
        let steps = minutes.chunks_exact(each.max(1)).filter_map(|chunk| {
            let pieces = chunk.iter().copied();
            pieces.reduce(Minute::and)
        });
        let limits = self.facts.providers.iter();
        let ready = || minutes.iter().map(|minute| minute.ready);
        Strips {
            ready: (ready().min().unwrap_or(0), ready().max().unwrap_or(0)),
            steps: steps.take(SAMPLES).collect(),
            step_min: step_ms as f64 / 60e3,
            needed: self.facts.needed.clone(),
            limits: limits
                .filter_map(|each| Some((each.name.clone(), each.tpm? as f64)))
                .collect(),
            bounds: (self.facts.pods_min, self.facts.pods_max),
        }
    }
}
