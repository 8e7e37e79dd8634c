//! The plan as JSON: what `kt-capacity estimate --json` prints, and its schema.
//!
//! Numbers stand here as they are in the plan, beside the words that people read. The types
//! keep the released shape; a part whose shape is the plan's own is the plan's type.

mod finding;
mod provider;
mod routing;
mod storage;

use serde::Serialize;

use crate::plan;
use crate::plan::{
    Check, ControlPlanePlan, CostPlan, DatabasePlan, DayPlan, Demand, Figure, GatewayPlan, Note,
    QueuePlan, ZoneDrill,
};
use finding::{Finding, Verdict};
use provider::{Drill, ProviderPlan};
use routing::RoutingPlan;
use storage::StoragePlan;

/// What the calculator has to say about a scenario.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Plan<'a> {
    /// Day for which dates and ages are given.
    today: &'a str,
    /// The answer in a sentence.
    verdict: Verdict,
    /// Key figures, each with its formula.
    figures: &'a [Figure],
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
    /// The API.
    control_plane: &'a ControlPlanePlan,
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
    notes: &'a [Note],
    /// The guide's lists, answered where the plan can.
    checklist: &'a [Check],
}

/// A plan as programs read it.
pub fn plan(plan: &plan::Plan) -> Plan<'_> {
    Plan {
        today: &plan.today,
        verdict: Verdict::of(plan),
        figures: &plan.figures,
        demand: &plan.demand,
        providers: plan.providers.iter().map(ProviderPlan::from).collect(),
        drills: plan.drills.iter().map(Drill::from).collect(),
        routing: RoutingPlan::from(&plan.routing),
        gateway: &plan.gateway,
        zone_drill: plan.zone_drill.as_ref(),
        queue: &plan.queue,
        control_plane: &plan.control_plane,
        storage: StoragePlan::from(&plan.storage),
        database: &plan.database,
        cost: &plan.cost,
        day: &plan.day,
        findings: plan.findings.iter().map(Finding::from).collect(),
        notes: &plan.notes,
        checklist: &plan.checklist,
    }
}
