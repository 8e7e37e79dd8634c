//! The event loop: picks the next event and dispatches it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::model::ModelError;
use crate::model::hpa::Controller;

use super::arrival::Source;
use super::config::{Config, Scope, Stop};
use super::control::Control;
use super::event::Rare;
use super::fleet::Fleet;
use super::limit::Limit;
use super::patience::Patience;
use super::quota::Level;
use super::random::{Random, Stream};
use super::request::{Arena, NEVER, Question, Queue, Request};
use super::result::{Count, Fate, Results, Scaled, Sent};
use super::robin::failover_orders;
use super::route::Routes;
use super::scrape::Scrapes;
use super::tally::{Standing, Tally};
use super::wheel::Wheel;

/// Progress of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// More events follow.
    Running,
    /// The run is over.
    Done,
}

/// A provider's limits and calls in flight.
#[derive(Debug, Clone)]
pub(super) struct Upstream {
    pub(super) limit: Limit,
    /// The gateway's own limit for this provider, if all pods share one.
    pub(super) shared: Option<Limit>,
    pub(super) in_flight: u32,
    /// Index of the provider whose count its calls in flight belong to.
    pub(super) counted_at: usize,
    /// Output tokens per thousand seconds.
    pub(super) speed: u64,
}

/// A run of a [`Config`].
#[derive(Debug, Clone)]
pub struct Simulation {
    pub(super) config: Config,
    pub(super) now: u64,
    pub(super) control: Control,
    source: Source,
    coming_at: u64,
    resends: BinaryHeap<Reverse<(u64, u64, Question)>>,
    requests_made: u64,
    questions_made: u64,
    pub(super) arena: Arena,
    pub(super) wheel: Wheel,
    pub(super) patience: Patience,
    pub(super) fleet: Fleet,
    /// The shared queue, where pods have none.
    pub(super) pool: Queue,
    pub(super) upstreams: Vec<Upstream>,
    /// Remaining quotas that all pods share.
    pub(super) levels: Vec<Level>,
    /// Whether pods count any quota for themselves.
    pub(super) has_pod_quotas: bool,
    pub(super) routes: Routes,
    pub(super) weights: Vec<u32>,
    /// Order in which providers are tried, by primary.
    pub(super) orders: Vec<Vec<usize>>,
    pub(super) routing: Random,
    pub(super) failures: Random,
    jitter: Random,
    pub(super) tally: Tally,
    pub(super) scaled: Vec<Scaled>,
    pub(super) scrapes: Scrapes,
    pub(super) controller: Option<Controller>,
    /// Time when a trigger was last active.
    pub(super) active_at: Option<u64>,
    /// Failed polls in a row, by metric.
    pub(super) failed_looks: Vec<u32>,
    /// Failed polls of KEDA's triggers in a row.
    pub(super) failed_polls: u32,
    log: Option<Vec<Option<Sent>>>,
    is_done: bool,
}

impl Simulation {
    /// A run at its start.
    ///
    /// # Errors
    ///
    /// [`ModelError::OutOfDomain`] if the configuration allows no run; see
    /// [`Config::check`].
    pub fn new(config: Config, seed: u64) -> Result<Self, ModelError> {
        config.check()?;
        let weights: Vec<u32> = config.providers.iter().map(|each| each.weight).collect();
        let places: Vec<u32> = config.providers.iter().map(|each| each.order).collect();
        let routes = Routes::new(&config);
        let quotas = &config.quotas;
        let looks = config
            .hpa
            .as_ref()
            .map_or(0, |hpa| hpa.metrics.len() + hpa.further.len());
        let mut source = Source::new(&config.arrivals, &config.clients, seed);
        let coming_at = source.next_ms();
        let mut simulation = Self {
            now: 0,
            control: Control::default(),
            source,
            coming_at,
            resends: BinaryHeap::new(),
            requests_made: 0,
            questions_made: 0,
            arena: Arena::default(),
            wheel: Wheel::new(),
            patience: Patience::new(&config.clients),
            fleet: Fleet::new(&config, routes.count),
            pool: Queue::empty(),
            upstreams: config
                .providers
                .iter()
                .enumerate()
                .map(Upstream::new)
                .collect(),
            levels: quotas.iter().map(Level::full).collect(),
            has_pod_quotas: quotas.iter().any(|quota| quota.scope == Scope::Pod),
            routes,
            orders: failover_orders(&weights, &places),
            weights,
            routing: Random::of(seed, Stream::Routing),
            failures: Random::of(seed, Stream::Failures),
            jitter: Random::of(seed, Stream::Resending),
            tally: Tally::new(config.providers.len(), config.late_ms),
            scaled: Vec::new(),
            scrapes: Scrapes::default(),
            controller: config
                .hpa
                .as_ref()
                .map(|hpa| Controller::new(hpa.limits.clone())),
            active_at: None,
            failed_looks: vec![0; looks],
            failed_polls: 0,
            log: None,
            is_done: false,
            config,
        };
        simulation.tally.totals.most_pods = simulation.fleet.wanted;
        simulation.plan();
        Ok(simulation)
    }

    /// Adds a log of every request; its memory grows with their number.
    #[must_use]
    pub fn logged(mut self) -> Self {
        self.log = Some(Vec::new());
        self
    }

    /// Processes at most `budget` events.
    pub fn step(&mut self, budget: u32) -> Status {
        for _ in 0..budget {
            if !self.advance() {
                self.finish();
                return Status::Done;
            }
        }
        Status::Running
    }

    /// Current time of the run, milliseconds.
    pub fn now_ms(&self) -> u64 {
        self.now
    }

    /// Requests that have arrived so far.
    pub fn requests_made(&self) -> u64 {
        self.requests_made
    }

    /// Results so far, up to the last closed bucket.
    pub fn results(&self) -> Results {
        Results {
            totals: self.tally.totals(),
            buckets: self.tally.buckets.clone(),
            scale: self.scaled.clone(),
            requests: self.log.clone().unwrap_or_default(),
        }
    }

    /// Schedules the periodic events and those of the configuration.
    fn plan(&mut self) {
        self.control.add(self.config.bucket_ms, Rare::Bucket);
        if let Some(hpa) = &self.config.hpa {
            self.control
                .add(self.config.metrics.offset_ms, Rare::Scrape);
            self.control.add(hpa.offset_ms, Rare::Sync);
            if let Some(activation) = &hpa.activation {
                self.control.add(activation.offset_ms, Rare::Poll);
            }
        }
        for (place, event) in (0..).zip(&self.config.events) {
            self.control.add(event.at_ms, Rare::Event(place));
        }
    }

    /// Processes the next event; false if the run is over.
    #[inline]
    fn advance(&mut self) -> bool {
        let rare = self.control.next();
        let step = self.wheel.next;
        let leaving = self.patience.next;
        let again = self.resends.peek().map_or(NEVER, |Reverse((at, ..))| *at);
        let first = rare.min(step).min(leaving).min(self.coming_at).min(again);
        if self.config.duration_ms <= first {
            return false;
        }
        self.now = first;
        // Order of the kinds at one instant.
        if rare == first {
            self.happen();
        } else if step == first {
            if let Some(place) = self.wheel.pop(&mut self.arena, first) {
                self.step_request(place);
            }
        } else if leaving == first {
            self.leave();
        } else if self.coming_at == first {
            self.come();
        } else if let Some(Reverse((_, _, question))) = self.resends.pop() {
            self.tally.counts.add(Count::Resent);
            self.arrive(question);
        }
        true
    }

    fn happen(&mut self) {
        let Some(event) = self.control.pop() else {
            return;
        };
        match event {
            // The end of the run closes the last bucket.
            Rare::Bucket if self.has_shown_enough() => self.config.duration_ms = self.now,
            Rare::Bucket => {
                self.close_bucket();
                self.control
                    .add(self.now + self.config.bucket_ms, Rare::Bucket);
            }
            Rare::Scrape => {
                self.scrape();
                self.control
                    .add(self.now + self.config.metrics.scrape_ms, Rare::Scrape);
            }
            Rare::Sync => self.sync(),
            Rare::Poll => self.poll(),
            Rare::Event(place) => self.change(place),
            Rare::Notice(_, event) => self.notice(event),
            Rare::Evict(_, event) => self.evict(event),
            Rare::Ready(pod) => self.become_ready(pod),
            Rare::Drained(pod) => self.end_drain(pod),
            Rare::Gone => self.deploy(),
        }
    }

    #[inline]
    fn come(&mut self) {
        let Some(arrival) = self.source.next() else {
            return;
        };
        self.coming_at = self.source.next_ms();
        let question = Question {
            number: self.questions_made,
            sends: 1,
            client: arrival.client,
            input: arrival.input_tokens,
            output: arrival.output_tokens,
            service_ms: arrival.service_ms.unwrap_or(super::request::NONE),
        };
        self.questions_made += 1;
        self.tally.counts.add(Count::Offered);
        self.arrive(question);
    }

    /// Numbers the request that arrives now.
    #[inline]
    pub(super) fn number_request(&mut self) -> u64 {
        let number = self.requests_made;
        self.requests_made += 1;
        if let Some(log) = &mut self.log {
            log.push(None);
        }
        number
    }

    /// A request has ended without an answer; its client may send it again.
    pub(super) fn lose(&mut self, request: &Request, fate: Fate) {
        let (number, question) = (request.number, request.question);
        self.tally.counts.add(fate.count());
        let resend = self.config.clients[question.client as usize].resend;
        if resend.sends <= question.sends {
            self.tally.lost += 1;
            self.tally.counts.add(Count::Lost);
            let has_started = request.start <= self.now;
            if has_started && self.tally.is_late(request.start - request.arrival) {
                self.tally.counts.add(Count::LateLost);
            }
            return;
        }
        let mut delay = backed_off(resend.delay_ms, resend.factor, question.sends - 1);
        delay = delay.min(resend.max_delay_ms);
        if resend.jitter_ms != 0 {
            delay += self.jitter.below(resend.jitter_ms + 1);
        }
        let again = Question {
            sends: question.sends + 1,
            ..question
        };
        self.resends
            .push(Reverse((self.now + delay, number, again)));
    }

    /// Whether requests are logged.
    #[inline]
    pub(super) fn is_logged(&self) -> bool {
        self.log.is_some()
    }

    pub(super) fn note(&mut self, number: u64, sent: Sent) {
        let log = self.log.as_mut();
        let index = usize::try_from(number).unwrap_or(usize::MAX);
        if let Some(place) = log.and_then(|log| log.get_mut(index)) {
            *place = Some(sent);
        }
    }

    fn has_shown_enough(&self) -> bool {
        let is_passed =
            |stop: Stop| stop.late < self.tally.late_started() || stop.lost < self.tally.lost;
        self.config.stop.is_some_and(is_passed)
    }

    fn close_bucket(&mut self) {
        self.fleet.pass_time(self.now, &mut self.tally.pod_ms);
        let standing = Standing {
            desired: self.fleet.wanted,
            existing: self.fleet.existing(),
            ready: self.fleet.serving(),
            ending: self.fleet.ending(),
            lost: self.fleet.lost(),
            reported: self.scrapes.reported,
        };
        self.tally.close(standing);
    }

    fn finish(&mut self) {
        if self.is_done {
            return;
        }
        self.is_done = true;
        self.now = self.config.duration_ms;
        for place in self.arena.in_slots() {
            self.tally.slot_ms += self.now - self.arena.get(place).start;
        }
        self.close_bucket();
    }
}

/// A delay multiplied by `factor`, `times` times.
pub(super) fn backed_off(delay_ms: u64, factor: u64, times: u32) -> u64 {
    delay_ms.saturating_mul(factor.saturating_pow(times))
}

impl Upstream {
    fn new((place, provider): (usize, &super::config::Provider)) -> Self {
        let own = provider
            .gateway_limit
            .filter(|own| own.scope == Scope::Shared);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "saturating; a speed of 0 is taken for the slowest"
        )]
        let speed = libm::rint(provider.tokens_per_s * 1_000.0) as u64;
        let counting = provider.counting;
        Self {
            limit: Limit::full(provider.rpm, provider.tpm, provider.burst_ms, counting),
            shared: own.map(|own| Limit::full(own.rpm, own.tpm, own.burst_ms, own.counting)),
            in_flight: 0,
            // Only an earlier provider can count for this one.
            counted_at: provider
                .at_once_with
                .map_or(place, |of| place.min(of as usize)),
            speed: speed.max(1),
        }
    }
}
