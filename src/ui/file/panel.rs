//! File with its validity, text and notes.

use leptos::prelude::*;

use super::super::download::download;
use super::super::focus::lead_to;
use super::super::icon::Icon;
use super::super::share::CopyButton;
use super::code::Code;
use crate::export::{Fault, File};
use crate::say::page::file as say;
use crate::scenario::property;

/// Selected file.
#[component]
pub(super) fn Panel(
    /// File to show.
    file: File,
) -> impl IntoView {
    let is_valid = file.checked.is_ok();
    let text = StoredValue::new(file.text.clone());
    let (name, media_type) = (file.name, file.media_type);
    let save = move |_| text.with_value(|text| download(name, media_type, text.as_bytes()));
    let (notes, gaps) = (file.notes.clone(), file.gaps.clone());
    view! {
        <div class="file" role="tabpanel" id="file" aria-label=name>
            <div class="file__bar">
                {state(file.checked.clone())}
                <Show when=move || is_valid>
                    <CopyButton
                        text=Signal::derive(move || text.get_value())
                        class="button--small"
                        label=say::COPY_FILE
                    >
                        {say::COPY}
                    </CopyButton>
                    <button class="button button--small" type="button" on:click=save>
                        {say::DOWNLOAD}
                    </button>
                </Show>
            </div>
            <Code file />
            <aside class="file__notes" aria-label=say::about(name)>
                {told(say::ABOUT_FILE, notes)} {told(say::CANNOT_SAY, gaps)}
            </aside>
        </div>
    }
}

/// Sentences below a heading, if any.
fn told(heading: &'static str, sentences: Vec<String>) -> Option<impl IntoView> {
    if sentences.is_empty() {
        return None;
    }
    let items = sentences
        .into_iter()
        .map(|sentence| view! { <li>{sentence}</li> });
    Some(view! {
        <div>
            <h3>{heading}</h3>
            <ul>{items.collect_view()}</ul>
        </div>
    })
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
        Err(faults) => view! {
            <ul class="status status--danger">{faults.into_iter().map(fault).collect_view()}</ul>
        }
        .into_any(),
    }
}

/// Faults, with links to the inputs behind them.
fn fault(fault: Fault) -> impl IntoView {
    let input = fault.field.map(|key| {
        view! {
            <button class="link" type="button" on:click=move |_| lead_to(key)>
                {label(key)}
            </button>
        }
    });
    view! {
        <li>
            <Icon name="alert" />
            <span>{fault.message} " " {input}</span>
        </li>
    }
}

/// Label of the field with this key.
fn label(key: &'static str) -> &'static str {
    let scenario = property::SCENARIO.iter().map(|n| (n.key, n.label));
    let provider = property::PROVIDER.iter().map(|n| (n.key, n.label));
    let mut labels = scenario.chain(provider);
    labels
        .find(|(own, _)| *own == key)
        .map_or(key, |(_, label)| label)
}
