//! A kept scenario in the list, and what can be done with it.

use leptos::html::Input;
use leptos::prelude::*;

use super::super::focus::focus;
use super::super::store::ScenarioStore;
use super::shelf::{Kept, Shelf};
use super::sides::{HEADING, MOST, Sides, Ways, day};
use crate::catalog::date::Date;
use crate::plan::evaluate;
use crate::say::page::compare as say;
use crate::say::verdict;
use crate::scenario::link::LONGEST_NAME;

/// A kept scenario.
#[component]
pub(super) fn Row(
    /// Which.
    kept: Kept,
    /// The name of the one being renamed.
    renamed: RwSignal<Option<String>>,
) -> impl IntoView {
    let name = StoredValue::new(kept.name.clone());
    let is_renamed =
        move || renamed.with(|renamed| name.with_value(|n| renamed.as_ref() == Some(n)));
    let store = expect_context::<ScenarioStore>();
    let (about, notices) = untrack(|| about(&kept, day(store)));
    let kept = StoredValue::new(kept);
    view! {
        <li class="kept__row">
            <div class="kept__what">
                <Show
                    when=is_renamed
                    fallback=move || view! { <b class="kept__name">{name.get_value()}</b> }
                >
                    <Rename kept renamed />
                </Show>
                <span class="muted">{about}</span>
                {notices
                    .into_iter()
                    .map(|line| view! { <span class="side__notice">{line}</span> })
                    .collect_view()}
            </div>
            <Acts kept renamed />
        </li>
    }
}

/// A summary of its content, and the unreadable parts.
fn about(kept: &Kept, today: Date) -> (String, Vec<String>) {
    match &kept.read {
        Ok((scenario, notices)) => {
            let plan = evaluate(scenario, today);
            let about = say::about(&plan.demand, &verdict::label(&plan.verdict));
            (about, notices.clone())
        }
        Err(why) => (say::CANNOT_BE_READ.to_owned(), vec![why.clone()]),
    }
}

#[component]
fn Acts(kept: StoredValue<Kept>, renamed: RwSignal<Option<String>>) -> impl IntoView {
    let shelf = expect_context::<Shelf>();
    let sides = expect_context::<Sides>();
    let ways = Ways::new();
    let has_room = move || sides.with(|sides| sides.len() < MOST);
    let (name, is_read) = kept.with_value(|kept| (kept.name.clone(), kept.read.is_ok()));
    let [beside, open, rename, remove] = [say::put_beside, say::open, say::rename, say::remove]
        .map(|act| StoredValue::new(act(&name)));
    let fragment = move || kept.with_value(|kept| kept.fragment.clone());
    view! {
        <div class="kept__acts">
            <Show when=move || is_read>
                <Show when=has_room>
                    <a
                        class="button button--small"
                        href=move || ways.with(&fragment())
                        aria-label=beside.get_value()
                        on:click=|_| focus(HEADING)
                    >
                        {say::PUT_BESIDE}
                    </a>
                </Show>
                <a
                    class="button button--small"
                    href=move || ways.open(&fragment(), None)
                    aria-label=open.get_value()
                    title=say::OPEN_TITLE
                >
                    {say::OPEN}
                </a>
            </Show>
            <button
                class="button button--small"
                type="button"
                aria-label=rename.get_value()
                on:click=move |_| renamed.set(Some(kept.with_value(|kept| kept.name.clone())))
            >
                {say::RENAME}
            </button>
            <button
                class="button button--small"
                type="button"
                aria-label=remove.get_value()
                on:click=move |_| shelf.remove(kept.get_value())
            >
                {say::REMOVE}
            </button>
        </div>
    }
}

/// The name as a field: Enter takes it, Escape leaves it as it was.
#[component]
fn Rename(kept: StoredValue<Kept>, renamed: RwSignal<Option<String>>) -> impl IntoView {
    let shelf = expect_context::<Shelf>();
    let field = NodeRef::<Input>::new();
    let name = kept.with_value(|kept| kept.name.clone());
    let label = say::new_name(&name);
    // The field is there to be typed in.
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            drop(field.focus());
            field.select();
        }
    });
    let done = move || {
        renamed.set(None);
        focus("kept");
    };
    let take = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        let typed = field.get_untracked().map(|field| field.value());
        if kept.with_value(|kept| shelf.rename(kept, &typed.unwrap_or_default())) {
            done();
        }
    };
    view! {
        <form class="keep" on:submit=take autocomplete="off">
            <input
                class="keep__name"
                type="text"
                aria-label=label
                maxlength=LONGEST_NAME.to_string()
                value=name
                node_ref=field
                on:keydown=move |ev| {
                    if ev.key() == "Escape" {
                        done();
                    }
                }
            />
            <button class="button button--small" type="submit">
                {say::SAVE_NAME}
            </button>
        </form>
    }
}
