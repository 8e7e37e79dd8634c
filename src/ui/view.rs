//! Current view, and links to the others.

use leptos::prelude::*;

use crate::say::page::header as say;
use crate::scenario::WhatIf;
use crate::scenario::link::Fragment;
pub(super) use crate::scenario::{Answer, View};

/// Current view, shared through context.
#[derive(Clone, Copy)]
pub(super) struct Reading(pub(super) RwSignal<View>);

/// Links to the views of the scenario, which can be opened in a tab.
#[component]
pub(super) fn Readings(
    /// Link of the scenario alone.
    scenario: Memo<Fragment>,
    /// Scenarios compared with it.
    beside: RwSignal<Vec<Fragment>>,
    /// Supposition of the charts.
    what_if: RwSignal<WhatIf>,
) -> impl IntoView {
    let Reading(view) = expect_context::<Reading>();
    let item = move |which: View, name: &'static str| {
        let is_current = move || (view.get() == which).then_some("page");
        view! {
            <a
                class="segments__item"
                href=move || {
                    let own = what_if.with(|what_if| scenario.get().supposing(what_if));
                    beside.with(|beside| format!("#{}", own.shown(which, beside)))
                }
                aria-current=is_current
            >
                {name}
            </a>
        }
    };
    view! {
        <nav class="segments" aria-label=say::READING>
            {item(View::Brief, say::BRIEF)}
            {item(View::Full, say::FULL)}
            {item(View::Compare, say::COMPARE)}
        </nav>
    }
}
