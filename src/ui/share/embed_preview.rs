//! Preview of a tag.

use leptos::html::custom;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::super::icon::Icon;
use super::embed_choice::Choice;
use crate::say::page::share as say;

/// Id of the script that defines the element, for the preview.
const SCRIPT: &str = "embed-script";

/// Element, loaded on demand with the script that other pages use.
#[component]
pub(super) fn Preview(choice: Choice) -> impl IntoView {
    let open = RwSignal::new(false);
    let element = move || {
        custom("kt-capacity")
            .attr("view", move || choice.view.get().word())
            .attr("theme", move || choice.theme.get().word())
            .attr("scenario", move || {
                choice.scenario.get().as_str().to_owned()
            })
    };
    view! {
        <details
            class="folded"
            on:toggle:target=move |ev| {
                let details: web_sys::HtmlDetailsElement = ev.target().unchecked_into();
                load_script();
                open.set(details.open());
            }
        >
            <summary>
                <Icon name="chevron" />
                {say::PREVIEW}
            </summary>
            <Show when=move || open.get()>{element()}</Show>
        </details>
    }
}

/// Adds the script that defines the element, once.
fn load_script() {
    let page = document();
    if page.get_element_by_id(SCRIPT).is_some() {
        return;
    }
    let (Ok(script), Some(head)) = (page.create_element("script"), page.head()) else {
        return;
    };
    script.set_id(SCRIPT);
    let is_set = script.set_attribute("src", "embed.js").is_ok();
    if !is_set || head.append_child(&script).is_err() {
        leptos::logging::warn!("the preview could not be loaded");
    }
}
