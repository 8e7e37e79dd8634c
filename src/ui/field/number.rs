//! A number with its unit and its message.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::super::icon::Icon;
use super::super::store::{Field, ScenarioStore};
use crate::scenario::number::grouped;
use crate::scenario::property::Spec;

/// Text that is being typed, void after the scenario was replaced.
#[derive(Clone, PartialEq)]
struct Draft {
    text: String,
    epoch: u32,
}

/// A labelled number input with a unit and a message.
///
/// The draft belongs to this component; the scenario only ever receives values
/// that parse and are in range. So the model never sees a half-typed number, and
/// a bad draft never erases the last good one.
#[component]
pub fn NumberField(
    /// Element id, also the test hook; the message gets `{id}-error`.
    id: String,
    /// Label, unit, range and help.
    spec: Spec,
    /// The property being edited.
    field: Field<Option<f64>>,
    /// Another unit than the table's.
    #[prop(optional, into)]
    unit: Option<Signal<String>>,
    /// Shown while an optional field is empty.
    #[prop(optional, into)]
    placeholder: Option<Signal<String>>,
    /// A contradiction with another field.
    #[prop(optional, into)]
    problem: Option<Signal<Option<String>>>,
    /// The label for screen readers only, where a row says it already.
    #[prop(optional, into)]
    hidden_label: Option<String>,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let draft = RwSignal::new(None::<Draft>);
    let current = move || draft.get().filter(|draft| draft.epoch == store.epoch.get());
    let unusable = Memo::new(move |_| current().and_then(|d| spec.parse(&d.text).err()));
    let shown = move || {
        let value = field.get.get();
        // A finished draft yields to a value that came from elsewhere.
        let draft = current().filter(|draft| match spec.parse(&draft.text) {
            Ok(typed) => typed == value,
            Err(_) => true,
        });
        draft.map_or_else(
            || value.map_or_else(String::new, grouped),
            |draft| draft.text,
        )
    };
    let message = Memo::new(move |_| match unusable.get() {
        Some(error) => {
            let value = field.get.get().map_or_else(|| "none".to_owned(), grouped);
            Some(format!(
                "{error}. Until then the last valid value, {value}, is used."
            ))
        }
        None => problem.and_then(|problem| problem.get()),
    });
    let own_id = StoredValue::new(id.clone());
    let mark = move |is_bad: bool| {
        store.invalid.update(|invalid| {
            own_id.with_value(|id| {
                if is_bad {
                    invalid.insert(id.clone())
                } else {
                    invalid.remove(id)
                }
            });
        });
    };
    on_cleanup(move || {
        // A removed row takes its message along.
        store
            .invalid
            .try_update(|invalid| own_id.try_with_value(|id| invalid.remove(id)));
    });
    let accept = move |text: String| {
        let parsed = spec.parse(&text);
        mark(parsed.is_err());
        draft.set(Some(Draft {
            text,
            epoch: store.epoch.get_untracked(),
        }));
        if let Ok(value) = parsed {
            field.set.run(value);
        }
    };
    let step = move |ev: KeyboardEvent| {
        let up = match ev.key().as_str() {
            "ArrowUp" => true,
            "ArrowDown" => false,
            _ => return,
        };
        if let Some(value) = field.get.get_untracked() {
            ev.prevent_default();
            accept(grouped(spec.step(value, up)));
        }
    };
    let error_id = format!("{id}-error");
    let described = format!("{id}-unit {id}-help {error_id}");
    let label_class = if hidden_label.is_some() {
        "hidden"
    } else {
        "field__label"
    };
    view! {
        <div class="field">
            <label class=label_class for=id.clone() title=spec.help>
                {hidden_label.unwrap_or_else(|| spec.label.to_owned())}
            </label>
            <span class="field__box">
                <input
                    id=id.clone()
                    data-key=spec.key
                    type="text"
                    inputmode="decimal"
                    autocomplete="off"
                    prop:value=shown
                    placeholder=move || placeholder.map(|text| text.get())
                    aria-invalid=move || message.with(Option::is_some).then_some("true")
                    aria-describedby=described
                    on:input:target=move |ev| accept(ev.target().value())
                    on:keydown=step
                    on:blur=move |_| {
                        if unusable.with_untracked(Option::is_none) {
                            draft.set(None);
                        }
                    }
                />
                <span class="field__unit" id=format!("{id}-unit")>
                    {move || unit.map_or_else(|| spec.unit.to_owned(), |unit| unit.get())}
                </span>
            </span>
            <span class="hidden" id=format!("{id}-help")>{spec.help}</span>
            <p class="field__error" id=error_id role="status">
                {move || message.get().map(|text| view! { <Icon name="alert" /><span>{text}</span> })}
            </p>
        </div>
    }
}
