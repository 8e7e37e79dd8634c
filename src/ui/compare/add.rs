//! Putting another scenario beside: the guide's example, twice the load, a kept one, or
//! whatever is pasted.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::super::focus::focus;
use super::super::icon::Icon;
use super::super::store::ScenarioStore;
use super::sides::{HEADING, MOST, Sides, Ways};
use crate::import;
use crate::say::page::compare as say;
use crate::scenario::Scenario;
use crate::scenario::link::Fragment;
use crate::scenario::property::REQUESTS;

/// Scenarios to add, as long as there is room.
#[component]
pub(super) fn Add() -> impl IntoView {
    let sides = expect_context::<Sides>();
    let count = Memo::new(move |_| sides.with(<[_]>::len));
    let title = move || say::add(count.get());
    view! {
        <Show
            when=move || count.get() < MOST
            fallback=|| {
                view! {
                    <p class="muted compare__full">
                        {say::FULL}
                    </p>
                }
            }
        >
            <section class="add" aria-labelledby="add">
                <div class="section__head">
                    <h2 id="add">{title}</h2>
                </div>
                <Show when=move || count.get() == 1>
                    <p class="add__hint">
                        {say::HINT}
                    </p>
                </Show>
                <Examples />
                <Paste />
            </section>
        </Show>
    }
}

/// The scenario with every request twice.
fn doubled(scenario: &Scenario) -> Scenario {
    let mut doubled = scenario.clone();
    say::DOUBLED.clone_into(&mut doubled.name);
    for workload in &mut doubled.workloads {
        workload.requests = (workload.requests * 2.0).min(REQUESTS.high);
    }
    doubled
}

/// The guide's example, by its name.
fn example() -> Scenario {
    Scenario {
        name: say::EXAMPLE.to_owned(),
        ..Scenario::default()
    }
}

#[component]
fn Examples() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let ways = Ways::new();
    let double = store.slice(|scenario| Fragment::of(&doubled(scenario)));
    let is_example = store
        .slice(|scenario| crate::compare::varied(&[scenario, &Scenario::default()]).is_empty());
    let example = StoredValue::new(Fragment::of(&example()));
    view! {
        <p class="add__examples">
            <a
                class="button"
                href=move || ways.with(&double.get())
                on:click=|_| focus(HEADING)
            >
                {say::COMPARE_DOUBLED}
            </a>
            <Show
                when=move || !is_example.get()
                fallback=|| view! { <span class="muted">{say::IS_EXAMPLE}</span> }
            >
                <a
                    class="button"
                    href=move || example.with_value(|example| ways.with(example))
                    on:click=|_| focus(HEADING)
                >
                    {say::COMPARE_EXAMPLE}
                </a>
            </Show>
        </p>
    }
}

/// A link or a file of ours, pasted.
#[component]
fn Paste() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let ways = Ways::new();
    let text = RwSignal::new(String::new());
    let problem = RwSignal::new(String::new());
    let put = move |ev: SubmitEvent| {
        ev.prevent_default();
        let pasted = text.get_untracked();
        let read = store.with(|here| import::read(&pasted, here, crate::first::browser::today()));
        match read {
            // A link keeps what this release cannot read, so that it is told beside it.
            Ok(reading) => {
                let is_link = reading.kinds == [import::Kind::Link];
                let fragment = if is_link {
                    Fragment::alone(pasted.trim())
                } else {
                    Fragment::of(&reading.scenario)
                };
                text.set(String::new());
                problem.set(String::new());
                let way = untrack(|| ways.with(&fragment));
                drop(window().location().set_hash(&way));
                focus(HEADING);
            }
            Err(why) => problem.set(why.to_string()),
        }
    };
    let is_wrong = move || problem.with(|problem| !problem.is_empty());
    view! {
        <form class="keep" on:submit=put autocomplete="off">
            <label class="keep__label" for="paste-beside">
                {say::PASTE}
            </label>
            <input
                class="keep__name"
                id="paste-beside"
                type="text"
                spellcheck="false"
                placeholder=say::PASTE_HERE
                prop:value=text
                aria-invalid=move || is_wrong().then_some("true")
                aria-describedby="paste-problem"
                on:input:target=move |ev| {
                    text.set(ev.target().value());
                    problem.set(String::new());
                }
            />
            <button class="button" type="submit">
                {say::PUT_BESIDE}
            </button>
        </form>
        <div id="paste-problem">
            <Show when=is_wrong>
                <p class="status status--danger" role="alert">
                    <Icon name="alert" />
                    <span>{problem}</span>
                </p>
            </Show>
        </div>
    }
}
