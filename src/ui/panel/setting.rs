//! Scenario settings as fields: numbers and choices.

use leptos::prelude::*;

use super::super::field::{NumberField, SelectField};
use super::super::store::{Field, ScenarioStore};
use crate::scenario::Scenario;
use crate::scenario::property::{Choice, Number};

/// Lens on a choice of the scenario, by key.
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

/// Options of a choice with labels.
pub(super) fn choices<S>(choice: &Choice<S>) -> Vec<(String, String)> {
    let words = (choice.words)().into_iter();
    words
        .map(|word| (word.key.to_owned(), word.name.to_owned()))
        .collect()
}

/// Choice of the scenario as a field.
#[component]
pub(in crate::ui) fn Chosen(
    /// Choice being edited.
    choice: &'static Choice<Scenario>,
    /// Options with labels, if different from the table's.
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

/// Number of the scenario as a field.
#[component]
pub(in crate::ui) fn Setting(
    /// Number being edited.
    number: &'static Number<Scenario>,
    /// Placeholder.
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
