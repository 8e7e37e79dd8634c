//! Sections of the answers: the bar that leads to them, and those that stay folded to one line
//! until they are wanted.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::Element;

use super::answer::VerdictState;
use super::focus::focus;
use super::icon::Icon;
use crate::first::storage;
use crate::say::page::section as say;

/// The bar above the answers: the verdict in a word, and the way to each section.
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

/// A section that is folded to its title and one line.
#[component]
pub(super) fn FoldedSection(
    /// Id of its title.
    id: &'static str,
    /// Its title.
    title: &'static str,
    /// Its answer in one line.
    #[prop(into)]
    about: Signal<String>,
    /// The content.
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

/// The inside of such a section.
#[component]
pub(super) fn Fold(
    /// Id of its title.
    id: &'static str,
    /// Its title.
    title: &'static str,
    /// Its answer in one line.
    #[prop(into)]
    about: Signal<String>,
    /// The content.
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

/// Details that are folded to a line, inside a section.
#[component]
pub(super) fn FoldedLine(
    /// Under this id the browser keeps whether its reader opened it.
    id: &'static str,
    /// Its classes.
    #[prop(default = "folded")]
    class: &'static str,
    /// The line.
    #[prop(into)]
    line: Signal<String>,
    /// The content.
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

/// Under this key the browser keeps the ids of the sections that its reader has opened.
const OPEN: &str = "kt-capacity:open";

/// Whether the reader of this browser left a section open.
fn is_open(id: &str) -> bool {
    storage::read(OPEN).is_some_and(|ids| ids.split(' ').any(|open| open == id))
}

/// Keeps whether a section is open for the next visit.
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
