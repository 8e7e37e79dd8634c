//! Which provider takes which request, when, and which requests are turned away.
//!
//! Providers have a bucket for requests and one for tokens; requests go round by
//! weight, fail over, wait in one first-come queue with an end, and leave it when
//! their patience does. `tests/vectors/bucket-cases.json` states the rules, which the
//! comments here cite by number.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use super::lane::Lane;
use super::round_robin::RoundRobin;
use super::{Config, Failover, Overflow, Provider, Request};
use crate::model::ModelError;
use crate::model::bucket::{Clock, Ticks};

/// Why a request was turned away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// No provider had room and there is no queue.
    RateLimited,
    /// The queue was full when it came.
    QueueFull,
    /// The queue was full when another came.
    Dropped,
    /// It had waited as long as it would.
    Timeout,
    /// No bucket holds as many tokens.
    TooLarge,
}

/// Where a request ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// At a provider, by its place in the list.
    Sent(usize),
    /// Nowhere.
    Refused(Refusal),
}

/// What became of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// Where it ended.
    pub fate: Fate,
    /// When, to the nearest nanosecond.
    pub at_ns: u64,
    /// How long after its arrival, to the nearest nanosecond.
    pub waited_ns: u64,
}

/// What a provider has left; absent where no limit binds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Levels {
    /// Requests it would take at once.
    pub requests: Option<f64>,
    /// Tokens it would take at once; less than 0 where more was used than reserved.
    pub tokens: Option<f64>,
}

/// Whether there is more to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Something will still happen.
    Running,
    /// Nothing will happen any more.
    Done,
}

/// A request in the queue.
#[derive(Debug, Clone, Copy)]
struct Waiting {
    request: usize,
    primary: Option<usize>,
}

/// A correction to come: when, in which order, at which provider, for which request.
type Due = Reverse<(Ticks, usize, usize)>;

/// A run of requests against providers.
#[derive(Debug, Clone)]
pub struct Admission {
    clock: Clock,
    requests: Vec<Request>,
    failover: Failover,
    queue_max: usize,
    overflow: Overflow,
    timeout: Option<Ticks>,
    lanes: Vec<Lane>,
    /// Providers by weight, the heaviest first.
    by_weight: Vec<usize>,
    robin: RoundRobin,
    arrived: usize,
    queue: VecDeque<Waiting>,
    settlements: BinaryHeap<Due>,
    now: Ticks,
    outcomes: Vec<Option<Outcome>>,
    depths: Vec<(u64, usize)>,
}

impl Admission {
    /// A run that has not begun.
    ///
    /// # Errors
    ///
    /// [`ModelError::OutOfDomain`] if requests or outages are not in order of time, or
    /// the limits have too little in common; see [`Clock::for_limits`].
    pub fn new(config: Config) -> Result<Self, ModelError> {
        let limits = |provider: &Provider| [provider.requests_per_min, provider.tokens_per_min];
        let clock = Clock::for_limits(config.providers.iter().flat_map(limits).flatten())?;
        config.check_order()?;
        let weights: Vec<u32> = config.providers.iter().map(|each| each.weight).collect();
        let mut by_weight: Vec<usize> = (0..weights.len()).collect();
        by_weight.sort_by_key(|index| Reverse(weights.get(*index).copied()));
        Ok(Self {
            clock,
            failover: config.failover,
            queue_max: usize::try_from(config.queue_max).unwrap_or(usize::MAX),
            overflow: config.overflow,
            timeout: config.timeout_ns.map(|ns| clock.ticks(ns)),
            lanes: config
                .providers
                .iter()
                .map(|provider| Lane::new(provider, clock))
                .collect(),
            by_weight,
            robin: RoundRobin::new(weights),
            arrived: 0,
            queue: VecDeque::new(),
            settlements: BinaryHeap::new(),
            now: 0,
            outcomes: vec![None; config.requests.len()],
            depths: vec![(0, 0)],
            requests: config.requests,
        })
    }

    /// Moves on by at most `budget` moments at which something happens.
    pub fn step(&mut self, budget: u32) -> Status {
        for _ in 0..budget {
            let Some(next) = self.next_moment() else {
                return Status::Done;
            };
            self.now = next;
            self.pass();
        }
        Status::Running
    }

    /// What became of each request so far, in the order of the requests; one for which
    /// no provider ever has room waits for good.
    pub fn outcomes(&self) -> &[Option<Outcome>] {
        &self.outcomes
    }

    /// Number waiting from each nanosecond on, where it changes.
    pub fn queue_depths(&self) -> &[(u64, usize)] {
        &self.depths
    }

    /// How far the run has come.
    pub fn now_ns(&self) -> u64 {
        self.clock.nearest_ns(self.now)
    }

    /// What each provider has left.
    pub fn levels(&self) -> Vec<Levels> {
        self.lanes
            .iter()
            .map(|lane| lane.levels(self.now))
            .collect()
    }

    fn next_moment(&self) -> Option<Ticks> {
        let arrival = self.requests.get(self.arrived);
        let arrival = arrival.map(|request| self.clock.ticks(request.at_ns));
        let head = self.queue.front();
        // What is settled when nobody comes or waits any more changes no fate.
        if arrival.is_none() && head.is_none() {
            return None;
        }
        let sendable = head.and_then(|head| self.first_ready(*head));
        let timeout = head.and_then(|head| self.leaves_at(*head));
        let settlement = self.settlements.peek().map(|Reverse((at, ..))| *at);
        let moments = [arrival, sendable.map(|(at, _)| at), timeout, settlement];
        moments.into_iter().flatten().min()
    }

    /// Everything that happens now, in the order of rule 10.
    fn pass(&mut self) {
        while let Some(Reverse((at, request, provider))) = self.settlements.peek().copied()
            && at <= self.now
        {
            self.settlements.pop();
            self.settle(request, provider);
        }
        self.send_waiting();
        while let Some(head) = self.queue.front().copied()
            && self.leaves_at(head).is_some_and(|at| at <= self.now)
        {
            self.queue.pop_front();
            self.refuse(head.request, Refusal::Timeout);
        }
        self.send_waiting();
        while let Some(request) = self.requests.get(self.arrived).copied()
            && self.clock.ticks(request.at_ns) <= self.now
        {
            let index = self.arrived;
            self.arrived += 1;
            self.arrive(index, request.tokens);
            self.send_waiting();
        }
        self.note_depth();
    }

    /// Rules 4 to 6 and 9.
    fn arrive(&mut self, request: usize, tokens: u64) {
        let fits = |lane: &Lane| lane.can_hold(tokens);
        let now = self.now;
        let waiting = match self.failover {
            Failover::Ordered => {
                if !self.lanes.iter().any(fits) {
                    return self.refuse(request, Refusal::TooLarge);
                }
                let primary = Self::turn(&mut self.robin, &self.lanes, now);
                Waiting { request, primary }
            }
            Failover::None => {
                let turn = Self::turn(&mut self.robin, &self.lanes, now);
                let primary = turn.unwrap_or(0);
                if !self.lanes.get(primary).is_some_and(fits) {
                    return self.refuse(request, Refusal::TooLarge);
                }
                Waiting {
                    request,
                    primary: Some(primary),
                }
            }
        };
        if self.queue.is_empty()
            && let Some(provider) = self.taker(waiting)
        {
            return self.send(waiting, provider);
        }
        if self.queue_max == 0 {
            return self.refuse(request, Refusal::RateLimited);
        }
        if self.queue.len() < self.queue_max {
            return self.queue.push_back(waiting);
        }
        match self.overflow {
            Overflow::RejectNew => self.refuse(request, Refusal::QueueFull),
            Overflow::DropOldest => {
                if let Some(head) = self.queue.pop_front() {
                    self.refuse(head.request, Refusal::Dropped);
                }
                self.queue.push_back(waiting);
            }
        }
    }

    fn turn(robin: &mut RoundRobin, lanes: &[Lane], now: Ticks) -> Option<usize> {
        robin.turn(|index| lanes.get(index).is_some_and(|lane| lane.is_up(now)))
    }

    /// Sends from the queue while its head can go.
    fn send_waiting(&mut self) {
        while let Some(head) = self.queue.front().copied()
            && let Some(provider) = self.taker(head)
        {
            self.queue.pop_front();
            self.send(head, provider);
        }
    }

    /// The provider that takes it now, if one can.
    fn taker(&self, waiting: Waiting) -> Option<usize> {
        let (at, provider) = self.first_ready(waiting)?;
        (at <= self.now).then_some(provider)
    }

    /// When and where it can go first; where several can, in the order of rule 7.
    fn first_ready(&self, waiting: Waiting) -> Option<(Ticks, usize)> {
        let tokens = self.requests.get(waiting.request)?.tokens;
        let others = match self.failover {
            Failover::None => &[],
            Failover::Ordered => self.by_weight.as_slice(),
        };
        let allowed = waiting.primary.iter().chain(others).copied();
        let ready = |provider: usize| {
            let at = self.lanes.get(provider)?.ready_at(tokens, self.now)?;
            Some((at, provider))
        };
        // `min_by_key` keeps the first of equals.
        allowed.filter_map(ready).min_by_key(|(at, _)| *at)
    }

    fn send(&mut self, waiting: Waiting, provider: usize) {
        let Some(request) = self.requests.get(waiting.request).copied() else {
            return;
        };
        if let Some(lane) = self.lanes.get_mut(provider) {
            lane.take(request.tokens, self.now);
        }
        if let Some(settlement) = request.settlement {
            let at = self.now + self.clock.ticks(settlement.latency_ns);
            self.settlements
                .push(Reverse((at, waiting.request, provider)));
        }
        self.conclude(waiting.request, Fate::Sent(provider));
    }

    fn settle(&mut self, request: usize, provider: usize) {
        if let Some(request) = self.requests.get(request)
            && let Some(settlement) = request.settlement
            && let Some(lane) = self.lanes.get_mut(provider)
        {
            lane.settle(request.tokens, settlement.actual_tokens, self.now);
        }
    }

    fn refuse(&mut self, request: usize, refusal: Refusal) {
        self.conclude(request, Fate::Refused(refusal));
    }

    fn conclude(&mut self, request: usize, fate: Fate) {
        let arrived = self.arrived_at(request);
        let outcome = Outcome {
            fate,
            at_ns: self.clock.nearest_ns(self.now),
            waited_ns: self.clock.nearest_ns(self.now - arrived),
        };
        if let Some(place) = self.outcomes.get_mut(request) {
            debug_assert_eq!(*place, None, "request {request} ends twice");
            *place = Some(outcome);
        }
    }

    fn arrived_at(&self, request: usize) -> Ticks {
        let request = self.requests.get(request);
        request.map_or(0, |request| self.clock.ticks(request.at_ns))
    }

    fn leaves_at(&self, waiting: Waiting) -> Option<Ticks> {
        Some(self.arrived_at(waiting.request) + self.timeout?)
    }

    fn note_depth(&mut self) {
        let (at, depth) = (self.now_ns(), self.queue.len());
        match self.depths.last_mut() {
            Some((last_at, last)) if *last_at == at => *last = depth,
            Some((_, last)) if *last == depth => {}
            _ => self.depths.push((at, depth)),
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;
    use crate::simulation::Settlement;
    use proptest::collection::vec;
    use proptest::option;
    use proptest::prelude::*;
    use proptest::sample::select;

    const SECOND: u64 = 1_000_000_000;

    fn provider() -> impl Strategy<Value = Provider> {
        (
            0_u32..5,
            option::of(select(&[0_u64, 1, 6, 7, 60, 500][..])),
            option::of(select(&[0_u64, 600, 1_000, 7_777, 30_000][..])),
            select(&[1_u64, 10, 60][..]),
            vec(0_u64..200, 0..4),
        )
            .prop_map(|(weight, requests, tokens, burst, mut ends)| {
                ends.sort_unstable();
                let outages = ends.chunks_exact(2);
                Provider {
                    weight,
                    requests_per_min: requests,
                    tokens_per_min: tokens,
                    burst_ns: burst * SECOND,
                    down_ns: outages
                        .map(|pair| (pair[0] * SECOND, pair[1] * SECOND))
                        .collect(),
                }
            })
    }

    fn request() -> impl Strategy<Value = Request> {
        let settlement = option::of((0_u64..1_500, 0_u64..20 * SECOND));
        (0_u64..200_000, 0_u64..1_200, settlement).prop_map(|(at_ms, tokens, settlement)| Request {
            at_ns: at_ms * 1_000_000,
            tokens,
            settlement: settlement.map(|(actual_tokens, latency_ns)| Settlement {
                actual_tokens,
                latency_ns,
            }),
        })
    }

    fn config() -> impl Strategy<Value = Config> {
        (
            vec(provider(), 0..5),
            vec(request(), 0..120),
            any::<bool>(),
            select(&[0_u32, 1, 5, 1_000][..]),
            any::<bool>(),
            option::of(0_u64..60 * SECOND),
        )
            .prop_map(
                |(providers, mut requests, ordered, queue_max, drops, timeout_ns)| {
                    requests.sort_by_key(|request| request.at_ns);
                    Config {
                        providers,
                        requests,
                        failover: if ordered {
                            Failover::Ordered
                        } else {
                            Failover::None
                        },
                        queue_max,
                        overflow: if drops {
                            Overflow::DropOldest
                        } else {
                            Overflow::RejectNew
                        },
                        timeout_ns,
                    }
                },
            )
    }

    fn finished(config: &Config, budget: u32) -> Admission {
        let mut run = Admission::new(config.clone()).unwrap();
        // A request arrives, leaves and settles once, so that is all that can happen.
        let most = 3 * config.requests.len() + 2;
        let done = (0..most).any(|_| run.step(budget) == Status::Done);
        assert!(done, "more happens than can");
        run
    }

    fn sent(run: &Admission) -> impl Iterator<Item = (usize, usize, Outcome)> {
        let outcomes = run.outcomes().iter().flatten().enumerate();
        outcomes.filter_map(|(request, outcome)| match outcome.fate {
            Fate::Sent(provider) => Some((request, provider, *outcome)),
            Fate::Refused(_) => None,
        })
    }

    proptest! {
        #[test]
        fn a_run_is_the_same_however_it_is_cut(config in config()) {
            let (fine, coarse) = (finished(&config, 1), finished(&config, 1_000));
            prop_assert_eq!(fine.outcomes(), coarse.outcomes());
            prop_assert_eq!(fine.queue_depths(), coarse.queue_depths());
            prop_assert_eq!(fine.levels(), coarse.levels());
        }

        #[test]
        fn every_request_ends_once_and_in_time(config in config()) {
            let run = finished(&config, 10);
            let waits_for_good = run.outcomes().iter().any(Option::is_none);
            if config.timeout_ns.is_some() {
                prop_assert!(!waits_for_good);
            }
            for (request, outcome) in config.requests.iter().zip(run.outcomes()) {
                let Some(outcome) = outcome else { continue };
                // Both are rounded to the nearest nanosecond.
                prop_assert!(outcome.at_ns.abs_diff(request.at_ns + outcome.waited_ns) <= 1);
                if let Some(timeout) = config.timeout_ns {
                    prop_assert!(outcome.waited_ns <= timeout);
                }
            }
            let longest = run.queue_depths().iter().map(|(_, depth)| *depth).max();
            prop_assert!(longest.unwrap() <= usize::try_from(config.queue_max).unwrap());
        }

        #[test]
        fn those_that_are_sent_from_the_queue_keep_their_order(config in config()) {
            let run = finished(&config, 10);
            let mut last = 0;
            for (_, _, outcome) in sent(&run) {
                prop_assert!(last <= outcome.at_ns, "{:?}", run.outcomes());
                last = outcome.at_ns;
            }
        }

        #[test]
        fn no_provider_is_used_beyond_its_limit_or_while_it_is_down(config in config()) {
            let run = finished(&config, 10);
            for (index, provider) in config.providers.iter().enumerate() {
                let taken: Vec<u64> = sent(&run)
                    .filter(|(_, by, _)| *by == index)
                    .map(|(_, _, outcome)| outcome.at_ns)
                    .collect();
                for at in &taken {
                    let down = |(from, to): &(u64, u64)| *from <= *at && *at < *to;
                    prop_assert!(!provider.down_ns.iter().any(down), "{at}");
                }
                let Some(limit) = provider.requests_per_min else { continue };
                for (first, from) in taken.iter().enumerate() {
                    for (last, to) in taken.iter().enumerate().skip(first) {
                        let span_ns = provider.burst_ns + (to - from) + 1;
                        let most = u128::from(span_ns) * u128::from(limit) / 60_000_000_000;
                        prop_assert!((last - first + 1) as u128 <= most, "{index}: {taken:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_out_of_order_is_refused() {
        let request = |at_ns| Request {
            at_ns,
            tokens: 1,
            settlement: None,
        };
        let config = Config {
            providers: Vec::new(),
            requests: vec![request(2 * SECOND), request(SECOND)],
            failover: Failover::Ordered,
            queue_max: 0,
            overflow: Overflow::RejectNew,
            timeout_ns: None,
        };
        let error = ModelError::OutOfDomain {
            input: "arrival before an earlier one",
            value: 1.0,
        };
        assert_eq!(Admission::new(config).err(), Some(error));
    }
}
