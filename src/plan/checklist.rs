//! The guide's two checklists, answered from the plan where possible.

use crate::catalog::date::{Date, date_in};
use crate::model::limit;

use super::providers::tightest_provider;
use super::{Chapters, Finding, FindingKind};
use crate::scenario::Scenario;

/// One line of a checklist.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// The line.
    pub id: CheckId,
    /// Answer from the plan.
    pub answer: Answer,
    /// Basis of the answer.
    pub detail: Detail,
}

/// Line of a checklist, in the order of the guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckId {
    /// The load is known.
    Demand,
    /// Provider limits carry the load.
    Limits,
    /// The gateways carry the load.
    Fleet,
    /// An autoscaler is configured.
    Autoscaler,
    /// The queue is monitored.
    Queue,
    /// The disk holds the events.
    Disk,
    /// Failover was tested.
    Failover,
    /// Tokens are reviewed each week.
    TokensWeekly,
    /// The gateway adds little time.
    Overhead,
    /// Limits are used below their target.
    LimitsUse,
    /// The queue depth is tracked.
    QueueTrend,
    /// The model is updated each quarter.
    Quarterly,
}

impl CheckId {
    /// Stable name.
    pub fn key(self) -> &'static str {
        match self {
            Self::Demand => "demand",
            Self::Limits => "limits",
            Self::Fleet => "fleet",
            Self::Autoscaler => "hpa",
            Self::Queue => "queue",
            Self::Disk => "disk",
            Self::Failover => "failover",
            Self::TokensWeekly => "tokens-weekly",
            Self::Overhead => "overhead",
            Self::LimitsUse => "limits-use",
            Self::QueueTrend => "queue-trend",
            Self::Quarterly => "quarterly",
        }
    }

    /// Whether the line belongs before launch; the others recur.
    pub fn is_before_launch(self) -> bool {
        !matches!(
            self,
            Self::TokensWeekly
                | Self::Overhead
                | Self::LimitsUse
                | Self::QueueTrend
                | Self::Quarterly
        )
    }
}

/// Answer to a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Done by this plan.
    Yes,
    /// The plan shows that it fails.
    No,
    /// Only people can answer.
    Open,
}

/// Basis of an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Detail {
    /// No basis.
    Nothing,
    /// An exported file.
    File,
    /// Tokens per day, and tokens per minute at the peak.
    Tokens {
        /// Tokens per day.
        per_day: f64,
        /// Tokens per minute at the peak.
        peak_tpm: f64,
    },
    /// The tightest provider limit.
    Tightest {
        /// Name of the provider.
        provider: String,
        /// Utilization.
        ratio: f64,
        /// Target utilization.
        target_ratio: f64,
    },
    /// Name of a provider with a limit of 0.
    Closed(String),
    /// The tightest limit is within its target, but other limits are unknown.
    LimitsPartlyKnown,
    /// No limit is known.
    NoLimit,
    /// Gateways for the peak with headroom.
    Gateways {
        /// Gateways needed.
        needed: u32,
        /// Headroom.
        headroom: f64,
        /// The autoscaler's maximum.
        allowed: u32,
    },
    /// Disk usage.
    Disk {
        /// Bytes held once the retention is reached.
        retained_bytes: f64,
        /// Size of the disk, bytes.
        disk_bytes: f64,
    },
    /// The loss of a provider.
    Loss {
        /// Finding about the loss.
        finding: FindingKind,
        /// Whether the loss fits.
        fits: bool,
    },
    /// There is no load to lose.
    NothingToLose,
    /// There is only one provider.
    OneProvider,
    /// Tokens per week.
    TokensAWeek(f64),
    /// Assumed overhead of the gateway, milliseconds.
    Overhead(f64),
    /// The first provider limit that growth fills.
    Filled {
        /// Finding about the limit.
        finding: FindingKind,
        /// Day on which it is full.
        on: Date,
    },
    /// Growth is not entered.
    NoGrowth,
    /// Queue depth per gateway at which an alert fires.
    AlertDepth(u32),
    /// Date of the next occurrence, if the calendar has it.
    Next(Option<Date>),
}

pub(super) fn checklist(
    scenario: &Scenario,
    chapters: &Chapters,
    findings: &[Finding],
    today: Date,
) -> Vec<Check> {
    let mut checks = Vec::with_capacity(12);
    checks.extend(before_launch(scenario, chapters, findings));
    checks.extend(ongoing(scenario, chapters, findings, today));
    checks
}

fn answer(holds: bool) -> Answer {
    if holds { Answer::Yes } else { Answer::No }
}

/// Whether a utilization is within its target, inclusively.
fn within(ratio: f64, target_ratio: f64) -> bool {
    !limit::is_over(ratio / target_ratio)
}

fn line(id: CheckId, answer: Answer, detail: Detail) -> Check {
    Check { id, answer, detail }
}

fn before_launch(scenario: &Scenario, chapters: &Chapters, findings: &[Finding]) -> [Check; 7] {
    let demand = &chapters.demand;
    let gateway = &chapters.gateway;
    let disk = &chapters.control_plane;
    [
        line(
            CheckId::Demand,
            answer(0.0 < demand.requests_per_day),
            Detail::Tokens {
                per_day: demand.tokens_per_day,
                peak_tpm: demand.peak_tpm,
            },
        ),
        limits(chapters),
        line(
            CheckId::Fleet,
            answer(gateway.instances <= gateway.instances_max),
            Detail::Gateways {
                needed: gateway.instances,
                headroom: scenario.traffic.headroom,
                allowed: gateway.instances_max,
            },
        ),
        line(CheckId::Autoscaler, Answer::Open, Detail::File),
        line(CheckId::Queue, Answer::Open, Detail::File),
        line(
            CheckId::Disk,
            answer(!limit::is_over(disk.disk_utilization_ratio)),
            Detail::Disk {
                retained_bytes: chapters.storage.retained_bytes,
                disk_bytes: disk.postgres_disk_bytes,
            },
        ),
        failover(chapters, findings),
    ]
}

fn limits(chapters: &Chapters) -> Check {
    let tightest = tightest_provider(&chapters.providers);
    let mut carrying = chapters
        .providers
        .iter()
        .filter(|plan| 0.0 < plan.share_ratio);
    let is_known = carrying.all(|plan| plan.tightest.is_some());
    let (answer, detail) = match tightest.map(|plan| (plan, plan.state().ratio())) {
        Some((plan, Some(ratio))) if !is_known && within(ratio, plan.target_ratio) => {
            (Answer::Open, Detail::LimitsPartlyKnown)
        }
        Some((plan, None)) => (Answer::No, Detail::Closed(plan.name.clone())),
        Some((plan, Some(ratio))) => (
            answer(within(ratio, plan.target_ratio)),
            Detail::Tightest {
                provider: plan.name.clone(),
                ratio,
                target_ratio: plan.target_ratio,
            },
        ),
        None => (Answer::Open, Detail::NoLimit),
    };
    line(CheckId::Limits, answer, detail)
}

fn failover(chapters: &Chapters, findings: &[Finding]) -> Check {
    let drills = &chapters.drills;
    // If a loss leaves requests without any provider, the others' limits do not matter.
    let nowhere = |kind: &FindingKind| matches!(kind, FindingKind::LossNowhere { .. });
    let first = |is_it: &dyn Fn(&FindingKind) -> bool| findings.iter().find(|it| is_it(&it.kind));
    let finding = first(&nowhere).or_else(|| first(&FindingKind::is_failover));
    let (answer, detail) = match (drills.first(), finding) {
        (Some(_), finding) => {
            let mut scales = drills.iter().filter_map(super::Drill::scale);
            let fits = scales.all(limit::holds);
            let detail = match finding.map(|finding| finding.kind.clone()) {
                Some(finding) => Detail::Loss { finding, fits },
                None if chapters.demand.requests_per_day == 0.0 => Detail::NothingToLose,
                None => Detail::NoLimit,
            };
            // Only people can have tested it; the plan can only refute it.
            (if fits { Answer::Open } else { Answer::No }, detail)
        }
        (None, Some(_)) => (Answer::No, Detail::OneProvider),
        (None, None) => (Answer::Open, Detail::Nothing),
    };
    line(CheckId::Failover, answer, detail)
}

fn ongoing(
    scenario: &Scenario,
    chapters: &Chapters,
    findings: &[Finding],
    today: Date,
) -> [Check; 5] {
    let week = chapters.demand.tokens_per_day * 7.0;
    let first = findings
        .iter()
        .find(|finding| matches!(finding.kind, FindingKind::ProviderLimit(_)));
    let filled = first.and_then(|finding| Some((finding.kind.clone(), finding.when.on?)));
    let limits = filled.map_or(Detail::NoGrowth, |(finding, on)| Detail::Filled {
        finding,
        on,
    });
    let overhead = Detail::Overhead(scenario.gateway.overhead_ms);
    let next = Detail::Next(date_in(today, 3.0));
    [
        (CheckId::TokensWeekly, Detail::TokensAWeek(week)),
        (CheckId::Overhead, overhead),
        (CheckId::LimitsUse, limits),
        (
            CheckId::QueueTrend,
            Detail::AlertDepth(chapters.queue.alert_depth),
        ),
        (CheckId::Quarterly, next),
    ]
    .map(|(id, detail)| line(id, Answer::Open, detail))
}
