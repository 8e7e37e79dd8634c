//! How far off a guess usually is: the published spread of each number, and its source.

/// The usual spread of a number, as multiples of the guess.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Guess {
    /// Key of the number.
    pub key: &'static str,
    /// The 5 % point over the guess.
    pub low: f64,
    /// The 95 % point over the guess.
    pub high: f64,
    /// Where that is from.
    pub source: &'static str,
}

/// The spreads that are known.
pub const GUESSES: [Guess; 6] = [
    Guess {
        key: "requests",
        low: 0.5,
        high: 2.0,
        source: "McConnell, Software Estimation (2006), ch. 4: estimates of an approved product \
                 are off by up to a factor of 2",
    },
    Guess {
        key: "avg-input-tokens",
        low: 0.56,
        high: 1.77,
        source: "Azure LLM inference traces (2023): the means of two services, 1,155 and 2,048 \
                 tokens, are a factor of 1.77 apart",
    },
    Guess {
        key: "avg-output-tokens",
        low: 0.62,
        high: 1.63,
        source: "Means of two chat services: 211 tokens (Azure, 2023) and 343 (Mooncake, 2024), a \
                 factor of 1.63 apart",
    },
    Guess {
        key: "peak-multiplier",
        low: 0.53,
        high: 1.24,
        source: "ServeGen (2025): peaks of ten minutes are 1.40 to 3.30 times the mean, 2.66 in \
                 the middle of five services",
    },
    Guess {
        key: "ttft",
        low: 0.5,
        high: 2.0,
        source: "Assumed: speeds are rough and from third parties",
    },
    Guess {
        key: "tps",
        low: 0.5,
        high: 2.0,
        source: "Assumed: speeds are rough and from third parties",
    },
];

/// The usual spread of a number, if it is known.
pub fn guess(key: &str) -> Option<Guess> {
    GUESSES.into_iter().find(|guess| guess.key == key)
}
