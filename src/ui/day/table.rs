//! Table of the day in steps of five minutes, and a file with every minute.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::super::download::download;
use super::super::icon::Icon;
use super::life::Life;
use crate::say::page::chart;
use crate::say::page::day as say;
use crate::scenario::number::grouped;

/// Table of the day, filled when opened.
#[component]
pub(super) fn DayTable() -> impl IntoView {
    let life = expect_context::<Life>();
    let is_open = RwSignal::new(false);
    let rows = move || {
        let lived = life.lived.get();
        let steps = lived.map(|lived| lived.strips().steps).unwrap_or_default();
        let cell = |text| view! { <td>{text}</td> };
        let row = |(place, step): (usize, crate::lived::Minute)| {
            let cells = say::row(place * 5, &step, grouped).into_iter();
            view! { <tr>{cells.map(cell).collect_view()}</tr> }
        };
        steps.into_iter().enumerate().map(row).collect_view()
    };
    let save = move |_| {
        if let Some(lived) = life.lived.get_untracked() {
            let plain = |value: f64| value.to_string();
            let minutes = lived.minutes();
            let rows = minutes.iter().enumerate();
            let rows = rows.map(|(place, minute)| say::row(place, minute, plain).join(","));
            let head = say::HEAD.map(|head| format!("\"{head}\"")).join(",");
            let lines: Vec<String> = [head].into_iter().chain(rows).collect();
            download(
                "day.csv",
                "text/csv",
                (lines.join("\r\n") + "\r\n").as_bytes(),
            );
        }
    };
    let head = say::HEAD.map(|head| view! { <th scope="col">{head}</th> });
    view! {
        <div class="day__data">
            <details
                class="data"
                on:toggle:target=move |ev| {
                    let details: web_sys::HtmlDetailsElement = ev.target().unchecked_into();
                    is_open.set(details.open());
                }
            >
                <summary>
                    <Icon name="chevron" />
                    {say::AS_TABLE}
                </summary>
                <div class="scroll" tabindex="0" role="region" aria-label=chart::table(say::TITLE)>
                    <table>
                        <thead>
                            <tr>{head.into_iter().collect_view()}</tr>
                        </thead>
                        <tbody>{move || is_open.get().then(rows)}</tbody>
                    </table>
                </div>
            </details>
            <button class="button button--small" type="button" on:click=save>
                <Icon name="down" />
                {say::CSV}
            </button>
        </div>
    }
}
