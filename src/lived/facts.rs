//! What is known about a day before it is lived.

use crate::model::hpa::{Policy, PolicyKind, Select};
use crate::plan::{CallLimit, LimitKind, Plan, call_limits};
use crate::scenario::{Goals, Scenario};
use crate::simulation::{Config, Hpa, Load, Provider, Target, Trigger};

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
            stuck: hpa.and_then(Stuck::of),
            targets: hpa.map(|hpa| hpa.metrics.clone()).unwrap_or_default(),
            providers: rows
                .map(|(index, (row, provider))| Upstream {
                    name: row.name.clone(),
                    tpm: tokens_per_min((index, provider), &limits, (scenario, plan)),
                })
                .collect(),
            needed: plan.day.instances.clone(),
            goals: scenario.day.goals.clone(),
        }
    }
}

impl Stuck {
    fn of(hpa: &Hpa) -> Option<Self> {
        if let Some(activation) = &hpa.activation {
            let is_own = |trigger: &Trigger| {
                let Trigger::Above { load, .. } = trigger else {
                    return false;
                };
                matches!(load, Load::InFlight | Load::Waiting)
            };
            let is_stuck = activation.idle == 0 && activation.triggers.iter().all(is_own);
            return is_stuck.then_some(Self::OwnPods);
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
