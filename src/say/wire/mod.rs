//! The plan as JSON: what `kt-capacity estimate --json` prints, and its schema.
//!
//! Numbers stand here as they are in the plan, beside the words that people read. The types
//! keep the released shape; a part whose shape is the plan's own is the plan's type.

mod checklist;
mod control_plane;
mod figure;
mod finding;
mod note;
mod provider;
mod routing;
mod storage;
mod uncertainty;

use serde::Serialize;

use crate::plan;
use crate::plan::{
    CostPlan, DatabasePlan, DayPlan, Demand, GatewayPlan, Patience, QueuePlan, ZoneDrill,
};
use crate::say::verdict::Broken;
use crate::scenario::Scenario;
use checklist::Check;
use control_plane::ControlPlanePlan;
use figure::Figure;
use finding::{Finding, Verdict};
use note::Note;
use provider::{Drill, ProviderPlan};
use routing::RoutingPlan;
use storage::StoragePlan;
use uncertainty::Uncertainty;

/// What the calculator has to say about a scenario.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Plan<'a> {
    /// Day for which dates and ages are given.
    today: String,
    /// The answer in a sentence.
    verdict: Verdict,
    /// Key figures, each with its formula.
    figures: Vec<Figure>,
    /// Requests and tokens.
    demand: &'a Demand,
    /// Load on each provider, in the scenario's order.
    providers: Vec<ProviderPlan<'a>>,
    /// What happens when one provider is lost.
    drills: Vec<Drill<'a>>,
    /// Ways to split the requests.
    routing: RoutingPlan<'a>,
    /// The gateways.
    gateway: &'a GatewayPlan,
    /// What happens when a zone is lost, where there is more than one.
    zone_drill: Option<&'a ZoneDrill>,
    /// What waits where.
    queue: &'a QueuePlan,
    patience: &'a Patience,
    /// The API.
    control_plane: ControlPlanePlan,
    /// Stored events.
    storage: StoragePlan<'a>,
    /// Database connections.
    database: &'a DatabasePlan,
    /// Dollars.
    cost: &'a CostPlan,
    /// The same over a day.
    day: &'a DayPlan,
    /// What gives way first, most urgent first.
    findings: Vec<Finding>,
    /// Where the guide contradicts itself.
    notes: Vec<Note>,
    /// The guide's lists, answered where the plan can.
    checklist: Vec<Check>,
    /// How sure all this is, where numbers are ranges.
    #[serde(skip_serializing_if = "Option::is_none")]
    uncertainty: Option<Uncertainty>,
}

impl Plan<'_> {
    /// The same with how sure it is.
    #[must_use]
    pub fn with(self, sure: Option<&plan::uncertainty::Uncertainty>) -> Self {
        Self {
            uncertainty: sure.map(Uncertainty::of),
            ..self
        }
    }

    /// The same with what does not fit beside the peak, and the line of a simulated day that
    /// breaks its goals.
    #[must_use]
    pub fn with_broken(self, plan: &plan::Plan, broken: Broken, day: Option<&str>) -> Self {
        Self {
            verdict: self.verdict.with(plan, broken, day),
            ..self
        }
    }
}

/// A plan as programs read it.
pub fn plan<'a>(scenario: &Scenario, plan: &'a plan::Plan) -> Plan<'a> {
    let figure = |figure| Figure::of(scenario, plan, figure);
    Plan {
        today: plan.today.to_string(),
        verdict: Verdict::of(plan),
        figures: plan.figures.iter().map(figure).collect(),
        demand: &plan.demand,
        providers: plan.providers.iter().map(ProviderPlan::from).collect(),
        drills: plan.drills.iter().map(Drill::from).collect(),
        routing: RoutingPlan::from(&plan.routing),
        gateway: &plan.gateway,
        zone_drill: plan.zone_drill.as_ref(),
        queue: &plan.queue,
        patience: &plan.patience,
        control_plane: ControlPlanePlan::of(&plan.control_plane),
        storage: StoragePlan::from(&plan.storage),
        database: &plan.database,
        cost: &plan.cost,
        day: &plan.day,
        findings: plan.findings.iter().map(Finding::from).collect(),
        notes: plan.notes.iter().copied().map(Note::of).collect(),
        checklist: plan.checklist.iter().map(Check::of).collect(),
        uncertainty: None,
    }
}
