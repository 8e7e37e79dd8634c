//! Storage of a choice in the document, by type.

use crate::catalog::provider::Counting;
use crate::model::queueing::Routing;
use crate::scenario::scaling::{Item, List};
use crate::scenario::{
    Cleanup, DayShape, EventKind, Kubernetes, Leaving, Overflow, Period, Scope, Select,
};

/// A stored choice as a word; callers check words before they write them.
pub(super) trait Pick {
    fn read(&self) -> Option<String>;
    fn write(&mut self, word: Option<&str>);
}

impl Pick for String {
    fn read(&self) -> Option<String> {
        Some(self.clone())
    }
    fn write(&mut self, word: Option<&str>) {
        if let Some(word) = word {
            word.clone_into(self);
        }
    }
}

impl Pick for Option<String> {
    fn read(&self) -> Option<String> {
        self.clone()
    }
    fn write(&mut self, word: Option<&str>) {
        *self = word.map(str::to_owned);
    }
}

impl Pick for DayShape {
    fn read(&self) -> Option<String> {
        Some(self.word())
    }
    fn write(&mut self, word: Option<&str>) {
        if let Some(shape) = word.and_then(|word| Self::parse(word).ok()) {
            *self = shape;
        }
    }
}

/// An empty list is no word.
impl<T: Item> Pick for List<T> {
    fn read(&self) -> Option<String> {
        (!self.0.is_empty()).then(|| self.to_string())
    }
    fn write(&mut self, word: Option<&str>) {
        *self = word.and_then(Self::parse).unwrap_or_default();
    }
}

macro_rules! pick_by_key {
    ($($kind:ty),*) => {
        $(
            impl Pick for $kind {
                fn read(&self) -> Option<String> {
                    Some(self.key().to_owned())
                }
                fn write(&mut self, word: Option<&str>) {
                    if let Some(value) = word.and_then(Self::parse) {
                        *self = value;
                    }
                }
            }
        )*
    };
}

pick_by_key!(
    Overflow, Leaving, EventKind, Period, Scope, Counting, Select, Kubernetes, Routing, Cleanup
);
