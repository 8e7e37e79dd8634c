//! Kinds of provider limits.

use serde::Serialize;

/// What a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum LimitKind {
    /// Requests per minute.
    Rpm,
    /// Tokens per minute.
    Tpm,
    /// Input tokens per minute.
    Itpm,
    /// Output tokens per minute.
    Otpm,
    /// Requests per day.
    Rpd,
    /// Tokens per day.
    Tpd,
    /// Requests a month.
    RequestsMonth,
    /// Tokens a month.
    TokensMonth,
    /// Requests in flight at once.
    Concurrency,
    /// Units of reserved throughput.
    Units,
    /// Dollars a month.
    SpendMonth,
    /// Dollars in any ten minutes.
    #[serde(rename = "spend_10_min")]
    Spend10Min,
    /// Tokens of batches that wait at once.
    BatchQueue,
    /// Requests of batches that wait at once.
    BatchRequests,
    /// Tokens of one request.
    Request,
    /// Dollars for one request.
    RequestPrice,
}

impl LimitKind {
    /// All kinds, in order.
    pub(super) const ALL: [Self; 16] = [
        Self::Rpm,
        Self::Tpm,
        Self::Itpm,
        Self::Otpm,
        Self::Rpd,
        Self::Tpd,
        Self::RequestsMonth,
        Self::TokensMonth,
        Self::Concurrency,
        Self::Units,
        Self::SpendMonth,
        Self::Spend10Min,
        Self::BatchQueue,
        Self::BatchRequests,
        Self::Request,
        Self::RequestPrice,
    ];
    /// Number of kinds.
    pub(super) const COUNT: usize = Self::ALL.len();

    /// Whether a gateway's own limiter counts it, in each pod separately.
    pub fn is_counted_by_pods(self) -> bool {
        matches!(
            self,
            Self::Rpm
                | Self::Tpm
                | Self::Itpm
                | Self::Otpm
                | Self::Rpd
                | Self::Tpd
                | Self::Concurrency
        )
    }

    /// Whether it limits a volume per day or month, rather than a rate.
    pub fn is_of_volume(self) -> bool {
        matches!(self, Self::Rpd | Self::Tpd) || self.is_of_batches() || self.is_of_month()
    }

    /// Whether it limits queued batches.
    pub fn is_of_batches(self) -> bool {
        matches!(self, Self::BatchQueue | Self::BatchRequests)
    }

    /// Whether the peak alone may exceed it: counted in ten minutes or less.
    pub fn is_of_peak(self) -> bool {
        matches!(
            self,
            Self::Rpm
                | Self::Tpm
                | Self::Itpm
                | Self::Otpm
                | Self::Concurrency
                | Self::Units
                | Self::Spend10Min
        )
    }

    /// Whether it limits a volume per month.
    pub fn is_of_month(self) -> bool {
        matches!(
            self,
            Self::RequestsMonth | Self::TokensMonth | Self::SpendMonth
        )
    }

    /// Whether it limits dollars.
    pub fn is_money(self) -> bool {
        matches!(self, Self::SpendMonth | Self::Spend10Min)
    }
}
