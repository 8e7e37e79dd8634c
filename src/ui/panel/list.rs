//! List typed as text.

use leptos::prelude::*;

use super::super::field::Message;
use super::super::store::ScenarioStore;
use super::setting::chosen;
use crate::say::input::options;
use crate::say::page::panel as say;
use crate::scenario::Scenario;
use crate::scenario::property::{Choice, help};

/// Labelled text input for a choice with a list; read on leaving the field.
#[component]
pub(super) fn Listed(
    /// Choice being edited.
    choice: &'static Choice<Scenario>,
    /// Placeholder.
    placeholder: &'static str,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let field = chosen(store, choice);
    // Unreadable text, discarded when the scenario is replaced.
    let refused = RwSignal::new(None::<(String, u32)>);
    let bad = move || {
        let epoch = store.epoch.get();
        refused.get().filter(|(_, then)| *then == epoch)
    };
    let message = Memo::new(move |_| bad().map(|_| say::enter(&options(&choice.options()))));
    let shown = move || bad().map_or_else(|| field.get.get(), |(text, _)| text);
    let accept = move |text: String| {
        let text: String = text.split_whitespace().collect();
        if choice.read(&mut Scenario::default(), &text).is_ok() {
            refused.set(None);
            field.set.run(text);
        } else {
            refused.set(Some((text, store.epoch.get_untracked())));
        }
    };
    let id = format!("s-{}", choice.key);
    let [help_id, error_id] = ["help", "error"].map(|end| format!("{id}-{end}"));
    view! {
        <div class="field">
            <label class="field__label" for=id.clone() title=help(choice.key)>
                {choice.label}
            </label>
            <span class="field__box">
                <input
                    id=id
                    type="text"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    placeholder=placeholder
                    data-long=""
                    value=untrack(shown)
                    prop:value=shown
                    aria-invalid=move || message.with(Option::is_some).then_some("true")
                    aria-describedby=format!("{help_id} {error_id}")
                    on:change:target=move |ev| accept(ev.target().value())
                />
            </span>
            <span class="hidden" id=help_id>
                {help(choice.key)}
            </span>
            <Message id=error_id text=message />
        </div>
    }
}
