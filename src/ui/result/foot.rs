//! Foot of the answers.

use leptos::prelude::*;

use super::super::embed::is_embedded;
use super::super::share::{DialogButton, Link, SHARE};
use super::super::shortcuts::SHORTCUTS;
use super::super::store::ScenarioStore;
use crate::say::dated::dated;
use crate::say::page::result as say;
use crate::say::words;

/// Dates of the facts, and the link for print.
#[component]
pub(super) fn Foot() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let link = expect_context::<Link>().0;
    let today = store.answer(|plan| words::day_of(plan.today));
    view! {
        <section class="foot" aria-label=say::ABOUT>
            <span>{store.slice(dated)}</span>
            <span>{say::IN_THIS_BROWSER}</span>
            {(!is_embedded())
                .then(|| {
                    view! {
                        <DialogButton dialog=SHARE class="button--small">
                            {say::SHARE}
                        </DialogButton>
                        <DialogButton dialog=SHORTCUTS class="button--small">
                            {say::KEYBOARD}
                        </DialogButton>
                    }
                })}
            <span class="foot__link">{today} ": " {link}</span>
        </section>
    }
}
