//! Queue of rare events, ordered by time, kind and key.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::event::Rare;
use super::request::NEVER;

#[derive(Debug, Clone, Default)]
pub(super) struct Control {
    events: BinaryHeap<Reverse<(u64, Rare)>>,
}

impl Control {
    pub(super) fn add(&mut self, at: u64, event: Rare) {
        self.events.push(Reverse((at, event)));
    }

    #[inline]
    pub(super) fn next(&self) -> u64 {
        self.events.peek().map_or(NEVER, |Reverse((at, _))| *at)
    }

    pub(super) fn pop(&mut self) -> Option<Rare> {
        self.events.pop().map(|Reverse((_, event))| event)
    }
}
