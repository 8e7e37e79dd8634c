//! Data of a chart as a table.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::super::icon::Icon;
use super::Picture;
use crate::say::page::chart as say;

/// Table of the data, filled when opened.
#[component]
pub(super) fn Table(
    /// Title of the chart.
    title: &'static str,
    /// Picture with the data.
    picture: Memo<Picture>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let head = move || {
        let cell = |text| view! { <th scope="col">{text}</th> };
        picture
            .with(|p| p.head.clone())
            .into_iter()
            .map(cell)
            .collect_view()
    };
    let rows = move || {
        let cell = |text| view! { <td>{text}</td> };
        let row = |row: Vec<String>| view! { <tr>{row.into_iter().map(cell).collect_view()}</tr> };
        picture
            .with(|p| p.rows.clone())
            .into_iter()
            .map(row)
            .collect_view()
    };
    view! {
        <details
            class="data"
            on:toggle:target=move |ev| {
                let details: web_sys::HtmlDetailsElement = ev.target().unchecked_into();
                open.set(details.open());
            }
        >
            <summary>
                <Icon name="chevron" />
                {say::AS_TABLE}
            </summary>
            <Show when=move || open.get()>
                <div class="scroll" tabindex="0" role="region" aria-label=say::table(title)>
                    <table>
                        <thead>
                            <tr>{head}</tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </Show>
        </details>
    }
}
