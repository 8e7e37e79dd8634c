//! Name edited in place.

use leptos::prelude::*;

use super::super::store::Field;
use crate::scenario::link::LONGEST_NAME;

/// Name edited in place.
#[component]
pub(in crate::ui) fn NameField(
    /// Accessible name.
    #[prop(into)]
    label: Signal<String>,
    /// CSS class of the input.
    class: &'static str,
    /// Placeholder.
    #[prop(default = "")]
    placeholder: &'static str,
    /// Property being edited.
    field: Field<String>,
) -> impl IntoView {
    view! {
        <input
            class=class
            type="text"
            aria-label=label
            autocomplete="off"
            spellcheck="false"
            maxlength=LONGEST_NAME.to_string()
            placeholder=placeholder
            value=field.get.get_untracked()
            prop:value=field.get
            on:input:target=move |ev| field.set.run(ev.target().value())
        />
    }
}
