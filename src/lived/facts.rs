//! What is known about a day before it is lived.

use crate::plan::Plan;
use crate::scenario::{Goals, Scenario};
use crate::simulation::{Config, Target};

/// A provider of the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upstream {
    /// Name for people.
    pub name: String,
    /// Tokens a minute, if limited.
    pub tpm: Option<u64>,
}

/// What is known about a day before it is lived.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// Length of a bucket, milliseconds.
    pub bucket_ms: u64,
    /// Waits longer than this are late, milliseconds.
    pub late_ms: u64,
    /// Slots of a pod.
    pub slots: u32,
    /// Fewest pods the autoscaler runs.
    pub pods_min: u32,
    /// Most pods the autoscaler runs.
    pub pods_max: u32,
    /// What the autoscaler looks at.
    pub targets: Vec<Target>,
    /// Who answers.
    pub providers: Vec<Upstream>,
    /// Pods that the plan needs, five minutes by five minutes.
    pub needed: Vec<u32>,
    /// What the day must keep.
    pub goals: Goals,
}

impl Facts {
    /// What the run's input, the scenario and its plan say.
    pub fn of(config: &Config, scenario: &Scenario, plan: &Plan) -> Self {
        let rows = scenario.providers.iter().zip(&config.providers);
        let hpa = config.hpa.as_ref();
        Self {
            bucket_ms: config.bucket_ms,
            late_ms: config.late_ms,
            slots: config.gateway.slots,
            pods_min: hpa.map_or(config.gateway.pods, |hpa| hpa.limits.min),
            pods_max: hpa.map_or(config.gateway.pods, |hpa| hpa.limits.max),
            targets: hpa.map(|hpa| hpa.metrics.clone()).unwrap_or_default(),
            providers: rows
                .map(|(row, provider)| Upstream {
                    name: row.name.clone(),
                    tpm: provider.tpm,
                })
                .collect(),
            needed: plan.day.instances.clone(),
            goals: scenario.day.goals.clone(),
        }
    }
}
