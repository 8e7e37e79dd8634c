//! The guide's two lists, each line answered from the plan where it can be.

use crate::catalog::date::Date;
use serde::Serialize;

use super::providers::tightest_provider;
use super::{Chapters, Finding, FindingKind, words};
use crate::say::finding::{status, title};
use crate::scenario::{Scenario, number};

/// One line of a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Check {
    /// Stable name.
    pub id: &'static str,
    /// Whether it belongs before launch or recurs.
    pub before_launch: bool,
    /// What to do.
    pub text: &'static str,
    /// What the plan knows about it.
    pub answer: Answer,
    /// The numbers behind the answer.
    pub detail: String,
}

/// What the plan knows about a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Done by this plan.
    Yes,
    /// The plan shows that it fails.
    No,
    /// Only people can tell.
    Open,
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

fn line(id: &'static str, text: &'static str, answer: Answer, detail: String) -> Check {
    Check {
        id,
        before_launch: true,
        text,
        answer,
        detail,
    }
}

fn before_launch(scenario: &Scenario, chapters: &Chapters, findings: &[Finding]) -> [Check; 7] {
    let demand = &chapters.demand;
    let gateway = &chapters.gateway;
    let disk = &chapters.control_plane;
    [
        line(
            "demand",
            "Token throughput modelled",
            answer(0.0 < demand.requests_per_day),
            [
                &words::short(demand.tokens_per_day),
                " tokens a day, ",
                &words::short(demand.peak_tpm),
                " tokens/min at the peak",
            ]
            .concat(),
        ),
        limits(chapters),
        line(
            "fleet",
            "Gateway fleet sized for peak × headroom",
            answer(gateway.instances <= gateway.instances_max),
            format!(
                "{} for {} × the peak, {} allowed",
                words::counted(gateway.instances, "gateway"),
                number::grouped(scenario.traffic.headroom),
                gateway.instances_max
            ),
        ),
        line(
            "hpa",
            "Horizontal autoscaling configured",
            Answer::Open,
            "apply hpa.yaml".to_owned(),
        ),
        line(
            "queue",
            "Queue depth monitored and alerted",
            Answer::Open,
            "load prometheus-rules.yaml".to_owned(),
        ),
        line(
            "disk",
            "PostgreSQL sized for the retention",
            answer(disk.disk_utilization_ratio <= 1.0),
            [
                &words::bytes(chapters.storage.retained_bytes),
                " of ",
                &words::bytes(disk.postgres_disk_bytes),
            ]
            .concat(),
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
        Some((plan, Some(ratio))) if !is_known && ratio < plan.target_ratio => {
            (Answer::Open, "not all limits are known".to_owned())
        }
        Some((plan, None)) => (Answer::No, format!("{} allows nothing", plan.name)),
        Some((plan, Some(ratio))) => (
            answer(ratio < plan.target_ratio),
            [
                "tightest ",
                &words::percent(ratio),
                " at ",
                &plan.name,
                ", target ",
                &words::percent(plan.target_ratio),
            ]
            .concat(),
        ),
        None => (Answer::Open, "no limit known".to_owned()),
    };
    line("limits", "Provider limits match demand", answer, detail)
}

fn failover(chapters: &Chapters, findings: &[Finding]) -> Check {
    let finding = findings.iter().find(|finding| finding.kind.is_failover());
    let drill = super::drill::worst(&chapters.drills);
    let (answer, detail) = match (drill, finding) {
        (Some(drill), _) => {
            let fits = drill.max_scale.is_none_or(|scale| 1.0 <= scale);
            let state = finding.map(|f| [&title(&f.kind), ": ", &status(&f.kind)].concat());
            let detail = match state {
                Some(state) if fits => ["on paper: ", &state].concat(),
                Some(state) => state,
                None if chapters.demand.requests_per_day == 0.0 => "nothing to lose yet".to_owned(),
                None => "no limit known".to_owned(),
            };
            // Only people can have tested it; paper can only say no.
            (if fits { Answer::Open } else { Answer::No }, detail)
        }
        (None, Some(_)) => (Answer::No, "there is only one provider".to_owned()),
        (None, None) => (Answer::Open, String::new()),
    };
    let text = "Failover to the second provider tested";
    line("failover", text, answer, detail)
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
    let when = first.and_then(|finding| Some((finding.when.on?, title(&finding.kind))));
    let limits = when.map_or_else(
        || "at the peak; no growth is entered".to_owned(),
        |(date, title)| [&title, ": full in ", &words::month_year(date)].concat(),
    );
    let next = words::date_in(today, 3.0).map_or_else(String::new, |date| {
        ["next: ", &words::day_of(date)].concat()
    });
    let open = |id, text, detail| Check {
        id,
        before_launch: false,
        text,
        answer: Answer::Open,
        detail,
    };
    [
        open(
            "tokens-weekly",
            "Review weekly token consumption",
            ["expect ", &words::short(week), " tokens a week"].concat(),
        ),
        open(
            "overhead",
            "P99 gateway overhead under 10 ms",
            [
                "the plan assumes ",
                &words::significant(scenario.gateway.overhead_ms),
                " ms",
            ]
            .concat(),
        ),
        open(
            "limits-use",
            "Provider limits used below the target",
            limits,
        ),
        open(
            "queue-trend",
            "Queue depth trends",
            format!("alert at {} in one gateway", chapters.queue.alert_depth),
        ),
        open("quarterly", "Update the model every quarter", next),
    ]
}
