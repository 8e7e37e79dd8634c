//! Parses the texts of the prerendered form, in all notations of numbers.

use std::cell::RefCell;

use web_sys::HtmlInputElement;

use super::super::browser::document;
use super::super::desk;
use super::super::form::{self, Place, Reader, Use};
use crate::say::input;
use crate::scenario::number::{in_unit, meant};
use crate::scenario::property::{Number, Ranged};

/// Reader of this part.
pub(super) const READER: Reader = Reader {
    enter: keep_meaning,
    take,
};

thread_local! {
    static TYPED: RefCell<Vec<Typed>> = const { RefCell::new(Vec::new()) };
}

/// Text of a field, its meaning, and the meaning before typing.
struct Typed {
    id: String,
    text: String,
    meant: String,
    kept: String,
}

/// Stores the value of a field when typing begins: it applies until the text can be read.
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

/// Applies the text of an input, or shows why it is unusable.
fn take(input: &HtmlInputElement, place: &Place) {
    let (text, kept) = meant_by(input);
    let mut write = Write {
        text: &text,
        kept: &kept,
        refusal: None,
    };
    desk::update(|desk| {
        let before = desk.scenario.clone();
        form::find(&mut desk.scenario, place, &mut write);
        if desk.scenario != before {
            desk.before.get_or_insert(before);
        }
        desk.invalid.retain(|id| *id != input.id());
        if write.refusal.is_some() {
            desk.invalid.push(input.id());
        }
    });
    say(input, write.refusal.as_deref());
}

/// Marks an input with unusable text and shows the reason.
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

/// Meaning of an input's text, and the meaning before typing.
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

/// Operation that writes a text into a number, or the stored one if the text is unreadable.
struct Write<'a> {
    text: &'a str,
    kept: &'a str,
    refusal: Option<String>,
}

impl Use for Write<'_> {
    fn with<S: Ranged>(&mut self, number: &'static Number<S>, owner: &mut S) {
        let spec = number.spec();
        match (spec.read_typed(self.text), spec.read(self.kept)) {
            (Ok(entry), _) => number.put(owner, entry),
            (Err(problem), kept) => {
                if let Ok(entry) = kept {
                    number.put(owner, entry);
                }
                self.refusal = Some(input::refusal(&problem, (number.get)(owner)));
            }
        }
    }
}
