//! Facts of a day that are known before it is simulated.

use crate::model::MeasuredDay;
use crate::model::hpa::{Policy, PolicyKind, Select};
use crate::plan::{CallLimit, LimitKind, Plan, SpentMonth, call_limits};
use crate::scenario::{Goals, Scenario};
use crate::simulation::{
    Config, FurtherKind, Hpa, Load, MetricName, MetricOutage, Provider, Slowdown, Target, Trigger,
};

/// A provider of the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upstream {
    /// Display name.
    pub name: String,
    /// Token limit per minute, if any.
    pub tpm: Option<u64>,
    /// Periods of slower answers.
    pub slowdowns: Vec<Slowdown>,
}

/// Reason why a fleet at zero pods stays there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stuck {
    /// The scale-up policies are percentages, and a percentage of zero is zero.
    Shares,
    /// KEDA watches the requests of the gateway's own pods, and there are none.
    OwnPods,
    /// KEDA watches only its own pods and schedules: the fleet is stuck outside the schedules.
    Unscheduled,
    /// The Deployment has no replicas, which turns off an autoscaler with a minimum.
    Off {
        /// Minimum replicas of the autoscaler.
        pods_min: u32,
    },
}

/// Reason why the autoscaler adds no pods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// Scale-up is disabled.
    Disabled,
    /// The autoscaler is paused, or there is none.
    Paused,
    /// No metric follows the requests.
    Unseen,
    /// No metric asks for more pods.
    Unasked,
}

/// A metric that the autoscaler reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// A pod metric.
    Of(MetricName),
    /// A load measured outside the pods.
    Load,
}

/// Facts of a day that are known before it is simulated.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// Length of a bucket, milliseconds.
    pub bucket_ms: u64,
    /// Wait beyond which a request is late, milliseconds.
    pub late_ms: u64,
    /// Slots per pod.
    pub slots: u32,
    /// Maximum requests that wait in a pod.
    pub queue_most: u32,
    /// Grace period of a deleted pod, milliseconds.
    pub drain_ms: u64,
    /// Minimum pods of the autoscaler.
    pub pods_min: u32,
    /// Maximum pods of the autoscaler.
    pub pods_max: u32,
    /// Whether an autoscaler runs.
    pub is_scaled: bool,
    /// Reason why a fleet at zero pods stays there, if it does.
    pub stuck: Option<Stuck>,
    /// Reason why the autoscaler adds no pods, if it may not.
    pub held: Option<Held>,
    /// Pods at the start of the day.
    pub pods_first: u32,
    /// Metrics with targets that are reported by bucket.
    pub targets: Vec<Target>,
    /// All metrics that the autoscaler reads, without schedules.
    pub looks: Vec<Look>,
    /// Outages of the metrics.
    pub outages: Vec<MetricOutage>,
    /// Whether a fallback replaces unreadable metrics.
    pub has_fallback: bool,
    /// Periods of a measured day that the file covers, in minutes, if it does not cover the whole
    /// day; the plan's requests arrive in the rest.
    pub covered: Vec<(usize, usize)>,
    /// Minutes of a measured day that the file lacks, and that are filled in from their hours.
    pub filled: usize,
    /// Monthly allowance that is used up before the month ends, if limits hold.
    pub spent: Option<SpentMonth>,
    /// Providers, in the order of the scenario.
    pub providers: Vec<Upstream>,
    /// Pods that the plan needs, per five minutes.
    pub needed: Vec<u32>,
    /// Goals of the day.
    pub goals: Goals,
}

impl Facts {
    /// Facts from the run's configuration, the scenario and its plan.
    pub fn of(config: &Config, scenario: &Scenario, plan: &Plan) -> Self {
        let rows = scenario.providers.iter().zip(&config.providers).enumerate();
        let limits = call_limits(scenario, &plan.demand);
        let hpa = config.hpa.as_ref();
        Self {
            bucket_ms: config.bucket_ms,
            late_ms: config.late_ms,
            slots: config.gateway.slots,
            queue_most: config.gateway.queue_max,
            drain_ms: config.gateway.drain_ms,
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
            filled: 0,
            // Without limits there is nothing to spend against.
            spent: limits.spent.filter(|_| !config.quotas.is_empty()),
            providers: rows
                .map(|(index, (row, provider))| Upstream {
                    name: row.name.clone(),
                    slowdowns: provider.slowdowns.clone(),
                    tpm: tokens_per_min((index, provider), &limits.all, (scenario, plan)),
                })
                .collect(),
            needed: plan.day.instances.clone(),
            goals: scenario.day.goals.clone(),
        }
    }

    /// Adds the periods that the file of a measured day covers.
    #[must_use]
    pub fn measured(mut self, day: Option<&MeasuredDay>) -> Self {
        let Some(day) = day else { return self };
        self.filled = day.filled;
        if day.is_covered() {
            return self;
        }
        self.covered = day
            .minutes
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

    /// Metrics that the autoscaler cannot read in a bucket, without duplicates.
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
    /// Pod metric whose outage also affects this one; a load shares the queue's adapter.
    fn name(self) -> MetricName {
        match self {
            Self::Of(name) => name,
            Self::Load => MetricName::QueueDepth,
        }
    }
}

/// Metrics that the autoscaler reads, without duplicates.
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

/// Effective limit of tokens per minute: the provider's own bucket, or the tightest limit of
/// weighted, input or output tokens at the provider's mix of requests.
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
            // A provider without direct traffic is judged by the mix of all workloads.
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
