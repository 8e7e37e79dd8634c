//! Table in a closed disclosure.

use leptos::prelude::*;

use super::super::icon::Icon;
use super::super::store::ScenarioStore;
use crate::say::page::result as say;
use crate::scenario::Edit;

/// Row of a table, with cells as texts; the first is its heading.
#[derive(Clone, PartialEq, Default)]
pub(in crate::ui) struct Row {
    pub(in crate::ui) cells: Vec<String>,
    /// Whether the plan is in this row.
    pub(in crate::ui) is_current: bool,
    /// Edits that make this row the current one.
    pub(in crate::ui) edits: Vec<Edit>,
}

impl Row {
    /// Read-only row.
    pub(in crate::ui) fn new<const N: usize>(cells: [String; N]) -> Self {
        Self {
            cells: cells.to_vec(),
            ..Self::default()
        }
    }
}

/// Table in a closed disclosure.
#[component]
pub(in crate::ui) fn Folded(
    /// Name of the table.
    title: &'static str,
    /// Column headings.
    head: &'static [&'static str],
    /// Rows of the table.
    #[prop(into)]
    rows: Signal<Vec<Row>>,
    /// Sentence below the table.
    #[prop(optional)]
    note: &'static str,
) -> impl IntoView {
    let columns = head
        .iter()
        .map(|text| view! { <th scope="col">{*text}</th> })
        .collect_view();
    view! {
        <details class="folded">
            <summary>
                <Icon name="chevron" />
                {title}
            </summary>
            <div class="scroll" tabindex="0" role="region" aria-label=title>
                <table class="table">
                    <thead>
                        <tr>{columns}</tr>
                    </thead>
                    <tbody>{move || rows.get().into_iter().map(line).collect_view()}</tbody>
                </table>
            </div>
            {(!note.is_empty()).then(|| view! { <p class="row__meta">{note}</p> })}
        </details>
    }
}

fn line(row: Row) -> AnyView {
    let store = expect_context::<ScenarioStore>();
    let mut cells = row.cells.into_iter();
    let name = cells.next().unwrap_or_default();
    let label = say::apply(&name);
    let apply = (!row.edits.is_empty()).then(|| {
        view! {
            <td>
                <button
                    class="button button--small"
                    type="button"
                    aria-label=label
                    on:click=move |_| store.apply(&row.edits)
                >
                    {say::APPLY}
                </button>
            </td>
        }
    });
    let cells = cells.map(|text| view! { <td>{text}</td> }).collect_view();
    view! {
        <tr aria-current=row.is_current.then_some("true")>
            <th scope="row">{name}</th>
            {cells}
            {apply}
        </tr>
    }
    .into_any()
}
