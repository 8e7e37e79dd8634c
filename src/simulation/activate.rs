//! KEDA's own work beside the autoscaler it generates: activation, schedules and fallback.
//!
//! # Source
//!
//! KEDA 2.20, `pkg/scaling/executor/scale_scaledobjects.go`, `pkg/fallback/fallback.go` and
//! `pkg/scalers/cron_scaler.go`.

use super::config::{
    Activation, Fallback, FurtherKind, Hpa, Keeps, Load, MetricName, Schedule, Trigger,
};
use super::engine::Simulation;
use super::event::Rare;
use crate::model::hpa::{self, Metric, MetricError, Proposal};

/// Thousandths in one.
const MILLI: i64 = 1_000;
/// A day, milliseconds.
const DAY_MS: u64 = 86_400_000;

impl Schedule {
    /// Whether the schedule wants its pods now.
    fn is_on(&self, now: u64) -> bool {
        let now = now % DAY_MS;
        if self.from_ms <= self.to_ms {
            (self.from_ms..self.to_ms).contains(&now)
        } else {
            self.from_ms <= now || now < self.to_ms
        }
    }
}

impl Simulation {
    /// One KEDA poll: scales the fleet to idle or back, depending on whether a trigger is active.
    pub(super) fn poll(&mut self) {
        let Some(hpa) = self.config.hpa.take() else {
            return;
        };
        if let Some(activation) = &hpa.activation {
            self.control
                .add(self.now + activation.polling_ms, Rare::Poll);
            let pods = self.activated(activation, &hpa);
            self.want(pods);
        }
        self.config.hpa = Some(hpa);
    }

    /// Pods wanted after a poll.
    fn activated(&mut self, activation: &Activation, hpa: &Hpa) -> u32 {
        let wanted = self.fleet.wanted;
        let triggers = activation.triggers.iter();
        let looks: Vec<_> = triggers
            .clone()
            .map(|trigger| self.is_active(*trigger, &hpa.schedules))
            .collect();
        let is_failed = triggers.clone().any(|trigger| self.is_failed(*trigger));
        self.failed_polls = if is_failed { self.failed_polls + 1 } else { 0 };
        if looks.contains(&Some(true)) {
            self.active_at = Some(self.now);
            return wanted.max(activation.least);
        }
        let fallback = hpa.fallback_after(self.failed_polls);
        if let Some(fallback) = fallback.filter(|fallback| fallback.pods != 0) {
            // The autoscaler's first look would bring the pods within its bounds.
            let pods = fallback.pods(wanted).max(activation.idle);
            return pods.min(hpa.limits.max);
        }
        let since = match self.active_at {
            Some(at) => at.saturating_add(activation.cooldown_ms),
            None => activation.initial_cooldown_ms,
        };
        // An unreadable trigger may be active: the fleet is not taken down for it.
        if looks.contains(&None) || self.now <= since {
            return wanted;
        }
        wanted.min(activation.idle)
    }

    /// Whether a trigger is active; `None` if it cannot be read.
    fn is_active(&self, trigger: Trigger, schedules: &[Schedule]) -> Option<bool> {
        match trigger {
            Trigger::Scheduled(place) => {
                let schedule = schedules.get(place as usize);
                Some(schedule.is_some_and(|schedule| schedule.is_on(self.now)))
            }
            Trigger::Above { load, above_m } => Some(above_m < self.load_m(load)?),
        }
    }

    /// Whether the query of a trigger ends in an error.
    fn is_failed(&self, trigger: Trigger) -> bool {
        match trigger {
            Trigger::Scheduled(_) => false,
            Trigger::Above { load, .. } => self.scrape_of(load.name()).is_err(),
        }
    }

    /// Total load of all pods, thousandths; `None` if it cannot be read.
    fn load_m(&self, load: Load) -> Option<i64> {
        let name = load.name();
        let scrape = self.scrape_of(name).ok()??;
        Some(match load {
            Load::PerRps(per_rps_m) => scrape.load_m(per_rps_m, self.config.metrics.scrape_ms)?,
            Load::Waiting | Load::InFlight => scrape.sum_m(name),
        })
    }

    /// Proposal of a schedule: its pods while it is on, else one pod.
    pub(super) fn scheduled(&self, schedule: Schedule, hpa: &Hpa) -> Result<Proposal, MetricError> {
        let pods = if schedule.is_on(self.now) {
            schedule.pods
        } else {
            1
        };
        let metric = Metric::AverageValue {
            target_m: MILLI,
            values_m: vec![i64::from(pods) * MILLI],
        };
        hpa::proposal(&metric, &self.observation(&[], hpa))
    }

    /// Proposal of a metric, replaced by KEDA's fallback once enough polls in a row have failed.
    /// `target_m` is `None` for a metric that KEDA does not serve.
    pub(super) fn or_fallback(
        &mut self,
        place: usize,
        (kind, target_m): (FurtherKind, Option<i64>),
        found: Result<Proposal, MetricError>,
        hpa: &Hpa,
    ) -> Result<Proposal, MetricError> {
        let Some(failures) = self.failed_looks.get_mut(place) else {
            return found;
        };
        if found != Err(MetricError::Unavailable) {
            *failures = 0;
            return found;
        }
        *failures += 1;
        let fallback = hpa.fallback_after(*failures);
        let (Some(fallback), Some(target_m)) = (fallback, target_m) else {
            return found;
        };
        let pods = i64::from(fallback.pods(self.fleet.wanted));
        let all_m = target_m.saturating_mul(pods);
        let metric = match kind {
            FurtherKind::Whole => Metric::Value {
                target_m,
                values_m: vec![all_m / i64::from(self.fleet.serving()).max(1)],
            },
            _ => Metric::AverageValue {
                target_m,
                values_m: vec![all_m],
            },
        };
        let live = self.live_pods(MetricName::QueueDepth, None);
        hpa::proposal(&metric, &self.observation(&live, hpa))
    }
}

impl Hpa {
    /// The fallback, once enough looks in a row have failed.
    fn fallback_after(&self, failed: u32) -> Option<Fallback> {
        self.fallback.filter(|fallback| fallback.failures < failed)
    }
}

impl Load {
    /// Metric of the pods that the load is read with.
    fn name(self) -> MetricName {
        match self {
            Self::InFlight => MetricName::InFlight,
            Self::Waiting | Self::PerRps(_) => MetricName::QueueDepth,
        }
    }
}

impl Fallback {
    fn pods(&self, current: u32) -> u32 {
        match self.keeps {
            Keeps::Own => self.pods,
            Keeps::Current => current,
            Keeps::Higher => self.pods.max(current),
            Keeps::Lower => self.pods.min(current),
        }
    }
}
