//! The answer: `evaluate` turns a scenario into a `Plan`, one file per chapter.
//!
//! `Plan` is the API: the page draws it, the exports read it, tests compare it,
//! and nobody recomputes. It is finite everywhere: what has no answer is absent
//! and a finding tells why. It is numbers and names; the words for it stand in `say`.

mod checklist;
mod control_plane;
mod cost;
mod database;
mod dated;
mod day;
mod demand;
mod depth;
mod drill;
mod explain;
mod findings;
mod fixes;
mod fleet;
mod limits;
mod names;
mod notes;
mod providers;
mod queueing;
mod reserved;
mod routing;
mod sizing;
mod storage;
mod verdict;
pub mod words;

pub use checklist::{Answer, Check, CheckId, Detail};
pub use control_plane::{ControlPlanePlan, SizeReason};
pub use cost::{CostPlan, CurvePoint, NamedCost};
pub use database::DatabasePlan;
pub use dated::oldest_limit;
pub use day::DayPlan;
pub use demand::{Demand, WorkloadDemand};
pub use drill::{Drill, DrillRow, ZoneDrill};
pub use explain::{Aside, Expr, Figure, FigureId, Op, Source, Term, TermId, Unit, formula};
pub use findings::{
    Autoscaler, Disk, Finding, FindingKind, Order, ProviderLimit, ProviderLoss, Severity, When,
};
pub use fixes::{Change, Connections, Effect, Fix, Holds};
pub use fleet::{FleetRule, GatewayPlan, RuleId};
pub use limits::{LimitKind, LimitState, LimitUse, tightest};
pub use notes::NoteId;
pub use providers::ProviderPlan;
pub use queueing::QueuePlan;
pub use reserved::ReservedOffer;
pub use routing::{RoutingOption, RoutingPlan, Split};
pub use storage::{DiskFill, EventSize, StoragePlan, StoragePoint};
pub use verdict::{Reason, Verdict, VerdictState};

use crate::catalog::date::Date;
use crate::scenario::Scenario;
pub(crate) use depth::{Depth, Outline, Whole};
use limits::CountedRow;
use providers::Load;

/// What the calculator has to say about a scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Day for which dates and ages are given.
    pub today: String,
    /// Whether it fits, and what decides that.
    pub verdict: Verdict,
    /// Key figures; [`formula`] gives the reason of each.
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
    pub notes: Vec<NoteId>,
    /// The guide's lists, answered where the plan can.
    pub checklist: Vec<Check>,
}

impl Plan {
    /// The loss of a provider that leaves the least room.
    pub fn worst_drill(&self) -> Option<&Drill> {
        drill::worst(&self.drills)
    }

    /// The provider with requests that is full first, if a limit is known of any.
    pub fn tightest_provider(&self) -> Option<&ProviderPlan> {
        providers::tightest_provider(&self.providers)
    }

    /// What gives way first, if a limit is known; a drill is not today's load.
    pub fn first(&self) -> Option<&Finding> {
        self.findings.get(findings::first(&self.findings)?)
    }
}

/// The chapters that findings are made from.
pub(crate) struct Chapters<'a> {
    /// The providers as counted, and their loads in numbers alone.
    pub(crate) rows: Vec<CountedRow<'a>>,
    pub(crate) loads: Vec<Load>,
    /// The day as multiples of the mean, and the lowest of them, at most the mean.
    pub(crate) profile: Vec<f64>,
    pub(crate) quietest: f64,
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

pub(crate) fn chapters<D: Depth>(scenario: &Scenario) -> Chapters<'_> {
    let traffic = &scenario.traffic;
    let profile = crate::model::day::day_profile(&traffic.shape.hourly(), traffic.peak_multiplier);
    let quietest = crate::model::day::quietest(&profile).min(1.0);
    let demand = demand::demand(scenario);
    let rows = limits::counted_rows(scenario, &demand);
    let providers = providers::providers(scenario, &demand, &rows);
    let loads: Vec<Load> = providers.iter().map(ProviderPlan::load).collect();
    let times = fleet::times(scenario, &demand, &rows, &loads);
    let gateway = fleet::gateway(scenario, &demand, times, quietest);
    let storage = storage::storage(scenario, &demand);
    let control_plane = control_plane::control_plane(
        &scenario.control_plane,
        scenario.storage.retention_days,
        &demand,
        &storage,
    );
    let platform_usd = cost::platform_usd(scenario, &control_plane, &storage);
    let cost = cost::cost::<D>(scenario, &demand, &rows, &loads, &gateway, platform_usd);
    let database = &scenario.database;
    Chapters {
        database: database::database(database, &control_plane, gateway.instances_max),
        queue: queueing::queue(scenario, &demand, &gateway),
        drills: drill::drills(scenario, &demand, &gateway, &rows),
        zone_drill: drill::zone_drill(scenario, &demand, &gateway),
        routing: D::reason(|| routing::routing(scenario, &demand, &rows, &loads)),
        rows,
        loads,
        profile,
        quietest,
        demand,
        providers,
        gateway,
        control_plane,
        storage,
        cost,
    }
}

/// The plan of a scenario as seen on a day.
///
/// The day decides how old limits are and on which date growth fills them; the
/// core has no clock of its own.
pub fn evaluate(scenario: &Scenario, today: Date) -> Plan {
    plan::<Whole>(scenario, today)
}

/// What the page shows first of the same plan: without fixes, ways to split, lists and lines
/// over time, which are empty or absent in it, and without the findings that rest on those.
///
/// A program that only calls this holds nothing of them.
pub fn outline(scenario: &Scenario, today: Date) -> Plan {
    plan::<Outline>(scenario, today)
}

fn plan<D: Depth>(scenario: &Scenario, today: Date) -> Plan {
    let named = names::named(scenario);
    let scenario = named.as_ref();
    let chapters = chapters::<D>(scenario);
    let mut findings = findings::findings(scenario, &chapters, today);
    D::reason(|| fixes::add(scenario, &chapters, &mut findings));
    let verdict = verdict::verdict(scenario, &chapters, &findings);
    let checklist = D::reason(|| checklist::checklist(scenario, &chapters, &findings, today));
    let day = day::day::<D>(scenario, &chapters);
    let curve = D::reason(|| cost::curve(scenario, &chapters));
    let figures = explain::figures::<D>(scenario, &chapters);
    let Chapters {
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
        cost,
        profile,
        ..
    } = chapters;
    Plan {
        today: today.to_string(),
        verdict,
        figures,
        notes: D::reason(notes::notes),
        queue: queueing::with_waits::<D>(scenario, &demand, &gateway, queue),
        storage: storage::with_details::<D>(scenario, &demand, storage),
        demand,
        providers,
        drills,
        routing,
        gateway,
        zone_drill,
        control_plane,
        database,
        cost: CostPlan { curve, ..cost },
        day: DayPlan { profile, ..day },
        findings,
        checklist,
    }
}
