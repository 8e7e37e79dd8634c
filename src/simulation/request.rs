//! Requests inside the gateway, in memory that is reused.

use super::breaker::Pass;
use super::limit::Tokens;

/// No request, pod or provider.
pub(super) const NONE: u32 = u32::MAX;
/// A time that never comes.
pub(super) const NEVER: u64 = u64::MAX;

/// A client's question, sent once or several times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Question {
    pub(super) number: u64,
    /// Number of sends, this one included.
    pub(super) sends: u32,
    pub(super) client: u32,
    pub(super) input: u32,
    pub(super) output: u32,
    pub(super) service_ms: u32,
}

/// Next step of a started request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// Choose the primary.
    First,
    /// Try all providers again.
    Again,
    /// Make a call that was paced.
    Paced,
    /// End the call with an answer.
    Answer,
    /// End the call with an error.
    Error,
    /// Give up the call at its timeout.
    Timeout,
    /// End a call that a limit refused.
    Refused,
}

/// Place of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In a queue.
    Queue,
    /// In a slot.
    Slot,
}

/// A request inside the gateway. An answer needs the fields down to `is_calling`, so they share one
/// cache line.
#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
pub(super) struct Request {
    pub(super) number: u64,
    pub(super) arrival: u64,
    pub(super) start: u64,
    /// Time of the next step.
    pub(super) step_at: u64,
    /// Neighbors in its queue, or among the steps due at the same time.
    pub(super) before: u32,
    pub(super) after: u32,
    pub(super) pod: u32,
    pub(super) slot: u32,
    pub(super) primary: u8,
    /// Provider of the last call; 255 before the first.
    pub(super) provider: u8,
    pub(super) next: Next,
    pub(super) place: Place,
    /// Whether the client has left unnoticed.
    pub(super) is_ghost: bool,
    /// Whether a provider has accepted the call.
    pub(super) is_accepted: bool,
    /// Whether a call is in flight.
    pub(super) is_calling: bool,
    pub(super) question: Question,
    /// Providers tried in this round, one bit each.
    pub(super) tried: u32,
    /// Calls, including those that the gateway's own limit rejected.
    pub(super) attempts: u32,
    /// Calls that one place of the order refused and the next one got.
    pub(super) spilled: u32,
    pub(super) backoffs: u32,
    pub(super) pass: Pass,
}

impl Request {
    #[inline]
    pub(super) fn new(number: u64, arrival: u64, question: Question, pod: u32) -> Self {
        Self {
            number,
            arrival,
            start: NEVER,
            step_at: NEVER,
            question,
            before: NONE,
            after: NONE,
            pod,
            slot: NONE,
            tried: 0,
            attempts: 0,
            spilled: 0,
            backoffs: 0,
            pass: Pass::default(),
            primary: 0,
            provider: u8::MAX,
            next: Next::First,
            place: Place::Queue,
            is_ghost: false,
            is_accepted: false,
            is_calling: false,
        }
    }

    #[inline]
    pub(super) fn tokens(&self, max_output: Option<u32>) -> Tokens {
        Tokens {
            input: i64::from(self.question.input),
            output: i64::from(self.question.output),
            max_output: i64::from(max_output.unwrap_or(self.question.output)),
        }
    }
}

/// All requests inside the gateway, by index.
#[derive(Debug, Clone, Default)]
pub(super) struct Arena {
    requests: Vec<Request>,
    free: Vec<u32>,
}

impl Arena {
    #[inline]
    pub(super) fn put(&mut self, request: Request) -> u32 {
        if let Some(place) = self.free.pop() {
            self.requests[place as usize] = request;
            return place;
        }
        let place = u32::try_from(self.requests.len()).unwrap_or(NONE);
        self.requests.push(request);
        place
    }

    /// Frees a request; its number no longer matches stale references.
    #[inline]
    pub(super) fn remove(&mut self, place: u32) {
        let request = &mut self.requests[place as usize];
        request.number = NEVER;
        request.step_at = NEVER;
        self.free.push(place);
    }

    /// Indices of the requests in slots.
    pub(super) fn in_slots(&self) -> impl Iterator<Item = u32> {
        let is_there = |request: &Request| request.number != NEVER && request.place == Place::Slot;
        let places = (0..).zip(&self.requests);
        places.filter_map(move |(place, request)| is_there(request).then_some(place))
    }

    #[inline]
    pub(super) fn get(&self, place: u32) -> &Request {
        &self.requests[place as usize]
    }

    #[inline]
    pub(super) fn get_mut(&mut self, place: u32) -> &mut Request {
        &mut self.requests[place as usize]
    }
}

/// A FIFO of requests, linked through their own memory.
#[derive(Debug, Clone, Copy)]
pub(super) struct Queue {
    pub(super) head: u32,
    tail: u32,
    pub(super) len: u32,
}

impl Queue {
    pub(super) fn empty() -> Self {
        Self {
            head: NONE,
            tail: NONE,
            len: 0,
        }
    }

    #[inline]
    pub(super) fn push(&mut self, arena: &mut Arena, place: u32) {
        let request = arena.get_mut(place);
        request.before = self.tail;
        request.after = NONE;
        if self.tail == NONE {
            self.head = place;
        } else {
            arena.get_mut(self.tail).after = place;
        }
        self.tail = place;
        self.len += 1;
    }

    #[inline]
    pub(super) fn remove(&mut self, arena: &mut Arena, place: u32) {
        let Request { before, after, .. } = *arena.get(place);
        if before == NONE {
            self.head = after;
        } else {
            arena.get_mut(before).after = after;
        }
        if after == NONE {
            self.tail = before;
        } else {
            arena.get_mut(after).before = before;
        }
        self.len -= 1;
    }

    #[inline]
    pub(super) fn pop(&mut self, arena: &mut Arena) -> Option<u32> {
        let head = self.head;
        if head == NONE {
            return None;
        }
        self.remove(arena, head);
        Some(head)
    }
}
