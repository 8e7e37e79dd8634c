//! Events of the day, its goals, and example days.

use leptos::prelude::*;

use super::super::icon::Icon;
use super::super::panel::{Chosen, Setting};
use super::super::store::ScenarioStore;
use super::add::{AddEvent, write};
use crate::say;
use crate::say::page::day as page;
use crate::scenario::happening::Happening;
use crate::scenario::property;

/// Events, goals and examples.
#[component]
pub(super) fn Events() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let happenings = store.slice(|scenario| scenario.day.happenings());
    let rows = move || {
        let happenings = happenings.get();
        if happenings.is_empty() {
            return view! { <p class="faint">{page::NOTHING}</p> }.into_any();
        }
        let row = |(place, happening): (usize, Happening)| {
            let words = say::day::happening(&happening);
            let name = page::remove(&words);
            let remove = move |_| write(store, move |list| drop(list.remove(place)));
            view! {
                <li>
                    <span>{words}</span>
                    <button
                        class="button button--small"
                        type="button"
                        aria-label=name
                        on:click=remove
                    >
                        <Icon name="cross" />
                    </button>
                </li>
            }
        };
        let rows = happenings.into_iter().enumerate().map(row).collect_view();
        view! { <ul class="day__events">{rows}</ul> }.into_any()
    };
    let goals = [
        &property::GOAL_LATE,
        &property::GOAL_UNANSWERED,
        &property::GOAL_WAIT,
        &property::SEED,
        &property::SENDS,
    ];
    let goals = goals.map(|number| view! { <Setting number=number /> });
    let examples = page::NAMED.map(|(name, link)| {
        view! {
            <li>
                <a href=format!("#{link}")>{name}</a>
            </li>
        }
    });
    view! {
        <div class="day__set">
            <div>
                <h3>{page::HAPPENS}</h3>
                {rows} <AddEvent />
            </div>
            <div>
                <h3>{page::GOALS}</h3>
                <div class="day__goals">
                    {goals.into_iter().collect_view()} <Chosen choice=&property::LEAVING />
                </div>
                <h3>{page::EXAMPLES}</h3>
                <ul class="day__examples">{examples.into_iter().collect_view()}</ul>
            </div>
        </div>
    }
}
