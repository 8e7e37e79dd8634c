//! After a failed call: another provider, a later retry, or the end.

use super::call::{Failure, Made};
use super::config::Failover;
use super::engine::{Simulation, backed_off};
use super::request::Next;
use super::result::Fate;

impl Simulation {
    pub(super) fn attempt(&mut self, place: u32) {
        match self.next_provider(place) {
            None => self.end(place, Fate::Failed),
            Some(provider) => {
                if self.call(place, provider) == Made::HeldBack {
                    self.after_failure(place, Failure::HeldBack);
                }
            }
        }
    }

    /// First provider in the request's order that is untried and up.
    #[inline]
    fn next_provider(&self, place: u32) -> Option<usize> {
        let request = self.arena.get(place);
        let order = self.orders[usize::from(request.primary)].as_slice();
        let order = match self.config.calls.failover {
            Failover::Ordered => order,
            Failover::None => &order[..1],
        };
        let breakers = &self.fleet.pods[request.pod as usize].breakers;
        let is_up = |provider: usize| {
            let rule = self.config.calls.breaker.as_ref();
            rule.is_none_or(|rule| breakers[provider].is_up(rule, self.now))
        };
        let client = request.question.client;
        let is_free = |provider: &usize| {
            request.tried & (1 << *provider) == 0 && self.routes.may_go(client, *provider)
        };
        order
            .iter()
            .copied()
            .find(|provider| is_free(provider) && is_up(*provider))
    }

    /// Tries another provider at once, all again later, or ends the request.
    pub(super) fn after_failure(&mut self, place: u32, mut failure: Failure) {
        loop {
            // A spilled call goes to the next place and does not count as an attempt.
            let later = match failure {
                Failure::Error => None,
                Failure::Refused | Failure::HeldBack => self.spill(place),
            };
            if let Some(provider) = later {
                let request = self.arena.get_mut(place);
                request.spilled += 1;
                let counts = &mut self.tally.providers[usize::from(request.provider)];
                counts.spilled += u64::from(failure == Failure::Refused);
                if self.call(place, provider) == Made::Called {
                    return;
                }
                failure = Failure::HeldBack;
                continue;
            }
            let request = self.arena.get(place);
            if self.config.calls.attempts <= request.attempts - request.spilled {
                let fate = match failure {
                    Failure::Error => Fate::Failed,
                    Failure::Refused | Failure::HeldBack => Fate::Limited,
                };
                return self.end(place, fate);
            }
            let Some(provider) = self.next_provider(place) else {
                break;
            };
            if self.call(place, provider) == Made::Called {
                return;
            }
            failure = Failure::HeldBack;
        }
        let calls = self.config.calls;
        let request = self.arena.get_mut(place);
        let delay = backed_off(calls.delay_ms, calls.factor, request.backoffs);
        request.backoffs += 1;
        request.tried = 0;
        request.next = Next::Again;
        let at = self.now + delay.min(calls.max_delay_ms);
        self.wheel.insert(&mut self.arena, place, at, self.now);
    }
}
