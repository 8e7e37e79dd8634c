//! A name, typed in place.

use leptos::prelude::*;

use super::super::store::Field;
use crate::scenario::link::LONGEST_NAME;

/// A name that is edited where it stands.
#[component]
pub(in crate::ui) fn NameField(
    /// Accessible name.
    #[prop(into)]
    label: Signal<String>,
    /// Class of the input.
    class: &'static str,
    /// Shown while it is empty.
    #[prop(default = "")]
    placeholder: &'static str,
    /// The property being edited.
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
