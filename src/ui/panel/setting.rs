//! Settings of the scenario as fields: its numbers and its choices.

use leptos::prelude::*;

use super::super::field::{NumberField, SelectField};
use super::super::store::{Field, ScenarioStore};
use crate::scenario::Scenario;
use crate::scenario::property::{Choice, Number};

/// A choice of the scenario, as the lens of its word.
pub(super) fn chosen(store: ScenarioStore, choice: &'static Choice<Scenario>) -> Field<String> {
    let write = move |word: String| {
        store.edit(choice.key, |scenario| drop(choice.read(scenario, &word)));
    };
    let get = store.slice(move |scenario| (choice.get)(scenario).unwrap_or_default());
    Field {
        get: get.into(),
        set: Callback::new(write),
    }
}

/// The words of a choice with their labels.
pub(super) fn choices<S>(choice: &Choice<S>) -> Vec<(String, String)> {
    let words = (choice.words)().into_iter();
    words
        .map(|word| (word.key.to_owned(), word.name.to_owned()))
        .collect()
}

/// A choice of the scenario as a field.
#[component]
pub(in crate::ui) fn Chosen(
    /// Which.
    choice: &'static Choice<Scenario>,
    /// The words with their labels, where they differ from the table.
    #[prop(optional, into)]
    words: Option<Signal<Vec<(String, String)>>>,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    view! {
        <SelectField
            id=format!("s-{}", choice.key)
            label=choice.label
            choices=words.unwrap_or_else(|| Signal::stored(choices(choice)))
            field=chosen(store, choice)
        />
    }
}

/// A number of the scenario as a field.
#[component]
pub(in crate::ui) fn Setting(
    /// Which.
    number: &'static Number<Scenario>,
    /// Shown while it is empty.
    #[prop(optional, into)]
    placeholder: Option<Signal<String>>,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    view! {
        <NumberField
            id=format!("s-{}", number.key)
            spec=number.spec()
            field=store.number(number)
            placeholder=placeholder.unwrap_or_else(|| Signal::stored(String::new()))
            problem=store.problem(number.key)
        />
    }
}
