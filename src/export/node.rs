//! Document as a tree, independent of its Rust types; both the YAML and the checks are made from
//! it.
//!
//! The types of a document need only the serializer for JSON text, and the YAML serializer handles
//! only the tree. Serializers are compiled once per type, so the tree avoids their product.

use std::fmt;
use std::mem::{replace, take};

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use serde_json::{Number, Value};
use serde_saphyr::{Commented, DoubleQuoted, LitString};

/// Part of a document, in field order.
enum Node {
    Nothing,
    Flag(bool),
    Number(Number),
    Text(String),
    /// Text in double quotes.
    Quoted(String),
    /// Text that keeps its lines.
    Block(String),
    Noted(String, Box<Node>),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

/// Document of any type as a tree.
#[derive(serde::Deserialize)]
#[serde(transparent)]
pub(super) struct Tree(Node);

/// Text in double quotes, since it would parse as a number or a date without them.
pub(super) struct Quoted(pub(super) String);

/// Text that keeps its lines.
pub(super) struct Block(pub(super) String);

/// Serializes a value with its comment for [`Tree::of`]. The pair is a list that begins with null,
/// as no list of a document does, so no user's text is mistaken for one.
pub(super) fn noted<S: Serializer>(
    serializer: S,
    comment: &str,
    value: &impl Serialize,
) -> Result<S::Ok, S::Error> {
    ((), comment, value).serialize(serializer)
}

impl Serialize for Quoted {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        ((), false, &self.0).serialize(serializer)
    }
}

impl Serialize for Block {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        ((), true, &self.0).serialize(serializer)
    }
}

impl Tree {
    /// Reads a document into a tree.
    ///
    /// # Errors
    ///
    /// If a value cannot be serialized.
    pub(super) fn of(document: &impl Serialize) -> serde_json::Result<Self> {
        serde_json::from_slice(&serde_json::to_vec(document)?)
    }

    /// Document as its target reads it, without comments and styles.
    pub(super) fn plain(self) -> Value {
        plain(self.0)
    }
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

fn plain(node: Node) -> Value {
    match node {
        Node::Nothing => Value::Null,
        Node::Flag(flag) => Value::Bool(flag),
        Node::Number(number) => Value::Number(number),
        Node::Text(text) | Node::Quoted(text) | Node::Block(text) => Value::String(text),
        Node::Noted(_, node) => plain(*node),
        Node::List(items) => items.into_iter().map(plain).collect(),
        Node::Map(fields) => fields
            .into_iter()
            .map(|(name, field)| (name, plain(field)))
            .collect(),
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nothing => serializer.serialize_unit(),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Number(number) => number.serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Quoted(text) => DoubleQuoted(text).serialize(serializer),
            Self::Block(text) => LitString(text.clone()).serialize(serializer),
            Self::Noted(comment, node) => Commented(node, comment.clone()).serialize(serializer),
            Self::List(items) => serializer.collect_seq(items),
            Self::Map(fields) => {
                serializer.collect_map(fields.iter().map(|(name, field)| (name, field)))
            }
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Node;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("a document")
    }

    fn visit_unit<E: Error>(self) -> Result<Node, E> {
        Ok(Node::Nothing)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Node, E> {
        Ok(Node::Flag(flag))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Node, E> {
        Ok(Node::Number(number.into()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Node, E> {
        Ok(Node::Number(number.into()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Node, E> {
        Ok(Number::from_f64(number).map_or(Node::Nothing, Node::Number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(match list.as_mut_slice() {
            [Node::Nothing, Node::Text(comment), value] => {
                Node::Noted(take(comment), Box::new(replace(value, Node::Nothing)))
            }
            [Node::Nothing, Node::Flag(false), Node::Text(text)] => Node::Quoted(take(text)),
            [Node::Nothing, Node::Flag(true), Node::Text(text)] => Node::Block(take(text)),
            _ => Node::List(list),
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Node, A::Error> {
        let mut map = Vec::new();
        while let Some(field) = fields.next_entry()? {
            map.push(field);
        }
        Ok(Node::Map(map))
    }
}
