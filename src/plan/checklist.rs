//! The guide's two lists, each line answered from the plan where it can be.

use crate::catalog::date::{Date, date_in};
use crate::model::limit;

use super::providers::tightest_provider;
use super::{Chapters, Finding, FindingKind};
use crate::scenario::Scenario;

/// One line of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// Which.
    pub id: CheckId,
    /// What the plan knows about it.
    pub answer: Answer,
    /// What the answer rests on.
    pub detail: Detail,
}

/// Which line, in the order of the guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckId {
    /// The load is known.
    Demand,
    /// Provider limits carry it.
    Limits,
    /// The gateways carry it.
    Fleet,
    /// An autoscaler is configured.
    Autoscaler,
    /// The queue is watched.
    Queue,
    /// The disk holds the events.
    Disk,
    /// The loss of a provider was tried.
    Failover,
    /// Tokens are reviewed each week.
    TokensWeekly,
    /// The gateway adds little time.
    Overhead,
    /// Limits are used below their target.
    LimitsUse,
    /// The queue's depth is followed.
    QueueTrend,
    /// The model is renewed each quarter.
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

    /// Whether it belongs before launch; the others recur.
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

/// What the plan knows about a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Done by this plan.
    Yes,
    /// The plan shows that it fails.
    No,
    /// Only people can tell.
    Open,
}

/// What an answer rests on.
#[derive(Debug, Clone, PartialEq)]
pub enum Detail {
    /// Nothing.
    Nothing,
    /// A file of the export does it.
    File,
    /// Tokens a day, and tokens a minute at the peak.
    Tokens {
        /// A day.
        per_day: f64,
        /// A minute.
        peak_tpm: f64,
    },
    /// The tightest provider limit.
    Tightest {
        /// Name of the provider.
        provider: String,
        /// Share in use.
        ratio: f64,
        /// Share that may be used.
        target_ratio: f64,
    },
    /// A provider, by name, that has a limit of 0.
    Closed(String),
    /// The tightest limit is within its target, but others are not known.
    LimitsPartlyKnown,
    /// No limit is known.
    NoLimit,
    /// Gateways for the peak with headroom.
    Gateways {
        /// Needed.
        needed: u32,
        /// Spare capacity over the peak.
        headroom: f64,
        /// Allowed by the autoscaler's maximum.
        allowed: u32,
    },
    /// Bytes on a disk.
    Disk {
        /// Held once the retention is reached.
        retained_bytes: f64,
        /// Room.
        disk_bytes: f64,
    },
    /// The loss of a provider.
    Loss {
        /// What is found about it.
        finding: FindingKind,
        /// Whether the loss fits.
        fits: bool,
    },
    /// There is no load to lose.
    NothingToLose,
    /// There is only one provider.
    OneProvider,
    /// Tokens a week.
    TokensAWeek(f64),
    /// Milliseconds the gateway is assumed to add.
    Overhead(f64),
    /// The first provider limit that growth fills.
    Filled {
        /// What is found about it.
        finding: FindingKind,
        /// When it is full.
        on: Date,
    },
    /// No growth is entered.
    NoGrowth,
    /// Depth of the queue in one gateway at which an alert fires.
    AlertDepth(u32),
    /// The next time, if the calendar has it.
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

/// Whether a use is within its target; exactly there is within.
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
    // Where requests go nowhere no limit of another provider matters.
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
            // Only people can have tested it; paper can only say no.
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
