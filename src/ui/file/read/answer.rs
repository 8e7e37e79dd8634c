//! Result of reading a text or a usage export, against the scenario.

use leptos::prelude::*;

use super::super::super::measured::UsageAnswer;
use super::asked::Asked;
use super::differ::{Differences, Direction};
use super::entry::Problem;
use super::files::read_all;
use super::found::{self, Found};
use super::incoming::Incoming;
use crate::catalog::date::Date;
use crate::compare::{Comparison, Side, compare};
use crate::import::{self, Reading, Unreadable};
use crate::say::page::{file as say, traffic};
use crate::scenario::{Scenario, link};

/// Reading of a text, if any.
type Answer = Option<Result<Reading, Unreadable>>;

/// Contents of the dialog below its field, as provided by the program part.
pub(in crate::ui) fn view(asked: Asked) -> AnyView {
    let Asked {
        incoming,
        scenario,
        link,
        today,
        on_replace,
        on_taken,
    } = asked;
    read_all(incoming);
    let answer = answered(incoming, scenario, today);
    let take = move |()| {
        if let Some(Ok(reading)) = answer.get_untracked() {
            on_taken.run(say::taken(&found::names(&reading.kinds)));
            on_replace.run(reading.scenario);
        }
    };
    let take_traffic = move |()| on_taken.run(traffic::TAKEN.to_owned());
    view! {
        <UsageAnswer usage=incoming.usage on_take=Callback::new(take_traffic) />
        {move || match answer.get() {
            None => ().into_any(),
            Some(Err(problem)) => view! { <Problem problem incoming /> }.into_any(),
            Some(Ok(reading)) => {
                view! { <Answered reading scenario link today on_use=take /> }.into_any()
            }
        }}
    }
    .into_any()
}

/// Reading of the text over the scenario, while the dialog is open.
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

/// Reading, differences, and the button that applies it.
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

/// Differences in the requested direction; both links are on this page.
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
