//! Export of a chart as a file with title, summary, source and link.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;

use super::super::share::Link;
use super::super::store::ScenarioStore;
use super::drawn::Drawn;
use crate::say::dated::dated;
use crate::say::page::chart as say;
use crate::say::words;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = echarts, catch)]
    async fn save(
        id: &str,
        kind: &str,
        title: &str,
        texts: js_sys::Array,
    ) -> Result<JsValue, JsValue>;
}

/// Buttons that save a chart, once it is drawn.
#[component]
pub(super) fn Save(
    /// Element id of the drawing.
    id: &'static str,
    /// Title of the chart.
    title: &'static str,
    /// Drawing of the chart.
    drawn: Drawn,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let link = use_context::<Link>();
    let failed = RwSignal::new(false);
    let hand = move |kind: &'static str| {
        let summary = drawn
            .picture
            .with_untracked(|picture| picture.summary.clone());
        let today = words::day_of(store.plan.with_untracked(|plan| plan.today));
        let source = store.with(|scenario| say::source(&dated(scenario), &today));
        let link = link.map(|Link(link)| link.get_untracked());
        let texts = [summary, source].into_iter().chain(link);
        let texts = texts.map(JsValue::from).collect::<js_sys::Array>();
        leptos::task::spawn_local(async move {
            let result = save(id, kind, title, texts).await;
            failed.try_set(result.is_err());
        });
    };
    let button = move |kind: &'static str, label: &'static str| {
        view! {
            <button
                class="chart__tool"
                type="button"
                aria-label=say::save_as(title, label)
                disabled=move || drawn.is_drawn()().is_none()
                on:click=move |_| hand(kind)
            >
                {label}
            </button>
        }
    };
    view! {
        <div class="chart__tools">
            {move || failed.get().then(|| view! { <span role="status">{say::NOT_SAVED}</span> })}
            {button("svg", "SVG")} {button("png", "PNG")}
        </div>
    }
}
