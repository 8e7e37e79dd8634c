//! Listener for the prerendered form.
//!
//! An input has its key in the table of numbers (`data-key`), and its row the row id. Plain digits
//! are read here; other texts wait for a [`Reader`], and everything else in the form for the page
//! part.

use std::cell::{Cell, RefCell};

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventTarget, HtmlInputElement};

use super::browser::{Listener, all, document};
use super::{answer, desk};
use crate::scenario::Scenario;
use crate::scenario::property::{self, Entry, Number, Ranged};

/// Reader of all typed texts.
#[derive(Clone, Copy)]
pub(super) struct Reader {
    /// Starts editing a field.
    pub enter: fn(&HtmlInputElement),
    /// Applies the text of a field at this place to the question.
    pub take: fn(&HtmlInputElement, &Place),
}

/// Place of a number in the scenario.
pub(super) struct Place {
    /// Id of the row, if any.
    row: Option<u32>,
    /// Key in the table of numbers.
    key: String,
}

/// Operation on a number found by its place.
pub(super) trait Use {
    /// Applies the operation.
    fn with<S: Ranged>(&mut self, number: &'static Number<S>, owner: &mut S);
}

thread_local! {
    static READER: Cell<Option<Reader>> = const { Cell::new(None) };
    static LISTENERS: RefCell<Vec<Listener>> = const { RefCell::new(Vec::new()) };
}

/// Selector of the prerendered page.
const DRAWN: &str = "#still";
/// Largest integer up to which doubles are exact.
const LARGEST: f64 = 9_007_199_254_740_992.0;

/// Sets the reader for further texts.
pub(super) fn read_with(reader: Reader) {
    READER.set(Some(reader));
}

/// Listens to every input of the prerendered form.
pub(super) fn listen() {
    let Ok(Some(drawn)) = document().query_selector(DRAWN) else {
        return;
    };
    let typed = |event: Event| {
        if event.target().is_some_and(|target| take(&target)) {
            answer::show();
            desk::changed();
        }
    };
    let entered = |event: Event| {
        let input = event.target().and_then(|at| at.dyn_into().ok());
        if let (Some(reader), Some(input)) = (READER.get(), input) {
            (reader.enter)(&input);
        }
    };
    let heard = [
        Listener::new(&drawn, "input", typed),
        Listener::new(&drawn, "focusin", entered),
    ];
    LISTENERS.with_borrow_mut(|listeners| listeners.extend(heard));
}

/// Stops listening.
pub(super) fn stop() {
    LISTENERS.take();
}

/// Reads texts typed before listening began; returns whether there are any.
pub(super) fn take_typed() -> bool {
    let mut is_typed = false;
    for input in all(&document(), "#still input[data-key]") {
        if let Some(input) = input.dyn_ref::<HtmlInputElement>()
            && input.value() != input.default_value()
        {
            is_typed |= take(input);
        }
    }
    is_typed
}

/// Applies the text of an input; `false` if it is not a number of the form, or unreadable so far.
fn take(target: &EventTarget) -> bool {
    let Some(input) = number_input(target) else {
        return false;
    };
    let Some(key) = input.get_attribute("data-key") else {
        return false;
    };
    let row = input.closest("[data-row]").ok().flatten();
    let row = row.and_then(|row| row.get_attribute("data-row")?.parse().ok());
    let place = Place { row, key };
    match READER.get() {
        Some(reader) => (reader.take)(&input, &place),
        None => return take_digits(&input.value(), &place),
    }
    true
}

/// Number input of an event: the target, or the one beside a slider.
fn number_input(target: &EventTarget) -> Option<HtmlInputElement> {
    let input = target.dyn_ref::<HtmlInputElement>()?;
    if input.type_() != "range" {
        return Some(input.clone());
    }
    // `public/boot.js` has already copied the slider's value.
    let field = input.closest(".field").ok()??;
    let input: Element = field.query_selector("[data-key]").ok()??;
    input.dyn_into().ok()
}

/// Applies plain digits; `false` for other texts and for values out of range.
fn take_digits(text: &str, place: &Place) -> bool {
    let Some(value) = whole(text) else {
        return false;
    };
    let mut put = Put {
        value,
        is_put: false,
    };
    desk::update(|desk| {
        let before = desk.scenario.clone();
        find(&mut desk.scenario, place, &mut put);
        if put.is_put {
            desk.before.get_or_insert(before);
        }
    });
    put.is_put
}

/// Whole number in digits, possibly with commas between groups of three.
fn whole(text: &str) -> Option<f64> {
    let is_grouped = text.contains(',');
    let mut number = 0.0;
    for (index, group) in text.split(',').enumerate() {
        let is_group = match index {
            0 => !group.is_empty() && !(is_grouped && (group.len() > 3 || group.starts_with('0'))),
            _ => group.len() == 3,
        };
        if !is_group {
            return None;
        }
        for digit in group.bytes() {
            let digit = digit.checked_sub(b'0').filter(|digit| *digit < 10)?;
            number = number * 10.0 + f64::from(digit);
        }
    }
    (number <= LARGEST).then_some(number)
}

struct Put {
    value: f64,
    is_put: bool,
}

impl Use for Put {
    fn with<S: Ranged>(&mut self, number: &'static Number<S>, owner: &mut S) {
        if let Ok(value) = number.spec().check(self.value) {
            let value = Some(value);
            number.put(owner, Entry { value, range: None });
            self.is_put = true;
        }
    }
}

/// Finds the number at a place and its owner, and applies an operation.
pub(super) fn find(scenario: &mut Scenario, place: &Place, of: &mut impl Use) {
    if let Some(number) = listed(property::SCENARIO, place) {
        return of.with(number, scenario);
    }
    let row = place.row.unwrap_or_default();
    if let Some(number) = listed(property::WORKLOAD, place)
        && let Some(workload) = scenario.workload_mut(row)
    {
        return of.with(number, workload);
    }
    if let Some(number) = listed(property::PROVIDER, place)
        && let Some(provider) = scenario.provider_mut(row)
    {
        of.with(number, provider);
    }
}

fn listed<S>(table: &'static [&'static Number<S>], place: &Place) -> Option<&'static Number<S>> {
    table.iter().copied().find(|number| number.key == place.key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_read_and_every_other_text_waits() {
        let read = [
            ("0", 0.0),
            ("60000", 60_000.0),
            ("007", 7.0),
            ("450,000", 450_000.0),
        ];
        for (text, value) in read.into_iter().chain([("1,234,567", 1_234_567.0)]) {
            assert_eq!(whole(text), Some(value), "{text}");
        }
        for text in [
            "", ",", " 5", "5k", "1,5", "1,2345", "1000,000", "0,500", ",500", "12.500", "-1",
            "1e3",
        ] {
            assert_eq!(whole(text), None, "{text}");
        }
        assert_eq!(whole(&"9".repeat(16)), None);
    }
}
