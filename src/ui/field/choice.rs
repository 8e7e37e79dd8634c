//! Choice of one word among several.

use leptos::prelude::*;

use super::super::store::Field;

/// Value with its label.
pub(in crate::ui) type Choice = (String, String);

/// Labelled select.
#[component]
pub(in crate::ui) fn SelectField(
    /// Element id.
    id: String,
    /// Visible label.
    #[prop(into)]
    label: String,
    /// Values with labels.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// Property being edited.
    field: Field<String>,
) -> impl IntoView {
    let options = move || {
        let chosen = field.get.get();
        let mut choices = choices.get();
        // A link may have a value missing from the table, which must stay visible.
        if !choices.iter().any(|(value, _)| *value == chosen) {
            choices.push((chosen.clone(), chosen.clone()));
        }
        choices
            .into_iter()
            .map(|(value, words)| {
                let selected = value == chosen;
                view! {
                    <option value=value selected=selected prop:selected=selected>
                        {words}
                    </option>
                }
            })
            .collect_view()
    };
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>
                {label}
            </label>
            <span class="field__box">
                <select
                    id=id
                    autocomplete="off"
                    on:change:target=move |ev| field.set.run(ev.target().value())
                >
                    {options}
                </select>
            </span>
        </div>
    }
}

/// Radio buttons drawn as one control.
#[component]
pub(in crate::ui) fn Segments(
    /// Name of the group, for the form and for screen readers.
    name: &'static str,
    /// Label of the group.
    label: &'static str,
    /// Values with labels.
    choices: Vec<(&'static str, &'static str)>,
    /// Property being edited.
    field: Field<String>,
) -> impl IntoView {
    let items = choices
        .into_iter()
        .map(|(value, words)| {
            view! {
                <label class="segments__item">
                    <input
                        type="radio"
                        name=name
                        value=value
                        checked=field.get.get_untracked() == value
                        prop:checked=move || field.get.get() == value
                        on:change=move |_| field.set.run(value.to_owned())
                    />
                    {words}
                </label>
            }
        })
        .collect_view();
    view! {
        <div role="radiogroup" aria-label=label>
            <div class="segments segments--wide">{items}</div>
        </div>
    }
}
