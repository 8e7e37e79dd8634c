//! Simulated days of the compared scenarios, for their verdicts.

use leptos::prelude::*;

use super::super::day::{DaysInTurn, InTurn};
use super::super::told::DayTold;
use super::sides::Sides;

/// Simulates each scenario's day; that of the edited one is also in the page title.
#[component]
pub(super) fn Days() -> impl IntoView {
    let sides = expect_context::<Sides>();
    let asked = Memo::new(move |_| {
        sides.with(|sides| {
            let planned = sides
                .iter()
                .map(|side| (side.scenario.clone(), side.plan.clone()));
            planned.collect()
        })
    });
    provide_context(InTurn {
        asked: asked.into(),
        told: sides.days,
        first: use_context().map(|DayTold(own)| own),
    });
    view! { <DaysInTurn /> }
}
