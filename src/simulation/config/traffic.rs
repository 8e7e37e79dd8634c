//! Who sends what, when, and for how long they wait.

use crate::model::ModelError;

/// A kind of client.
#[derive(Debug, Clone, PartialEq)]
pub struct Client {
    /// Its part of random arrivals, relative to the others'.
    pub weight: u64,
    /// Mean input tokens of a request.
    pub input_tokens: u32,
    /// Mean output tokens of a request.
    pub output_tokens: u32,
    /// Output tokens it allows; those it makes if absent.
    pub max_output_tokens: Option<u32>,
    /// Mean time for an answer; from the provider's speed if absent.
    pub service_ms: Option<u32>,
    /// Coefficient of variation of the input tokens.
    pub input_cv: f64,
    /// Coefficient of variation of the output tokens.
    pub output_cv: f64,
    /// Coefficient of variation of the time for an answer.
    pub service_cv: f64,
    /// How long it waits for a slot.
    pub max_wait_ms: Option<u64>,
    /// How long it waits for its answer.
    pub max_total_ms: Option<u64>,
    /// Whether it sends again.
    pub resend: Resend,
    /// Providers that its requests may go to, a bit for each; all if absent.
    pub to: Option<u32>,
    /// Whether the gateway answers it by itself.
    pub is_answered_here: bool,
}

impl Default for Client {
    fn default() -> Self {
        Self {
            weight: 1,
            input_tokens: 0,
            output_tokens: 0,
            max_output_tokens: None,
            service_ms: None,
            input_cv: 0.0,
            output_cv: 0.0,
            service_cv: 0.0,
            max_wait_ms: None,
            max_total_ms: None,
            resend: Resend::default(),
            to: None,
            is_answered_here: false,
        }
    }
}

/// How often and when a question without an answer is sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resend {
    /// Sendings in all.
    pub sends: u32,
    /// Time before the second sending.
    pub delay_ms: u64,
    /// By how much it grows with each further one.
    pub factor: u64,
    /// Longest time before a sending.
    pub max_delay_ms: u64,
    /// Random time on top, at most this.
    pub jitter_ms: u64,
}

impl Default for Resend {
    fn default() -> Self {
        Self {
            sends: 1,
            delay_ms: 1_000,
            factor: 2,
            max_delay_ms: 60_000,
            jitter_ms: 0,
        }
    }
}

/// When requests arrive.
#[derive(Debug, Clone, PartialEq)]
pub enum Arrivals {
    /// One by one, in any order; equal times stay in order.
    List(Vec<Planned>),
    /// Steady streams, merged.
    Regular(Vec<Regular>),
    /// By chance, along a curve.
    Random(RandomArrivals),
}

/// A request of a list; what is absent is the client's mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Planned {
    /// When it arrives.
    pub at_ms: u64,
    /// Whose it is, by place in the list of clients.
    pub client: u32,
    /// Its input tokens.
    pub input_tokens: Option<u32>,
    /// Its output tokens.
    pub output_tokens: Option<u32>,
    /// Time for its answer.
    pub service_ms: Option<u32>,
}

/// A steady stream: so many at once, again after each gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Regular {
    /// First moment.
    pub from_ms: u64,
    /// End, itself left out.
    pub to_ms: u64,
    /// Time between two moments.
    pub gap_ms: u64,
    /// Requests at each moment.
    pub size: u32,
    /// What they hold; its time is not used.
    pub request: Planned,
}

/// Arrivals by chance along a curve, in batches.
#[derive(Debug, Clone, PartialEq)]
pub struct RandomArrivals {
    /// Length of a window.
    pub window_ms: u64,
    /// Requests expected in each window; none come after the last.
    pub requests: Vec<u64>,
    /// Variance over mean of the counts; 1 is Poisson.
    pub dispersion: f64,
    /// Time over which a batch is spread.
    pub spread_ms: u64,
}

impl Arrivals {
    pub(super) fn check(&self, clients: usize) -> Result<(), ModelError> {
        let client = |planned: &Planned| {
            if (planned.client as usize) < clients {
                Ok(())
            } else {
                Err(ModelError::OutOfDomain {
                    input: "client of a request",
                    value: f64::from(planned.client),
                })
            }
        };
        let above_zero = |input, value: u64| {
            if value == 0 {
                Err(ModelError::OutOfDomain { input, value: 0.0 })
            } else {
                Ok(())
            }
        };
        match self {
            Self::List(list) => list.iter().try_for_each(client),
            Self::Regular(streams) => streams.iter().try_for_each(|stream| {
                above_zero("time between arrivals", stream.gap_ms)?;
                client(&stream.request)
            }),
            Self::Random(random) => above_zero("length of a window", random.window_ms),
        }
    }
}
