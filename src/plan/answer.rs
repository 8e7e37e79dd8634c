//! The plan of a scenario: its chapters and their consequences.
//!
//! `Plan` is the API: the page draws it, the exports read it, tests compare it, and nothing
//! recomputes it. All its numbers are finite: a missing answer is absent, and a finding gives the
//! reason. It has numbers and names; `say` has the words.

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

/// The complete result for a scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Day that dates and ages refer to.
    pub today: Date,
    /// Verdict, with its reason.
    pub verdict: Verdict,
    /// Key figures; [`formula`](super::formula) gives the formula of each.
    pub figures: Vec<Figure>,
    /// Demand: requests and tokens.
    pub demand: Demand,
    /// Load on each provider, in the order of the scenario.
    pub providers: Vec<ProviderPlan>,
    /// Loss of each provider.
    pub drills: Vec<Drill>,
    /// Ways to split the requests over the providers.
    pub routing: RoutingPlan,
    /// Gateways.
    pub gateway: GatewayPlan,
    /// Loss of a zone, if there are several.
    pub zone_drill: Option<ZoneDrill>,
    /// Queue and waits.
    pub queue: QueuePlan,
    /// Answer times against the clients' patience.
    pub patience: Patience,
    /// The control plane's API.
    pub control_plane: ControlPlanePlan,
    /// Stored events.
    pub storage: StoragePlan,
    /// Database connections.
    pub database: DatabasePlan,
    /// Monthly cost.
    pub cost: CostPlan,
    /// The plan over a day.
    pub day: DayPlan,
    /// Findings, the most urgent first.
    pub findings: Vec<Finding>,
    /// Contradictions in the guide.
    pub notes: Vec<NoteId>,
    /// The guide's checklists, answered as far as the plan can.
    pub checklist: Vec<Check>,
}

impl Plan {
    /// The provider loss that leaves the least room.
    pub fn worst_drill(&self) -> Option<&Drill> {
        drill::worst(&self.drills)
    }

    /// The provider with requests that is full first, if any limit is known.
    pub fn tightest_provider(&self) -> Option<&ProviderPlan> {
        providers::tightest_provider(&self.providers)
    }

    /// The first constraint to give way, if any limit is known; drills do not count.
    pub fn first(&self) -> Option<&Finding> {
        self.findings.get(findings::first(&self.findings)?)
    }
}

/// The complete plan of a scenario on a day.
///
/// The day determines the age of limits and the dates on which growth fills them; the core reads no
/// clock.
pub fn evaluate(scenario: &Scenario, today: Date) -> Plan {
    plan::<Whole>(scenario, today)
}

/// The part of the plan that the page shows first. Fixes, splits, lists and time series are empty
/// or absent, and so are the findings that depend on them.
///
/// Programs that only call this function contain no code for the rest.
pub fn outline(scenario: &Scenario, today: Date) -> Plan {
    plan::<Outline>(scenario, today)
}

fn plan<D: Depth>(scenario: &Scenario, today: Date) -> Plan {
    let named = names::named(scenario);
    let scenario = named.as_ref();
    let chapters = chapters::chapters::<D>(scenario);
    let mut findings = findings::findings(scenario, &chapters, today);
    D::reason(|| {
        findings::add_prices(scenario, &chapters, today, &mut findings);
        fixes::add(scenario, &chapters, &mut findings);
    });
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
