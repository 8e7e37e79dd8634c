//! The readings of a scenario: all of it, or the brief; `view=` in the link chooses.

use leptos::prelude::*;

/// A reading of the scenario.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum View {
    /// Form and all answers.
    #[default]
    Full,
    /// One page for leaders.
    Brief,
}

/// The reading that is shown, shared through context.
#[derive(Clone, Copy)]
pub(super) struct Reading(pub(super) RwSignal<View>);

impl View {
    /// The reading a fragment asks for; a scenario's own link means all of it.
    pub(super) fn of(fragment: &str) -> Self {
        if fragment.split('&').any(|pair| pair == "view=brief") {
            Self::Brief
        } else {
            Self::Full
        }
    }

    /// The fragment of a scenario in this reading.
    pub(super) fn fragment(self, scenario: &str) -> String {
        match self {
            Self::Full => scenario.to_owned(),
            Self::Brief => format!("{scenario}&view=brief"),
        }
    }
}

/// Switches between the readings of the scenario; plain links, so a tab can be opened.
#[component]
pub(super) fn Readings(
    /// The fragment of the scenario alone.
    scenario: Memo<String>,
) -> impl IntoView {
    let Reading(view) = expect_context::<Reading>();
    let item = move |which: View, name: &'static str| {
        let is_current = move || (view.get() == which).then_some("page");
        view! {
            <a
                class="segments__item"
                href=move || format!("#{}", which.fragment(&scenario.get()))
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
        </nav>
    }
}
