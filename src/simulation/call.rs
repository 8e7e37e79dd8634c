//! Calls to providers, step by step.

use super::breaker::Verdict;
use super::config::{Action, Counting, OutageKind, ProviderOutage, Scope, Slowdown};
use super::engine::Simulation;
use super::limit::{Need, Tokens};
use super::quota::Call as QuotaCall;
use super::request::{NEVER, NONE, Next, Request};
use super::result::Fate;
use super::slot::sent;

/// Result of an attempt to call a provider.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Made {
    /// The call is under way or scheduled.
    Called,
    /// The gateway's own limit rejected it.
    HeldBack,
}

/// Reason why a call ended without an answer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Failure {
    /// An error or a timeout.
    Error,
    /// Refused by a limit of the provider.
    Refused,
    /// Rejected by the gateway's own limit.
    HeldBack,
}

impl Simulation {
    /// Runs the next step of a started request.
    #[inline]
    pub(super) fn step_request(&mut self, place: u32) {
        match self.arena.get(place).next {
            Next::First => {
                if self.is_answered_here(place) {
                    self.serve(place);
                } else if self.choose_primary(place) {
                    self.attempt(place);
                } else {
                    self.end(place, Fate::Failed);
                }
            }
            Next::Again => self.attempt(place),
            Next::Paced => self.reach(place),
            Next::Answer => self.answer(place),
            Next::Error | Next::Timeout => {
                self.fail_call(place);
                self.after_failure(place, Failure::Error);
            }
            Next::Refused => {
                self.judge(place, Verdict::Refused);
                self.arena.get_mut(place).is_calling = false;
                self.after_failure(place, Failure::Refused);
            }
        }
    }

    /// Calls a provider, if the gateway's own limit admits the call.
    #[inline]
    pub(super) fn call(&mut self, place: u32, provider: usize) -> Made {
        let request = self.arena.get_mut(place);
        request.provider = u8::try_from(provider).unwrap_or(u8::MAX);
        request.tried |= 1 << provider;
        request.attempts += 1;
        if self.config.providers[provider].gateway_limit.is_some() || self.has_pod_quotas {
            let Some(wait) = self.hold_back(place, provider) else {
                self.tally.providers[provider].limited_here += 1;
                return Made::HeldBack;
            };
            if 0 < wait {
                self.arena.get_mut(place).next = Next::Paced;
                let at = self.now.saturating_add(wait);
                self.wheel.insert(&mut self.arena, place, at, self.now);
                return Made::Called;
            }
        }
        self.reach(place);
        Made::Called
    }

    /// Delay imposed by the gateway's own limit, milliseconds; `None` if it rejects the call.
    fn hold_back(&mut self, place: u32, provider: usize) -> Option<u64> {
        let request = *self.arena.get(place);
        let settings = &self.config.providers[provider];
        let tokens = request.tokens(self.max_output(&request));
        let now = i64::try_from(self.now).unwrap_or(i64::MAX);
        let call = QuotaCall {
            client: request.question.client,
            tokens,
            now,
        };
        let pod = &mut self.fleet.pods[request.pod as usize];
        if !settings.has_room(&mut pod.levels, Scope::Pod, call) {
            return None;
        }
        let limit = match settings.gateway_limit.map(|own| own.scope) {
            None => None,
            Some(Scope::Shared) => self.upstreams[provider].shared.as_mut(),
            Some(Scope::Pod) => pod.own[provider].as_mut(),
        };
        let mut wait = 0;
        if let (Some(own), Some(limit)) = (settings.gateway_limit, limit) {
            let need = limit.counting.need(tokens);
            wait = match own.action {
                Action::Reject => limit.fits(need, now).then_some(0),
                Action::Pace => limit.wait(need, now),
            }?;
            limit.take(need, now);
        }
        settings.begin(&mut pod.levels, Scope::Pod, call);
        u64::try_from(wait).ok()
    }

    /// A call reaches its provider.
    #[inline]
    fn reach(&mut self, place: u32) {
        let now = self.now;
        let request = self.arena.get_mut(place);
        let provider = usize::from(request.provider);
        request.is_calling = true;
        self.tally.providers[provider].calls += 1;
        if let Some(rule) = &self.config.calls.breaker {
            let pod = &mut self.fleet.pods[request.pod as usize];
            request.pass = pod.breakers[provider].begin(rule, now);
        }
        let (next, after) = self.treat(place, provider);
        let request = self.arena.get_mut(place);
        request.next = next;
        request.step_at = NEVER;
        if let Some(after) = after {
            let at = now.saturating_add(after);
            self.wheel.insert(&mut self.arena, place, at, now);
        }
    }

    /// Outcome of a call and its delay, milliseconds; no delay if the call hangs.
    #[inline]
    fn treat(&mut self, place: u32, provider: usize) -> (Next, Option<u64>) {
        let settings = &self.config.providers[provider];
        let timeout_ms = self.config.calls.timeout_ms;
        let covers =
            |outage: &&ProviderOutage| outage.from_ms <= self.now && self.now < outage.to_ms;
        if let Some(outage) = settings.outages.iter().find(covers).copied() {
            return self.meet_outage(place, provider, outage);
        }
        if !settings.too_large.is_empty() && self.is_too_large(place, provider) {
            return (
                Next::Refused,
                Some(self.config.providers[provider].reject_ms),
            );
        }
        let settings = &self.config.providers[provider];
        let request = self.arena.get_mut(place);
        let client = &self.config.clients[request.question.client as usize];
        let tokens = request.tokens(client.max_output_tokens);
        let counted_at = self.upstreams[provider].counted_at;
        let under_way = self.upstreams[counted_at].in_flight;
        let upstream = &mut self.upstreams[provider];
        let speed = upstream.speed;
        let need = upstream.limit.counting.need(tokens);
        let now = i64::try_from(self.now).unwrap_or(i64::MAX);
        let is_full = settings.max_in_flight.is_some_and(|most| most <= under_way);
        let call = QuotaCall {
            client: request.question.client,
            tokens,
            now,
        };
        let mut has_room = || settings.has_room(&mut self.levels, Scope::Shared, call);
        if is_full || !upstream.limit.fits(need, now) || !has_room() {
            self.tally.providers[provider].rejected += 1;
            return (Next::Refused, Some(settings.reject_ms));
        }
        upstream.limit.take(need, now);
        settings.begin(&mut self.levels, Scope::Shared, call);
        self.upstreams[counted_at].in_flight += 1;
        self.tally.providers[provider].tokens += need.tokens;
        request.is_accepted = true;
        let ppm = u64::from(settings.failure_ppm);
        if 0 < ppm && self.failures.below(1_000_000) < ppm {
            return (Next::Error, Some(settings.fail_ms));
        }
        let service = if request.question.service_ms == NONE {
            let output = u64::from(request.question.output);
            settings.ttft_ms + output * 1_000_000 / speed
        } else {
            u64::from(request.question.service_ms)
        };
        let is_now = |slow: &&Slowdown| slow.from_ms <= self.now && self.now < slow.to_ms;
        // Two at once multiply, as two spikes do.
        let slow = settings.slowdowns.iter().filter(is_now);
        let service = slow.fold(service, |service, slow| {
            service.saturating_mul(u64::from(slow.permille)) / 1_000
        });
        match timeout_ms {
            Some(timeout) if timeout < service => (Next::Timeout, Some(timeout)),
            _ => (Next::Answer, Some(service)),
        }
    }

    /// Outcome and delay of a call that starts in an outage; may trip the pod's breaker.
    #[cold]
    fn meet_outage(
        &mut self,
        place: u32,
        provider: usize,
        outage: ProviderOutage,
    ) -> (Next, Option<u64>) {
        let calls = &self.config.calls;
        if let Some(rule) = &calls.breaker
            && rule
                .trip_ms
                .is_some_and(|trip| self.now + trip < outage.to_ms)
        {
            let pod = self.arena.get(place).pod as usize;
            self.fleet.pods[pod].breakers[provider].lose(rule, self.now);
        }
        match outage.kind {
            OutageKind::Fail => (Next::Error, Some(self.config.providers[provider].fail_ms)),
            OutageKind::Hang => (Next::Timeout, calls.timeout_ms.or(outage.over_ms)),
        }
    }

    /// Whether the provider refuses a call for its size alone. Such a call counts towards the
    /// request limit where there is room; its tokens do not count.
    #[cold]
    fn is_too_large(&mut self, place: u32, provider: usize) -> bool {
        let settings = &self.config.providers[provider];
        let client = self.arena.get(place).question.client;
        if settings.too_large.get(client as usize) != Some(&true) {
            return false;
        }
        let now = i64::try_from(self.now).unwrap_or(i64::MAX);
        let limit = &mut self.upstreams[provider].limit;
        let bare = Need {
            level: 0,
            tokens: 0,
        };
        if limit.fits(bare, now) {
            limit.take(bare, now);
        }
        settings.count_bare(&mut self.levels, (client, now));
        self.tally.providers[provider].rejected += 1;
        true
    }

    /// Ends a call, and its request, with an answer.
    #[inline]
    fn answer(&mut self, place: u32) {
        let provider = usize::from(self.arena.get(place).provider);
        self.tally.providers[provider].ok += 1;
        let upstream = &self.upstreams[provider];
        let is_kept = upstream.limit.counting == Counting::Reserve;
        let counted_at = upstream.counted_at;
        self.upstreams[counted_at].in_flight -= 1;
        let settings = &self.config.providers[provider];
        if !is_kept || settings.gateway_limit.is_some() || !settings.quotas.is_empty() {
            self.settle(place, provider);
        }
        self.judge(place, Verdict::Good);
        self.serve(place);
    }

    /// Whether the gateway answers the request itself.
    #[inline]
    fn is_answered_here(&self, place: u32) -> bool {
        let client = self.arena.get(place).question.client;
        self.config.clients[client as usize].is_answered_here
    }

    /// A request is answered and leaves its slot.
    #[inline]
    fn serve(&mut self, place: u32) {
        let request = self.arena.get(place);
        let (number, arrival, is_ghost) = (request.number, request.arrival, request.is_ghost);
        let wait_ms = request.start - arrival;
        if !is_ghost {
            self.tally.served(wait_ms, self.now - arrival);
            if self.is_logged() {
                let sent = sent(self.arena.get(place), self.now, Fate::Served);
                self.note(number, sent);
            }
        }
        self.leave_slot(place);
    }

    /// Corrects the reserved tokens by those that the answer used.
    fn settle(&mut self, place: u32, provider: usize) {
        let request = self.arena.get(place);
        let tokens: Tokens = request.tokens(self.max_output(request));
        let now = i64::try_from(self.now).unwrap_or(i64::MAX);
        let upstream = &mut self.upstreams[provider];
        let correction = upstream.limit.counting.correction(tokens);
        upstream.limit.correct(correction, now);
        self.tally.providers[provider].tokens += correction;
        let pod = &mut self.fleet.pods[request.pod as usize];
        let own = pod.own[provider].as_mut().or(upstream.shared.as_mut());
        if let Some(own) = own {
            own.correct(own.counting.correction(tokens), now);
        }
        let call = QuotaCall {
            client: request.question.client,
            tokens,
            now,
        };
        let settings = &self.config.providers[provider];
        settings.end(&mut self.levels, Scope::Shared, call);
        settings.end(&mut pod.levels, Scope::Pod, call);
    }

    #[inline]
    fn max_output(&self, request: &Request) -> Option<u32> {
        self.config.clients[request.question.client as usize].max_output_tokens
    }

    /// Ends a call with an error or a timeout.
    fn fail_call(&mut self, place: u32) {
        let request = self.arena.get_mut(place);
        let counts = &mut self.tally.providers[usize::from(request.provider)];
        if request.next == Next::Error {
            counts.errors += 1;
        } else {
            counts.timeouts += 1;
        }
        request.is_calling = false;
        self.release_call(place);
        self.judge(place, Verdict::Bad);
    }

    fn release_call(&mut self, place: u32) {
        let request = self.arena.get_mut(place);
        if std::mem::take(&mut request.is_accepted) {
            let counted_at = self.upstreams[usize::from(request.provider)].counted_at;
            self.upstreams[counted_at].in_flight -= 1;
        }
    }

    /// Reports a call's outcome to the pod's breaker.
    #[inline]
    fn judge(&mut self, place: u32, verdict: Verdict) {
        if let Some(rule) = &self.config.calls.breaker {
            let request = self.arena.get(place);
            let pod = &mut self.fleet.pods[request.pod as usize];
            let provider = usize::from(request.provider);
            pod.breakers[provider].end(request.pass, verdict, rule, self.now);
        }
    }

    /// Cancels the remaining steps of a request whose client has left or whose pod is gone.
    pub(super) fn cut_off(&mut self, place: u32) {
        self.wheel.remove(&mut self.arena, place, self.now);
        let request = *self.arena.get(place);
        if !request.is_calling {
            return;
        }
        if request.next != Next::Refused {
            self.tally.providers[usize::from(request.provider)].cancelled += 1;
        }
        self.release_call(place);
        self.judge(place, Verdict::Unknown);
        self.arena.get_mut(place).is_calling = false;
    }

    /// A started request ends without an answer.
    pub(super) fn end(&mut self, place: u32, fate: Fate) {
        let request = *self.arena.get(place);
        if !request.is_ghost {
            self.end_with(&request, fate);
        }
        self.leave_slot(place);
    }
}
