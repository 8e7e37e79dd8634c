//! YAML document built by paths, for the table of places.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::export::yaml::Noted;

/// Part of a document; scalars carry their comment.
pub(super) enum Node {
    Map(Vec<(String, Node)>),
    List(Vec<Node>),
    Flag(bool),
    Number(Noted<u64>),
    Text(Noted<String>),
}

impl Node {
    /// Inserts a part at a path, creating the maps above it.
    pub(super) fn put(&mut self, path: &str, part: Node) {
        let (head, rest) = match path.split_once('.') {
            Some((head, rest)) => (head, Some(rest)),
            None => (path, None),
        };
        let Self::Map(fields) = self else {
            debug_assert!(false, "{path} lies below a scalar");
            return;
        };
        let at = fields.iter().position(|(name, _)| name == head);
        match (rest, at) {
            (None, Some(at)) => fields[at].1 = part,
            (None, None) => fields.push((head.to_owned(), part)),
            (Some(rest), Some(at)) => fields[at].1.put(rest, part),
            (Some(rest), None) => {
                let mut map = Self::Map(Vec::new());
                map.put(rest, part);
                fields.push((head.to_owned(), map));
            }
        }
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Map(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                for (name, field) in fields {
                    map.serialize_entry(name, field)?;
                }
                map.end()
            }
            Self::List(items) => items.serialize(serializer),
            Self::Flag(flag) => flag.serialize(serializer),
            Self::Number(number) => number.serialize(serializer),
            Self::Text(text) => text.serialize(serializer),
        }
    }
}
