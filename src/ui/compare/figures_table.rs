//! Figures of all scenarios, with differences to the first.

use leptos::prelude::*;

use super::super::icon::Icon;
use super::beside::Beside;
use super::sides::Sides;
use crate::compare::{self, Varying};
use crate::say::compare::SAME;
use crate::say::page::compare as say;

/// Figures with their differences to the first.
#[component]
pub(in crate::ui) fn FiguresTable() -> impl IntoView {
    let sides = expect_context::<Sides>();
    let rows = Memo::new(move |_| {
        sides.with(|sides| {
            let plans: Vec<_> = sides.iter().map(|side| &side.plan).collect();
            compare::figures(&plans)
        })
    });
    let of = move |is_headline: bool| {
        let rows = rows.get().into_iter();
        rows.filter(move |row| row.is_headline == is_headline)
    };
    view! {
        <section aria-labelledby="compare-figures">
            <div class="section__head">
                <h2 id="compare-figures">{say::FIGURES}</h2>
            </div>
            <Beside label=say::FIGURES>{move || of(true).map(figure).collect_view()}</Beside>
            <Show when=move || of(false).next().is_some()>
                <details class="folded">
                    <summary>
                        <Icon name="chevron" />
                        {say::MORE_FIGURES}
                    </summary>
                    <Beside label=say::MORE_FIGURES>
                        {move || of(false).map(figure).collect_view()}
                    </Beside>
                </details>
            </Show>
        </section>
    }
}

fn figure(row: Varying) -> impl IntoView {
    let mut changes = row.changes.into_iter();
    let cells = row.sides.into_iter().enumerate().map(|(index, side)| {
        let (value, sub) = side.unwrap_or_else(|| (say::NONE.to_owned(), String::new()));
        let change = if index == 0 { None } else { changes.next() };
        let change = change.map(|change| {
            let class = if change == SAME {
                "beside__change faint"
            } else {
                "beside__change"
            };
            view! { <span class=class>{change}</span> }
        });
        view! {
            <td role="cell">
                <span class="beside__value">{value}</span>
                {change}
                <span class="beside__sub">{sub}</span>
            </td>
        }
    });
    view! {
        <tr role="row">
            <th scope="row" role="rowheader">
                {row.label}
            </th>
            {cells.collect_view()}
        </tr>
    }
}
