//! Values of a document that its reading does not list yet.

use std::collections::{BTreeMap, BTreeSet};

use super::fact::Facts;
use super::leftover::{covers, shortened};
use super::lines::Document;
use super::reading::{Leftover, Reading};
use super::told::{collect, told};
use super::value::at;

const PART: &str = "is the name, the kind or the window of a value that is listed";

/// Lists understood values that are not scenario values themselves: names, kinds, durations.
pub(super) fn parts(origins: &[(&Facts, &str, &Document)], reading: &mut Reading) {
    let named = Named::of(reading);
    let mut all = Vec::new();
    for (facts, title, document) in origins {
        let taken = Named::places(&named.taken, (title, document));
        let left = Named::places(&named.left, (title, document));
        let understood = facts.understood.iter().map(String::as_str).collect();
        let mut leaves = Vec::new();
        collect(&document.value, None, "", &mut leaves);
        leaves.retain(|(place, _)| {
            let is_null = at(&document.value, place).is_some_and(serde_json::Value::is_null);
            !is_null
                && covers(&understood, place)
                && !taken.contains(&**place)
                && !covers(&left, place)
        });
        let parts = leaves.iter().map(|(place, _)| Leftover {
            object: (*title).to_owned(),
            ..told(document, place, PART)
        });
        all.extend(shortened(parts.collect()));
    }
    reading.alike.extend(all);
}

/// Paths with their lines, by object.
type Places = BTreeMap<String, Vec<(String, Option<usize>)>>;

/// Paths already listed by a reading.
struct Named {
    taken: Places,
    left: Places,
}

impl Named {
    fn of(reading: &Reading) -> Self {
        let mut named = Self {
            taken: Places::new(),
            left: Places::new(),
        };
        for one in reading.taken.iter().chain(&reading.filled) {
            let places = named.taken.entry(one.object.clone()).or_default();
            places.push((one.place.clone(), one.line));
        }
        for one in reading.left.iter().chain(&reading.alike) {
            let places = named.left.entry(one.object.clone()).or_default();
            places.push((one.place.clone(), one.line));
        }
        named
    }

    /// Listed paths of a document; others may have the same title, but other lines.
    fn places<'a>(among: &'a Places, (title, document): (&str, &Document)) -> BTreeSet<&'a str> {
        let own = among.get(title).into_iter().flatten();
        let own = own.filter(|(place, line)| *line == document.lines.at(place));
        own.map(|(place, _)| &**place).collect()
    }
}
