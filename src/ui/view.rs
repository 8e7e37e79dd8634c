//! The reading that is shown, and the switch between readings.

use leptos::prelude::*;

pub(super) use crate::scenario::link::{Answer, View};

/// The reading that is shown, shared through context.
#[derive(Clone, Copy)]
pub(super) struct Reading(pub(super) RwSignal<View>);

/// What a reading is called where one is chosen.
pub(super) fn name(view: View) -> &'static str {
    match view {
        View::Full => "Full calculator",
        View::Brief => "One-page brief",
        View::Alone(Answer::Tokens) => "Token throughput",
        View::Alone(Answer::Fleet) => "Gateways",
        View::Alone(Answer::Storage) => "Stored events",
        View::Alone(Answer::Cost) => "Cost per month",
        View::Compare => "Comparison",
    }
}

/// Switches between the readings of the scenario; plain links, so a tab can be opened.
#[component]
pub(super) fn Readings(
    /// The fragment of the scenario alone.
    scenario: Memo<String>,
    /// The pairs of the scenarios beside it.
    beside: RwSignal<String>,
) -> impl IntoView {
    let Reading(view) = expect_context::<Reading>();
    let item = move |which: View, name: &'static str| {
        let is_current = move || (view.get() == which).then_some("page");
        view! {
            <a
                class="segments__item"
                href=move || format!("#{}{}", which.fragment(&scenario.get()), beside.get())
                aria-current=is_current
            >
                {name}
            </a>
        }
    };
    view! {
        <nav class="segments" aria-label="Reading">
            {item(View::Brief, "Brief")}
            {item(View::Full, "Full")}
            {item(View::Compare, "Compare")}
        </nav>
    }
}
