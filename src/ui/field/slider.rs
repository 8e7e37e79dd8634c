//! Slider next to its number.

use leptos::prelude::*;

use super::draft::Draft;
use crate::say::page::panel as say;
use crate::scenario::number::grouped;
use crate::scenario::property::Slide;

/// Slider for trying values of the number field above it. Both write through one draft, so they
/// never disagree.
pub(super) fn slider(slide: Slide, draft: &Draft, described: String) -> impl IntoView + use<> {
    let draft = *draft;
    let value = move || draft.value().to_string();
    let said = move || {
        let value = draft.value();
        let is_beyond = value < slide.low || slide.high < value;
        say::slid(&grouped(value), draft.spec.unit, is_beyond)
    };
    // Bounds come before the value, which the browser would otherwise limit to 0–100.
    view! {
        <input
            class="field__slide"
            type="range"
            min=slide.low
            max=slide.high
            step=slide.step
            value=untrack(value) // for the page that is drawn ahead
            prop:value=value
            autocomplete="off"
            // The number above it takes the keys; a second stop for each would double the way.
            tabindex="-1"
            aria-label=say::coarse(draft.spec.label)
            aria-valuetext=said
            aria-describedby=described
            on:input:target=move |ev| draft.accept(ev.target().value())
            on:change=move |_| draft.finish()
        />
    }
}
