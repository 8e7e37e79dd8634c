//! Extracts the cells of a source's columns from a record; the rest is skipped unparsed.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::row::{Cells, NO_CELLS, Spec};

/// Maximum keys whose order is remembered.
const KEYS_MOST: usize = 100;

/// Keys in the order of the first records, with their column of the source: later records mostly
/// have the same order.
#[derive(Debug, Default)]
pub(crate) struct Keys(Vec<(Box<str>, Option<usize>)>);

impl Keys {
    /// Column of a key; `at` is the number of known keys before it.
    fn place(&mut self, spec: &'static Spec, key: &str, at: &mut usize) -> Option<usize> {
        let mut known = self.0.iter().skip(*at);
        if let Some(ahead) = known.position(|(known, _)| **known == *key) {
            *at += ahead + 1;
            return self.0[*at - 1].1;
        }
        let mut columns = spec.columns.iter();
        let place = columns.position(|column| column.eq_ignore_ascii_case(key));
        if *at == self.0.len() && *at < KEYS_MOST {
            self.0.push((key.into(), place));
            *at += 1;
        }
        place
    }
}

/// Cells of a record by the columns of its source; `None` if the text is no object.
pub(crate) fn cells<'t>(spec: &'static Spec, keys: &mut Keys, text: &'t str) -> Option<Cells<'t>> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let cells = Pick { spec, keys }.deserialize(&mut reader).ok()?;
    reader.end().is_ok().then_some(cells)
}

struct Pick<'k> {
    spec: &'static Spec,
    keys: &'k mut Keys,
}

impl<'de> DeserializeSeed<'de> for Pick<'_> {
    type Value = Cells<'de>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Pick<'_> {
    type Value = Cells<'de>;

    fn expecting(&self, to: &mut fmt::Formatter) -> fmt::Result {
        to.write_str("object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut cells = NO_CELLS;
        let mut at = 0;
        while let Some(place) = map.next_key_seed(Place {
            spec: self.spec,
            keys: self.keys,
            at: &mut at,
        })? {
            match place {
                Some(place) => cells[place] = Some(cell(map.next_value::<&RawValue>()?.get())),
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(cells)
    }
}

/// Text of a value: the content of a string, the JSON of anything else.
fn cell(json: &str) -> Cow<'_, str> {
    let inner = json
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    match inner {
        Some(inner) if !inner.contains('\\') => Cow::Borrowed(inner),
        Some(_) => Cow::Owned(serde_json::from_str(json).unwrap_or_default()),
        None if json == "null" => Cow::Borrowed(""),
        None => Cow::Borrowed(json),
    }
}

/// Column of a key.
struct Place<'k> {
    spec: &'static Spec,
    keys: &'k mut Keys,
    at: &'k mut usize,
}

impl<'de> DeserializeSeed<'de> for Place<'_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_str(self)
    }
}

impl Visitor<'_> for Place<'_> {
    type Value = Option<usize>;

    fn expecting(&self, to: &mut fmt::Formatter) -> fmt::Result {
        to.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(self.keys.place(self.spec, key, self.at))
    }
}
