//! Limits of a tier, and their transfer to another tier.

use super::Limits;
use crate::catalog::provider as catalog;

impl From<&catalog::Tier> for Limits {
    fn from(tier: &catalog::Tier) -> Self {
        Self {
            rpm: tier.rpm,
            tpm: tier.tpm,
            itpm: tier.itpm,
            otpm: tier.otpm,
            rpd: tier.rpd,
            tpd: tier.tpd,
            requests_per_month: tier.requests_per_month,
            tokens_per_month: tier.tokens_per_month,
            concurrency: tier.concurrency,
            window_s: tier.window_s,
            token_window_s: None,
            usd_per_month: tier.usd_per_month,
            usd_per_10_min: tier.usd_per_10_min,
            batch_tokens: tier.batch_tokens,
            batch_requests: tier.batch_requests,
        }
    }
}

impl Limits {
    /// These limits moved from one tier to another: values that differ from the published ones are
    /// the reader's own and stay.
    #[must_use]
    pub fn moved(&self, from: &Self, to: &Self) -> Self {
        let moved = |own: Option<f64>, from: Option<f64>, to: Option<f64>| {
            if own == from { to } else { own }
        };
        Self {
            rpm: moved(self.rpm, from.rpm, to.rpm),
            tpm: moved(self.tpm, from.tpm, to.tpm),
            itpm: moved(self.itpm, from.itpm, to.itpm),
            otpm: moved(self.otpm, from.otpm, to.otpm),
            rpd: moved(self.rpd, from.rpd, to.rpd),
            tpd: moved(self.tpd, from.tpd, to.tpd),
            requests_per_month: moved(
                self.requests_per_month,
                from.requests_per_month,
                to.requests_per_month,
            ),
            tokens_per_month: moved(
                self.tokens_per_month,
                from.tokens_per_month,
                to.tokens_per_month,
            ),
            concurrency: moved(self.concurrency, from.concurrency, to.concurrency),
            window_s: moved(self.window_s, from.window_s, to.window_s),
            token_window_s: moved(self.token_window_s, from.token_window_s, to.token_window_s),
            usd_per_month: moved(self.usd_per_month, from.usd_per_month, to.usd_per_month),
            usd_per_10_min: moved(self.usd_per_10_min, from.usd_per_10_min, to.usd_per_10_min),
            batch_tokens: moved(self.batch_tokens, from.batch_tokens, to.batch_tokens),
            batch_requests: moved(self.batch_requests, from.batch_requests, to.batch_requests),
        }
    }

    /// Whether no quantity is limited; a window alone limits nothing.
    pub fn is_empty(&self) -> bool {
        let windows = Self {
            window_s: self.window_s,
            token_window_s: self.token_window_s,
            ..Self::default()
        };
        *self == windows
    }
}
