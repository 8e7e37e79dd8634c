//! The whole of it.

use serde::Serialize;

use super::{Check, ControlPlanePlan, Figure, Note};
use crate::plan::{
    self, CostPlan, DatabasePlan, DayPlan, Demand, Drill, Finding, GatewayPlan, ProviderPlan,
    QueuePlan, RoutingPlan, StoragePlan, Verdict, ZoneDrill,
};
use crate::scenario::Scenario;

/// What the calculator has to say about a scenario.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Plan<'a> {
    /// Day for which dates and ages are given.
    pub today: &'a String,
    /// The answer in a sentence.
    pub verdict: &'a Verdict,
    /// Key figures, each with its formula.
    pub figures: Vec<Figure>,
    /// Requests and tokens.
    pub demand: &'a Demand,
    /// Load on each provider, in the scenario's order.
    pub providers: &'a Vec<ProviderPlan>,
    /// What happens when one provider is lost.
    pub drills: &'a Vec<Drill>,
    /// Ways to split the requests.
    pub routing: &'a RoutingPlan,
    /// The gateways.
    pub gateway: &'a GatewayPlan,
    /// What happens when a zone is lost, where there is more than one.
    pub zone_drill: &'a Option<ZoneDrill>,
    /// What waits where.
    pub queue: &'a QueuePlan,
    /// The API.
    pub control_plane: ControlPlanePlan,
    /// Stored events.
    pub storage: &'a StoragePlan,
    /// Database connections.
    pub database: &'a DatabasePlan,
    /// Dollars.
    pub cost: &'a CostPlan,
    /// The same over a day.
    pub day: &'a DayPlan,
    /// What gives way first, most urgent first.
    pub findings: &'a Vec<Finding>,
    /// Where the guide contradicts itself.
    pub notes: Vec<Note>,
    /// The guide's lists, answered where the plan can.
    pub checklist: Vec<Check>,
}

impl<'a> Plan<'a> {
    /// The plan of a scenario with its words.
    pub fn of(scenario: &Scenario, plan: &'a plan::Plan) -> Self {
        let figures = plan.figures.iter();
        Self {
            today: &plan.today,
            verdict: &plan.verdict,
            figures: figures
                .map(|figure| Figure::of(scenario, plan, figure))
                .collect(),
            demand: &plan.demand,
            providers: &plan.providers,
            drills: &plan.drills,
            routing: &plan.routing,
            gateway: &plan.gateway,
            zone_drill: &plan.zone_drill,
            queue: &plan.queue,
            control_plane: ControlPlanePlan::of(&plan.control_plane),
            storage: &plan.storage,
            database: &plan.database,
            cost: &plan.cost,
            day: &plan.day,
            findings: &plan.findings,
            notes: plan.notes.iter().copied().map(Note::of).collect(),
            checklist: plan
                .checklist
                .iter()
                .map(|check| Check::of(plan, check))
                .collect(),
        }
    }
}
