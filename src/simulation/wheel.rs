//! Due times of the steps of started requests.
//!
//! First steps are due a fixed delay after their start and wait in a FIFO (in the heap if pods pace
//! their starts). Later steps go into a ring with one slot per millisecond; steps beyond the ring
//! wait in the heap. Steps due now are processed in request order.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use super::request::{Arena, NEVER, NONE, Next};

/// Milliseconds that the ring covers.
const RING: u64 = 1 << 16;
const WORDS: usize = 1 << 10;
const GROUPS: usize = WORDS / 64;

#[derive(Debug, Clone)]
pub(super) struct Wheel {
    /// Head of the list of steps due at each slot; valid only where the bit is set.
    heads: Vec<u32>,
    /// Bitmap of occupied slots, and bitmap of its nonzero words.
    words: Vec<u64>,
    groups: [u64; GROUPS],
    /// Time of the first step in the ring.
    first: u64,
    held: usize,
    far: BinaryHeap<Reverse<(u64, u64, u32)>>,
    line: VecDeque<(u64, u64, u32)>,
    /// Steps due at `due_at`, the highest request number first.
    due: Vec<(u64, u32)>,
    due_at: u64,
    /// Time of the first step overall.
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

    /// Schedules a request's first step at `at`, no earlier than those already scheduled.
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

    /// Schedules a request's first step at `at`, in any order.
    pub(super) fn insert_paced(&mut self, arena: &mut Arena, place: u32, at: u64, now: u64) {
        if at == now {
            return self.insert(arena, place, at, now);
        }
        let request = arena.get_mut(place);
        request.step_at = at;
        self.far.push(Reverse((at, request.number, place)));
        self.next = self.next.min(at);
    }

    /// Schedules a later step of a request at `at`, not before `now`.
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
            // The head of an unmarked slot is stale; reading it would stall on memory, writing does
            // not.
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

    /// Cancels a request's step that is due after `now`.
    pub(super) fn remove(&mut self, arena: &mut Arena, place: u32, now: u64) {
        let request = *arena.get(place);
        arena.get_mut(place).step_at = NEVER;
        // Entries of the FIFO and the heap are checked against `step_at` when they come up.
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

    /// Request of the first step due at `now`, by number; `None` if there are no more.
    #[inline]
    pub(super) fn pop(&mut self, arena: &mut Arena, now: u64) -> Option<u32> {
        if self.due.is_empty() {
            self.collect(arena, now);
        }
        let popped = self.due.pop();
        self.find_next();
        popped.map(|(_, place)| place)
    }

    /// Whether a step is in the ring; a step inserted within the ring's range stays there.
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

    /// Finds the first step in the ring after `now`.
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
            // A head has no predecessor. Writing to a request this old also prefetches its memory
            // without a stall.
            arena.get_mut(self.heads[slot]).before = NONE;
        }
    }

    /// First occupied slot from `start` on.
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
