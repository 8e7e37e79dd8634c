//! Sections of the answers: the navigation bar, and sections collapsed to one line until requested.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::Element;

use super::answer::VerdictState;
use super::focus::focus;
use super::icon::Icon;
use crate::first::storage;
use crate::say::page::section as say;

/// Bar above the answers: verdict, and links to the sections.
#[component]
pub(super) fn SectionsBar() -> impl IntoView {
    let buttons = say::WAYS.map(|(id, label)| {
        view! {
            <button class="sections__way" type="button" on:click=move |_| focus(id)>
                {label}
            </button>
        }
    });
    view! {
        <div class="sections">
            <VerdictState />
            <nav aria-label=say::SECTIONS>{buttons.into_iter().collect_view()}</nav>
        </div>
    }
}

/// Section collapsed to its title and one line.
#[component]
pub(super) fn FoldedSection(
    /// Id of the title.
    id: &'static str,
    /// Title of the section.
    title: &'static str,
    /// Answer in one line.
    #[prop(into)]
    about: Signal<String>,
    /// Contents of the section.
    children: Children,
) -> impl IntoView {
    view! {
        <section aria-labelledby=id>
            <Fold id title about>
                {children()}
            </Fold>
        </section>
    }
}

/// Inside of a collapsed section.
#[component]
pub(super) fn Fold(
    /// Id of the title.
    id: &'static str,
    /// Title of the section.
    title: &'static str,
    /// Answer in one line.
    #[prop(into)]
    about: Signal<String>,
    /// Contents of the section.
    children: Children,
) -> impl IntoView {
    view! {
        <details class="section" open=is_open(id) on:toggle=move |ev| keep(id, &ev)>
            <summary class="section__head">
                <Icon name="chevron" />
                <h2 id=id tabindex="-1">{title}</h2>
                <p>{about}</p>
            </summary>
            {children()}
        </details>
    }
}

/// Collapsed details within a section.
#[component]
pub(super) fn FoldedLine(
    /// Storage id for whether the user opened it.
    id: &'static str,
    /// CSS classes.
    #[prop(default = "folded")]
    class: &'static str,
    /// Line shown when collapsed.
    #[prop(into)]
    line: Signal<String>,
    /// Contents of the details.
    children: Children,
) -> impl IntoView {
    view! {
        <details
            class=class
            open=is_open(id)
            on:toggle=move |ev| keep(id, &ev)
        >
            <summary>
                <Icon name="chevron" />
                <span>{line}</span>
            </summary>
            {children()}
        </details>
    }
}

/// Storage key of the ids of opened sections.
const OPEN: &str = "kt-capacity:open";

/// Whether the user left a section open.
fn is_open(id: &str) -> bool {
    storage::read(OPEN).is_some_and(|ids| ids.split(' ').any(|open| open == id))
}

/// Stores whether a section is open.
fn keep(id: &str, event: &web_sys::Event) {
    let details = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    let is_open = details.is_some_and(|details| details.has_attribute("open"));
    let before = storage::read(OPEN).unwrap_or_default();
    let others = before
        .split(' ')
        .filter(|open| *open != id && !open.is_empty());
    let ids: Vec<&str> = others.chain(is_open.then_some(id)).collect();
    let ids = (!ids.is_empty()).then(|| ids.join(" "));
    storage::write(OPEN, ids.as_deref());
}
