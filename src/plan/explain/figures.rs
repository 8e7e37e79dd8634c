//! The figures, in the order of the page.

use super::figure::{Aside, Figure, FigureId};
use crate::model::upstream;
use crate::plan::limits::tightest as fullest;
use crate::plan::providers::tightest_provider;
use crate::plan::{Chapters, DatabasePlan, Depth, LimitUse, ProviderPlan};
use crate::scenario::Scenario;

/// The figures of a plan.
pub(in crate::plan) fn figures<D: Depth>(scenario: &Scenario, chapters: &Chapters) -> Vec<Figure> {
    let mut figures = Vec::with_capacity(13 + chapters.providers.len());
    figures.extend(headlines(scenario, chapters));
    figures.extend(more(scenario, chapters));
    figures.extend(D::reason(|| {
        let carrying = chapters.providers.iter();
        let carrying = carrying.filter(|plan| 0.0 < plan.share_ratio);
        carrying.filter_map(use_of).collect::<Vec<_>>()
    }));
    figures
}

fn figure(id: FigureId, result: f64, aside: Aside) -> Figure {
    Figure { id, result, aside }
}

fn headlines(scenario: &Scenario, chapters: &Chapters) -> [Figure; 7] {
    let (demand, gateway) = (&chapters.demand, &chapters.gateway);
    let (storage, database) = (&chapters.storage, &chapters.database);
    let cost = &chapters.cost;
    [
        figure(
            FigureId::PeakRequests,
            demand.peak_rps,
            Aside::Mean {
                rps: demand.mean_rps,
                peak_multiplier: scenario.traffic.peak_multiplier,
            },
        ),
        figure(
            FigureId::PeakTokens,
            demand.peak_tpm,
            Aside::TokensPerDay(demand.tokens_per_day),
        ),
        tightest_limit(&chapters.providers),
        figure(
            FigureId::Gateways,
            f64::from(gateway.instances),
            Aside::DecidedBy {
                rule: gateway.decided_by,
                running: Some(gateway.running()).filter(|running| gateway.instances < *running),
            },
        ),
        figure(
            FigureId::StoredEvents,
            storage.retained_bytes,
            Aside::BytesPerDay(storage.bytes_per_day),
        ),
        figure(
            FigureId::Connections,
            f64::from(database.connections_needed),
            connections_aside(database),
        ),
        figure(
            FigureId::Cost,
            cost.per_month_usd,
            if cost.unpriced.is_empty() {
                Aside::PerThousand(cost.per_1000_requests_usd)
            } else {
                Aside::Unpriced(cost.unpriced.clone())
            },
        ),
    ]
}

/// Bound of the connections: the configuration bounds the API alone, the server any other clients.
fn connections_aside(database: &DatabasePlan) -> Aside {
    if database.connections_needed == database.api_connections {
        Aside::Configured(database.connections_configured)
    } else {
        Aside::LetIn(database.connections_usable)
    }
}

/// Share of requests that fail after all attempts; `None` if calls never fail.
fn failed_ratio(scenario: &Scenario, direct_ratio: f64) -> Option<f64> {
    let retry = &scenario.gateway.retry;
    let failing = retry.failure_percent / 100.0;
    (0.0 < failing).then(|| direct_ratio * upstream::failed_ratio(failing, retry.attempts))
}

fn more(scenario: &Scenario, chapters: &Chapters) -> impl Iterator<Item = Figure> + use<> {
    let (demand, gateway) = (&chapters.demand, &chapters.gateway);
    let (queue, storage) = (&chapters.queue, &chapters.storage);
    let per_thousand = chapters.cost.per_1000_requests_usd;
    let per_thousand =
        per_thousand.map(|usd| figure(FigureId::CostPerThousand, usd, Aside::Nothing));
    let first = [
        figure(
            FigureId::TokensPerDay,
            demand.tokens_per_day,
            Aside::TokensPerRequest(demand.tokens_per_request),
        ),
        figure(
            FigureId::MeanRate,
            demand.mean_rps,
            Aside::PeakPerMinute(demand.peak_rpm),
        ),
        figure(
            FigureId::InFlight,
            gateway.in_flight,
            Aside::HeldEach(gateway.time_in_flight_s),
        ),
        figure(
            FigureId::SlotsInUse,
            queue.utilization_ratio,
            Aside::Slots(queue.slots),
        ),
        figure(
            FigureId::StoredPerDay,
            storage.bytes_per_day,
            Aside::BytesLater([storage.bytes_30_days, storage.bytes_90_days]),
        ),
    ];
    let failed = failed_ratio(scenario, demand.direct_ratio);
    let failed = failed.map(|ratio| figure(FigureId::FailedRequests, ratio, Aside::Nothing));
    first.into_iter().chain(per_thousand).chain(failed)
}

fn tightest_limit(providers: &[ProviderPlan]) -> Figure {
    let id = FigureId::TightestLimit;
    let Some((plan, used)) = tightest(providers) else {
        return figure(id, 0.0, Aside::NoLimit);
    };
    let (provider, limit) = (plan.name.clone(), used.kind);
    match used.state.ratio() {
        Some(ratio) => figure(id, ratio, Aside::Tightest { provider, limit }),
        // A limit of 0 has no utilization.
        None => figure(id, 0.0, Aside::Closed { provider, limit }),
    }
}

/// The limit that is full first among providers with load, with its provider.
pub(super) fn tightest(providers: &[ProviderPlan]) -> Option<(&ProviderPlan, LimitUse)> {
    // If all providers spill, the last in the order is the last resort.
    let carrying = || providers.iter().filter(|plan| 0.0 < plan.share_ratio);
    let plan = tightest_provider(providers).or_else(|| fullest(carrying(), |plan| plan.state()))?;
    Some((plan, plan.tightest?))
}

fn use_of(plan: &ProviderPlan) -> Option<Figure> {
    let used = plan.tightest?;
    let aside = Aside::FullAt {
        provider: plan.name.clone(),
        limit: used.kind,
        scale: plan.max_scale(),
    };
    let id = FigureId::Use(plan.id.clone());
    Some(figure(id, used.state.ratio()?, aside))
}
