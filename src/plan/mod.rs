//! The answer: `evaluate` turns a scenario into a `Plan`, one file per chapter.
//!
//! `Plan` is the API: the page draws it, the exports read it, tests compare it,
//! and nobody recomputes. It is finite everywhere: what has no answer is absent
//! and a finding says why.

mod brief;
mod checklist;
mod control_plane;
mod cost;
mod database;
mod day;
mod demand;
mod drill;
pub mod explain;
mod findings;
mod fixes;
mod fleet;
mod limits;
mod notes;
mod providers;
mod queueing;
mod reserved;
mod routing;
mod sizing;
mod storage;
mod verdict;
pub mod words;

pub use brief::{Brief, BriefFigure, BriefFinding, brief};
pub use checklist::{Answer, Check};
pub use control_plane::ControlPlanePlan;
pub use cost::{CostPlan, CurvePoint, NamedCost};
pub use database::DatabasePlan;
pub use day::DayPlan;
pub use demand::{Demand, WorkloadDemand};
pub use drill::{Drill, DrillRow, ZoneDrill};
pub use explain::{Figure, Part, Term};
pub use findings::{Finding, Severity};
pub use fixes::Fix;
pub use fleet::{FleetRule, GatewayPlan, RuleId};
pub use limits::{LimitKind, LimitUse};
pub use notes::Note;
pub use providers::ProviderPlan;
pub use queueing::QueuePlan;
pub use reserved::ReservedOffer;
pub use routing::{RoutingOption, RoutingPlan};
pub use storage::{DiskFill, EventSize, StoragePlan, StoragePoint, kind_name};
pub use verdict::{Verdict, VerdictState};

use std::rc::Rc;

use crate::catalog::date::Date;
use serde::Serialize;

use crate::scenario::{Scenario, validate};

/// What the calculator has to say about a scenario.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Plan {
    /// Day for which dates and ages are given.
    pub today: String,
    /// The answer in a sentence.
    pub verdict: Verdict,
    /// Key figures, each with its formula.
    pub figures: Vec<Figure>,
    /// Requests and tokens.
    pub demand: Demand,
    /// Load on each provider, in the scenario's order.
    pub providers: Vec<ProviderPlan>,
    /// What happens when one provider is lost.
    pub drills: Vec<Drill>,
    /// Ways to split the requests.
    pub routing: RoutingPlan,
    /// The gateways.
    pub gateway: GatewayPlan,
    /// What happens when a zone is lost, where there is more than one.
    pub zone_drill: Option<ZoneDrill>,
    /// What waits where.
    pub queue: QueuePlan,
    /// The API.
    pub control_plane: ControlPlanePlan,
    /// Stored events.
    pub storage: StoragePlan,
    /// Database connections.
    pub database: DatabasePlan,
    /// Dollars.
    pub cost: CostPlan,
    /// The same over a day.
    pub day: DayPlan,
    /// What gives way first, most urgent first.
    pub findings: Vec<Finding>,
    /// Where the guide contradicts itself.
    pub notes: Vec<Note>,
    /// The guide's lists, answered where the plan can.
    pub checklist: Vec<Check>,
}

/// The chapters that findings are made from, and that a fix is tried on.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Chapters {
    /// The day as multiples of the mean; no fix changes it, so it is made once.
    pub(crate) profile: Rc<[f64]>,
    pub(crate) demand: Demand,
    pub(crate) providers: Vec<ProviderPlan>,
    pub(crate) drills: Vec<Drill>,
    pub(crate) zone_drill: Option<ZoneDrill>,
    pub(crate) routing: RoutingPlan,
    pub(crate) gateway: GatewayPlan,
    pub(crate) queue: QueuePlan,
    pub(crate) control_plane: ControlPlanePlan,
    pub(crate) storage: StoragePlan,
    pub(crate) database: DatabasePlan,
    pub(crate) cost: CostPlan,
}

pub(crate) fn chapters(scenario: &Scenario) -> Chapters {
    let traffic = &scenario.traffic;
    let profile = crate::model::day::day_profile(&traffic.shape.hourly(), traffic.peak_multiplier);
    let chapters = without_drills(scenario, profile.into());
    let rows = providers::counted_rows(scenario, &chapters.demand);
    Chapters {
        drills: drill::drills(scenario, &chapters.demand, &chapters.gateway, &rows),
        zone_drill: drill::zone_drill(scenario, &chapters.demand, &chapters.gateway),
        routing: routing::routing(scenario, &chapters.demand, &chapters.providers),
        ..chapters
    }
}

/// The chapters without the loss of each provider: what a fix is tried on, again
/// and again.
pub(crate) fn without_drills(scenario: &Scenario, profile: Rc<[f64]>) -> Chapters {
    let demand = demand::demand(scenario);
    let rows = providers::counted_rows(scenario, &demand);
    let providers = providers::providers(scenario, &demand, &rows);
    let gateway = fleet::gateway(scenario, &demand, &providers, &profile);
    let queue = queueing::queue(scenario, &demand, &gateway);
    let storage = storage::storage(scenario, &demand);
    let control_plane = control_plane::control_plane(scenario, &demand, &storage);
    let database = database::database(scenario, &control_plane, &gateway);
    let cost = cost::cost(
        scenario,
        &demand,
        &providers,
        &gateway,
        &control_plane,
        &storage,
    );
    Chapters {
        profile,
        demand,
        providers,
        drills: Vec::new(),
        zone_drill: None,
        routing: RoutingPlan::default(),
        gateway,
        queue,
        control_plane,
        storage,
        database,
        cost,
    }
}

/// The plan of a scenario as seen on a day.
///
/// The day decides how old limits are and on which date growth fills them; the
/// core has no clock of its own.
pub fn evaluate(scenario: &Scenario, today: Date) -> Plan {
    let chapters = chapters(scenario);
    let problems = validate::problems(scenario);
    let findings = findings::findings(scenario, &chapters, &problems, today);
    let verdict = verdict::verdict(scenario, &chapters, &findings, today);
    let checklist = checklist::checklist(scenario, &chapters, &findings, today);
    let day = day::day(scenario, &chapters);
    let cost = cost::with_details(scenario, &chapters, &day);
    let figures = explain::figures(scenario, &chapters);
    let Chapters {
        profile: _,
        demand,
        providers,
        drills,
        zone_drill,
        routing,
        gateway,
        queue,
        control_plane,
        storage,
        database,
        cost: _,
    } = chapters;
    Plan {
        today: today.to_string(),
        verdict,
        figures,
        notes: notes::notes(),
        queue: queueing::with_waits(scenario, &demand, &gateway, queue),
        storage: storage::with_details(scenario, &demand, storage),
        demand,
        providers,
        drills,
        routing,
        gateway,
        zone_drill,
        control_plane,
        database,
        cost,
        day,
        findings,
        checklist,
    }
}
