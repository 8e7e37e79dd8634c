//! Pasted or dropped text: its kind, its changes, and the differences in the files.

mod differ;
mod entry;
mod found;
mod incoming;
mod listed;

use std::time::Duration;

use crate::catalog::date::Date;
use leptos::html::Dialog;
use leptos::prelude::*;

use super::super::embed::show_modal;
use super::super::icon::Icon;
use super::super::measured::UsageAnswer;
use crate::compare::{Comparison, Side, compare};
use crate::import::{self, Reading};
use crate::say::page::{file as say, traffic};
use crate::scenario::{Scenario, link};
use differ::{Differences, Direction};
use entry::{Entry, Problem};
use found::Found;
pub(super) use incoming::Incoming;

/// How long it is said that something was taken over.
const TOLD: Duration = Duration::from_secs(10);

/// The reading of a text, once there is one.
type Answer = Option<Result<Reading, import::Unreadable>>;

/// A dialog that takes a text and lays it beside the scenario. Nothing changes until
/// the reader says so, and then it can be undone.
#[component]
pub(super) fn ReadBack(
    /// The text, and whether the dialog is open.
    incoming: Incoming,
    /// The current scenario.
    scenario: Signal<Scenario>,
    /// Its link.
    link: Signal<String>,
    /// The day both are judged on.
    today: Signal<Date>,
    /// Puts the scenario that was read in the place of the one here.
    on_replace: Callback<Scenario>,
) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    keep_in_step(dialog, incoming);
    incoming.fall_back();
    let answer = answered(incoming, scenario, today);
    let told = RwSignal::new(String::new());
    let take = move |()| {
        if let Some(Ok(reading)) = answer.get_untracked() {
            told.set(say::taken(&found::names(&reading.kinds)));
            incoming.close();
            on_replace.run(reading.scenario);
            set_timeout(move || told.set(String::new()), TOLD);
        }
    };
    let told_traffic = move |()| {
        told.set(traffic::TAKEN.to_owned());
        incoming.close();
        set_timeout(move || told.set(String::new()), TOLD);
    };
    view! {
        <p class="read__told" role="status">
            {told}
        </p>
        <dialog
            class="read"
            aria-labelledby="read"
            node_ref=dialog
            on:close=move |_| incoming.close()
            on:dragover=move |ev| ev.prevent_default()
            on:drop=move |ev| incoming.take_drop(&ev)
        >
            <div class="read__head">
                <h2 id="read">{say::READ_TITLE}</h2>
                <button
                    class="button button--quiet button--icon"
                    type="button"
                    aria-label=say::CLOSE
                    on:click=move |_| incoming.close()
                >
                    <Icon name="cross" />
                </button>
            </div>
            <Entry incoming />
            <UsageAnswer usage=incoming.usage on_take=Callback::new(told_traffic) />
            {move || match answer.get() {
                None => ().into_any(),
                Some(Err(problem)) => view! { <Problem problem incoming /> }.into_any(),
                Some(Ok(reading)) => {
                    view! { <Answered reading scenario link today on_use=take /> }.into_any()
                }
            }}
        </dialog>
    }
}

/// What the text says, laid over the scenario, once the dialog is open.
fn answered(incoming: Incoming, scenario: Signal<Scenario>, today: Signal<Date>) -> Memo<Answer> {
    Memo::new(move |_| {
        let (text, refused) = (incoming.text.get(), incoming.refused.get());
        if !incoming.is_open.get() {
            return None;
        }
        if let Some(why) = refused {
            return Some(Err(why));
        }
        let asked: Vec<String> = incoming.object.get().into_iter().collect();
        let read = |here: &Scenario| import::read_object(&text, here, today.get(), &asked);
        (!text.trim().is_empty()).then(|| scenario.with(read))
    })
}

/// A modal dialog is opened by a call on the page, not by an attribute.
fn keep_in_step(dialog: NodeRef<Dialog>, incoming: Incoming) {
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        if incoming.is_open.get() && !dialog.open() {
            show_modal(&dialog);
        } else if !incoming.is_open.get() && dialog.open() {
            dialog.close();
        }
    });
}

/// The reading, the differences, and the button that applies it.
#[component]
fn Answered(
    reading: Reading,
    scenario: Signal<Scenario>,
    link: Signal<String>,
    today: Signal<Date>,
    #[prop(into)] on_use: Callback<()>,
) -> impl IntoView {
    let there = StoredValue::new(reading.scenario.clone());
    let direction = RwSignal::new(Direction::ToHere);
    let compared = Memo::new(move |_| {
        let here = scenario.get();
        there.with_value(|there| compared(direction.get(), &here, there, &link.get(), today.get()))
    });
    let is_same = Memo::new(move |_| compared.with(|compared| compared.inputs.is_empty()));
    view! {
        <Found reading is_same on_use />
        <Differences compared direction />
    }
}

/// Both sides in the order asked for; the other's link is on the same page.
fn compared(
    direction: Direction,
    here: &Scenario,
    there: &Scenario,
    address: &str,
    today: Date,
) -> Comparison {
    let page = address.split('#').next().unwrap_or_default();
    let other = format!("{page}#{}", link::to_fragment(there));
    let here = Side {
        scenario: here,
        link: address,
    };
    let there = Side {
        scenario: there,
        link: &other,
    };
    match direction {
        Direction::ToHere => compare(&there, &here, today),
        Direction::FromHere => compare(&here, &there, today),
    }
}
