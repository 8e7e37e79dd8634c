//! Picks the cells of a source's columns out of a record; all else is passed over unread.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::row::Spec;

/// The cells of a record by the columns of its source; `None` if the text is no object.
pub(crate) fn cells<'t>(spec: &'static Spec, text: &'t str) -> Option<Vec<Option<Cow<'t, str>>>> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let cells = Pick(spec).deserialize(&mut reader).ok()?;
    reader.end().is_ok().then_some(cells)
}

struct Pick(&'static Spec);

impl<'de> DeserializeSeed<'de> for Pick {
    type Value = Vec<Option<Cow<'de, str>>>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Pick {
    type Value = Vec<Option<Cow<'de, str>>>;

    fn expecting(&self, to: &mut fmt::Formatter) -> fmt::Result {
        to.write_str("object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut cells = vec![None; self.0.columns.len()];
        while let Some(place) = map.next_key_seed(Place(self.0))? {
            match place {
                Some(at) => cells[at] = Some(cell(map.next_value::<&RawValue>()?.get())),
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(cells)
    }
}

/// The text of a value: of a string its content, of an object or a number its JSON.
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

/// The place of a key among the columns of a source.
struct Place(&'static Spec);

impl<'de> DeserializeSeed<'de> for Place {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_str(self)
    }
}

impl Visitor<'_> for Place {
    type Value = Option<usize>;

    fn expecting(&self, to: &mut fmt::Formatter) -> fmt::Result {
        to.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        let mut columns = self.0.columns.iter();
        Ok(columns.position(|column| column.eq_ignore_ascii_case(key)))
    }
}
