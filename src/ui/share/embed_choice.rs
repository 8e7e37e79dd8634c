//! Options of a tag: view and theme.

use leptos::prelude::*;

use super::super::field::{Segments, SelectField};
use super::super::store::Field;
use super::super::view::View;
use super::tag::Tag;
use crate::first::kept::address;
use crate::say::page::share as say;
use crate::scenario::Theme;
use crate::scenario::link::Fragment;

/// Options of the tag.
#[derive(Clone, Copy)]
pub(super) struct Choice {
    pub(super) view: RwSignal<View>,
    pub(super) theme: RwSignal<Theme>,
    pub(super) scenario: Memo<Fragment>,
}

impl Choice {
    /// HTML of the tag.
    pub(super) fn html(self) -> String {
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

/// View and theme as fields.
#[component]
pub(super) fn Choices(choice: Choice) -> impl IntoView {
    // A comparison has several scenarios, but a tag only one.
    let single = View::ALL.into_iter().filter(|view| *view != View::Compare);
    let choices = single.map(|view| (view.word().to_owned(), say::view(view).to_owned()));
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
