//! Simulated day in the brief: a line and, if goals fail, a picture of the worst hour.

use leptos::prelude::*;

use super::super::store::ScenarioStore;
use super::hour::hour;
use super::life::Life;
use super::state::State;
use crate::lived::Lived;
use crate::say;
use crate::say::page::day as page;

/// Line with the picture below.
pub(super) fn view() -> AnyView {
    view! { <InBrief /> }.into_any()
}

#[component]
fn InBrief() -> impl IntoView {
    let life = Life::begin(expect_context::<ScenarioStore>(), false);
    let told = |lived: &Lived| {
        let picture = lived
            .worst_hour()
            .map(|worst| hour(&worst, say::in_short::hour(&worst, &lived.facts)));
        view! {
            <p class="verdict__more brief__day">{say::in_short::day(lived)}</p>
            {picture}
        }
    };
    let state = |words: String| {
        view! {
            <p class="verdict__more brief__day" role="status">
                {words}
            </p>
        }
        .into_any()
    };
    move || match life.state.get() {
        State::Coming => state(page::COMING.to_owned()),
        State::Living(progress) => state(page::living(progress)),
        State::Whole => life.lived.get().as_deref().map(told).into_any(),
        State::Stopped => ().into_any(),
        State::Failed(why) => state(why),
    }
}
