//! Number with unit and message.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::super::icon::Icon;
use super::super::mark::mark;
use super::super::store::Field;
use super::draft::Draft;
use super::slider::slider;
use crate::scenario::property::{Entry, Spec, help};

/// Labelled number input with unit and message.
#[component]
pub fn NumberField(
    /// Element id, also used by tests; the message has the id `{id}-error`.
    id: String,
    /// Label, unit, range and help.
    spec: Spec,
    /// Property being edited.
    field: Field<Entry>,
    /// Unit, if different from the table's.
    #[prop(optional, into)]
    unit: Option<Signal<String>>,
    /// Placeholder of an empty optional field.
    #[prop(optional, into)]
    placeholder: Option<Signal<String>>,
    /// Contradiction with another field.
    #[prop(optional, into)]
    problem: Option<Signal<Option<String>>>,
    /// Label for screen readers only, if the row already shows it.
    #[prop(optional, into)]
    hidden_label: Option<String>,
) -> impl IntoView {
    let draft = Draft::new(spec, field, unit, id.clone());
    let contradiction = move || problem.and_then(|problem| problem.get());
    let message = Memo::new(move |_| draft.message().or_else(contradiction));
    let step = move |ev: KeyboardEvent| match ev.key().as_str() {
        key @ ("ArrowUp" | "ArrowDown") if draft.step(key == "ArrowUp") => ev.prevent_default(),
        _ => {}
    };
    let [unit_id, help_id, error_id] = ["unit", "help", "error"].map(|end| format!("{id}-{end}"));
    let described = format!("{unit_id} {help_id} {error_id}");
    let beside = spec
        .slide
        .map(|slide| slider(slide, &draft, format!("{help_id} {error_id}")));
    let measured = mark(id.clone(), move || field.get.get().value);
    let label_class = hidden_label.as_ref().map_or("field__label", |_| "hidden");
    view! {
        <div class="field">
            <label class=label_class for=id.clone() title=help(spec.key)>
                {hidden_label.unwrap_or_else(|| spec.label.to_owned())}
            </label>
            <span class="field__box">
                <input
                    id=id
                    data-key=spec.key
                    data-long=move || draft.is_long().then_some("")
                    type="text"
                    inputmode="decimal"
                    autocomplete="off"
                    value=untrack(|| draft.shown()) // for the page that is drawn ahead
                    prop:value=move || draft.shown()
                    placeholder=move || placeholder.map(|text| text.get())
                    aria-invalid=move || message.with(Option::is_some).then_some("true")
                    aria-describedby=described
                    on:input:target=move |ev| draft.accept(ev.target().value())
                    on:focus=move |_| draft.begin()
                    on:keydown=step
                    on:blur=move |_| draft.finish()
                />
                <span class="field__unit" id=unit_id>
                    {move || shown_unit(unit, &spec)}
                </span>
            </span>
            {measured} {beside}
            <span class="hidden" id=help_id>
                {help(spec.key)}
            </span>
            <Message id=error_id text=message />
        </div>
    }
}

/// Unit next to a field; an empty text would be prerendered as a space.
fn shown_unit(unit: Option<Signal<String>>, spec: &Spec) -> Option<String> {
    let unit = unit.map_or_else(|| spec.unit.to_owned(), |unit| unit.get());
    (!unit.is_empty()).then_some(unit)
}

/// Error of a field; in the page from the start, so that screen readers announce it.
#[component]
pub(in crate::ui) fn Message(id: String, text: Memo<Option<String>>) -> impl IntoView {
    let content = |text| {
        view! {
            <Icon name="alert" />
            <span>{text}</span>
        }
    };
    view! {
        <p class="field__error" id=id role="status">
            {move || text.get().map(content)}
        </p>
    }
}
