//! The later program of the page: charts, findings, files and tables.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::embed::is_embedded;
use super::result::{LATER, MoreAnswers};
use super::share::{EmbedPanel, Link, SharePanel, dialog};
use super::shortcuts::ShortcutsPanel;
use super::store::ScenarioStore;
use super::view::{Reading, View};
use super::{app, bridge, chart, show_failure, theme, url};

/// Mounts the rest of the answers into the place the first program keeps for them.
pub fn start() {
    std::panic::set_hook(Box::new(|info| {
        let Some(page) = document().document_element() else {
            return;
        };
        if page.has_attribute("data-complete") {
            show_failure(&info.to_string());
        } else {
            // `public/boot.js` tells what is missing then.
            leptos::logging::error!("{info}");
            drop(page.set_attribute("data-broken", ""));
        }
    }));
    let Some(place) = document().get_element_by_id(LATER) else {
        return;
    };
    mount_to(place.unchecked_into::<HtmlElement>(), Later).forget();
    dialog::open_asked();
}

#[component]
fn Later() -> impl IntoView {
    let store = ScenarioStore::mirror(app::today());
    let view = RwSignal::new(View::default());
    bridge::mirror(store, view);
    provide_context(store);
    provide_context(Reading(view));
    provide_context(Link(url::use_link(store, view)));
    theme::provide_theme();
    chart::provide_charts();
    view! {
        <MoreAnswers />
        {(!is_embedded())
            .then(|| {
                view! {
                    <SharePanel />
                    <EmbedPanel />
                    <ShortcutsPanel />
                }
            })}
    }
}
