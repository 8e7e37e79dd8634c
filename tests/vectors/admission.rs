//! One queue before providers that have room or not: the rules that the cases state,
//! cited by number, around the day's own buckets, turns and failover order.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use kt_capacity::simulation::{Bucket, Robin, failover_orders};

pub(crate) struct Provider {
    pub(crate) weight: u32,
    pub(crate) rpm: Option<i64>,
    pub(crate) tpm: Option<i64>,
    pub(crate) burst_us: i64,
    /// When it takes nothing, `from..to`, in order.
    pub(crate) down_us: Vec<(i64, i64)>,
}

#[derive(Clone, Copy)]
pub(crate) struct Request {
    pub(crate) at_us: i64,
    pub(crate) tokens: i64,
    /// Tokens used in the end, and how long after sending that is known.
    pub(crate) settlement: Option<(i64, i64)>,
}

pub(crate) struct Setup {
    pub(crate) providers: Vec<Provider>,
    pub(crate) requests: Vec<Request>,
    pub(crate) is_ordered: bool,
    pub(crate) queue_max: usize,
    pub(crate) drops_oldest: bool,
    pub(crate) timeout_us: Option<i64>,
}

/// Outcome of a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Fate {
    Sent(usize),
    Refused(&'static str),
}

/// Fate of each request that has one, when, and how long after its arrival, nanoseconds.
pub(crate) type Outcome = Option<(Fate, i64, i64)>;

pub(crate) struct Admission {
    clock: Clock,
    lanes: Vec<Lane>,
    orders: Vec<Vec<usize>>,
    weights: Vec<u32>,
    robin: Robin,
    setup: Setup,
    arrived: usize,
    queue: VecDeque<Waiting>,
    settlements: BinaryHeap<Reverse<(i64, usize, usize)>>,
    now: i64,
    pub(crate) outcomes: Vec<Outcome>,
    /// Number waiting from each nanosecond on, where it changes.
    pub(crate) depths: Vec<(i64, usize)>,
}

#[derive(Clone, Copy)]
struct Waiting {
    request: usize,
    primary: Option<usize>,
}

/// Ticks so fine that a unit of each limit takes a whole number of them.
#[derive(Clone, Copy)]
struct Clock {
    per_us: i64,
}

impl Clock {
    fn new(limits: impl Iterator<Item = i64>) -> Self {
        let mut per_us = 1;
        for limit in limits.filter(|limit| 0 < *limit) {
            let parts = limit / common_divisor(limit, 60_000_000);
            per_us *= parts / common_divisor(parts, per_us);
        }
        Self { per_us }
    }

    fn per_min(self) -> i64 {
        60_000_000 * self.per_us
    }

    /// The nearest whole nanosecond, halves up.
    fn ns(self, ticks: i64) -> i64 {
        (2_000 * ticks + self.per_us) / (2 * self.per_us)
    }
}

fn common_divisor(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { common_divisor(b, a % b) }
}

struct Lane {
    unit: i64,
    requests: Option<Bucket>,
    tokens: Option<Bucket>,
    down: Vec<(i64, i64)>,
}

impl Lane {
    fn new(provider: &Provider, clock: Clock) -> Self {
        let bucket = |limit| Bucket::full(limit, provider.burst_us * clock.per_us);
        let outages = provider.down_us.iter();
        Self {
            unit: clock.per_min(),
            requests: provider.rpm.map(bucket),
            tokens: provider.tpm.map(bucket),
            down: outages
                .map(|(from, to)| (from * clock.per_us, to * clock.per_us))
                .collect(),
        }
    }

    fn is_up(&self, now: i64) -> bool {
        let covers = |(from, to): &(i64, i64)| *from <= now && now < *to;
        !self.down.iter().any(covers)
    }

    fn can_hold(&self, tokens: i64) -> bool {
        self.tokens
            .is_none_or(|bucket| bucket.can_hold(tokens * self.unit))
    }

    /// First moment from `now` on at which it can take a request; none if it never can.
    fn ready_at(&self, tokens: i64, now: i64) -> Option<i64> {
        let mut wait = 0;
        if let Some(bucket) = self.requests {
            wait = wait.max(bucket.wait(self.unit, now)?);
        }
        if let Some(bucket) = self.tokens {
            if !bucket.can_hold(tokens * self.unit) {
                return None;
            }
            wait = wait.max(bucket.wait(tokens * self.unit, now)?);
        }
        let mut ready = now + wait;
        for (from, to) in &self.down {
            if *from <= ready && ready < *to {
                ready = *to;
            }
        }
        Some(ready)
    }

    fn take(&mut self, requests: i64, tokens: i64, now: i64) {
        if let Some(bucket) = &mut self.requests {
            bucket.take(requests * self.unit, now);
        }
        if let Some(bucket) = &mut self.tokens {
            bucket.take(tokens * self.unit, now);
        }
    }
}

impl Admission {
    pub(crate) fn new(setup: Setup) -> Self {
        let limits = setup.providers.iter();
        let clock = Clock::new(limits.flat_map(|each| [each.rpm, each.tpm]).flatten());
        let weights: Vec<u32> = setup.providers.iter().map(|each| each.weight).collect();
        Self {
            clock,
            lanes: setup
                .providers
                .iter()
                .map(|provider| Lane::new(provider, clock))
                .collect(),
            orders: failover_orders(&weights, &vec![0; weights.len()]),
            robin: Robin::new(weights.len()),
            weights,
            arrived: 0,
            queue: VecDeque::new(),
            settlements: BinaryHeap::new(),
            now: 0,
            outcomes: vec![None; setup.requests.len()],
            depths: vec![(0, 0)],
            setup,
        }
    }

    pub(crate) fn run(&mut self) {
        while let Some(next) = self.next_moment() {
            self.now = next;
            self.pass();
        }
    }

    pub(crate) fn now_ns(&self) -> i64 {
        self.clock.ns(self.now)
    }

    /// Requests and tokens that each provider would take at once.
    pub(crate) fn levels(&self) -> Vec<[Option<f64>; 2]> {
        let per_min = self.clock.per_min() as f64;
        let level =
            |bucket: Option<Bucket>| bucket.map(|bucket| bucket.level(self.now) as f64 / per_min);
        let lanes = self.lanes.iter();
        lanes
            .map(|lane| [level(lane.requests), level(lane.tokens)])
            .collect()
    }

    fn next_moment(&self) -> Option<i64> {
        let arrival = self.setup.requests.get(self.arrived);
        let arrival = arrival.map(|request| request.at_us * self.clock.per_us);
        let head = self.queue.front().copied();
        // What is settled when nobody comes or waits any more changes no fate.
        if arrival.is_none() && head.is_none() {
            return None;
        }
        let sendable = head.and_then(|head| self.first_ready(head));
        let timeout = head.and_then(|head| self.leaves_at(head));
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
            let request = self.setup.requests[request];
            let used = request.settlement.unwrap().0 - request.tokens;
            self.lanes[provider].take(0, used, self.now);
        }
        self.send_waiting();
        while let Some(head) = self.queue.front().copied()
            && self.leaves_at(head).is_some_and(|at| at <= self.now)
        {
            self.queue.pop_front();
            self.conclude(head.request, Fate::Refused("timeout"));
        }
        self.send_waiting();
        while let Some(request) = self.setup.requests.get(self.arrived).copied()
            && request.at_us * self.clock.per_us <= self.now
        {
            let index = self.arrived;
            self.arrived += 1;
            self.arrive(index, request.tokens);
            self.send_waiting();
        }
        self.note_depth();
    }

    /// Rules 4 to 6 and 9.
    fn arrive(&mut self, request: usize, tokens: i64) {
        let fits = |lane: &Lane| lane.can_hold(tokens);
        let too_large = Fate::Refused("too_large");
        let (lanes, now) = (&self.lanes, self.now);
        if self.setup.is_ordered && !lanes.iter().any(fits) {
            return self.conclude(request, too_large);
        }
        let may_go = |index: usize| lanes[index].is_up(now);
        let mut primary = self.robin.turn(&self.weights, may_go);
        if !self.setup.is_ordered {
            primary = Some(primary.unwrap_or(0));
            if !primary.is_some_and(|primary| fits(&lanes[primary])) {
                return self.conclude(request, too_large);
            }
        }
        let waiting = Waiting { request, primary };
        if self.queue.is_empty()
            && let Some(provider) = self.taker(waiting)
        {
            return self.send(waiting, provider);
        }
        if self.setup.queue_max == 0 {
            return self.conclude(request, Fate::Refused("rate_limited"));
        }
        if self.setup.queue_max <= self.queue.len() {
            if !self.setup.drops_oldest {
                return self.conclude(request, Fate::Refused("queue_full"));
            }
            let head = self.queue.pop_front().unwrap();
            self.conclude(head.request, Fate::Refused("dropped"));
        }
        self.queue.push_back(waiting);
    }

    fn send_waiting(&mut self) {
        while let Some(head) = self.queue.front().copied()
            && let Some(provider) = self.taker(head)
        {
            self.queue.pop_front();
            self.send(head, provider);
        }
    }

    fn taker(&self, waiting: Waiting) -> Option<usize> {
        let (at, provider) = self.first_ready(waiting)?;
        (at <= self.now).then_some(provider)
    }

    /// When and where it can go first; where several can, in the order of rule 7.
    fn first_ready(&self, waiting: Waiting) -> Option<(i64, usize)> {
        let tokens = self.setup.requests[waiting.request].tokens;
        let order = self.orders[waiting.primary.unwrap_or(0)].as_slice();
        let order: Vec<usize> = match (self.setup.is_ordered, waiting.primary) {
            (false, _) => order[..1].to_vec(),
            (true, Some(_)) => order.to_vec(),
            (true, None) => self.by_weight(),
        };
        let ready = |provider: usize| {
            let at = self.lanes[provider].ready_at(tokens, self.now)?;
            Some((at, provider))
        };
        // `min_by_key` keeps the first of equals.
        order
            .into_iter()
            .filter_map(ready)
            .min_by_key(|(at, _)| *at)
    }

    /// The order of a request that found nobody up: the heaviest first.
    fn by_weight(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.weights.len()).collect();
        order.sort_by_key(|index| Reverse(self.weights[*index]));
        order
    }

    fn send(&mut self, waiting: Waiting, provider: usize) {
        let request = self.setup.requests[waiting.request];
        self.lanes[provider].take(1, request.tokens, self.now);
        if let Some((_, latency_us)) = request.settlement {
            let at = self.now + latency_us * self.clock.per_us;
            let due = (at, waiting.request, provider);
            self.settlements.push(Reverse(due));
        }
        self.conclude(waiting.request, Fate::Sent(provider));
    }

    fn conclude(&mut self, request: usize, fate: Fate) {
        let arrived = self.setup.requests[request].at_us * self.clock.per_us;
        let waited = self.clock.ns(self.now - arrived);
        let outcome = Some((fate, self.now_ns(), waited));
        let before = std::mem::replace(&mut self.outcomes[request], outcome);
        assert_eq!(before, None, "request {request} ends twice");
    }

    fn leaves_at(&self, waiting: Waiting) -> Option<i64> {
        let arrived = self.setup.requests[waiting.request].at_us;
        Some((arrived + self.setup.timeout_us?) * self.clock.per_us)
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
