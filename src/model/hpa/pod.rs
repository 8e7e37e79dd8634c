//! Which pods a metric looks at.

/// Phase of a pod as far as the controller tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Not yet started.
    Pending,
    /// Started; also `Succeeded` and `Unknown`, which the controller treats alike.
    Running,
    /// Ended with an error; ignored.
    Failed,
}

/// The resource that a resource metric measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resource {
    /// CPU, the only one for which readiness decides.
    Cpu,
    /// Memory or another resource.
    Other,
}

/// How long a new pod's CPU is not trusted.
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

/// A pod as one metric sees it; ages are milliseconds before the sync.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pod {
    /// How far it has come.
    pub phase: Phase,
    /// Whether it is being deleted.
    pub is_deleting: bool,
    /// Its Ready condition, if it has one.
    pub ready: Option<bool>,
    /// Since when it has run, if it has started.
    pub start_age_ms: Option<i64>,
    /// Since when its Ready condition is what it is.
    pub ready_change_age_ms: i64,
    /// What the metric measured, in thousandths, if there is a sample.
    pub value_m: Option<i64>,
    /// Age of the sample.
    pub sample_age_ms: i64,
    /// Time that the sample covers.
    pub sample_window_ms: i64,
    /// What its containers request of the resource, in thousandths.
    pub request_m: Option<i64>,
}

/// Pods sorted by what their sample is worth; each entry is a place in the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Groups {
    /// Measured.
    pub ready: Vec<usize>,
    /// There, but not to be trusted yet.
    pub unready: Vec<usize>,
    /// Without a sample.
    pub missing: Vec<usize>,
    /// On their way out.
    pub ignored: Vec<usize>,
}

/// Sorts pods for a metric of `resource`, or for one that is no resource's.
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
    /// Whether its CPU sample says something about its load.
    fn cpu_counts(&self, timing: Timing) -> bool {
        let (Some(ready), Some(start_age_ms)) = (self.ready, self.start_age_ms) else {
            return false;
        };
        if start_age_ms < timing.cpu_initialization_ms {
            // A sample whose window began before readiness measures the start-up.
            return ready && self.sample_age_ms + self.sample_window_ms <= self.ready_change_age_ms;
        }
        let ready_for_ms = start_age_ms - self.ready_change_age_ms;
        ready || timing.readiness_delay_ms <= ready_for_ms
    }
}
