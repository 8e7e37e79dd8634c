//! Pods that a metric takes into account.

/// Phase of a pod, as far as the controller distinguishes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Not yet started.
    Pending,
    /// Started; also `Succeeded` and `Unknown`, which the controller treats alike.
    Running,
    /// Ended with an error; ignored.
    Failed,
}

/// Resource of a resource metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resource {
    /// CPU, the only resource whose samples depend on readiness.
    Cpu,
    /// Memory or another resource.
    Other,
}

/// Time for which a new pod's CPU is not trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timing {
    /// `--horizontal-pod-autoscaler-cpu-initialization-period`, milliseconds.
    pub cpu_initialization_ms: i64,
    /// `--horizontal-pod-autoscaler-initial-readiness-delay`, milliseconds.
    pub readiness_delay_ms: i64,
}

impl Default for Timing {
    /// The flags' defaults: five minutes and thirty seconds.
    fn default() -> Self {
        Self {
            cpu_initialization_ms: 300_000,
            readiness_delay_ms: 30_000,
        }
    }
}

/// A pod as one metric sees it; ages are in milliseconds before the sync.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pod {
    /// Phase.
    pub phase: Phase,
    /// Whether the pod is being deleted.
    pub is_deleting: bool,
    /// Ready condition, if any.
    pub ready: Option<bool>,
    /// Time since the start, if the pod has started.
    pub start_age_ms: Option<i64>,
    /// Time since the last change of the Ready condition.
    pub ready_change_age_ms: i64,
    /// Measured value in thousandths, if there is a sample.
    pub value_m: Option<i64>,
    /// Age of the sample.
    pub sample_age_ms: i64,
    /// Window of the sample.
    pub sample_window_ms: i64,
    /// Resource request of the containers, in thousandths.
    pub request_m: Option<i64>,
}

/// Pods grouped by the state of their sample; entries are indices into the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Groups {
    /// With a trusted sample.
    pub ready: Vec<usize>,
    /// With a sample that is not trusted yet.
    pub unready: Vec<usize>,
    /// Without a sample.
    pub missing: Vec<usize>,
    /// Deleted or failed.
    pub ignored: Vec<usize>,
}

/// Groups pods for a metric of `resource`; `None` for other metrics.
///
/// # Source
///
/// `replica_calculator.go`, `groupPods`.
pub fn group(pods: &[Pod], resource: Option<Resource>, timing: Timing) -> Groups {
    let mut groups = Groups::default();
    for (index, pod) in pods.iter().enumerate() {
        let list = if pod.is_deleting || pod.phase == Phase::Failed {
            &mut groups.ignored
        } else if pod.phase == Phase::Pending {
            &mut groups.unready
        } else if pod.value_m.is_none() {
            &mut groups.missing
        } else if resource == Some(Resource::Cpu) && !pod.cpu_counts(timing) {
            &mut groups.unready
        } else {
            &mut groups.ready
        };
        list.push(index);
    }
    groups
}

impl Pod {
    /// Whether the pod's CPU sample reflects its load.
    fn cpu_counts(&self, timing: Timing) -> bool {
        let (Some(ready), Some(start_age_ms)) = (self.ready, self.start_age_ms) else {
            return false;
        };
        if start_age_ms < timing.cpu_initialization_ms {
            // A sample whose window began before readiness measures the startup.
            return ready && self.sample_age_ms + self.sample_window_ms <= self.ready_change_age_ms;
        }
        let ready_for_ms = start_age_ms - self.ready_change_age_ms;
        ready || timing.readiness_delay_ms <= ready_for_ms
    }
}
