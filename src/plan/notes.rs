//! Where the guide contradicts itself.

/// One contradiction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteId {
    /// Most pods.
    AutoscalerMaximum,
    /// Fewest pods.
    AutoscalerMinimum,
    /// Database connections.
    Connections,
    /// Refused requests per second against a share of them.
    RateLimitAlert,
    /// A fixed number of tokens against limits below it.
    TokenBudgetAlert,
    /// Two thresholds where an autoscaler has one.
    ScalingTriggers,
    /// Peak over mean.
    Peak,
    /// A sample of limits that has none.
    RateLimitsInThePack,
    /// Requests per second of an instance, in the table and as measured.
    RateOfAnInstance,
    /// Minutes until the alert on the queue.
    QueueAlert,
    /// Days the audit log is kept.
    AuditRetention,
    /// Milliseconds the gateway adds.
    Overhead,
    /// CPU as the signal for a proxy that waits.
    CpuSignal,
}

pub(super) fn notes() -> Vec<NoteId> {
    vec![
        NoteId::AutoscalerMaximum,
        NoteId::AutoscalerMinimum,
        NoteId::Connections,
        NoteId::RateLimitAlert,
        NoteId::TokenBudgetAlert,
        NoteId::ScalingTriggers,
        NoteId::Peak,
        NoteId::RateLimitsInThePack,
        NoteId::RateOfAnInstance,
        NoteId::QueueAlert,
        NoteId::AuditRetention,
        NoteId::Overhead,
        NoteId::CpuSignal,
    ]
}
