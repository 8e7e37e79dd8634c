//! Cost breakdown.

use leptos::prelude::*;

use super::super::store::ScenarioStore;
use crate::plan::{NamedCost, Plan};
use crate::say::page::widget as say;
use crate::say::words;

/// Dollars per month by provider and for operation of the gateway.
#[component]
pub(super) fn CostTable() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let rows = store.answer(rows);
    let total = store.answer(|plan| words::usd(plan.cost.per_month_usd));
    let unpriced = store.answer(|plan| say::unpriced(&plan.cost.unpriced));
    let row = |(name, usd): (String, String)| {
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td class="widget__usd">{usd}</td>
            </tr>
        }
    };
    view! {
        <table class="table">
            <thead>
                <tr>
                    <th scope="col">{say::WHERE}</th>
                    <th scope="col" class="widget__usd">
                        {say::USD_MONTH}
                    </th>
                </tr>
            </thead>
            <tbody>{move || rows.get().into_iter().map(row).collect_view()}</tbody>
            <tfoot>
                <tr>
                    <th scope="row">{say::ALL}</th>
                    <td class="widget__usd">{total}</td>
                </tr>
            </tfoot>
        </table>
        <p class="widget__unpriced">{unpriced}</p>
    }
}

fn rows(plan: &Plan) -> Vec<(String, String)> {
    let tokens = |cost: &NamedCost| (say::tokens(&cost.name), words::usd(cost.per_month_usd));
    let infrastructure = (
        say::INFRASTRUCTURE.to_owned(),
        words::usd(plan.cost.infrastructure_per_month_usd),
    );
    let providers = plan.cost.providers.iter().map(tokens);
    providers.chain([infrastructure]).collect()
}
