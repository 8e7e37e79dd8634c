//! Workload and autoscaler as the cluster would run them, from the text of the files.

use serde_json::{Value, json};

use crate::export::check::amount;
use crate::import::{self, Kind};
use crate::model::hpa::Limits;
use crate::simulation::{Further, FurtherKind, MetricName, Room, Target};

use super::behavior::behavior;
use super::count::count;
use super::judged::{judge, judge_workload};
use super::keda::{Keda, keda};
use super::paused::{Paused, paused};
use super::problem::Problem;
use super::rolling::steps;
use super::scaled_object::as_autoscaler;
use super::time::whole;
use super::workload::Workload;

/// CPU target of an autoscaler without metrics, percent of the request.
const CPU_DEFAULT_PERCENT: i64 = 80;

/// The parts of a Deployment and its autoscaler that a day depends on.
#[derive(Debug, Clone, PartialEq)]
pub struct Manifest {
    /// Bounds and behavior of the autoscaler.
    pub limits: Limits,
    /// Metrics and their targets.
    pub targets: Vec<Target>,
    /// Further metrics.
    pub further: Vec<Measured>,
    /// Replicas set by the Deployment.
    pub replicas: Option<u32>,
    /// Requests that a pod processes at once, if given.
    pub slots: Option<u32>,
    /// CPU request of a pod, thousandths; `None` if a container lacks one, so that a share of it
    /// cannot be computed.
    pub cpu_request_m: Option<i64>,
    /// CPU limit of a pod, thousandths.
    pub cpu_limit_m: Option<u64>,
    /// Grace period of a deleted pod, milliseconds.
    pub drain_ms: u64,
    /// Whether pods are spread over zones.
    pub is_spread: bool,
    /// Surge and unavailability of a rollout.
    pub rolling: (Room, Room),
    /// Whether a rollout deletes all old pods before it creates one.
    pub recreates: bool,
    /// KEDA's additions.
    pub keda: Keda,
    /// Whether nothing scales the pods because KEDA is paused.
    pub is_paused: bool,
    /// Parts of the files that are not simulated, one sentence each.
    pub left_out: Vec<String>,
}

/// A metric other than a share of a request or a queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// Measurement and comparison.
    pub kind: FurtherKind,
    /// Name of the metric; empty for CPU.
    pub name: String,
    /// Target.
    pub target: f64,
}

impl Measured {
    /// The metric for the simulation, with its value per request per second; `None` if that is
    /// unknown, so that the metric stays constant.
    pub(super) fn further(&self, per_rps: Option<f64>) -> Option<Further> {
        let load = match self.kind {
            FurtherKind::CpuAverage => 0.0,
            _ => per_rps?,
        };
        let thousandths = |value: f64| i64::try_from(whole(value * 1e3)).unwrap_or(i64::MAX);
        Some(Further {
            kind: self.kind,
            target_m: thousandths(self.target),
            per_rps_m: thousandths(load),
        })
    }
}

/// Reads an autoscaler and, if present, the gateway's Deployment from texts of one or more
/// documents; among several of a kind, the gateway's is chosen.
///
/// # Errors
///
/// [`Problem`] if a text cannot be read or none has an autoscaler.
pub fn manifest(texts: &[&str]) -> Result<Manifest, Problem> {
    read(texts, &[], &[], None)
}

/// Reads the objects that `asked` names as the gateway's, and validates them. `usual` supplies an
/// autoscaler or Deployment that the texts lack.
///
/// # Errors
///
/// [`Problem`] if a text cannot be read, no autoscaler exists, the choice between two is open, or
/// Kubernetes 1.`minor` or KEDA would reject the one in the texts.
pub fn manifest_of(
    texts: &[&str],
    asked: &[String],
    usual: &[&str],
    minor: u32,
) -> Result<Manifest, Problem> {
    read(texts, asked, usual, Some(minor))
}

fn read(
    texts: &[&str],
    asked: &[String],
    usual: &[&str],
    judged_by: Option<u32>,
) -> Result<Manifest, Problem> {
    let objects = import::objects(texts, asked).map_err(Problem::Unreadable)?;
    let usual = import::objects(usual, &[]).map_err(Problem::Unreadable)?;
    let of = |wanted: &[Kind]| {
        let is_wanted = |(kind, _): &&(Kind, Value)| wanted.contains(kind);
        let own = objects.chosen.iter().find(is_wanted);
        let found = own.or_else(|| usual.chosen.iter().find(is_wanted));
        found.map(|(kind, value)| (*kind, value))
    };
    let mut left_out = objects.others.clone();
    let Some((kind, scaler)) = of(&[Kind::Autoscaler, Kind::ScaledObject]) else {
        return Err(without_autoscaler(left_out));
    };
    let is_scaled = kind == Kind::ScaledObject;
    let (autoscaler, keda) = if is_scaled {
        let autoscaler = as_autoscaler(scaler, &mut left_out);
        (import::as_v2(&autoscaler), keda(scaler, &mut left_out)?)
    } else {
        (import::as_v2(scaler), Keda::default())
    };
    let written = |object: &Value| {
        let mut own = objects.chosen.iter().zip(&objects.written);
        own.find(|((_, own), _)| own == object).map(|(_, it)| it)
    };
    if let Some((minor, written)) = judged_by.zip(written(scaler)) {
        judge((kind, minor), written, &autoscaler)?;
    }
    let spec = &autoscaler["spec"];
    let (min, max) = bounds(spec, is_scaled)?;
    let limits = Limits::new(min, max, behavior(&spec["behavior"]));
    let nothing = Value::Null;
    let deployment = of(&[Kind::Deployment]).map_or(&nothing, |(_, value)| value);
    if let Some(written) = written(deployment).filter(|_| judged_by.is_some()) {
        judge_workload(written)?;
    }
    let container = import::gateway_container(deployment, asked);
    let (targets, further) = match &spec["metrics"] {
        // A KEDA object with schedules alone has no CPU target.
        metrics if is_scaled && *metrics == json!([]) => Looks::default(),
        metrics => looks(metrics, container.as_deref(), &mut left_out),
    };
    left_out.extend(steps(deployment));
    let own = container.filter(|_| is_by_container(&spec["metrics"]));
    let workload = Workload::of(deployment, own.as_deref());
    let reads_cpu = targets.iter().any(|one| one.name == MetricName::Cpu);
    left_out.extend(workload.cpu_refused.filter(|_| reads_cpu));
    let read = Manifest {
        limits,
        targets,
        further,
        keda,
        is_paused: false,
        left_out,
        slots: import::slots(deployment, asked)
            .map(|slots| u32::try_from(whole(slots)).unwrap_or(u32::MAX)),
        replicas: workload.replicas,
        cpu_request_m: workload.cpu_request_m,
        cpu_limit_m: workload.cpu_limit_m,
        drain_ms: workload.drain_ms,
        is_spread: workload.is_spread,
        rolling: workload.rolling,
        recreates: workload.recreates,
    };
    Ok(read.held_by(is_scaled.then_some(scaler)))
}

fn without_autoscaler(left_out: Vec<String>) -> Problem {
    let what = "There is no HorizontalPodAutoscaler in these files";
    let whole = [what.to_owned()].into_iter().chain(left_out);
    Problem::Missing(whole.collect::<Vec<_>>().join("; "))
}

/// Minimum and maximum pods of an autoscaler.
fn bounds(spec: &Value, is_scaled: bool) -> Result<(u32, u32), Problem> {
    let Some(max) = count(&spec["maxReplicas"]) else {
        let what = "The HorizontalPodAutoscaler has no maxReplicas";
        return Err(Problem::Missing(what.to_owned()));
    };
    let min = count(&spec["minReplicas"]).unwrap_or(1);
    if max < min {
        let (least, most) = if is_scaled {
            ("minReplicaCount", "maxReplicaCount")
        } else {
            ("minReplicas", "maxReplicas")
        };
        let what = format!("{least}, {min}, is above {most}, {max}");
        return Err(Problem::Missing(what));
    }
    Ok((min, max))
}

impl Manifest {
    /// The fleet as KEDA holds or starts it.
    fn held_by(self, scaler: Option<&Value>) -> Self {
        match scaler.and_then(paused) {
            Some(held) => self.paused(held),
            None if scaler.is_some() && self.starts_at_none() => Self {
                replicas: Some(self.limits.min),
                ..self
            },
            None => self,
        }
    }

    /// Whether KEDA, unlike an autoscaler, itself raises the Deployment to its minimum.
    fn starts_at_none(&self) -> bool {
        self.keda.zero.is_none() && self.replicas == Some(0)
    }

    /// The fixed fleet while KEDA is paused.
    fn paused(mut self, held: Paused) -> Self {
        let pods = match held {
            Paused::At(pods) => pods,
            Paused::AsItIs => self.replicas.unwrap_or(self.limits.min),
        };
        self.left_out.push(format!(
            "KEDA is paused by an annotation: the number of pods stays {pods} all day"
        ));
        Self {
            limits: Limits::new(pods, pods, None),
            replicas: Some(pods),
            targets: Vec::new(),
            further: Vec::new(),
            keda: Keda::default(),
            is_paused: true,
            ..self
        }
    }
}

/// Whether a text has an object that a day depends on: an autoscaler or a Deployment.
///
/// # Errors
///
/// [`Problem`] if the text cannot be read.
pub fn has_any(text: &str) -> Result<bool, Problem> {
    let known = [Kind::Autoscaler, Kind::ScaledObject, Kind::Deployment];
    let kinds = import::kinds(text).map_err(Problem::Unreadable)?;
    Ok(kinds.iter().any(|kind| known.contains(kind)))
}

/// Metrics that an autoscaler reads.
type Looks = (Vec<Target>, Vec<Measured>);

/// Simulated metrics of the autoscaler; of container metrics, the gateway's only.
fn looks(metrics: &Value, container: Option<&str>, left_out: &mut Vec<String>) -> Looks {
    let Some(metrics) = metrics.as_array().filter(|metrics| !metrics.is_empty()) else {
        let target = Target {
            name: MetricName::Cpu,
            target: CPU_DEFAULT_PERCENT,
            is_summed: false,
        };
        return (vec![target], Vec::new());
    };
    let (mut targets, mut further) = Looks::default();
    let own = import::gateway_of(metrics.iter().map(watched), container);
    for metric in metrics {
        if let Some(other) = watched(metric).filter(|name| Some(*name) != own) {
            left_out.push(format!("the container {other} is not simulated"));
            continue;
        }
        match look(metric) {
            Ok(Look::At(target)) => targets.push(target),
            Ok(Look::Further(measured)) => further.push(measured),
            Err(why) => left_out.push(why),
        }
    }
    (targets, further)
}

/// Whether the autoscaler reads the CPU of one container, not of the whole pod.
fn is_by_container(metrics: &Value) -> bool {
    let list = || metrics.as_array().into_iter().flatten();
    list().any(|metric| metric["containerResource"]["name"] == "cpu")
        && list().all(|metric| metric["resource"]["name"] != "cpu")
}

/// Container that a metric is restricted to.
fn watched(metric: &Value) -> Option<&str> {
    metric["containerResource"]["container"].as_str()
}

/// A metric of the autoscaler.
enum Look {
    At(Target),
    Further(Measured),
}

fn look(metric: &Value) -> Result<Look, String> {
    let outside = |kind: &str, source: &Value| {
        let name = source["metric"]["name"].as_str().unwrap_or_default();
        // Kubernetes divides the sum over the pods by their number, and misses no pod's value.
        if import::Requests::of(name).is_some() && !source["target"]["averageValue"].is_null() {
            return of_pods(source, true);
        }
        let measured = load(name, &source["target"]).map(Look::Further);
        measured.ok_or_else(|| {
            format!("a metric of type {kind} without a name and a target above 0 is not simulated")
        })
    };
    match metric["type"].as_str() {
        Some("Resource") => of_resource(&metric["resource"]),
        Some("ContainerResource") => of_resource(&metric["containerResource"]),
        Some("Pods") => of_pods(&metric["pods"], false),
        Some("Object") => outside("Object", &metric["object"]),
        Some("External") => outside("External", &metric["external"]),
        Some(other) => Err(format!("a metric of type {other} is not simulated")),
        None => Err("a metric without a type is not simulated".to_owned()),
    }
}

/// CPU of the pod, or of the gateway's container.
fn of_resource(resource: &Value) -> Result<Look, String> {
    if resource["name"] != "cpu" {
        let name = resource["name"].as_str().unwrap_or("without a name");
        return Err(format!(
            "the resource {name} is not simulated: its use is held constant"
        ));
    }
    let target = &resource["target"];
    let percent = target["averageUtilization"].as_i64();
    if let Some(target) = percent.filter(|percent| 0 < *percent) {
        let name = MetricName::Cpu;
        return Ok(Look::At(Target {
            name,
            target,
            is_summed: false,
        }));
    }
    let vcpu = amount(&target["averageValue"]).filter(|vcpu| 0.0 < *vcpu);
    let measured = vcpu.map(|target| Measured {
        kind: FurtherKind::CpuAverage,
        name: String::new(),
        target,
    });
    let why = "a CPU target needs averageUtilization or averageValue above 0";
    measured.map(Look::Further).ok_or_else(|| why.to_owned())
}

/// Queue depth, requests in flight, or a named load of the pods, read by pod or as a sum.
fn of_pods(pods: &Value, is_summed: bool) -> Result<Look, String> {
    let name = pods["metric"]["name"].as_str().unwrap_or_default();
    let known = import::Requests::of(name).map(|requests| match requests {
        import::Requests::Waiting => MetricName::QueueDepth,
        import::Requests::InFlight => MetricName::InFlight,
    });
    let average = amount(&pods["target"]["averageValue"]).filter(|value| 0.0 < *value);
    let Some(target) = average else {
        return Err(format!("the metric “{name}” has no averageValue above 0"));
    };
    Ok(match known {
        Some(known) => Look::At(Target {
            name: known,
            target: i64::try_from(whole(target * 1e3)).unwrap_or(i64::MAX),
            is_summed,
        }),
        None => Look::Further(Measured {
            kind: FurtherKind::Pods,
            name: name.to_owned(),
            target,
        }),
    })
}

/// A load measured outside the pods.
fn load(name: &str, target: &Value) -> Option<Measured> {
    let above_zero = |key: &str| amount(&target[key]).filter(|value| 0.0 < *value);
    let divided = above_zero("averageValue").map(|value| (FurtherKind::Divided, value));
    let whole = || above_zero("value").map(|value| (FurtherKind::Whole, value));
    let (kind, target) = divided.or_else(whole)?;
    (!name.is_empty()).then(|| Measured {
        kind,
        name: name.to_owned(),
        target,
    })
}
