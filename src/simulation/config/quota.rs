//! Quotas other than requests and tokens per minute: per day, in dollars, by weighted tokens, or
//! shared by several providers.

/// A quota of one or several providers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// Quota per period, in whole units.
    pub limit: u64,
    /// Period, milliseconds; a whole number of seconds.
    pub period_ms: u64,
    /// Refill.
    pub refill: Refill,
    /// Scope: per pod or shared.
    pub scope: Scope,
}

/// Refill of a quota.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refill {
    /// Continuous, up to a burst.
    Steady {
        /// Refill time that a full quota holds.
        burst_ms: u64,
    },
    /// In full at the start of the next period.
    AtOnce,
}

/// Counting of a provider's calls towards a quota.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotaUse {
    /// Index of the quota.
    pub quota: u32,
    /// Time of counting.
    pub counting: Counting,
    /// Counted amounts by client.
    pub by_client: Vec<Counted>,
}

/// Amounts that a client's call counts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counted {
    /// Counted at the call: input and maximum output.
    pub asked: Weights,
    /// Counted at the answer: input and output.
    pub used: Weights,
    /// Minimum that the maximum output is taken for, tokens.
    pub answer_least: u32,
}

/// Thousandths of a unit per part of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Weights {
    /// Per call.
    pub call: u64,
    /// Per input token.
    pub input: u64,
    /// Per output token.
    pub output: u64,
}

/// Counting of a call's tokens towards a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counting {
    /// Reserves input and maximum output, and keeps the reservation.
    Reserve,
    /// Reserves input and maximum output, and corrects them by the answer.
    Settle,
    /// Counts the tokens used after the answer.
    Postpaid,
}

/// Scope of one of the gateway's limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Each pod has one of the full size.
    Pod,
    /// All pods share one.
    Shared,
}
