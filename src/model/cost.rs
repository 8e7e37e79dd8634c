//! Costs of tokens and machines.

/// Hours in a month of 365.2425 ÷ 12 days.
pub const HOURS_PER_MONTH: f64 = 730.485;

/// Prices per million tokens.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TokenPrice {
    /// Uncached input.
    pub input_usd_per_mtok: f64,
    /// Input from the provider's cache.
    pub cached_usd_per_mtok: f64,
    /// Input written into the cache.
    pub written_usd_per_mtok: f64,
    /// Output.
    pub output_usd_per_mtok: f64,
}

/// Tokens of one request.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RequestTokens {
    /// Input tokens, cached or not.
    pub input: f64,
    /// Share of the input served from the cache.
    pub cached_ratio: f64,
    /// Share of the input written into the cache; at most the uncached part counts.
    pub written_ratio: f64,
    /// Output tokens.
    pub output: f64,
}

/// Price of one request, dollars.
pub fn request_usd(tokens: RequestTokens, price: TokenPrice) -> f64 {
    let cached = tokens.input * tokens.cached_ratio;
    let written = (tokens.input * tokens.written_ratio).min(tokens.input - cached);
    let fresh = tokens.input - cached - written;
    let usd_per_million = fresh * price.input_usd_per_mtok
        + cached * price.cached_usd_per_mtok
        + written * price.written_usd_per_mtok
        + tokens.output * price.output_usd_per_mtok;
    usd_per_million / 1e6
}

/// Price of machines that run all month, dollars.
pub fn machines_usd_per_month(
    vcpu: f64,
    memory_gb: f64,
    vcpu_usd_per_hour: f64,
    memory_usd_per_gb_hour: f64,
) -> f64 {
    (vcpu * vcpu_usd_per_hour + memory_gb * memory_usd_per_gb_hour) * HOURS_PER_MONTH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_costs_its_tokens() {
        let gpt_4o = TokenPrice {
            input_usd_per_mtok: 2.5,
            cached_usd_per_mtok: 1.25,
            written_usd_per_mtok: 2.5,
            output_usd_per_mtok: 10.0,
        };
        // 1,500 × 2.5 + 800 × 10 = 11,750 µ$; half the input cached: 750 × 1.25 less.
        let plain = RequestTokens {
            input: 1_500.0,
            cached_ratio: 0.0,
            written_ratio: 0.0,
            output: 800.0,
        };
        let half = RequestTokens {
            cached_ratio: 0.5,
            ..plain
        };
        assert!((request_usd(plain, gpt_4o) - 0.011_75).abs() < 1e-15);
        assert!((request_usd(half, gpt_4o) - 0.010_812_5).abs() < 1e-15);
    }

    #[test]
    fn machines_cost_their_hours() {
        // Two machines of 0.5 vCPU and 0.128 GB at 0.04 and 0.005 an hour, by hand.
        let usd = machines_usd_per_month(1.0, 0.256, 0.04, 0.005);
        assert!((usd - 730.485 * 0.041_28).abs() < 1e-9, "{usd}");
    }
}
