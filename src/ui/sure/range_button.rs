//! Range button: added to the field being edited, so that no other field, and no page without this
//! part, has one.

use std::cell::RefCell;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventTarget, HtmlInputElement};

use crate::first::browser::Listener;
use crate::say::page::sure as say;
use crate::scenario::guess::around;
use crate::scenario::number;
use crate::scenario::property::{PROVIDER, SCENARIO, Spec, WORKLOAD};

thread_local! {
    static LISTENERS: RefCell<Vec<Listener>> = const { RefCell::new(Vec::new()) };
}

/// CSS class of the button.
const CLASS: &str = "field__range";

/// Shows the button in each number field while edited.
pub(in crate::ui) fn offer_ranges() {
    let focused = |event: Event| {
        if let Some(target) = event.target() {
            show(&target);
        }
    };
    let listener = Listener::new(&document(), "focusin", focused);
    LISTENERS.set(vec![listener]);
}

fn show(target: &EventTarget) {
    let Some(focused) = target.dyn_ref::<Element>() else {
        return;
    };
    if focused.class_name() == CLASS {
        return;
    }
    if let Ok(Some(old)) = document().query_selector("button.field__range") {
        old.remove();
    }
    let Some(input) = focused.dyn_ref::<HtmlInputElement>() else {
        return;
    };
    let spec = input.get_attribute("data-key").and_then(|key| spec(&key));
    let spec = spec.filter(Spec::takes_range);
    if let (Some(spec), Ok(Some(place))) = (spec, input.closest(".field__box")) {
        add(&place, input.clone(), spec);
    }
}

/// Specification of the number with this key, in any part of a scenario.
fn spec(key: &str) -> Option<Spec> {
    let all = SCENARIO.iter().map(|number| number.spec());
    let all = all.chain(WORKLOAD.iter().map(|number| number.spec()));
    let mut all = all.chain(PROVIDER.iter().map(|number| number.spec()));
    all.find(|spec| spec.key == key)
}

fn add(place: &Element, input: HtmlInputElement, spec: Spec) {
    let Ok(button) = document().create_element("button") else {
        return;
    };
    let (label, title) = (say::range_of(spec.label), say::notation(spec.key));
    let attributes = [
        ("class", CLASS),
        ("type", "button"),
        ("title", title.as_str()),
        ("aria-label", &label),
    ];
    for (name, value) in attributes {
        drop(button.set_attribute(name, value));
    }
    button.set_text_content(Some("±"));
    let pressed = Listener::new(&button, "click", move |_| turn(&input, &spec));
    LISTENERS.with_borrow_mut(|listeners| {
        listeners.truncate(1);
        listeners.push(pressed);
    });
    drop(place.append_child(&button));
}

/// Adds a range to the number of a field, or replaces the range by its point.
fn turn(input: &HtmlInputElement, spec: &Spec) {
    let Ok(entry) = spec.read(&input.value()) else {
        return;
    };
    let text = match (entry.range, entry.value) {
        (Some(_), Some(point)) => Some(number::grouped(point)),
        (None, Some(value)) => around(spec, value).map(|range| range.shown()),
        _ => None,
    };
    if let Some(text) = text {
        input.set_value(&text);
        let event = web_sys::Event::new("input");
        if let Ok(event) = event {
            drop(input.dispatch_event(&event));
        }
    }
    drop(input.focus());
}
