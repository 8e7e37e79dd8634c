//! Inputs that differ between the scenarios.

use leptos::prelude::*;

use super::beside::Beside;
use super::sides::Sides;
use crate::compare::{self, Varied};
use crate::say::page::compare as say;

/// Table of only the inputs that differ.
#[component]
pub(in crate::ui) fn InputsTable() -> impl IntoView {
    let sides = expect_context::<Sides>();
    let rows = Memo::new(move |_| {
        sides.with(|sides| {
            let scenarios: Vec<_> = sides.iter().map(|side| &side.scenario).collect();
            compare::varied(&scenarios)
        })
    });
    let is_any = Memo::new(move |_| rows.with(|rows| !rows.is_empty()));
    let count = move || say::different(rows.with(Vec::len));
    view! {
        <section aria-labelledby="compare-inputs">
            <div class="section__head">
                <h2 id="compare-inputs">{say::INPUTS}</h2>
                <Show when=move || is_any.get()>
                    <p>{count}</p>
                </Show>
            </div>
            <Show
                when=move || is_any.get()
                fallback=|| view! { <p class="muted">{say::NO_INPUTS}</p> }
            >
                <Beside label=say::INPUTS>
                    {move || rows.get().into_iter().map(input).collect_view()}
                </Beside>
            </Show>
        </section>
    }
}

fn input(row: Varied) -> impl IntoView {
    let first = row.values.first().cloned();
    let cells = row.values.into_iter().map(|value| {
        let class = if Some(&value) == first.as_ref() {
            None
        } else {
            Some("beside__other")
        };
        view! {
            <td role="cell" class=class>
                {value}
            </td>
        }
    });
    let cells = cells.collect_view();
    view! {
        <tr role="row">
            <th scope="row" role="rowheader">
                {row.label}
            </th>
            {cells}
        </tr>
    }
}
