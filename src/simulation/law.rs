//! Distributions of a request's contents, fixed or random.

use super::config::Client;
use super::random::{Lognormal, Polar};

/// Distributions of a client's request contents.
#[derive(Debug, Clone)]
pub(super) struct ClientLaw {
    pub(super) weight: u64,
    input: Law,
    output: Law,
    service: Option<Law>,
}

impl ClientLaw {
    pub(super) fn new(client: &Client) -> Self {
        Self {
            weight: client.weight,
            input: Law::new(client.input_tokens, client.input_cv),
            output: Law::new(client.output_tokens, client.output_cv),
            service: client
                .service_ms
                .map(|mean| Law::new(mean, client.service_cv)),
        }
    }

    /// Number of random draws that one request takes.
    #[inline]
    pub(super) fn chances(&self) -> usize {
        let laws = [Some(self.input), Some(self.output), self.service];
        laws.iter().flatten().filter(|law| law.is_random()).count()
    }

    /// Input tokens, output tokens and answer time, drawn in this order.
    #[inline]
    pub(super) fn contents(&self, mut chance: impl FnMut() -> Polar) -> (u32, u32, Option<u32>) {
        let input = self.input.value(&mut chance);
        let output = self.output.value(&mut chance);
        (
            input,
            output,
            self.service.map(|law| law.value(&mut chance)),
        )
    }
}

/// A number, fixed or random.
#[derive(Debug, Clone, Copy)]
enum Law {
    Fixed(u32),
    Lognormal(Lognormal),
}

impl Law {
    fn new(mean: u32, cv: f64) -> Self {
        if 0 < mean && 0.0 < cv {
            Self::Lognormal(Lognormal::new(f64::from(mean), cv))
        } else {
            Self::Fixed(mean)
        }
    }

    #[inline]
    fn is_random(self) -> bool {
        matches!(self, Self::Lognormal(_))
    }

    #[inline]
    fn value(self, chance: &mut impl FnMut() -> Polar) -> u32 {
        match self {
            Self::Fixed(value) => value,
            Self::Lognormal(law) => u32::try_from(law.value(chance())).unwrap_or(u32::MAX),
        }
    }
}
