//! What is known about a day before it is lived.

use crate::model::hpa::{Policy, PolicyKind, Select};
use crate::plan::{CallLimit, LimitKind, Plan, SpentMonth, call_limits};
use crate::scenario::{Goals, Scenario};
use crate::simulation::{
    Config, FurtherKind, Hpa, Load, MetricName, MetricOutage, Provider, Target, Trigger,
};

/// A provider of the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upstream {
    /// Name for people.
    pub name: String,
    /// Tokens a minute, if limited.
    pub tpm: Option<u64>,
}

/// Why a fleet of no pods stays at none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stuck {
    /// The policies for growth allow a share of the pods, and a share of none is none.
    Shares,
    /// KEDA looks at the requests of the gateway's own pods, and there is none to look at.
    OwnPods,
    /// The same outside the schedules, which bring the fleet back for their time.
    Unscheduled,
    /// The Deployment has no replicas, at which an autoscaler with a minimum is off.
    Off {
        /// The minimum of the autoscaler.
        pods_min: u32,
    },
}

/// Why the autoscaler adds no pods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// Its policies for growth are disabled.
    Disabled,
    /// It is paused.
    Paused,
    /// Nothing that it looks at follows the requests.
    Unseen,
}

/// A metric that the autoscaler looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// One of a pod's own.
    Of(MetricName),
    /// A load that is measured elsewhere.
    Load,
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
    /// Whether an autoscaler runs.
    pub is_scaled: bool,
    /// Why a fleet of no pods stays at none, where it does.
    pub stuck: Option<Stuck>,
    /// Why the autoscaler adds no pods, where it may not.
    pub held: Option<Held>,
    /// Pods at the start of the day.
    pub pods_first: u32,
    /// What the autoscaler looks at and is reported by bucket.
    pub targets: Vec<Target>,
    /// All that it looks at but schedules.
    pub looks: Vec<Look>,
    /// When metrics cannot be read.
    pub outages: Vec<MetricOutage>,
    /// Whether a fallback stands for a metric that cannot be read.
    pub has_fallback: bool,
    /// Times of a measured day that the file covers, in minutes, where it does not cover all of
    /// it: elsewhere the plan's requests arrive.
    pub covered: Vec<(usize, usize)>,
    /// What of a month is spent on this day, where limits hold.
    pub spent: Option<SpentMonth>,
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
        let rows = scenario.providers.iter().zip(&config.providers).enumerate();
        let limits = call_limits(scenario, &plan.demand);
        let hpa = config.hpa.as_ref();
        Self {
            bucket_ms: config.bucket_ms,
            late_ms: config.late_ms,
            slots: config.gateway.slots,
            pods_min: hpa.map_or(config.gateway.pods, |hpa| hpa.limits.min),
            pods_max: hpa.map_or(config.gateway.pods, |hpa| hpa.limits.max),
            is_scaled: hpa.is_some(),
            stuck: hpa.and_then(|hpa| Stuck::of(hpa, config.gateway.pods)),
            held: Held::of(hpa),
            pods_first: config.gateway.pods,
            targets: hpa.map(|hpa| hpa.metrics.clone()).unwrap_or_default(),
            looks: hpa.map(looks).unwrap_or_default(),
            outages: config.metrics.outages.clone(),
            has_fallback: hpa.is_some_and(|hpa| hpa.fallback.is_some()),
            covered: Vec::new(),
            // Without limits there is nothing to count towards.
            spent: limits.spent.filter(|_| !config.quotas.is_empty()),
            providers: rows
                .map(|(index, (row, provider))| Upstream {
                    name: row.name.clone(),
                    tpm: tokens_per_min((index, provider), &limits.all, (scenario, plan)),
                })
                .collect(),
            needed: plan.day.instances.clone(),
            goals: scenario.day.goals.clone(),
        }
    }

    /// The same where these minutes were measured, none of those that the file does not cover.
    #[must_use]
    pub fn measured(mut self, minutes: Option<&[Option<f64>]>) -> Self {
        let minutes = minutes.unwrap_or_default();
        if minutes.iter().all(Option::is_some) {
            return self;
        }
        self.covered = minutes
            .chunk_by(|a, b| a.is_some() == b.is_some())
            .scan(0, |from, run| {
                let begin = *from;
                *from += run.len();
                Some((run[0].is_some(), (begin, *from)))
            })
            .filter_map(|(is_covered, span)| is_covered.then_some(span))
            .collect();
        self
    }

    /// What the autoscaler looks at and cannot read in a bucket, each once.
    pub(super) fn unread(&self, bucket: usize) -> Vec<Look> {
        let from_ms = bucket as u64 * self.bucket_ms;
        let to_ms = from_ms + self.bucket_ms;
        let is_out = |look: &Look| {
            self.outages.iter().any(|outage| {
                let is_it = outage.metric.is_none_or(|name| name == look.name());
                is_it && outage.from_ms < to_ms && from_ms < outage.to_ms
            })
        };
        let looks = self.looks.iter().copied();
        looks.filter(is_out).collect()
    }
}

impl Look {
    /// The metric with which it is lost: a load is served by the adapter of the queue.
    fn name(self) -> MetricName {
        match self {
            Self::Of(name) => name,
            Self::Load => MetricName::QueueDepth,
        }
    }
}

/// What an autoscaler looks at, each once.
fn looks(hpa: &Hpa) -> Vec<Look> {
    let targets = hpa.metrics.iter().map(|target| Look::Of(target.name));
    let further = hpa.further.iter().map(|further| match further.kind {
        FurtherKind::CpuAverage => Look::Of(MetricName::Cpu),
        _ => Look::Load,
    });
    let mut looks: Vec<Look> = Vec::new();
    for look in targets.chain(further) {
        if !looks.contains(&look) {
            looks.push(look);
        }
    }
    looks
}

impl Held {
    fn of(hpa: Option<&Hpa>) -> Option<Self> {
        let Some(hpa) = hpa else {
            return Some(Self::Paused);
        };
        let behavior = hpa.limits.behavior.as_ref();
        let is_disabled = behavior.is_some_and(|it| it.up.select == Select::Disabled);
        let is_blind = hpa.metrics.is_empty() && hpa.further.is_empty();
        let why = [(is_disabled, Self::Disabled), (is_blind, Self::Unseen)];
        why.into_iter()
            .find(|(holds, _)| *holds)
            .map(|(_, why)| why)
    }
}

impl Stuck {
    fn of(hpa: &Hpa, pods: u32) -> Option<Self> {
        if let Some(activation) = &hpa.activation {
            let is_timed = |trigger: &Trigger| matches!(trigger, Trigger::Scheduled(_));
            let is_blind = |trigger: &Trigger| {
                let load = match trigger {
                    Trigger::Above { load, .. } => load,
                    Trigger::Scheduled(_) => return true,
                };
                matches!(load, Load::InFlight | Load::Waiting)
            };
            let triggers = &activation.triggers;
            let is_stuck = activation.idle == 0 && triggers.iter().all(is_blind);
            let why = if triggers.iter().any(is_timed) {
                Self::Unscheduled
            } else {
                Self::OwnPods
            };
            return is_stuck.then_some(why);
        }
        let pods_min = hpa.limits.min;
        if pods == 0 && 0 < pods_min {
            return Some(Self::Off { pods_min });
        }
        let up = hpa.limits.behavior.as_ref().map(|behavior| &behavior.up)?;
        let mut policies = up.policies.iter();
        let is_share = |policy: &Policy| policy.kind == PolicyKind::Percent;
        let is_stuck = match up.select {
            Select::Disabled => true,
            Select::Min => policies.any(is_share),
            Select::Max => !up.policies.is_empty() && policies.all(is_share),
        };
        (hpa.limits.min == 0 && is_stuck).then_some(Self::Shares)
    }
}

/// The limit of all tokens a minute: the provider's own bucket, or the limit of weighted tokens or
/// of one side of the answer that binds first at the mix of what goes there.
fn tokens_per_min(
    (index, provider): (usize, &Provider),
    limits: &[CallLimit],
    (scenario, plan): (&Scenario, &Plan),
) -> Option<u64> {
    if provider.tpm.is_some() || provider.quotas.is_empty() {
        return provider.tpm;
    }
    let row = plan.providers.get(index);
    let row = row.filter(|row| 0.0 < row.direct_share_ratio);
    let at_mix = |limit: &CallLimit| {
        let is_of_tokens = matches!(
            limit.kind,
            LimitKind::Tpm | LimitKind::Itpm | LimitKind::Otpm | LimitKind::Units
        );
        let mut rows = limit.rows.iter();
        let rule = rows.find(|rule| rule.row == index && is_of_tokens)?;
        let (mut all, mut counted) = (0.0, 0.0);
        let workloads = scenario.workloads.iter().zip(&rule.by_workload);
        for (at, (workload, count)) in workloads.enumerate() {
            // What nothing goes to is told for all alike.
            let share = row.map_or(1.0, |row| row.share_of(at));
            let requests = workload.requests_per_day() * workload.direct_ratio() * share;
            let (input, output) = (workload.input_tokens, workload.output_tokens);
            let weights = count.answered;
            all += requests * (input + output);
            counted += requests * (input * weights.input + output * weights.output);
        }
        (0.0 < counted).then(|| limit.limit * all / counted)
    };
    let limit = limits.iter().filter_map(at_mix).min_by(f64::total_cmp)?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "saturating, as wanted"
    )]
    let whole = libm::round(limit) as u64;
    Some(whole)
}
