//! Numbers in a file for existing providers, by name or for all.

use super::fact::RowFact;
use super::lines::Document;
use super::reading::{Leftover, Reading, Taken};
use super::value::{allowed, amount, stays};

const NOBODY: &str = "is for a provider that is not there by this name";

/// Writes and lists the numbers that differ from the providers' own.
pub(super) fn lay_over(
    facts: &[RowFact],
    known: &[RowFact],
    (title, document): (&str, &Document),
    reading: &mut Reading,
) {
    for fact in facts {
        let ids = reading.scenario.target_ids();
        let is_its = |id: &String| fact.provider.as_ref().is_none_or(|own| own == id);
        let places: Vec<usize> = (0..ids.len()).filter(|at| is_its(&ids[*at])).collect();
        let value = fact.number.spec().check(fact.value);
        let why = match (&value, places.is_empty()) {
            (Err(_), _) if places.len() == 1 => {
                let row = &reading.scenario.providers[places[0]];
                Some(stays(fact.number, row))
            }
            (Err(_), _) => Some(allowed(fact.number)),
            (_, true) => Some(NOBODY.to_owned()),
            _ => None,
        };
        if let Some(why) = why {
            reading.left.push(Leftover {
                object: title.to_owned(),
                ..super::told::told(document, &fact.path, &why)
            });
            continue;
        }
        if !known.contains(fact) {
            for place in places {
                let row = &mut reading.scenario.providers[place];
                (fact.number.set)(row, value.clone().ok());
            }
        }
        let name = fact.provider.as_deref().unwrap_or("each provider");
        let shown = amount(fact.value, fact.number.unit);
        let remark = document.remark(&fact.path).cloned();
        let notes: Vec<String> = [fact.note.clone()].into_iter().chain(remark).collect();
        reading.taken.push(Taken {
            object: title.to_owned(),
            place: fact.path.clone(),
            line: document.lines.at(&fact.path),
            label: format!("{name}: {}", fact.number.label),
            value: shown.trim().to_owned(),
            note: Some(notes.join("; ")),
        });
    }
}
