//! Top bar: name, undo, share, theme.

use leptos::prelude::*;

use super::field::NameField;
use super::history::History;
use super::icon::Icon;
use super::notices::Notices;
use super::share::{CopyButton, DialogButton, Link, SHARE};
use super::start::Mark;
use super::store::{Field, ScenarioStore};
use super::theme::ThemeButton;
use super::view::Readings;
use crate::say::page::header as say;

/// Top bar.
#[component]
pub(super) fn Header() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let link = expect_context::<Link>().0;
    let name: Field<String> = store.field("name", |s| s.name.clone(), |s, name| s.name = name);
    view! {
        <header class="header">
            <div class="header__row">
                <h1 class="header__name">
                    <Icon name="mark" />
                    <span>{say::PRODUCT}</span>
                </h1>
                <span class="header__slash" aria-hidden="true">
                    "/"
                </span>
                <div class="scenario">
                    <NameField
                        label=Signal::stored(say::SCENARIO_NAME.to_owned())
                        class="scenario__name"
                        placeholder=say::UNTITLED
                        field=name
                    />
                    <Mark saved=say::SAVED />
                </div>
                <div class="header__end">
                    <Readings scenario=store.fragment beside=store.beside what_if=store.what_if />
                    <History />
                    <div class="header__share">
                        <CopyButton text=link done=say::LINK_COPIED>{say::COPY_LINK}</CopyButton>
                    </div>
                    <DialogButton dialog=SHARE class="header__more" label=say::SHARE>
                        <Icon name="share" />
                        <span>{say::SHARE}</span>
                    </DialogButton>
                    <ThemeButton />
                </div>
            </div>
            <Notices />
        </header>
    }
}
