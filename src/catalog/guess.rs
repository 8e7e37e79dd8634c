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

/// The spreads that are published. A number of which none is published has none here.
pub const GUESSES: [Guess; 9] = [
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
        key: "growth",
        low: 0.45,
        high: 2.24,
        source: "Google I/O (2025, 2026): 9.7 T, 480 T and 3,200 T tokens a month, each a year \
                 after the other, are growths of 38 % and 17 % a month, a factor of 2.24 apart",
    },
    Guess {
        key: "rpm",
        low: 0.6,
        high: 1.67,
        source: "Azure’s page on quotas: 10 requests a minute for each 1,000 tokens of GPT-4o in \
                 an older copy, 6 in that of 2026, a factor of 1.67 apart",
    },
    Guess {
        key: "tpm",
        low: 0.4,
        high: 2.5,
        source: "One tier of GPT-5 mini in two copies of OpenAI’s page: 200,000 tokens a minute \
                 (2025) and 500,000 (2026), a factor of 2.5 apart",
    },
    Guess {
        key: "ttft",
        low: 0.63,
        high: 2.58,
        source: "Three measurements each of Claude Haiku 4.5 (0.6, 0.95 and 1.42 s) and GPT-4.1 \
                 mini (0.77, 0.93 and 2.4 s), 2025 and 2026: 0.63 to 2.58 times the middle one",
    },
    Guess {
        key: "tps",
        low: 0.64,
        high: 1.56,
        source: "Artificial Analysis (November 2025): GPT-5 at two efforts of reasoning, 72 and \
                 112 tokens a second, a factor of 1.56 apart",
    },
];

/// The usual spread of a number, if it is known.
pub fn guess(key: &str) -> Option<Guess> {
    GUESSES.into_iter().find(|guess| guess.key == key)
}
