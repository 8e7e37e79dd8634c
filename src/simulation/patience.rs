//! When clients leave. A kind of client waits equally long each time, so those who
//! came first leave first, and a line for each kind of patience is enough.

use std::collections::VecDeque;

use super::config::Client;
use super::request::NEVER;

/// A client's leaving, if its request is still there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leaving {
    pub(super) at: u64,
    pub(super) number: u64,
    pub(super) place: u32,
    /// Whether only one who still waits for a slot leaves.
    pub(super) is_waiting: bool,
}

#[derive(Debug, Clone)]
struct Line {
    patience_ms: Option<u64>,
    leavings: VecDeque<(u64, u64, u32)>,
}

#[derive(Debug, Clone)]
pub(super) struct Patience {
    /// Of each client two lines: of waiting for a slot, and of waiting in all.
    lines: Vec<Line>,
    /// The line whose head is first, and its moment and number.
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
            // Who waits in all no longer than for a slot leaves at that moment anyway.
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

    /// Notes a request that came at `now` and waits for a slot, or has one.
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

    /// The next to leave.
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
