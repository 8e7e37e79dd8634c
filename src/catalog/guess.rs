//! Usual error of a guess: published spreads of each number, with sources.

/// Usual spread of a number, as multiples of the guess.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Guess {
    /// Key of the number.
    pub key: &'static str,
    /// 5th percentile as a multiple of the guess.
    pub low: f64,
    /// 95th percentile as a multiple of the guess.
    pub high: f64,
}

/// Published spreads; numbers without one are missing.
///
/// They define `~50k` in a link, so released rows never change.
pub const GUESSES: [Guess; 9] = [
    spread("requests", 0.5, 2.0),
    spread("avg-input-tokens", 0.56, 1.77),
    spread("avg-output-tokens", 0.62, 1.63),
    spread("peak-multiplier", 0.53, 1.24),
    spread("growth", 0.45, 2.24),
    spread("rpm", 0.6, 1.67),
    spread("tpm", 0.4, 2.5),
    spread("ttft", 0.63, 2.58),
    spread("tps", 0.64, 1.56),
];

const fn spread(key: &'static str, low: f64, high: f64) -> Guess {
    Guess { key, low, high }
}

/// Usual spread of a number, if published.
pub fn guess(key: &str) -> Option<Guess> {
    GUESSES.into_iter().find(|guess| guess.key == key)
}

/// Source of a number's spread.
pub fn source(key: &str) -> Option<&'static str> {
    let found = SOURCES.iter().find(|(other, _)| *other == key);
    found.map(|(_, source)| *source)
}

/// Sources, kept separately since links need only the spreads.
const SOURCES: [(&str, &str); 9] = [
    (
        "requests",
        "McConnell, Software Estimation (2006), ch. 4: estimates of an approved product \
                 are off by up to a factor of 2",
    ),
    (
        "avg-input-tokens",
        "Azure LLM inference traces (2023): the means of two services, 1,155 and 2,048 \
                 tokens, are a factor of 1.77 apart",
    ),
    (
        "avg-output-tokens",
        "Means of two chat services: 211 tokens (Azure, 2023) and 343 (Mooncake, 2024), a \
                 factor of 1.63 apart",
    ),
    (
        "peak-multiplier",
        "ServeGen (2025): peaks of ten minutes are 1.40 to 3.30 times the mean, 2.66 in \
                 the middle of five services",
    ),
    (
        "growth",
        "Google I/O (2025, 2026): 9.7 T, 480 T and 3,200 T tokens a month, each a year \
                 after the other, are growths of 38 % and 17 % a month, a factor of 2.24 apart",
    ),
    (
        "rpm",
        "Azure’s page on quotas: 10 requests a minute for each 1,000 tokens of GPT-4o in \
                 an older copy, 6 in that of 2026, a factor of 1.67 apart",
    ),
    (
        "tpm",
        "One tier of GPT-5 mini in two copies of OpenAI’s page: 200,000 tokens a minute \
                 (2025) and 500,000 (2026), a factor of 2.5 apart",
    ),
    (
        "ttft",
        "Three measurements each of Claude Haiku 4.5 (0.6, 0.95 and 1.42 s) and GPT-4.1 \
                 mini (0.77, 0.93 and 2.4 s), 2025 and 2026: 0.63 to 2.58 times the middle one",
    ),
    (
        "tps",
        "Artificial Analysis (November 2025): GPT-5 at two efforts of reasoning, 72 and \
                 112 tokens a second, a factor of 1.56 apart",
    ),
];
