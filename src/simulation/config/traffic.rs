//! Clients, their requests, and their patience.

use crate::model::ModelError;

/// A kind of client.
#[derive(Debug, Clone, PartialEq)]
pub struct Client {
    /// Share of random arrivals, relative to the other weights.
    pub weight: u64,
    /// Mean input tokens of a request.
    pub input_tokens: u32,
    /// Mean output tokens of a request.
    pub output_tokens: u32,
    /// Maximum output tokens requested; the tokens generated if absent.
    pub max_output_tokens: Option<u32>,
    /// Mean answer time; derived from the provider's speed if absent.
    pub service_ms: Option<u32>,
    /// Coefficient of variation of the input tokens.
    pub input_cv: f64,
    /// Coefficient of variation of the output tokens.
    pub output_cv: f64,
    /// Coefficient of variation of the answer time.
    pub service_cv: f64,
    /// Patience for a slot.
    pub max_wait_ms: Option<u64>,
    /// Patience for the answer.
    pub max_total_ms: Option<u64>,
    /// Retries by the client.
    pub resend: Resend,
    /// Providers allowed, one bit each; all if absent.
    pub to: Option<u32>,
    /// Whether the gateway answers this client's requests itself.
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

/// Retries of a question that was not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resend {
    /// Maximum sends, the first one included.
    pub sends: u32,
    /// Delay before the second send.
    pub delay_ms: u64,
    /// Growth of the delay per send.
    pub factor: u64,
    /// Maximum delay before a send.
    pub max_delay_ms: u64,
    /// Maximum random jitter added to a delay.
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

/// Arrivals of requests.
#[derive(Debug, Clone, PartialEq)]
pub enum Arrivals {
    /// A list in any order; equal times keep their order.
    List(Vec<Planned>),
    /// Steady streams, merged.
    Regular(Vec<Regular>),
    /// Random arrivals along a curve.
    Random(RandomArrivals),
}

/// A request of a list; absent values are the client's means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Planned {
    /// Time of arrival.
    pub at_ms: u64,
    /// Index of the client.
    pub client: u32,
    /// Input tokens.
    pub input_tokens: Option<u32>,
    /// Output tokens.
    pub output_tokens: Option<u32>,
    /// Answer time.
    pub service_ms: Option<u32>,
}

/// A steady stream: `size` requests at once, repeated after each gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Regular {
    /// First arrivals.
    pub from_ms: u64,
    /// End, exclusive.
    pub to_ms: u64,
    /// Time between arrivals.
    pub gap_ms: u64,
    /// Requests per arrival.
    pub size: u32,
    /// Contents of the requests; its time is ignored.
    pub request: Planned,
}

/// Random batch arrivals along a curve.
#[derive(Debug, Clone, PartialEq)]
pub struct RandomArrivals {
    /// Length of a window.
    pub window_ms: u64,
    /// Expected requests in each window; none arrive after the last.
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
