//! Requests inside the gateway; the memory of one that is over is used again.

use super::breaker::Pass;
use super::limit::Tokens;

/// No request, pod or provider.
pub(super) const NONE: u32 = u32::MAX;
/// No moment.
pub(super) const NEVER: u64 = u64::MAX;

/// A request that has not yet come in, or that comes again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Question {
    pub(super) number: u64,
    /// Times it was sent, this one included.
    pub(super) sends: u32,
    pub(super) client: u32,
    pub(super) input: u32,
    pub(super) output: u32,
    pub(super) service_ms: u32,
}

/// What the next step of a started request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// The primary is chosen.
    First,
    /// All providers are tried again.
    Again,
    /// A call that was held back is made.
    Paced,
    /// A call ends with an answer.
    Answer,
    /// A call ends with an error.
    Error,
    /// A call is given up.
    Timeout,
    /// A call was refused for a limit.
    Refused,
}

/// Where a request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In a queue.
    Queue,
    /// In a slot.
    Slot,
}

/// A request inside the gateway. An answer needs the fields down to `is_calling`: they lie in one
/// line of the cache.
#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
pub(super) struct Request {
    pub(super) number: u64,
    pub(super) arrival: u64,
    pub(super) start: u64,
    /// When its next step is due.
    pub(super) step_at: u64,
    /// Neighbours in its queue, or among those whose step is due at the same moment.
    pub(super) before: u32,
    pub(super) after: u32,
    pub(super) pod: u32,
    pub(super) slot: u32,
    pub(super) primary: u8,
    /// Provider of the last call; 255 before the first.
    pub(super) provider: u8,
    pub(super) next: Next,
    pub(super) place: Place,
    /// Whether its client has left unnoticed.
    pub(super) is_ghost: bool,
    /// Whether a provider works on it.
    pub(super) is_accepted: bool,
    /// Whether a call is under way.
    pub(super) is_calling: bool,
    pub(super) question: Question,
    /// Providers tried in this round, one bit each.
    pub(super) tried: u32,
    /// Calls, those that the gateway's own limit held back too.
    pub(super) attempts: u32,
    /// Those of them that a place of the order refused and the next one got.
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

/// All requests inside, by place.
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

    /// Forgets a request; its number no longer fits any memory of it.
    #[inline]
    pub(super) fn remove(&mut self, place: u32) {
        let request = &mut self.requests[place as usize];
        request.number = NEVER;
        request.step_at = NEVER;
        self.free.push(place);
    }

    /// Places of the requests that are in a slot.
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

/// Requests in order of waiting, linked through their own memory.
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
