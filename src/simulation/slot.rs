//! From the Service into a slot, and out again.

use super::config::{Overflow, Routing};
use super::engine::Simulation;
use super::request::{NEVER, NONE, Next, Place, Question, Request};
use super::result::{Count, Fate, Sent};

impl Simulation {
    /// A request arrives, for the first time or again.
    #[inline]
    pub(super) fn arrive(&mut self, question: Question) {
        let number = self.number_request();
        if self.config.gateway.routing == Routing::Pool {
            return self.arrive_at_pool(number, question);
        }
        let Some(pod) = self.route() else {
            return self.end_outside(number, question, NONE, Fate::Failed);
        };
        let at = &self.fleet.pods[pod as usize];
        if at.is_lost() {
            return self.end_outside(number, question, pod, Fate::Failed);
        }
        let waiting = at.queue.len;
        if at.has_free_slot() && waiting == 0 {
            let place = self.admit(number, question, pod, false);
            self.start(place, pod);
        } else if waiting < self.config.gateway.queue_max {
            let place = self.admit(number, question, pod, true);
            self.fleet.pods[pod as usize]
                .queue
                .push(&mut self.arena, place);
        } else if self.config.gateway.overflow == Overflow::Reject || waiting == 0 {
            self.end_outside(number, question, pod, Fate::Refused);
        } else {
            if let Some(head) = self.fleet.pods[pod as usize].queue.pop(&mut self.arena) {
                self.drop_waiting(head, Fate::Refused);
            }
            let place = self.admit(number, question, pod, true);
            self.fleet.pods[pod as usize]
                .queue
                .push(&mut self.arena, place);
        }
    }

    /// Arrival where all pods share one queue.
    fn arrive_at_pool(&mut self, number: u64, question: Question) {
        let serving = u64::from(self.fleet.serving());
        if serving == 0 {
            return self.end_outside(number, question, NONE, Fate::Failed);
        }
        let waiting = u64::from(self.pool.len);
        let free = if waiting == 0 {
            self.fleet.freest()
        } else {
            None
        };
        if let Some(pod) = free {
            let place = self.admit(number, question, NONE, false);
            self.start(place, pod);
        } else if waiting < u64::from(self.config.gateway.queue_max) * serving {
            let place = self.admit(number, question, NONE, true);
            self.pool.push(&mut self.arena, place);
        } else if self.config.gateway.overflow == Overflow::Reject || waiting == 0 {
            self.end_outside(number, question, NONE, Fate::Refused);
        } else {
            if let Some(head) = self.pool.pop(&mut self.arena) {
                self.drop_waiting(head, Fate::Refused);
            }
            let place = self.admit(number, question, NONE, true);
            self.pool.push(&mut self.arena, place);
        }
    }

    /// Pod that the Service picks; `None` without endpoints.
    #[inline]
    fn route(&mut self) -> Option<u32> {
        let endpoints = self.fleet.endpoints.as_slice();
        let count = endpoints.len() as u64;
        if count == 0 {
            return None;
        }
        let held = |place: usize| self.fleet.pods[endpoints[place] as usize].held();
        let place = match self.config.gateway.routing {
            Routing::Random => whole(self.routing.below(count)),
            Routing::Turn => {
                let turn = self.fleet.routed;
                self.fleet.routed += 1;
                whole(turn % count)
            }
            // `min_by_key` keeps the first of equals.
            Routing::Fewest | Routing::Pool => {
                (0..endpoints.len()).min_by_key(|place| held(*place))?
            }
            Routing::Two => {
                let one = whole(self.routing.below(count));
                let mut other = one;
                if 1 < count {
                    let drawn = whole(self.routing.below(count - 1));
                    other = drawn + usize::from(one <= drawn);
                }
                if held(other) < held(one) { other } else { one }
            }
        };
        Some(endpoints[place])
    }

    /// Takes a request in, either waiting or about to start.
    #[inline]
    fn admit(&mut self, number: u64, question: Question, pod: u32, waits: bool) -> u32 {
        let request = Request::new(number, self.now, question, pod);
        let place = self.arena.put(request);
        self.patience
            .note(question.client, number, place, self.now, waits);
        self.tally.waiting += u64::from(waits);
        place
    }

    /// A request gets a slot.
    #[inline]
    pub(super) fn start(&mut self, place: u32, pod: u32) {
        let gap_us = self.config.gateway.start_gap_us;
        let at_pod = &mut self.fleet.pods[pod as usize];
        let slot = at_pod.occupy(self.now);
        let goes_on_ms = if gap_us == 0 {
            self.now
        } else {
            at_pod.goes_on_ms(self.now, gap_us)
        };
        let request = self.arena.get_mut(place);
        request.pod = pod;
        request.slot = slot;
        request.start = self.now;
        request.place = Place::Slot;
        request.next = Next::First;
        let wait = self.now - request.arrival;
        if request.is_ghost {
            self.tally.counts.add(Count::GhostsStarted);
        } else {
            self.tally.started(wait);
        }
        self.tally.in_flight += 1;
        let at = goes_on_ms + self.config.gateway.overhead_ms;
        if gap_us == 0 {
            self.wheel
                .insert_first(&mut self.arena, place, at, self.now);
        } else {
            self.wheel
                .insert_paced(&mut self.arena, place, at, self.now);
        }
    }

    /// Frees the request's slot for the next in the queue.
    #[inline]
    pub(super) fn leave_slot(&mut self, place: u32) {
        let (pod, slot, start) = {
            let request = self.arena.get(place);
            (request.pod, request.slot, request.start)
        };
        self.arena.remove(place);
        self.tally.slot_ms += self.now - start;
        self.tally.in_flight -= 1;
        let at = &mut self.fleet.pods[pod as usize];
        at.release(slot, self.now);
        if self.config.gateway.routing == Routing::Pool {
            self.fill_from_pool();
        } else {
            self.fill(pod);
        }
        let at = &self.fleet.pods[pod as usize];
        if at.is_deleting() && at.held() == 0 {
            self.vanish(pod);
        }
    }

    /// Starts the next request in a pod's queue, dropping stale ones.
    #[inline]
    fn fill(&mut self, pod: u32) {
        while let Some(head) = self.fleet.pods[pod as usize].queue.pop(&mut self.arena) {
            if self.is_stale(head) {
                self.drop_waiting(head, Fate::GaveUp);
            } else {
                self.tally.waiting -= 1;
                return self.start(head, pod);
            }
        }
    }

    /// Whether a request has waited too long to be started.
    #[inline]
    fn is_stale(&self, place: u32) -> bool {
        let most = self.config.gateway.stale_ms;
        most.is_some_and(|most| most < self.now - self.arena.get(place).arrival)
    }

    /// Starts requests of the shared queue while a serving pod has a free slot.
    pub(super) fn fill_from_pool(&mut self) {
        while self.pool.head != NONE
            && let Some(pod) = self.fleet.freest()
            && let Some(head) = self.pool.pop(&mut self.arena)
        {
            if self.is_stale(head) {
                self.drop_waiting(head, Fate::GaveUp);
            } else {
                self.tally.waiting -= 1;
                self.start(head, pod);
            }
        }
    }

    /// A client's patience ends.
    pub(super) fn leave(&mut self) {
        let Some(leaving) = self.patience.pop() else {
            return;
        };
        let place = leaving.place;
        let request = *self.arena.get(place);
        if request.number != leaving.number || request.is_ghost {
            return;
        }
        debug_assert_eq!(leaving.at, self.now, "patience ends on time");
        let notices = self.config.gateway.notices_leaving;
        if request.place == Place::Queue {
            self.tally.waited(self.now - request.arrival);
            self.end_with(&request, Fate::GaveUp);
            if notices {
                self.queue_of(&request, |queue, arena| queue.remove(arena, place));
                self.tally.waiting -= 1;
                self.arena.remove(place);
            }
        } else if !leaving.is_waiting {
            self.end_with(&request, Fate::TimedOut);
            if notices {
                self.cut_off(place);
                self.leave_slot(place);
            }
        } else {
            return;
        }
        if !notices {
            self.arena.get_mut(place).is_ghost = true;
        }
    }

    /// Acts on the queue of a waiting request.
    fn queue_of(
        &mut self,
        request: &Request,
        act: impl FnOnce(&mut super::request::Queue, &mut super::request::Arena),
    ) {
        if request.pod == NONE {
            act(&mut self.pool, &mut self.arena);
        } else {
            act(
                &mut self.fleet.pods[request.pod as usize].queue,
                &mut self.arena,
            );
        }
    }

    /// Ends a request that was taken off its queue.
    pub(super) fn drop_waiting(&mut self, place: u32, fate: Fate) {
        let request = *self.arena.get(place);
        self.arena.remove(place);
        self.tally.waiting -= 1;
        if !request.is_ghost {
            self.tally.waited(self.now - request.arrival);
            self.end_with(&request, fate);
        }
    }

    /// Ends a request on arrival.
    #[cold]
    fn end_outside(&mut self, number: u64, question: Question, pod: u32, fate: Fate) {
        self.end_with(&Request::new(number, self.now, question, pod), fate);
    }

    /// Ends a request without an answer.
    pub(super) fn end_with(&mut self, request: &Request, fate: Fate) {
        if self.is_logged() {
            self.note(request.number, sent(request, self.now, fate));
        }
        self.lose(request, fate);
    }
}

/// A request's entry in the log.
pub(super) fn sent(request: &Request, now: u64, fate: Fate) -> Sent {
    Sent {
        question: request.question.number,
        arrival_ms: request.arrival,
        pod: (request.pod != NONE).then_some(request.pod),
        start_ms: (request.start != NEVER).then_some(request.start),
        end_ms: now,
        fate,
        calls: request.attempts,
        provider: (request.provider != u8::MAX).then_some(request.provider),
    }
}

fn whole(place: u64) -> usize {
    usize::try_from(place).unwrap_or(0)
}
