//! Limits that count a call otherwise than by its requests and tokens a minute: over a day, in
//! dollars, by weighted tokens, or several providers' together.

/// A limit that one or several providers are held to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// What may be used in a period, in whole units.
    pub limit: u64,
    /// The period, whole seconds.
    pub period_ms: u64,
    /// How what is used comes back.
    pub refill: Refill,
    /// Whose it is: one for all pods, or one of each pod.
    pub scope: Scope,
}

/// How what is used of a quota comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refill {
    /// Steadily; a full quota holds so many milliseconds of it.
    Steady {
        /// Milliseconds of refill.
        burst_ms: u64,
    },
    /// All at once, when the next period begins.
    AtOnce,
}

/// How a provider's calls count towards a quota.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotaUse {
    /// Which, by place in the list of quotas.
    pub quota: u32,
    /// When it is counted.
    pub counting: Counting,
    /// What is counted, client by client.
    pub by_client: Vec<Counted>,
}

/// What a call of a client counts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counted {
    /// When it is made: of the input and the longest answer.
    pub asked: Weights,
    /// When it is answered: of the input and the answer.
    pub used: Weights,
    /// Fewest tokens that the longest answer is taken for.
    pub answer_least: u32,
}

/// Thousandths of a unit that each part of a call counts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Weights {
    /// The call itself.
    pub call: u64,
    /// An input token.
    pub input: u64,
    /// An output token.
    pub output: u64,
}

/// How a limit counts the tokens of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counting {
    /// Input and most output, kept.
    Reserve,
    /// The same, corrected by the answer.
    Settle,
    /// What the answer used, afterwards.
    Postpaid,
}

/// Whose a gateway's limit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Each pod's, of the full size.
    Pod,
    /// All pods' together.
    Shared,
}
