//! The plan of a scenario: its chapters, and what follows from them.
//!
//! `Plan` is the API: the page draws it, the exports read it, tests compare it,
//! and nobody recomputes. It is finite everywhere: what has no answer is absent
//! and a finding tells why. It is numbers and names; the words for it stand in `say`.

use super::{
    Chapters, Check, ControlPlanePlan, CostPlan, DatabasePlan, DayPlan, Demand, Depth, Drill,
    Figure, Finding, GatewayPlan, NoteId, Outline, Patience, ProviderPlan, QueuePlan, RoutingPlan,
    StoragePlan, Verdict, Whole, ZoneDrill,
};
use super::{
    chapters, checklist, curve, day, drill, explain, fates, findings, fixes, names, notes,
    providers, refused, storage, verdict,
};
use crate::catalog::date::Date;
use crate::scenario::Scenario;

/// What the calculator has to say about a scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Day for which dates and ages are given.
    pub today: Date,
    /// Whether it fits, and what decides that.
    pub verdict: Verdict,
    /// Key figures; [`formula`](super::formula) gives the reason of each.
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
    /// Answers against the clients' patience.
    pub patience: Patience,
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
    let chapters = chapters::chapters::<D>(scenario);
    let mut findings = findings::findings(scenario, &chapters, today);
    D::reason(|| fixes::add(scenario, &chapters, &mut findings));
    let mut verdict = verdict::verdict(scenario, &chapters, &findings);
    verdict.reason = verdict::told_first(verdict.reason, &mut findings);
    let checklist = D::reason(|| checklist::checklist(scenario, &chapters, &findings, today));
    let day = day::day::<D>(scenario, &chapters);
    let curve = D::reason(|| curve::curve(scenario, &chapters));
    let figures = explain::figures::<D>(scenario, &chapters);
    let limited_ratio = D::reason(|| {
        let (rows, providers) = (&chapters.rows, &chapters.providers);
        refused::limited_ratio(scenario, &chapters.demand, rows, providers)
    });
    let Chapters {
        demand,
        providers,
        drills,
        zone_drill,
        routing,
        gateway,
        queue,
        patience,
        control_plane,
        storage,
        database,
        cost,
        profile,
        ..
    } = chapters;
    Plan {
        today,
        verdict,
        figures,
        notes: D::reason(notes::notes),
        queue: fates::with_waits::<D>(
            scenario,
            &demand,
            &gateway,
            (&patience, limited_ratio),
            queue,
        ),
        storage: storage::with_details::<D>(scenario, &demand, storage),
        demand,
        providers,
        drills,
        routing,
        gateway,
        patience,
        zone_drill,
        control_plane,
        database,
        cost: CostPlan { curve, ..cost },
        day: DayPlan { profile, ..day },
        findings,
        checklist,
    }
}
