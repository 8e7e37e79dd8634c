//! When steps of started requests are due.
//!
//! First steps all come equally long after their start, so they wait in a line, or where pods
//! pace them in the heap. A ring
//! with a place for every millisecond ahead holds almost all others at the cost of a few
//! writes; what lies beyond the ring waits in a heap. What is due now is sorted by the
//! number of its request.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use super::request::{Arena, NEVER, NONE, Next};

/// Milliseconds that the ring holds.
const RING: u64 = 1 << 16;
const WORDS: usize = 1 << 10;
const GROUPS: usize = WORDS / 64;

#[derive(Debug, Clone)]
pub(super) struct Wheel {
    /// The first of those due at a moment; means nothing where there is none.
    heads: Vec<u32>,
    /// A bit for each place that holds something, and one for each such word.
    words: Vec<u64>,
    groups: [u64; GROUPS],
    /// The moment of the first step in the ring.
    first: u64,
    held: usize,
    far: BinaryHeap<Reverse<(u64, u64, u32)>>,
    line: VecDeque<(u64, u64, u32)>,
    /// Steps due at `due_at`, the highest number first.
    due: Vec<(u64, u32)>,
    due_at: u64,
    /// The moment of the first step anywhere.
    pub(super) next: u64,
}

impl Wheel {
    pub(super) fn new() -> Self {
        Self {
            heads: vec![NONE; WORDS * 64],
            words: vec![0; WORDS],
            groups: [0; GROUPS],
            first: NEVER,
            held: 0,
            far: BinaryHeap::new(),
            line: VecDeque::new(),
            due: Vec::new(),
            due_at: 0,
            next: NEVER,
        }
    }

    /// Notes that the first step of a request is due at `at`, not before any other noted.
    #[inline]
    pub(super) fn insert_first(&mut self, arena: &mut Arena, place: u32, at: u64, now: u64) {
        if at == now {
            return self.insert(arena, place, at, now);
        }
        let request = arena.get_mut(place);
        request.step_at = at;
        self.line.push_back((at, request.number, place));
        self.next = self.next.min(at);
    }

    /// Notes that the first step of a request is due at `at`, whatever else is noted.
    pub(super) fn insert_paced(&mut self, arena: &mut Arena, place: u32, at: u64, now: u64) {
        if at == now {
            return self.insert(arena, place, at, now);
        }
        let request = arena.get_mut(place);
        request.step_at = at;
        self.far.push(Reverse((at, request.number, place)));
        self.next = self.next.min(at);
    }

    /// Notes that a later step of the request is due at `at`, not before `now`.
    #[inline]
    pub(super) fn insert(&mut self, arena: &mut Arena, place: u32, at: u64, now: u64) {
        let request = arena.get_mut(place);
        request.step_at = at;
        if at == now {
            let number = request.number;
            self.insert_due((number, place), now);
        } else if at - now < RING {
            request.before = NONE;
            let slot = slot_of(at);
            // An unmarked place is empty whatever stands there, and reading it would wait for
            // memory that writing it does not.
            if self.is_marked(slot) {
                let head = self.heads[slot];
                request.after = head;
                arena.get_mut(head).before = place;
            } else {
                request.after = NONE;
                self.mark(slot);
            }
            self.heads[slot] = place;
            self.held += 1;
            self.first = self.first.min(at);
        } else {
            request.before = NONE;
            self.far.push(Reverse((at, request.number, place)));
        }
        self.next = self.next.min(at);
    }

    /// Forgets the step of a request that is due after `now`.
    pub(super) fn remove(&mut self, arena: &mut Arena, place: u32, now: u64) {
        let request = *arena.get(place);
        arena.get_mut(place).step_at = NEVER;
        // What lies in the line or in the heap is known by its moment when it comes up.
        let is_first = request.next == Next::First;
        if request.step_at == NEVER || is_first || !self.is_in_ring(&request, place, now) {
            return;
        }
        let slot = slot_of(request.step_at);
        if request.before == NONE {
            self.heads[slot] = request.after;
        } else {
            arena.get_mut(request.before).after = request.after;
        }
        if request.after != NONE {
            arena.get_mut(request.after).before = request.before;
        }
        self.held -= 1;
        if request.before == NONE && request.after == NONE {
            self.clear(slot);
            if request.step_at == self.first {
                self.find_first(arena, now);
                self.find_next();
            }
        }
    }

    /// The first step due at `now`, by number; none if those were all.
    #[inline]
    pub(super) fn pop(&mut self, arena: &mut Arena, now: u64) -> Option<u32> {
        if self.due.is_empty() {
            self.collect(arena, now);
        }
        let popped = self.due.pop();
        self.find_next();
        popped.map(|(_, place)| place)
    }

    /// A step that was put in when its moment was within reach has stayed in the ring.
    fn is_in_ring(&self, request: &super::request::Request, place: u32, now: u64) -> bool {
        if RING <= request.step_at - now {
            return false;
        }
        let slot = slot_of(request.step_at);
        request.before != NONE || (self.is_marked(slot) && self.heads[slot] == place)
    }

    fn collect(&mut self, arena: &mut Arena, now: u64) {
        self.due_at = now;
        if self.first == now {
            let slot = slot_of(now);
            let mut place = self.heads[slot];
            self.clear(slot);
            while place != NONE {
                let request = arena.get(place);
                self.due.push((request.number, place));
                place = request.after;
                self.held -= 1;
            }
            self.find_first(arena, now);
        }
        while let Some((at, number, place)) = self.line.front().copied()
            && at <= now
        {
            self.line.pop_front();
            let request = arena.get(place);
            if request.number == number && request.step_at == at {
                self.due.push((number, place));
            }
        }
        while let Some(Reverse((at, number, place))) = self.far.peek().copied()
            && at <= now
        {
            self.far.pop();
            let request = arena.get(place);
            if request.number == number && request.step_at == at {
                self.due.push((number, place));
            }
        }
        if 1 < self.due.len() {
            self.due.sort_unstable_by_key(|step| Reverse(*step));
        }
    }

    fn insert_due(&mut self, step: (u64, u32), now: u64) {
        debug_assert!(self.due.is_empty() || self.due_at == now, "{}", self.due_at);
        self.due_at = now;
        let at = self.due.partition_point(|other| step < *other);
        self.due.insert(at, step);
    }

    #[inline]
    fn find_next(&mut self) {
        self.next = if self.due.is_empty() {
            let far = self.far.peek().map_or(NEVER, |Reverse((at, ..))| *at);
            let line = self.line.front().map_or(NEVER, |(at, ..)| *at);
            self.first.min(far).min(line)
        } else {
            self.due_at
        };
    }

    /// Looks for the first step in the ring after `now`.
    fn find_first(&mut self, arena: &mut Arena, now: u64) {
        self.first = NEVER;
        if self.held == 0 {
            return;
        }
        let start = slot_of(now + 1);
        let found = self.marked_from(start).or_else(|| self.marked_from(0));
        if let Some(slot) = found {
            let ahead = (slot as u64).wrapping_sub(start as u64) & (RING - 1);
            self.first = now + 1 + ahead;
            // Its request came in long ago. A write fetches its memory, and nothing waits for that;
            // nobody stands before a head.
            arena.get_mut(self.heads[slot]).before = NONE;
        }
    }

    /// The first place from `start` on that holds something.
    #[inline]
    fn marked_from(&self, start: usize) -> Option<usize> {
        let word = start / 64;
        let rest = self.words[word] & (u64::MAX << (start % 64));
        if rest != 0 {
            return Some(word * 64 + rest.trailing_zeros() as usize);
        }
        let next = word + 1;
        for group in next / 64..GROUPS {
            let mask = if group == next / 64 {
                u64::MAX << (next % 64)
            } else {
                u64::MAX
            };
            let rest = self.groups[group] & mask;
            if rest != 0 {
                let word = group * 64 + rest.trailing_zeros() as usize;
                return Some(word * 64 + self.words[word].trailing_zeros() as usize);
            }
        }
        None
    }

    #[inline]
    fn is_marked(&self, slot: usize) -> bool {
        self.words[slot / 64] & (1 << (slot % 64)) != 0
    }

    #[inline]
    fn mark(&mut self, slot: usize) {
        self.words[slot / 64] |= 1 << (slot % 64);
        self.groups[slot / 4_096] |= 1 << (slot / 64 % 64);
    }

    #[inline]
    fn clear(&mut self, slot: usize) {
        let word = slot / 64;
        self.words[word] &= !(1 << (slot % 64));
        if self.words[word] == 0 {
            self.groups[word / 64] &= !(1 << (word % 64));
        }
    }
}

#[inline]
fn slot_of(at: u64) -> usize {
    (at & (RING - 1)) as usize
}
