//! Stage: a named component, with the scenario of a link.

use leptos::context::Provider;
use leptos::prelude::*;

use super::super::store::ScenarioStore;
use crate::catalog::date::Date;
use crate::scenario::link;

/// Component with its name and use.
#[component]
pub(super) fn Shown(
    /// Name of the component.
    name: &'static str,
    /// Use of the component.
    about: &'static str,
    /// Component in its states.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="style__shown">
            <h3>{name}</h3>
            <p>{about}</p>
            <div class="style__stage">{children()}</div>
        </section>
    }
}

/// Components that show the scenario of a link.
#[component]
pub(super) fn Scene(
    /// Fragment of the link.
    fragment: &'static str,
    /// Day of the answers.
    today: Date,
    /// Components to show.
    children: Children,
) -> impl IntoView {
    let store = ScenarioStore::new(link::from_fragment(fragment).0, today);
    view! { <Provider value=store>{children()}</Provider> }
}
