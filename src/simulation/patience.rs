//! Departures of clients. All requests of a client have the same patience, so the earliest to
//! arrive leaves first, and one FIFO per kind of patience suffices.

use std::collections::VecDeque;

use super::config::Client;
use super::request::NEVER;

/// A client's departure; void if its request is gone.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leaving {
    pub(super) at: u64,
    pub(super) number: u64,
    pub(super) place: u32,
    /// Whether the client leaves only if it still waits for a slot.
    pub(super) is_waiting: bool,
}

#[derive(Debug, Clone)]
struct Line {
    patience_ms: Option<u64>,
    leavings: VecDeque<(u64, u64, u32)>,
}

#[derive(Debug, Clone)]
pub(super) struct Patience {
    /// Two lines per client: patience for a slot, and for the answer.
    lines: Vec<Line>,
    /// Line with the earliest departure, and its time and request number.
    first: usize,
    pub(super) next: u64,
    number: u64,
}

impl Patience {
    pub(super) fn new(clients: &[Client]) -> Self {
        let line = |patience_ms| Line {
            patience_ms,
            leavings: VecDeque::new(),
        };
        let lines = clients.iter().flat_map(|client| {
            // Patience for a slot is moot where patience for the answer is no longer.
            let total = client.max_total_ms;
            let wait = client
                .max_wait_ms
                .filter(|wait| total.is_none_or(|total| *wait < total));
            [line(wait), line(total)]
        });
        Self {
            lines: lines.collect(),
            first: 0,
            next: NEVER,
            number: 0,
        }
    }

    /// Notes a request that arrived at `now`; `waits` tells whether it waits for a slot.
    #[inline]
    pub(super) fn note(&mut self, client: u32, number: u64, place: u32, now: u64, waits: bool) {
        let lines = 2 * client as usize;
        for index in [lines, lines + 1] {
            let line = &mut self.lines[index];
            let Some(patience_ms) = line.patience_ms else {
                continue;
            };
            if index == lines && !waits {
                continue;
            }
            let at = now.saturating_add(patience_ms);
            line.leavings.push_back((at, number, place));
            if (at, number) < (self.next, self.number) {
                (self.next, self.number, self.first) = (at, number, index);
            }
        }
    }

    /// Removes and returns the next departure.
    pub(super) fn pop(&mut self) -> Option<Leaving> {
        let index = self.first;
        let (at, number, place) = self.lines.get_mut(index)?.leavings.pop_front()?;
        (self.next, self.number) = (NEVER, u64::MAX);
        for (index, line) in self.lines.iter().enumerate() {
            if let Some((at, number, _)) = line.leavings.front()
                && (*at, *number) < (self.next, self.number)
            {
                (self.next, self.number, self.first) = (*at, *number, index);
            }
        }
        Some(Leaving {
            at,
            number,
            place,
            is_waiting: index.is_multiple_of(2),
        })
    }
}
