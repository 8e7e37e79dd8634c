//! The gateway's Deployment, as far as a day depends on it.

use serde_json::Value;

use crate::export::check::amount;
use crate::import;
use crate::simulation::Room;

use super::count::count;
use super::rolling::rolling;
use super::time::whole;

/// CPU request of a pod without a Deployment in the files, thousandths.
const CPU_REQUEST_M: i64 = 1_000;
/// Default `terminationGracePeriodSeconds`.
const GRACE_S: f64 = 30.0;

/// The parts of a Deployment that a day depends on.
pub(super) struct Workload {
    /// Replicas set by the Deployment.
    pub(super) replicas: Option<u32>,
    /// CPU request that a share refers to, thousandths; `None` if a container lacks one.
    pub(super) cpu_request_m: Option<i64>,
    /// CPU limit of a pod, thousandths.
    pub(super) cpu_limit_m: Option<u64>,
    /// Reason why an autoscaler cannot compute a share of the CPU request.
    pub(super) cpu_refused: Option<String>,
    /// Grace period of a deleted pod, milliseconds.
    pub(super) drain_ms: u64,
    /// Whether pods are spread over zones.
    pub(super) is_spread: bool,
    /// Surge and unavailability of a rollout.
    pub(super) rolling: (Room, Room),
    /// Whether a rollout deletes all old pods before it creates one.
    pub(super) recreates: bool,
}

impl Workload {
    /// The Deployment; `own` names the container that the autoscaler watches, if not all of them.
    pub(super) fn of(deployment: &Value, own: Option<&str>) -> Self {
        let pods = Pods::of(deployment, own);
        let (spec, pod) = (&deployment["spec"], pods.pod());
        let spread = pod["topologySpreadConstraints"].as_array();
        let mut keys = spread
            .into_iter()
            .flatten()
            .filter_map(|each| each["topologyKey"].as_str());
        let grace_s = import::number(&pod["terminationGracePeriodSeconds"]);
        Self {
            replicas: count(&spec["replicas"]),
            cpu_request_m: pods.cpu_request_m(),
            cpu_limit_m: pods.cpu_limit_m(),
            cpu_refused: pods.cpu_refused(),
            drain_ms: whole(grace_s.unwrap_or(GRACE_S) * 1e3),
            is_spread: keys.any(|key| key.ends_with("/zone")),
            rolling: rolling(deployment),
            recreates: spec["strategy"]["type"] == "Recreate",
        }
    }
}

/// The containers of a Deployment's pods.
struct Pods<'a> {
    deployment: &'a Value,
    /// Containers that run as long as the pod, sidecars among the init containers included.
    containers: Vec<&'a Value>,
    /// The container whose CPU request alone counts.
    own: Option<&'a Value>,
}

impl<'a> Pods<'a> {
    fn of(deployment: &'a Value, own: Option<&str>) -> Self {
        let pod = &deployment["spec"]["template"]["spec"];
        let list = |key: &str| pod[key].as_array().into_iter().flatten();
        let sidecars = list("initContainers").filter(|one| one["restartPolicy"] == "Always");
        let containers: Vec<&Value> = list("containers").chain(sidecars).collect();
        let is_own = |each: &&&Value| own.is_some_and(|own| each["name"] == own);
        Self {
            deployment,
            own: containers.iter().find(is_own).copied(),
            containers,
        }
    }

    fn pod(&self) -> &'a Value {
        &self.deployment["spec"]["template"]["spec"]
    }

    /// CPU request of a container; a limit without a request sets it too.
    fn asked(container: &Value) -> Option<f64> {
        let of = |kind: &str| amount(&container["resources"][kind]["cpu"]);
        of("requests").or_else(|| of("limits"))
    }

    /// Containers without a CPU request, which a share of the request needs.
    fn without_request(&self) -> impl Iterator<Item = &'a Value> {
        let needed = match self.own {
            Some(own) => vec![own],
            None if Self::asked(self.pod()).is_some() => Vec::new(),
            None => self.containers.clone(),
        };
        needed
            .into_iter()
            .filter(|container| Self::asked(container).is_none())
    }

    /// Why an autoscaler cannot compute a share of the CPU request.
    fn cpu_refused(&self) -> Option<String> {
        let container = self.without_request().next()?;
        let name = container["name"].as_str().unwrap_or("without a name");
        Some(format!(
            "the CPU target has no effect, as in a cluster: the container {name} has no CPU request"
        ))
    }

    /// CPU request that a share refers to, thousandths.
    fn cpu_request_m(&self) -> Option<i64> {
        if self.containers.is_empty() && Self::asked(self.pod()).is_none() {
            return Some(CPU_REQUEST_M);
        }
        if self.without_request().next().is_some() {
            return None;
        }
        let each = self.containers.iter().filter_map(|each| Self::asked(each));
        let vcpu = match self.own {
            Some(own) => Self::asked(own)?,
            None => Self::asked(self.pod()).unwrap_or_else(|| each.sum()),
        };
        i64::try_from(whole(vcpu * 1e3)).ok()
    }

    /// CPU limit of the pod, thousandths; it has one only if every container has.
    fn cpu_limit_m(&self) -> Option<u64> {
        let limit = |of: &Value| amount(&of["resources"]["limits"]["cpu"]);
        let each: Option<Vec<f64>> = self.containers.iter().map(|each| limit(each)).collect();
        let all = each.filter(|each| !each.is_empty());
        let vcpu = limit(self.pod()).or_else(|| Some(all?.iter().sum()))?;
        Some(whole(vcpu * 1e3))
    }
}
