//! Form that adds an event to the day.

use leptos::prelude::*;

use super::super::field::SelectField;
use super::super::store::{Field, ScenarioStore};
use crate::say;
use crate::say::page::day as page;
use crate::scenario::happening::{self, Happening, HappeningKind};

/// Changes the scenario's list of events, as one undo step.
pub(super) fn write(store: ScenarioStore, change: impl FnOnce(&mut Vec<Happening>)) {
    store.edit("", |scenario| {
        let mut list = scenario.day.happenings();
        change(&mut list);
        let texts: Vec<String> = list.iter().map(ToString::to_string).collect();
        scenario.day.happens = (!texts.is_empty()).then(|| texts.join(","));
    });
}

/// State of the form for a new event.
#[derive(Clone, Copy)]
struct Draft {
    kind: RwSignal<String>,
    from: RwSignal<String>,
    to: RwSignal<String>,
    what: RwSignal<String>,
    by: RwSignal<String>,
}

impl Draft {
    fn text(self) -> String {
        let parts = [self.kind, self.from, self.to, self.what, self.by];
        let [kind, from, to, what, by] = parts.map(|part| part.get_untracked());
        let end = |mark: &str, part: &str| match part.trim() {
            "" => String::new(),
            part => format!("{mark}{part}"),
        };
        let of = end(":", &what) + &end(":", &by);
        format!("{kind}/{}{}{of}", from.trim(), end("-", &to))
    }

    /// Switches to another kind of event, at the first possible target.
    fn choose(self, store: ScenarioStore, word: String) {
        let kind = HappeningKind::parse(&word);
        let what = match kind {
            Some(HappeningKind::Spike) => "3".to_owned(),
            Some(kind) if kind.is_of_provider() => {
                untrack(|| store.with(|scenario| scenario.target_ids().swap_remove(0)))
            }
            _ => String::new(),
        };
        self.what.set(what);
        let usual = kind.and_then(HappeningKind::usual).unwrap_or_default();
        self.by.set(usual.to_owned());
        self.kind.set(word);
    }
}

/// Form for a new event.
#[component]
pub(super) fn AddEvent() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let text = |text: &str| RwSignal::new(text.to_owned());
    let draft = Draft {
        kind: text(HappeningKind::Spike.key()),
        from: text("12:00"),
        to: text("12:30"),
        what: text("3"),
        by: text(""),
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
    let choose = move |word: String| draft.choose(store, word);
    let field = Field {
        get: draft.kind.into(),
        set: Callback::new(choose),
    };
    let kind = Memo::new(move |_| HappeningKind::parse(&draft.kind.get()));
    let part_of = move || {
        let label = kind.get().and_then(page::of);
        label.map(|label| part("event-of", label, draft.what))
    };
    let by = move || {
        let label = kind.get().and_then(page::by);
        label.map(|label| part("event-by", label, draft.by))
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
            {part_of} {by}
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
