//! Table of every minute of the day, also as a file.

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
        let lived = life.lived.get().filter(|_| is_open.get());
        let minutes = lived.map(|lived| lived.minutes()).unwrap_or_default();
        let rows = minutes.iter().enumerate();
        // As text: some 16,000 cells would each be a view, and all are numbers.
        rows.map(|(place, minute)| {
            let cells = say::row(place, minute, grouped);
            ["<tr><td>", &cells.join("<td>"), "\n"].concat()
        })
        .collect::<String>()
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
                        <tbody inner_html=rows></tbody>
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
