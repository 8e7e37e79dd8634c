//! The stage: a component under its name, in the scenario of a link.

use leptos::context::Provider;
use leptos::prelude::*;

use super::super::store::ScenarioStore;
use crate::catalog::date::Date;
use crate::scenario::link;

/// A component with its name and its use.
#[component]
pub(super) fn Shown(
    /// Its name.
    name: &'static str,
    /// When it is used.
    about: &'static str,
    /// The component in its states.
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

/// Components that answer to the scenario of a link.
#[component]
pub(super) fn Scene(
    /// The link's fragment.
    fragment: &'static str,
    /// The day.
    today: Date,
    /// The components.
    children: Children,
) -> impl IntoView {
    let store = ScenarioStore::new(link::from_fragment(fragment).0, today);
    view! { <Provider value=store>{children()}</Provider> }
}
