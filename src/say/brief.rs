//! The plan for executives: one page of paper.

use super::dated::dated;
use super::finding::{TODAY, due, load, message, no_fix, order, status, title};
use super::uncertainty::{self, entry, of_room, ranges};
use super::{fix, one_or_many};
use crate::model::limit::holds;
use crate::plan::uncertainty::{Interval, Uncertainty};
use crate::plan::{Change, FigureId, Finding, FindingKind, Fix, Plan, Severity, VerdictState};
use crate::say::words;
use crate::scenario::property::{GROWTH, HEADROOM, PEAK_MULTIPLIER};
use crate::scenario::{DayShape, Scenario};

/// Maximum findings in a brief.
const TOLD: usize = 3;
/// Maximum decisions in a brief.
const DECISIONS: usize = 4;
/// Heads of the table of decisions.
pub const DECISIONS_HEAD: [&str; 4] = ["Decision", "By", "Result", "Cost a month"];

/// One-page summary, besides the verdict.
#[derive(Debug, Clone, PartialEq)]
pub struct Brief {
    /// Name of the scenario; may be empty.
    pub name: String,
    /// Day of the plan, in words.
    pub day: String,
    /// Four figures.
    pub figures: [BriefFigure; 4],
    /// The most severe findings, at most three.
    pub findings: Vec<BriefFinding>,
    /// Decisions in the order of the findings, at most four.
    pub decisions: Vec<Decision>,
    /// Assumptions behind the numbers, in sentences.
    pub assumptions: Vec<String>,
}

/// A figure of the brief.
#[derive(Debug, Clone, PartialEq)]
pub struct BriefFigure {
    /// Label.
    pub label: &'static str,
    /// The value with its unit.
    pub value: String,
    /// A supplementary fact.
    pub sub: String,
    /// 5 to 95 % points; empty without ranges.
    pub spread: String,
}

/// A finding with its date and remedy.
#[derive(Debug, Clone, PartialEq)]
pub struct BriefFinding {
    /// The constraint.
    pub title: String,
    /// Severity.
    pub severity: Severity,
    /// How full the constraint is, and the date or load at which it breaks.
    pub when: String,
    /// Reason.
    pub message: String,
}

/// A change to decide on.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// The change.
    pub change: String,
    /// Due date.
    pub by: String,
    /// Benefit.
    pub brings: String,
    /// Additional cost per month.
    pub cost: String,
}

/// The brief of a plan; `sure` adds the spread of its figures if there are ranges.
pub fn brief(scenario: &Scenario, plan: &Plan, sure: Option<&Uncertainty>) -> Brief {
    let mut gravest: Vec<&Finding> = plan.findings.iter().collect();
    // The headline's finding comes first. The sort is stable, so equals keep the plan's order.
    let others = usize::from(plan.verdict.reason.finding().is_some()).min(gravest.len());
    gravest[others..].sort_by_key(|finding| finding.severity);
    let needed: Vec<&Finding> = gravest
        .iter()
        .copied()
        .filter(|finding| is_needed(finding))
        .collect();
    let decisions = decisions(&needed);
    Brief {
        name: scenario.name.trim().to_owned(),
        day: words::day_of(plan.today),
        figures: figures(plan, sure),
        findings: gravest.into_iter().take(TOLD).map(told).collect(),
        decisions,
        assumptions: assumptions(scenario, plan, sure),
    }
}

/// Whether a finding needs a decision: it is a risk, needs an order, fails within a year, or its
/// change saves money.
fn is_needed(finding: &Finding) -> bool {
    let saves = matches!(
        finding.kind,
        FindingKind::Reserve(_) | FindingKind::CheaperSplit { .. }
    );
    let is_near = finding.when.in_months.is_some_and(|months| months <= 12.0);
    finding.severity < Severity::Info || finding.when.order.is_some() || is_near || saves
}

/// The first change of each finding that offers one, each setting once: the change that goes
/// furthest stands for the others, and is due with the earliest of them. A model that ends comes
/// first: no other change outlives it.
fn decisions(findings: &[&Finding]) -> Vec<Decision> {
    let ends = findings.iter().filter_map(|finding| replacement(finding));
    let mut decided: Vec<Decision> = ends.collect();
    decided.extend(changes(findings));
    decided.truncate(DECISIONS);
    decided
}

/// The choice of another model before this one ends.
fn replacement(finding: &Finding) -> Option<Decision> {
    let FindingKind::ModelShutdown {
        name,
        model,
        on,
        is_gone,
        ..
    } = &finding.kind
    else {
        return None;
    };
    Some(Decision {
        change: format!("Pick a replacement for {model} of {name}"),
        by: if *is_gone {
            "now".to_owned()
        } else {
            words::day_month_year(on)
        },
        brings: format!("{name} keeps answering"),
        cost: "–".to_owned(),
    })
}

fn changes(findings: &[&Finding]) -> Vec<Decision> {
    let mut furthest: Vec<&Change> = Vec::new();
    for finding in findings {
        let Some(Fix { change, .. }) = finding.fixes.first() else {
            continue;
        };
        if furthest.iter().any(|known| known.includes(change)) {
            continue;
        }
        let place = furthest.iter().position(|known| change.includes(known));
        furthest.retain(|known| !change.includes(known));
        furthest.insert(place.unwrap_or(furthest.len()), change);
    }
    let decided = furthest.into_iter();
    decided.map(|change| decision(change, findings)).collect()
}

/// A change with the results of all changes that it includes.
fn decision(change: &Change, findings: &[&Finding]) -> Decision {
    let included = |finding: &&&Finding| {
        let first = finding.fixes.first();
        first.is_some_and(|first| change.includes(&first.change))
    };
    let answered = findings
        .iter()
        .copied()
        .filter(|finding| included(&finding));
    let earliest = answered
        .clone()
        .min_by(|a, b| sooner(a).total_cmp(&sooner(b)));
    let mut results: Vec<String> = Vec::new();
    let mut cost = String::new();
    for fix in answered.filter_map(|finding| finding.fixes.first()) {
        let result = fix::brought(&fix.effect);
        if fix.change == *change {
            cost = fix::cost_in_short(&fix.effect);
        }
        if !results.contains(&result) {
            results.push(result);
        }
    }
    Decision {
        change: fix::label(change),
        by: earliest.map_or_else(String::new, by),
        brings: results.join("; "),
        cost,
    }
}

/// Months until a finding's change is due; infinite without a date.
fn sooner(finding: &Finding) -> f64 {
    match finding.scale {
        Some(scale) if !holds(scale) => 0.0,
        _ => finding.when.in_months.unwrap_or(f64::INFINITY),
    }
}

/// Due date of a change.
fn by(finding: &Finding) -> String {
    match finding.when.order {
        Some(order) if order.is_late => "now".to_owned(),
        Some(order) => words::day_of(order.by),
        None => match due(finding) {
            Some(due) if due == TODAY => "now".to_owned(),
            Some(due) => due,
            None if finding.severity == Severity::Critical => "now".to_owned(),
            None => "–".to_owned(),
        },
    }
}

fn figures(plan: &Plan, sure: Option<&Uncertainty>) -> [BriefFigure; 4] {
    let spread = |id: FigureId, read: fn(&Interval) -> String| {
        let found = sure.and_then(|sure| sure.figures.iter().find(|one| one.id == id));
        found.map_or_else(String::new, read)
    };
    let first = plan.first();
    // With unknown limits, an unknown one may give way before the first known one.
    let is_known = plan.verdict.state != VerdictState::Unknown;
    let room = first.and_then(|finding| finding.scale);
    let room = room.filter(|_| is_known);
    let until = first.map_or_else(String::new, |finding| match due(finding) {
        _ if !is_known => "not all limits are known".to_owned(),
        Some(date) => format!("{}, {date}", title(&finding.kind)),
        None => title(&finding.kind),
    });
    let gateway = &plan.gateway;
    let per_1000 = plan.cost.per_1000_requests_usd;
    [
        BriefFigure {
            label: "Requests per day",
            value: words::short(plan.demand.requests_per_day),
            sub: format!(
                "{} per second at the peak",
                words::significant(plan.demand.peak_rps)
            ),
            spread: spread(FigureId::MeanRate, uncertainty::of_requests),
        },
        BriefFigure {
            label: "Load it carries",
            value: room.map_or_else(|| "–".to_owned(), words::multiple),
            sub: until,
            spread: room
                .and(sure.and_then(|sure| sure.room))
                .map_or_else(String::new, of_room),
        },
        BriefFigure {
            label: "Cost per month",
            value: words::usd(plan.cost.per_month_usd),
            sub: per_1000.map_or_else(String::new, |usd| {
                format!("{} per 1,000 requests", words::usd(usd))
            }),
            spread: spread(FigureId::Cost, uncertainty::of_figure),
        },
        BriefFigure {
            label: "Gateways",
            value: words::short(f64::from(gateway.instances)),
            sub: format!(
                "{} to {} are allowed",
                gateway.instances_min, gateway.instances_max
            ),
            spread: spread(FigureId::Gateways, uncertainty::of_figure),
        },
    ]
}

fn told(finding: &Finding) -> BriefFinding {
    let scale = finding.scale.map(words::multiple);
    let of = load(&finding.kind);
    let load = scale.map(|scale| format!("at {scale} {of}"));
    let status = Some(status(&finding.kind)).filter(|status| !status.is_empty());
    let parts: Vec<String> = status.into_iter().chain(due(finding).or(load)).collect();
    BriefFinding {
        title: title(&finding.kind),
        severity: finding.severity,
        when: parts.join(" · "),
        message: message(&finding.kind) + &order(&finding.when) + no_fix(finding),
    }
}

fn assumptions(scenario: &Scenario, plan: &Plan, sure: Option<&Uncertainty>) -> Vec<String> {
    let traffic = &scenario.traffic;
    let growth = if GROWTH.range(scenario).is_some() {
        format!("{} % growth a month", entry(GROWTH.entry(scenario)))
    } else if traffic.growth_percent == 0.0 {
        "no growth".to_owned()
    } else {
        format!(
            "{} growth a month",
            words::percent(traffic.growth_percent / 100.0)
        )
    };
    let day = match traffic.shape {
        DayShape::Flat => "a flat day",
        DayShape::Office => "a day of office hours",
        DayShape::Global => "users in every time zone",
        DayShape::Custom(_) => "a day of its own",
    };
    let mut said = vec![
        format!(
            "Assumes {growth}, peaks of {} × the mean, {} × headroom and {day}.",
            entry(PEAK_MULTIPLIER.entry(scenario)),
            entry(HEADROOM.entry(scenario))
        ),
        dated(scenario) + ".",
    ];
    if 0.0 < plan.demand.requests_per_day {
        let tokens = words::short(plan.demand.tokens_per_request);
        let tokens = words::several(&tokens, "token");
        said.insert(1, format!("A request has {tokens} on average."));
    }
    said.extend(sure.and_then(|sure| ranges(scenario, &sure.inputs)));
    let old = plan.findings.iter().map(|finding| &finding.kind);
    let old = old.filter_map(|kind| match kind {
        FindingKind::OldLimits { name, .. } => Some(name.as_str()),
        _ => None,
    });
    let old: Vec<&str> = old.collect();
    if !old.is_empty() {
        said.push(format!("The limits of {} are old.", words::listed(&old)));
    }
    if !plan.cost.unpriced.is_empty() {
        said.push(format!(
            "No price is known for {}, which {} as nothing.",
            plan.cost.unpriced.join(", "),
            one_or_many(plan.cost.unpriced.len(), "counts", "count")
        ));
    }
    said
}
