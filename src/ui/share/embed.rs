//! The dialog that writes the tag for another page.

use leptos::html::custom;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::super::field::{Segments, SelectField};
use super::super::icon::Icon;
use super::super::store::{Field, ScenarioStore};
use super::super::view::View;
use super::dialog::Dialog;
use super::tag::Tag;
use super::{CopyButton, EMBED};
use crate::first::address;
use crate::say::page::share as say;
use crate::scenario::Theme;
use crate::scenario::link::Fragment;

/// Id of the script that defines the element, for the preview.
const SCRIPT: &str = "embed-script";

/// The content of the tag.
#[derive(Clone, Copy)]
struct Choice {
    view: RwSignal<View>,
    theme: RwSignal<Theme>,
    scenario: Memo<Fragment>,
}

impl Choice {
    fn html(self) -> String {
        let base = address::base();
        let tag = |scenario: &Fragment| {
            let tag = Tag {
                base: &base,
                scenario,
                view: self.view.get(),
                theme: self.theme.get(),
            };
            tag.html()
        };
        self.scenario.with(tag)
    }
}

/// Chooses view and theme, and shows the tag with a preview.
#[component]
pub(in crate::ui) fn EmbedPanel() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let choice = Choice {
        view: RwSignal::new(View::ALL[2]),
        theme: RwSignal::new(Theme::default()),
        scenario: store.fragment,
    };
    let tag = Signal::derive(move || choice.html());
    view! {
        <Dialog id=EMBED class="share" title=say::EMBED_TITLE>
            <Choices choice />
            <pre class="code share__tag" tabindex="0" aria-label=say::TAG>
                <code>{tag}</code>
            </pre>
            <p class="share__copy">
                <CopyButton text=tag class="button--primary">
                    {say::COPY_TAG}
                </CopyButton>
                <span class="muted">
                    {say::ABOUT_LINK}
                </span>
            </p>
            <Preview choice />
        </Dialog>
    }
}

#[component]
fn Choices(choice: Choice) -> impl IntoView {
    // A comparison is several scenarios; the tag holds one.
    let single = View::ALL.into_iter().filter(|view| *view != View::Compare);
    let choices = single.map(|view| (view.word().to_owned(), view.name().to_owned()));
    let set_view = move |word: String| choice.view.set(View::parse(&word).unwrap_or_default());
    let view = Field {
        get: Signal::derive(move || choice.view.get().word().to_owned()),
        set: Callback::new(set_view),
    };
    let theme = Field {
        get: Signal::derive(move || choice.theme.get().word().to_owned()),
        set: Callback::new(move |word: String| {
            choice.theme.set(Theme::parse(&word).unwrap_or_default());
        }),
    };
    view! {
        <div class="share__choices">
            <SelectField
                id="embed-view".to_owned()
                label=say::SHOWS
                choices=Signal::stored(choices.collect())
                field=view
            />
            <div class="field">
                <span class="field__label">{say::THEME}</span>
                <Segments
                    name="embed-theme"
                    label=say::THEME
                    choices=Theme::ALL.map(Theme::word).into_iter().zip(say::THEMES).collect()
                    field=theme
                />
            </div>
        </div>
    }
}

/// The element itself, by the same script another page would use; only when asked for.
#[component]
fn Preview(choice: Choice) -> impl IntoView {
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
