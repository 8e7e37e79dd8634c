//! Arrivals of requests, drawn lazily in order of time.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::config::{Arrivals, Client, Planned, RandomArrivals, Regular};
use super::law::ClientLaw;
use super::random::{Polar, Random, Stream};
use super::request::NEVER;

/// First arrival of a request.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arrival {
    /// Time of arrival, milliseconds.
    pub at_ms: u64,
    /// Index of the client.
    pub client: u32,
    /// Input tokens.
    pub input_tokens: u32,
    /// Output tokens.
    pub output_tokens: u32,
    /// Answer time; derived from the provider's speed if absent.
    pub service_ms: Option<u32>,
}

impl Arrival {
    /// A random request of a client.
    #[inline]
    fn of(kind: &ClientLaw, client: u32, at_ms: u64, chance: impl FnMut() -> Polar) -> Self {
        let (input_tokens, output_tokens, service_ms) = kind.contents(chance);
        Self {
            at_ms,
            client,
            input_tokens,
            output_tokens,
            service_ms,
        }
    }
}

/// Arrivals in order of time.
#[derive(Debug, Clone)]
pub struct Source {
    kind: Kind,
    /// Arrivals drawn ahead, the last one first.
    drawn: Vec<Arrival>,
}

#[derive(Debug, Clone)]
enum Kind {
    /// A list that is known in full.
    List,
    Regular(Vec<Steady>),
    Random(Box<Batches>),
}

impl Source {
    /// The arrivals of a run; `arrivals` must have been checked against `clients`.
    pub fn new(arrivals: &Arrivals, clients: &[Client], seed: u64) -> Self {
        let mut drawn = Vec::with_capacity(DRAWN);
        let kind = match arrivals {
            Arrivals::List(list) => {
                drawn.extend(list.iter().map(|planned| planned.arrival(clients)));
                drawn.sort_by_key(|arrival| arrival.at_ms);
                drawn.reverse();
                Kind::List
            }
            Arrivals::Regular(streams) => {
                let steady = |stream: &Regular| Steady::new(stream, clients);
                Kind::Regular(streams.iter().map(steady).collect())
            }
            Arrivals::Random(random) => Kind::Random(Box::new(Batches::new(random, clients, seed))),
        };
        Self { kind, drawn }
    }

    /// Time of the next arrival; [`NEVER`] after the last.
    #[inline]
    pub(super) fn next_ms(&mut self) -> u64 {
        if self.drawn.is_empty() {
            self.draw();
        }
        self.drawn.last().map_or(NEVER, |arrival| arrival.at_ms)
    }

    /// Draws more arrivals ahead.
    #[inline(never)]
    fn draw(&mut self) {
        match &mut self.kind {
            Kind::List => {}
            Kind::Regular(streams) => {
                // `min_by_key` keeps the first of equals.
                let open = streams
                    .iter_mut()
                    .filter(|stream| stream.arrival.at_ms < stream.to_ms);
                let first = open.min_by_key(|stream| stream.arrival.at_ms);
                self.drawn.extend(first.map(Steady::advance));
            }
            Kind::Random(batches) => batches.draw(&mut self.drawn),
        }
    }
}

impl Iterator for Source {
    type Item = Arrival;

    #[inline]
    fn next(&mut self) -> Option<Arrival> {
        if self.drawn.is_empty() {
            self.draw();
        }
        self.drawn.pop()
    }
}

impl Planned {
    fn arrival(&self, clients: &[Client]) -> Arrival {
        let client = clients.get(self.client as usize);
        let mean = |of: fn(&Client) -> u32| client.map_or(0, of);
        Arrival {
            at_ms: self.at_ms,
            client: self.client,
            input_tokens: self
                .input_tokens
                .unwrap_or(mean(|client| client.input_tokens)),
            output_tokens: self
                .output_tokens
                .unwrap_or(mean(|client| client.output_tokens)),
            service_ms: self
                .service_ms
                .or(client.and_then(|client| client.service_ms)),
        }
    }
}

/// A steady stream and its next arrival.
#[derive(Debug, Clone)]
struct Steady {
    arrival: Arrival,
    left: u32,
    size: u32,
    gap_ms: u64,
    to_ms: u64,
}

impl Steady {
    fn new(stream: &Regular, clients: &[Client]) -> Self {
        let mut arrival = stream.request.arrival(clients);
        arrival.at_ms = stream.from_ms;
        Self {
            arrival,
            left: stream.size,
            size: stream.size,
            gap_ms: stream.gap_ms,
            to_ms: if stream.size == 0 { 0 } else { stream.to_ms },
        }
    }

    fn advance(&mut self) -> Arrival {
        let arrival = self.arrival;
        self.left -= 1;
        if self.left == 0 {
            self.left = self.size;
            self.arrival.at_ms += self.gap_ms;
        }
        arrival
    }
}

/// Fractional bits of areas and exponentials.
const POINT: u32 = 32;
/// Arrivals drawn at once.
const DRAWN: usize = 64;

/// Batches along a curve.
#[derive(Debug, Clone)]
struct Batches {
    /// Expected requests per millisecond in each window, in units of 2⁻³².
    heights: Vec<u64>,
    window_ms: u64,
    /// Current window, and the area before it.
    window: usize,
    before: u64,
    /// Area at which the next batch comes.
    area: u64,
    /// Dispersion in thousandths, at least 1,000.
    dispersion: u64,
    /// A batch grows while a draw of 53 bits is below this.
    growth: u64,
    spread_ms: u64,
    times: Random,
    sizes: Random,
    contents: Random,
    kinds: Vec<ClientLaw>,
    weights: u64,
    /// Time of the next batch.
    next: Option<u64>,
    /// Members still to come at the moment of the last batch, if batches are not spread.
    left: u64,
    left_at: u64,
    /// Buffer of the random draws for contents, reused.
    chances: Vec<Polar>,
    /// Members drawn ahead, ordered by time and index, if batches are spread.
    members: BinaryHeap<Reverse<(u64, u64, Arrival)>>,
    made: u64,
}

impl Batches {
    fn new(random: &RandomArrivals, clients: &[Client], seed: u64) -> Self {
        let height = |requests: &u64| {
            let area = u128::from(*requests) << POINT;
            u64::try_from(area / u128::from(random.window_ms)).unwrap_or(u64::MAX)
        };
        let dispersion = thousandths(random.dispersion).max(1_000);
        let growth = (u128::from(dispersion - 1_000) << 53) / u128::from(dispersion + 1_000);
        let kinds: Vec<ClientLaw> = clients.iter().map(ClientLaw::new).collect();
        let mut batches = Self {
            heights: random.requests.iter().map(height).collect(),
            window_ms: random.window_ms,
            window: 0,
            before: 0,
            area: 0,
            dispersion,
            growth: u64::try_from(growth).unwrap_or(u64::MAX),
            spread_ms: random.spread_ms,
            times: Random::of(seed, Stream::Arrivals),
            sizes: Random::of(seed, Stream::Batches),
            contents: Random::of(seed, Stream::Contents),
            weights: clients.iter().map(|client| client.weight).sum(),
            kinds,
            next: None,
            left: 0,
            left_at: 0,
            chances: Vec::new(),
            members: BinaryHeap::new(),
            made: 0,
        };
        batches.next = batches.draw_time();
        batches
    }

    /// Fills an empty list, the last arrival first. Times, random draws and contents are made in
    /// three passes, since short loops are fast loops.
    fn draw(&mut self, drawn: &mut Vec<Arrival>) {
        if self.spread_ms != 0 {
            drawn.extend(self.next_spread());
            return;
        }
        while drawn.len() < DRAWN {
            if self.left == 0 {
                let Some(at_ms) = self.next else {
                    break;
                };
                self.left_at = at_ms;
                self.left = self.draw_size();
                self.next = self.draw_time();
            }
            self.left -= 1;
            drawn.push(Arrival {
                at_ms: self.left_at,
                ..Arrival::default()
            });
        }
        let mut chances = std::mem::take(&mut self.chances);
        chances.clear();
        for arrival in &mut *drawn {
            arrival.client = self.draw_client();
            let count = self.kinds[arrival.client as usize].chances();
            chances.extend((0..count).map(|_| self.contents.polar()));
        }
        let mut next = chances.iter().copied();
        for arrival in &mut *drawn {
            let kind = &self.kinds[arrival.client as usize];
            let chance = || next.next().unwrap_or_default();
            *arrival = Arrival::of(kind, arrival.client, arrival.at_ms, chance);
        }
        self.chances = chances;
        drawn.reverse();
    }

    fn next_spread(&mut self) -> Option<Arrival> {
        loop {
            let first = self.members.peek().map(|Reverse((at, ..))| *at);
            // Members of a later batch never precede its own time.
            if let Some(first) = first
                && self.next.is_none_or(|next| first <= next)
            {
                return self.members.pop().map(|Reverse((.., arrival))| arrival);
            }
            let at = self.next?;
            for _ in 0..self.draw_size() {
                let client = self.draw_client();
                let at_ms = at + self.sizes.below(self.spread_ms);
                let arrival = self.contents_of(client, at_ms);
                self.members.push(Reverse((at_ms, self.made, arrival)));
                self.made += 1;
            }
            self.next = self.draw_time();
        }
    }

    #[inline]
    fn draw_time(&mut self) -> Option<u64> {
        let step = self.times.exponential();
        self.area += if self.dispersion == 1_000 {
            step
        } else {
            let scaled = u128::from(step) * u128::from(self.dispersion + 1_000) / 2_000;
            u64::try_from(scaled).unwrap_or(u64::MAX / 4)
        };
        loop {
            let height = *self.heights.get(self.window)?;
            let inside = height * self.window_ms;
            if self.area < self.before + inside {
                let start = self.window as u64 * self.window_ms;
                return Some(start + (self.area - self.before) / height);
            }
            self.before += inside;
            self.window += 1;
        }
    }

    #[inline]
    fn draw_size(&mut self) -> u64 {
        let mut size = 1;
        if 0 < self.growth {
            while (self.sizes.word() >> 11) < self.growth {
                size += 1;
            }
        }
        size
    }

    #[inline]
    fn draw_client(&mut self) -> u32 {
        if self.kinds.len() < 2 {
            return 0;
        }
        let drawn = self.contents.below(self.weights);
        let mut passed = 0;
        for (client, kind) in (0_u32..).zip(&self.kinds) {
            passed += kind.weight;
            if drawn < passed {
                return client;
            }
        }
        0
    }

    #[inline]
    fn contents_of(&mut self, client: u32, at_ms: u64) -> Arrival {
        let random = &mut self.contents;
        Arrival::of(&self.kinds[client as usize], client, at_ms, || {
            random.polar()
        })
    }
}

fn thousandths(value: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "saturating; a dispersion beyond any use stays beyond it"
    )]
    let whole = libm::rint(value * 1_000.0) as u64;
    whole.min(1_000_000_000)
}
