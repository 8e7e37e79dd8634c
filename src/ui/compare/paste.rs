//! Field for a pasted scenario.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::super::focus::focus;
use super::super::icon::Icon;
use super::super::store::ScenarioStore;
use super::sides::{HEADING, Ways};
use crate::import;
use crate::say::page::compare as say;
use crate::scenario::link::{self, Fragment};

/// Field for a link or a file of ours.
#[component]
pub(super) fn Paste() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let ways = Ways::new();
    let text = RwSignal::new(String::new());
    let problem = RwSignal::new(String::new());
    let put = move |ev: SubmitEvent| {
        ev.prevent_default();
        let pasted = text.get_untracked();
        let read = store.with(|here| import::read(&pasted, here, crate::first::browser::today()));
        match read {
            // A link keeps parts unreadable to this release, shown beside it.
            Ok(reading) => {
                let is_link = reading.kinds == [import::Kind::Link];
                let bare = || pasted.trim().trim_start_matches('#').to_owned();
                let fragment = if is_link {
                    let found = link::found(&pasted).unwrap_or_else(bare);
                    Fragment::alone(&["#", &found].concat())
                } else {
                    Fragment::of(&reading.scenario)
                };
                text.set(String::new());
                // The other kinds are told here; the new side knows nothing of its text.
                let left = reading.left.iter().filter(|_| !is_link);
                problem.set(say::unread(left.map(|it| (&*it.place, &*it.why))));
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
