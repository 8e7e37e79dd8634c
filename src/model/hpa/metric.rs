//! Replicas that one metric asks for.

use super::pod::{Groups, Phase, Pod, Resource, Timing, group};

/// Maximum count of the controller (32 bits).
const REPLICAS_MAX: f64 = 2_147_483_647.0;

/// A minor version of Kubernetes 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(pub u32);

impl Version {
    /// Newest version that this module knows.
    pub const NEWEST: Self = Self(37);

    /// Whether the tolerance is an interval around 1, ends included.
    ///
    /// Until 1.32 the controller compared `|1 − ratio|`, so that in floating point
    /// exactly +10 % was outside.
    pub fn has_interval(self) -> bool {
        Self(33) <= self
    }

    /// Whether `minReplicas: 0` holds without a feature gate (KEP-2021).
    pub fn has_zero(self) -> bool {
        Self(37) <= self
    }

    /// Whether a tolerance in the manifest holds without a feature gate (KEP-4951).
    pub fn has_own_tolerance(self) -> bool {
        Self(35) <= self
    }
}

/// Relative deviation that is tolerated, by direction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tolerance {
    /// Above the target.
    pub up: f64,
    /// Below the target.
    pub down: f64,
}

impl Default for Tolerance {
    fn default() -> Self {
        Self {
            up: super::TOLERANCE,
            down: super::TOLERANCE,
        }
    }
}

/// A metric with its target; values in thousandths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Metric {
    /// Resource or container resource, as a percentage of the request.
    ResourceUtilization {
        /// The resource.
        resource: Resource,
        /// Target, percent.
        percent: i64,
    },
    /// Resource or container resource, per pod.
    ResourceAverage {
        /// The resource.
        resource: Resource,
        /// Target per pod.
        target_m: i64,
    },
    /// A metric of the pods, per pod.
    PodsAverage {
        /// Target per pod.
        target_m: i64,
    },
    /// A total metric of another object or from outside.
    Value {
        /// Target for the whole fleet.
        target_m: i64,
        /// Measured series, summed.
        values_m: Vec<i64>,
    },
    /// A metric of another object or from outside, divided by the replicas.
    AverageValue {
        /// Target per replica.
        target_m: i64,
        /// Measured series, summed.
        values_m: Vec<i64>,
    },
}

/// Further inputs of the algorithm for one metric.
#[derive(Debug, Clone, Copy)]
pub struct Observation<'a> {
    /// Replicas in the Deployment's spec.
    pub spec_replicas: u32,
    /// Replicas in its status.
    pub status_replicas: u32,
    /// Pods, each with its value of this metric.
    pub pods: &'a [Pod],
    /// Samples of pods that are not in the list.
    pub stray_values_m: &'a [i64],
    /// Tolerance.
    pub tolerance: Tolerance,
    /// Treatment of new pods.
    pub timing: Timing,
    /// Version whose comparison is used.
    pub version: Version,
}

/// Result of one metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proposal {
    /// Replicas, before stabilization, policies and limits.
    pub replicas: u32,
    /// Value reported in the status: whole percent, or thousandths.
    pub reported: i64,
    /// Mean usage per pod in thousandths, if the target is a percentage.
    pub raw_average_m: Option<i64>,
}

/// Reason why a metric proposes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetricError {
    /// The metrics API did not answer.
    Unavailable,
    /// There are no pods.
    NoPods,
    /// There is no sample, or only samples of pods that do not count.
    NoSamples,
    /// No sample belongs to a pod of the Deployment.
    NoMatch,
    /// A percentage target without a resource request.
    NoRequest,
    /// The target is not above 0.
    BadTarget,
}

/// Proposal of a metric, from what was observed.
///
/// # Errors
///
/// A [`MetricError`] where the controller would report one.
///
/// # Source
///
/// `replica_calculator.go`: `GetResourceReplicas`, `GetMetricReplicas`,
/// `GetObjectMetricReplicas`, `GetExternalPerPodMetricReplicas` and their kin.
pub fn proposal(metric: &Metric, seen: &Observation) -> Result<Proposal, MetricError> {
    match metric {
        Metric::ResourceUtilization { resource, percent } => {
            per_pod(seen, Some(*resource), *percent, Measure::Percent)
        }
        Metric::ResourceAverage { resource, target_m } => {
            per_pod(seen, Some(*resource), *target_m, Measure::Average)
        }
        Metric::PodsAverage { target_m } => per_pod(seen, None, *target_m, Measure::Average),
        Metric::Value { target_m, values_m } => in_all(seen, *target_m, total(values_m)?),
        Metric::AverageValue { target_m, values_m } => divided(seen, *target_m, total(values_m)?),
    }
}

/// Reduction of samples to one number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Measure {
    /// Whole percent of the requests.
    Percent,
    /// Mean, truncated to whole thousandths.
    Average,
}

/// A sample and the request of its pod; `None` for a stray sample.
type Entry = (i64, Option<i64>);

impl Measure {
    fn of(self, entries: &[Entry]) -> Result<i64, MetricError> {
        match self {
            Self::Average => Ok(average(entries.iter().map(|(value, _)| *value))),
            Self::Percent => {
                let own = |(value, request): &Entry| Some((*value, (*request)?));
                let (usage, requests) = entries.iter().filter_map(own).fold(
                    (0_i64, 0_i64),
                    |(usage, requests), (value, request)| {
                        (
                            usage.saturating_add(value),
                            requests.saturating_add(request),
                        )
                    },
                );
                if requests == 0 {
                    return Err(MetricError::NoMatch);
                }
                Ok(usage.saturating_mul(100) / requests)
            }
        }
    }
}

fn per_pod(
    seen: &Observation,
    resource: Option<Resource>,
    target: i64,
    measure: Measure,
) -> Result<Proposal, MetricError> {
    if target <= 0 {
        return Err(MetricError::BadTarget);
    }
    if seen.pods.is_empty() {
        return Err(MetricError::NoPods);
    }
    let groups = group(seen.pods, resource, seen.timing);
    let mut entries = measured(seen, &groups);
    if entries.is_empty() {
        return Err(MetricError::NoSamples);
    }
    if measure == Measure::Percent && seen.pods.iter().any(|pod| pod.request_m.is_none()) {
        return Err(MetricError::NoRequest);
    }
    let reported = measure.of(&entries)?;
    let own = entries.iter().filter(|(_, request)| request.is_some());
    let raw_average_m =
        (measure == Measure::Percent).then(|| average(own.map(|(value, _)| *value)));
    let ratio = ratio(reported, target);
    let done = |replicas| Proposal {
        replicas,
        reported,
        raw_average_m,
    };
    let counts_unready = !groups.unready.is_empty() && 1.0 < ratio;
    if groups.missing.is_empty() && !counts_unready {
        let replicas = if is_within(seen, ratio) {
            seen.spec_replicas
        } else {
            up_to_whole(ratio * groups.ready.len() as f64)
        };
        return Ok(done(replicas));
    }
    fill_in(&mut entries, seen, &groups, (ratio, target), measure);
    let damped = self::ratio(measure.of(&entries)?, target);
    Ok(done(damped_replicas(seen, ratio, damped, entries.len())))
}

/// Samples of the pods that count, followed by stray samples.
fn measured(seen: &Observation, groups: &Groups) -> Vec<Entry> {
    let pods = groups
        .ready
        .iter()
        .filter_map(|index| seen.pods.get(*index));
    let own = pods.filter_map(|pod| Some((pod.value_m?, Some(pod.request_m.unwrap_or(0)))));
    let stray = seen.stray_values_m.iter().map(|value| (*value, None));
    own.chain(stray).collect()
}

/// Adds pods without a trusted sample so that they dampen the change.
fn fill_in(
    entries: &mut Vec<Entry>,
    seen: &Observation,
    groups: &Groups,
    (ratio, target): (f64, i64),
    measure: Measure,
) {
    let request = |index: &usize| seen.pods.get(*index).and_then(|pod| pod.request_m);
    for index in &groups.missing {
        let request = request(index).unwrap_or(0);
        let value = match measure {
            _ if 1.0 < ratio => 0,
            Measure::Percent => request.saturating_mul(target.max(100)) / 100,
            Measure::Average => target,
        };
        if ratio < 1.0 || 1.0 < ratio {
            entries.push((value, Some(request)));
        }
    }
    if 1.0 < ratio {
        let idle = |index| (0, Some(request(index).unwrap_or(0)));
        entries.extend(groups.unready.iter().map(idle));
    }
}

/// Replicas once all pods are counted; never in the opposite direction of the first measure.
fn damped_replicas(seen: &Observation, ratio: f64, damped: f64, entries: usize) -> u32 {
    let crosses = (ratio < 1.0 && 1.0 < damped) || (1.0 < ratio && damped < 1.0);
    if is_within(seen, damped) || crosses {
        return seen.spec_replicas;
    }
    let replicas = up_to_whole(damped * entries as f64);
    let goes_back = (damped < 1.0 && seen.spec_replicas < replicas)
        || (1.0 < damped && replicas < seen.spec_replicas);
    if goes_back {
        seen.spec_replicas
    } else {
        replicas
    }
}

fn in_all(seen: &Observation, target_m: i64, total_m: i64) -> Result<Proposal, MetricError> {
    if target_m <= 0 {
        return Err(MetricError::BadTarget);
    }
    let ratio = ratio(total_m, target_m);
    let replicas = if seen.spec_replicas == 0 {
        up_to_whole(ratio)
    } else if is_within(seen, ratio) {
        seen.spec_replicas
    } else {
        let is_serving = |pod: &&Pod| pod.phase == Phase::Running && pod.ready == Some(true);
        if seen.pods.is_empty() {
            return Err(MetricError::NoPods);
        }
        let serving = seen.pods.iter().filter(is_serving).count();
        up_to_whole(ratio * serving as f64)
    };
    Ok(Proposal {
        replicas,
        reported: total_m,
        raw_average_m: None,
    })
}

fn divided(seen: &Observation, target_m: i64, total_m: i64) -> Result<Proposal, MetricError> {
    if target_m <= 0 {
        return Err(MetricError::BadTarget);
    }
    let status = f64::from(seen.status_replicas);
    let ratio = total_m as f64 / (target_m as f64 * status);
    let replicas = if is_within(seen, ratio) {
        seen.status_replicas
    } else {
        up_to_whole(total_m as f64 / target_m as f64)
    };
    let share = if seen.status_replicas == 0 {
        0.0
    } else {
        libm::ceil(total_m as f64 / status)
    };
    #[expect(clippy::cast_possible_truncation, reason = "saturates, as wanted")]
    let reported = share as i64;
    Ok(Proposal {
        replicas,
        reported,
        raw_average_m: None,
    })
}

fn total(values_m: &[i64]) -> Result<i64, MetricError> {
    if values_m.is_empty() {
        return Err(MetricError::Unavailable);
    }
    let add = |sum: i64, value: &i64| sum.saturating_add(*value);
    Ok(values_m.iter().fold(0, add))
}

fn average(values: impl Iterator<Item = i64>) -> i64 {
    let (mut sum, mut count) = (0_i64, 0_i64);
    for value in values {
        sum = sum.saturating_add(value);
        count += 1;
    }
    if count == 0 { 0 } else { sum / count }
}

fn ratio(measured: i64, target: i64) -> f64 {
    measured as f64 / target as f64
}

fn is_within(seen: &Observation, ratio: f64) -> bool {
    let Tolerance { up, down } = seen.tolerance;
    if seen.version.has_interval() {
        1.0 - down <= ratio && ratio <= 1.0 + up
    } else {
        (1.0 - ratio).abs() <= up
    }
}

/// Rounds replicas up to a whole number within the controller's 32 bits.
fn up_to_whole(replicas: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to the range"
    )]
    let whole = libm::ceil(replicas).clamp(0.0, REPLICAS_MAX) as u32;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::hpa::{Behavior, Limits};

    /// Proposal of ten ready pods at this percentage of their requests, for a target of 70.
    fn wanted(percent: i64, version: Version) -> Option<u32> {
        let pod = Pod {
            phase: Phase::Running,
            is_deleting: false,
            ready: Some(true),
            start_age_ms: Some(86_400_000),
            ready_change_age_ms: 86_400_000,
            value_m: Some(10 * percent),
            sample_age_ms: 0,
            sample_window_ms: 60_000,
            request_m: Some(1_000),
        };
        let seen = Observation {
            spec_replicas: 10,
            status_replicas: 10,
            pods: &[pod; 10],
            stray_values_m: &[],
            tolerance: Tolerance::default(),
            timing: Timing::default(),
            version,
        };
        let metric = Metric::ResourceUtilization {
            resource: Resource::Cpu,
            percent: 70,
        };
        let proposal = proposal(&metric, &seen);
        proposal.ok().map(|proposal| proposal.replicas)
    }

    /// 77 of 70 is 1.1, and in floating point |1 − 1.1| is above 0.1 while |1 − 0.9| is not.
    #[test]
    fn exactly_ten_percent_more_was_outside_until_1_32() {
        for (percent, before, since) in [(77, 11, 10), (63, 10, 10), (78, 12, 12), (62, 9, 9)] {
            assert_eq!(wanted(percent, Version(30)), Some(before), "{percent} %");
            assert_eq!(wanted(percent, Version(32)), Some(before), "{percent} %");
            assert_eq!(wanted(percent, Version(33)), Some(since), "{percent} %");
            assert_eq!(wanted(percent, Version::NEWEST), Some(since), "{percent} %");
        }
    }

    /// KEP-4951 is on by default from 1.35.
    #[test]
    fn a_tolerance_of_its_own_counts_from_1_35() {
        let mut behavior = Behavior::default();
        behavior.up.tolerance = Some(0.0);
        let mut limits = Limits::new(1, 20, Some(behavior));
        for (version, up) in [(34, 0.1), (35, 0.0)] {
            limits.version = Version(version);
            let expected = Tolerance { up, down: 0.1 };
            assert_eq!(limits.tolerances(), expected, "1.{version}");
        }
    }
}
