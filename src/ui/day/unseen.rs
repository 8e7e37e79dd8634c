//! The day lived for the verdict alone, while its section is far.

use leptos::prelude::*;

use super::super::store::ScenarioStore;
use super::life::Life;

/// Nothing to see; the rest of the page hears of the day.
pub(super) fn view() -> AnyView {
    view! { <Unseen /> }.into_any()
}

#[component]
fn Unseen() -> impl IntoView {
    Life::begin(expect_context::<ScenarioStore>(), false);
}
