//! What happens on the day, what it must keep, and named days.

use leptos::prelude::*;

use super::super::field::SelectField;
use super::super::icon::Icon;
use super::super::panel::Setting;
use super::super::store::{Field, ScenarioStore};
use crate::say;
use crate::say::page::day as page;
use crate::scenario::happening::{self, Happening, HappeningKind};
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
                <div class="day__goals">{goals.into_iter().collect_view()}</div>
                <h3>{page::EXAMPLES}</h3>
                <ul class="day__examples">{examples.into_iter().collect_view()}</ul>
            </div>
        </div>
    }
}

/// Changes the list in the scenario, as one step to undo.
fn write(store: ScenarioStore, change: impl FnOnce(&mut Vec<Happening>)) {
    store.edit("", |scenario| {
        let mut list = scenario.day.happenings();
        change(&mut list);
        let texts: Vec<String> = list.iter().map(ToString::to_string).collect();
        scenario.day.happens = (!texts.is_empty()).then(|| texts.join(","));
    });
}

/// What is typed into the form of a new event.
#[derive(Clone, Copy)]
struct Draft {
    kind: RwSignal<String>,
    from: RwSignal<String>,
    to: RwSignal<String>,
    what: RwSignal<String>,
}

impl Draft {
    fn text(self) -> String {
        let [kind, from, to, what] =
            [self.kind, self.from, self.to, self.what].map(|part| part.get_untracked());
        let end = |mark: &str, part: &str| match part.trim() {
            "" => String::new(),
            part => format!("{mark}{part}"),
        };
        format!("{kind}/{}{}{}", from.trim(), end("-", &to), end(":", &what))
    }
}

#[component]
fn AddEvent() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let text = |text: &str| RwSignal::new(text.to_owned());
    let draft = Draft {
        kind: text(HappeningKind::Spike.key()),
        from: text("12:00"),
        to: text("12:30"),
        what: text("3"),
    };
    let is_refused = RwSignal::new(false);
    let add = move || {
        let read = happening::parse(&draft.text());
        is_refused.set(read.is_err());
        if let Ok(happening) = read {
            write(store, |list| list.push(happening));
        }
    };
    let kinds = HappeningKind::ALL.map(|kind| {
        let name = say::day::happening_kind(kind).to_owned();
        (kind.key().to_owned(), name)
    });
    let choose = move |word: String| {
        let kind = HappeningKind::parse(&word);
        let what = match kind {
            Some(HappeningKind::Spike) => "3".to_owned(),
            Some(HappeningKind::ProviderFails | HappeningKind::ProviderHangs) => {
                untrack(|| store.with(|scenario| scenario.target_ids().swap_remove(0)))
            }
            _ => String::new(),
        };
        draft.what.set(what);
        draft.kind.set(word);
    };
    let field = Field {
        get: draft.kind.into(),
        set: Callback::new(choose),
    };
    let message = move || is_refused.get().then_some(page::CANNOT_ADD);
    view! {
        <form
            class="day__add"
            autocomplete="off"
            on:submit=move |ev| {
                ev.prevent_default();
                add();
            }
        >
            <SelectField
                id="event-kind".to_owned()
                label=page::KIND
                choices=Signal::stored(kinds.to_vec())
                field
            />
            {part("event-from", page::FROM, draft.from)}
            {part("event-to", page::TO, draft.to)}
            {part("event-of", page::OF, draft.what)}
            <button class="button" type="submit">
                {page::ADD}
            </button>
            <p class="field__error" role="status">
                {message}
            </p>
        </form>
    }
}

fn part(id: &'static str, label: &'static str, text: RwSignal<String>) -> impl IntoView {
    view! {
        <div class="field">
            <label class="field__label" for=id title=page::OF_HINT>
                {label}
            </label>
            <span class="field__box">
                <input
                    id=id
                    type="text"
                    prop:value=text
                    on:input:target=move |ev| text.set(ev.target().value())
                />
            </span>
        </div>
    }
}
