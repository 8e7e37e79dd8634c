//! Other numbers, each with its reason.

use leptos::prelude::*;

use super::super::section::FoldedSection;
use super::super::store::ScenarioStore;
use super::figure::FigureBox;
use crate::say::page::result as say;
use crate::say::words;

/// Figures that are not at the top of the page.
#[component]
pub(in crate::ui) fn Numbers() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let ids = store.answer(|plan| {
        let ids = plan.figures.iter().map(|figure| &figure.id);
        let rest = ids.filter(|id| !id.is_headline());
        rest.cloned().collect::<Vec<_>>()
    });
    view! {
        <FoldedSection
            id="numbers"
            title=say::MORE_NUMBERS
            about=Signal::derive(move || ids.with(|ids| say::numbers(ids.len())))
        >
            <div class="figures figures--more">
                <For each=move || ids.get() key=Clone::clone let(id)>
                    <FigureBox id group="more" />
                </For>
            </div>
            <Workloads />
        </FoldedSection>
    }
}

/// Tokens and cost per workload.
#[component]
fn Workloads() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let plan = store.answer(|plan| (plan.demand.workloads.clone(), plan.cost.workloads.clone()));
    let rows = move || {
        let (demand, cost) = plan.get();
        let row = |(load, cost): (crate::plan::WorkloadDemand, crate::plan::NamedCost)| {
            view! {
                <tr>
                    <th scope="row">{load.name}</th>
                    <td>{words::short(load.requests_per_day)}</td>
                    <td>{words::short(load.tokens_per_day)}</td>
                    <td>{words::short(load.mean_tpm)}</td>
                    <td>{words::short(load.peak_tpm)}</td>
                    <td>{words::usd(cost.per_month_usd)}</td>
                </tr>
            }
        };
        demand.into_iter().zip(cost).map(row).collect_view()
    };
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=say::BY_WORKLOAD>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{say::WORKLOAD}</th>
                        <th scope="col">{say::REQUESTS_DAY}</th>
                        <th scope="col">{say::TOKENS_DAY}</th>
                        <th scope="col">{say::MEAN_TOKENS}</th>
                        <th scope="col">{say::PEAK_TOKENS}</th>
                        <th scope="col">{say::TOKENS_USD}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
