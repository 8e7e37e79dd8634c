//! The generated files.

mod code;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::download::download;
use super::icon::Icon;
use super::share::{CopyButton, Link};
use super::store::ScenarioStore;
use crate::export::{self, Fault, File};
use code::Code;

/// The files in tabs, each to copy or download, and all of them as a zip.
#[component]
pub(super) fn Files() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let link = expect_context::<Link>().0;
    let files = Memo::new(move |_| {
        store.with(|s| store.plan.with(|plan| export::files(s, plan, &link.get())))
    });
    let titles = Memo::new(move |_| files.with(|f| f.iter().map(|f| f.title).collect::<Vec<_>>()));
    let chosen = RwSignal::new(1_usize);
    let file = Memo::new(move |_| files.with(|files| files.get(chosen.get()).cloned()));
    let all = move |_| {
        // What its target would refuse is not handed over.
        let valid = files
            .get_untracked()
            .into_iter()
            .filter(|file| file.checked.is_ok());
        let bytes = export::bundle(&valid.collect::<Vec<_>>());
        download("capacity-plan.zip", "application/zip", &bytes);
    };
    view! {
        <section aria-labelledby="files">
            <div class="section__head">
                <h2 id="files">"Files"</h2>
                <p>{move || about(&files.get())}</p>
                <button class="button button--small" type="button" on:click=all>
                    <Icon name="down" />
                    "All, .zip"
                </button>
            </div>
            <Tabs titles chosen />
            {move || file.get().map(|file| view! { <Panel file /> })}
        </section>
    }
}

/// What the files are, or which of them must wait.
fn about(files: &[File]) -> String {
    let refused = files
        .iter()
        .filter(|file| file.checked.is_err())
        .map(|file| file.name);
    let refused: Vec<&str> = refused.collect();
    if refused.is_empty() {
        "What was modelled, ready to apply".to_owned()
    } else {
        format!("{} is held back until it is valid", refused.join(", "))
    }
}

/// The tabs; arrow keys move between them.
#[component]
fn Tabs(titles: Memo<Vec<&'static str>>, chosen: RwSignal<usize>) -> impl IntoView {
    let turn = move |ev: KeyboardEvent| {
        let last = titles.with_untracked(Vec::len).saturating_sub(1);
        let now = chosen.get_untracked();
        let next = match ev.key().as_str() {
            "ArrowRight" => {
                if now == last {
                    0
                } else {
                    now + 1
                }
            }
            "ArrowLeft" => now.checked_sub(1).unwrap_or(last),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        ev.prevent_default();
        chosen.set(next);
        if let Some(tab) = document().get_element_by_id(&format!("tab-{next}")) {
            drop(tab.unchecked_into::<web_sys::HtmlElement>().focus());
        }
    };
    let tab = move |(index, title)| {
        view! {
            <button
                class="tabs__tab"
                role="tab"
                type="button"
                id=format!("tab-{index}")
                aria-controls="file"
                aria-selected=move || (chosen.get() == index).to_string()
                tabindex=move || if chosen.get() == index { "0" } else { "-1" }
                on:click=move |_| chosen.set(index)
            >
                {title}
            </button>
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label="Files" on:keydown=turn>
            {move || titles.get().into_iter().enumerate().map(tab).collect_view()}
        </div>
    }
}

/// One file: whether it is valid, its text, and what to know about it.
#[component]
fn Panel(file: File) -> impl IntoView {
    let is_valid = file.checked.is_ok();
    let text = StoredValue::new(file.text.clone());
    let (name, media_type) = (file.name, file.media_type);
    let save = move |_| text.with_value(|text| download(name, media_type, text.as_bytes()));
    let notes = file
        .notes
        .iter()
        .map(|note| view! { <li>{note.clone()}</li> })
        .collect_view();
    view! {
        <div class="file" role="tabpanel" id="file" aria-label=name>
            <div class="file__bar">
                {state(file.checked.clone())}
                <Show when=move || is_valid>
                    <CopyButton
                        text=Signal::derive(move || text.get_value())
                        class="button--small"
                        label="Copy the file"
                    >
                        "Copy"
                    </CopyButton>
                    <button class="button button--small" type="button" on:click=save>
                        "Download"
                    </button>
                </Show>
            </div>
            <Code file />
            <aside class="file__notes" aria-label=format!("About {name}")>
                <h3>"About this file"</h3>
                <ul>{notes}</ul>
            </aside>
        </div>
    }
}

fn state(checked: Result<&'static str, Vec<Fault>>) -> AnyView {
    match checked {
        Ok(words) => view! {
            <p class="status status--ok">
                <Icon name="check" />
                {words}
            </p>
        }
        .into_any(),
        Err(faults) => {
            let lines = faults
                .into_iter()
                .map(|fault| view! { <span>{fault.message}</span> });
            view! {
                <p class="status status--danger">
                    <Icon name="alert" />
                    {lines.collect_view()}
                </p>
            }
            .into_any()
        }
    }
}
