//! Hears the form that was drawn when the page was built.
//!
//! An input carries its key in the table of numbers (`data-key`), and a row around it the
//! row's id. Everything else in the form waits for the page part.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement};

use super::browser::{Listener, all, document};
use super::{answer, desk, keep};
use crate::say::input;
use crate::scenario::Scenario;
use crate::scenario::number::{in_unit, meant};
use crate::scenario::property::{self, Number, Ranged};

thread_local! {
    static TYPED: RefCell<Vec<Typed>> = const { RefCell::new(Vec::new()) };
    static LISTENERS: RefCell<Vec<Listener>> = const { RefCell::new(Vec::new()) };
}

/// The text of a field, its meaning, and the meaning from before the typing.
struct Typed {
    id: String,
    text: String,
    meant: String,
    kept: String,
}

/// The drawn page.
const DRAWN: &str = "#still";

/// Hears every input of the drawn form.
pub(super) fn listen() {
    let Ok(Some(drawn)) = document().query_selector(DRAWN) else {
        return;
    };
    let typed = |event: Event| {
        if event.target().is_some_and(|target| take(&target)) {
            answer::show();
            keep::changed();
        }
    };
    let entered = |event: Event| {
        if let Some(input) = event.target().and_then(|at| at.dyn_into().ok()) {
            keep_meaning(&input);
        }
    };
    let heard = [
        Listener::new(&drawn, "input", typed),
        Listener::new(&drawn, "focusin", entered),
    ];
    LISTENERS.with_borrow_mut(|listeners| listeners.extend(heard));
}

/// Notes the value of a field when typing begins: it holds until the text can be read.
fn keep_meaning(input: &HtmlInputElement) {
    let id = input.id();
    let is_bad = desk::with(|desk| desk.invalid.contains(&id));
    TYPED.with_borrow_mut(|typed| {
        let field = typed.iter_mut().find(|field| field.id == id && !is_bad);
        if let Some(field) = field {
            field.kept.clone_from(&field.meant);
        }
    });
}

/// Stops listening to the inputs.
pub(super) fn stop() {
    LISTENERS.take();
}

/// Reads the texts typed before the program was loaded.
pub(super) fn take_typed() {
    for input in all(&document(), "#still input[data-key]") {
        let Some(input) = input.dyn_ref::<HtmlInputElement>() else {
            continue;
        };
        if input.value() != input.default_value() {
            take(input);
        }
    }
}

/// Takes the text of an input; false where it is not a number of the form.
fn take(target: &web_sys::EventTarget) -> bool {
    let Some(input) = target.dyn_ref::<HtmlInputElement>() else {
        return false;
    };
    // A slider moves its number, which `public/boot.js` has written by now.
    let input = if input.type_() == "range" {
        let field = input.closest(".field").ok().flatten();
        field.and_then(|field| field.query_selector("[data-key]").ok().flatten())
    } else {
        Some(input.clone().unchecked_into::<Element>())
    };
    let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) else {
        return false;
    };
    let Some(key) = input.get_attribute("data-key") else {
        return false;
    };
    let row = input.closest("[data-row]").ok().flatten();
    let row = row.and_then(|row| row.get_attribute("data-row")?.parse().ok());
    let (text, kept) = meant_by(&input);
    let mut refusal = None;
    desk::update(|desk| {
        let before = desk.scenario.clone();
        refusal = write(&mut desk.scenario, (row, &key), (&text, &kept)).err();
        if desk.scenario != before {
            desk.before.get_or_insert(before);
        }
        desk.invalid.retain(|id| *id != input.id());
        if refusal.is_some() {
            desk.invalid.push(input.id());
        }
    });
    say(&input, refusal.as_deref());
    true
}

/// Marks an input whose text cannot be used, and says why in the place for it.
fn say(input: &HtmlInputElement, refusal: Option<&str>) {
    let marked = match refusal {
        Some(_) => input.set_attribute("aria-invalid", "true"),
        None => input.remove_attribute("aria-invalid"),
    };
    marked.ok();
    let place = document().get_element_by_id(&(input.id() + "-error"));
    if let Some(place) = place {
        place.set_text_content(refusal);
    }
}

/// The meaning of the text in an input, and the meaning from before the typing.
fn meant_by(input: &HtmlInputElement) -> (String, String) {
    let text = input.value();
    let id = input.id();
    let unit = document().get_element_by_id(&(id.clone() + "-unit"));
    let unit = unit.and_then(|unit| unit.text_content());
    let unit = unit.unwrap_or_default();
    TYPED.with_borrow_mut(|typed| {
        let known = typed.iter().position(|field| field.id == id);
        let before = known.map(|index| typed.swap_remove(index));
        let before = before.unwrap_or_else(|| Typed {
            id,
            text: input.default_value(),
            meant: String::new(),
            kept: input.default_value(),
        });
        let now = meant(&before.text, &before.meant, &text);
        let now = in_unit(&now, &unit).unwrap_or(now);
        let kept = before.kept.clone();
        typed.push(Typed {
            text,
            meant: now.clone(),
            ..before
        });
        (now, kept)
    })
}

/// Writes a text into the property that a row and a key name, or the kept text where the new
/// one cannot be read.
fn write(
    scenario: &mut Scenario,
    (row, key): (Option<u32>, &str),
    texts: (&str, &str),
) -> Result<(), String> {
    if let Some(number) = find(property::SCENARIO, key) {
        return set(number, scenario, texts);
    }
    let row = row.unwrap_or_default();
    if let Some(number) = find(property::WORKLOAD, key)
        && let Some(workload) = scenario.workload_mut(row)
    {
        return set(number, workload, texts);
    }
    if let Some(number) = find(property::PROVIDER, key)
        && let Some(provider) = scenario.provider_mut(row)
    {
        return set(number, provider, texts);
    }
    Ok(())
}

fn find<S>(table: &'static [&'static Number<S>], key: &str) -> Option<&'static Number<S>> {
    table.iter().copied().find(|number| number.key == key)
}

fn set<S: Ranged>(
    number: &Number<S>,
    owner: &mut S,
    (text, kept): (&str, &str),
) -> Result<(), String> {
    let spec = number.spec();
    match (spec.read_typed(text), spec.read(kept)) {
        (Ok(entry), _) => {
            number.put(owner, entry);
            Ok(())
        }
        (Err(problem), kept) => {
            if let Ok(entry) = kept {
                number.put(owner, entry);
            }
            Err(input::refusal(&problem, (number.get)(owner)))
        }
    }
}
