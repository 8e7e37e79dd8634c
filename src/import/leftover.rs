//! Parts of a document outside the model.

use std::collections::BTreeSet;

use serde_json::Value;

use super::fact::Facts;
use super::lines::Document;
use super::placeholder::{self, is_template};
use super::reading::Leftover;
use super::schema;
use super::told::{collect, is_secret, told};
use super::typed;
use super::value::at;

/// Maximum number of places reported individually.
const MOST: usize = 1_000;
const NOT_MODELLED: &str = "is not part of the model and stays as you have it";
const ALIKE: &str = "is as in the calculator's own file";
const NAMES: &str = "names the object, and the calculator has names of its own";
const NOTHING: &str = "has no value, which is as if it were not there";
const STATUS: &str = "is what the cluster reports, and nobody's setting";

/// Parts not understood, and separately those that our own document has too.
pub(super) fn leftovers(
    document: &Document,
    own: Option<&Value>,
    facts: &Facts,
) -> (Vec<Leftover>, Vec<Leftover>) {
    let mut found = Found::default();
    for (place, why) in &facts.unused {
        found.left.push(told(document, place, why));
    }
    let mut places = Vec::new();
    collect(&document.value, own, "", &mut places);
    let unused = facts.unused.iter().map(|(path, _)| path);
    let known: BTreeSet<&str> = facts
        .understood
        .iter()
        .chain(unused)
        .map(String::as_str)
        .collect();
    // A field unknown to the API is reported even within a reported object.
    let is_unknown = |place: &str| {
        let is_inside = place.starts_with("spec.");
        is_inside && schema::no_field(&document.value, place).is_some()
    };
    // A null in a list is an error; a field without a value says nothing.
    let is_null = |place: &str| {
        let last = place.rsplit('.').next().unwrap_or_default();
        last.parse::<usize>().is_err() && at(&document.value, place).is_some_and(Value::is_null)
    };
    let is_told = |place: &str| facts.unused.iter().any(|(path, _)| path == place);
    places.retain(|(place, _)| match cover(&known, place) {
        Some(_) if is_null(place) => !is_told(place),
        None => true,
        Some(whole) => !is_unknown(whole) && is_unknown(place),
    });
    for (place, is_own) in places {
        let why = match place.split('.').next() {
            _ if is_own => ALIKE,
            Some("metadata") if schema::is_setting(&place) => NOT_MODELLED,
            Some("apiVersion" | "kind" | "metadata") => NAMES,
            Some("status") => STATUS,
            _ if is_null(&place) => NOTHING,
            _ if is_gap(document, &place) => placeholder::GAP,
            _ => schema::empty(&document.value, &place)
                .or_else(|| schema::no_object(&document.value, &place))
                .or_else(|| schema::no_field(&document.value, &place))
                .unwrap_or(NOT_MODELLED),
        };
        let is_left = ![ALIKE, NAMES, STATUS, NOTHING, schema::EMPTY].contains(&why);
        let list = if is_left {
            &mut found.left
        } else {
            &mut found.alike
        };
        list.push(told(document, &place, why));
    }
    for list in [&mut found.left, &mut found.alike] {
        list.sort_by_key(|left| left.line.unwrap_or(usize::MAX));
    }
    (shortened(found.left), shortened(found.alike))
}

/// Whether a template stands at a place, for a value or for a whole that would be read.
fn is_gap(document: &Document, place: &str) -> bool {
    let Some(text) = at(&document.value, place).and_then(Value::as_str) else {
        return false;
    };
    // Kubernetes itself fills in variables, and a secret is better left as it is.
    let of_pod = [".env.", ".args.", ".command."];
    let is_filled = text.starts_with("$(") && of_pod.iter().any(|part| place.contains(part));
    let key = place.rsplit('.').next().unwrap_or_default();
    // What Terraform repeats by an expression stands as one text.
    text.starts_with(typed::MADE) || is_template(text) && !is_filled && !is_secret(key)
}

#[derive(Default)]
struct Found {
    left: Vec<Leftover>,
    alike: Vec<Leftover>,
}

pub(super) fn shortened(mut list: Vec<Leftover>) -> Vec<Leftover> {
    let more = list.len().saturating_sub(MOST);
    list.truncate(MOST);
    if 0 < more {
        list.push(Leftover::new(format!("{more} more"), NOT_MODELLED));
    }
    list
}

/// Whether the place or an enclosing one was understood or reported.
pub(super) fn covers(told: &BTreeSet<&str>, place: &str) -> bool {
    cover(told, place).is_some()
}

/// The place or the enclosing one that was understood or reported.
fn cover<'a>(told: &BTreeSet<&str>, place: &'a str) -> Option<&'a str> {
    let mut place = place;
    loop {
        if told.contains(place) {
            return Some(place);
        }
        place = place.rsplit_once('.')?.0;
    }
}
