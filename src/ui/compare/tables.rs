//! Figures and inputs of all sides. The explicit roles keep a table a table where a
//! narrow screen lays its rows out anew.

use leptos::prelude::*;

use super::super::icon::Icon;
use super::sides::Sides;
use crate::compare::{self, Varied, Varying};
use crate::say::compare::SAME;
use crate::say::page::compare as say;

/// Figures with their differences against the first.
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

/// Inputs in which the sides differ, and only those.
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

/// A table with a column for each side.
#[component]
fn Beside(
    /// Its name.
    label: &'static str,
    /// Its rows.
    children: ChildrenFn,
) -> impl IntoView {
    let sides = expect_context::<Sides>();
    let class = move || format!("beside beside--{}", sides.with(<[_]>::len));
    let heads = move || {
        let head = |side: &super::sides::Side| {
            view! {
                <th scope="col" role="columnheader">
                    <span class="side__letter">{side.letter}</span>
                    " "
                    <span>{side.name().to_owned()}</span>
                </th>
            }
        };
        sides.with(|sides| sides.iter().map(head).collect_view())
    };
    view! {
        <table class=class role="table" aria-label=label>
            <thead role="rowgroup">
                <tr role="row">
                    <td role="cell"></td>
                    {heads}
                </tr>
            </thead>
            <tbody role="rowgroup">{children()}</tbody>
        </table>
    }
}
