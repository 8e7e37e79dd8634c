//! Contradictions in the guide.

/// A contradiction in the guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteId {
    /// Maximum replicas.
    AutoscalerMaximum,
    /// Minimum replicas.
    AutoscalerMinimum,
    /// Database connections.
    Connections,
    /// An alert in refused requests per second, against one in a share.
    RateLimitAlert,
    /// A fixed number of tokens, against limits below it.
    TokenBudgetAlert,
    /// Two thresholds, where an autoscaler has one.
    ScalingTriggers,
    /// Peak multiplier.
    Peak,
    /// A sample of limits without limits.
    RateLimitsInThePack,
    /// Requests per second per instance, in the table and as measured.
    RateOfAnInstance,
    /// Minutes until the queue alert.
    QueueAlert,
    /// Retention of the audit log.
    AuditRetention,
    /// Overhead of the gateway.
    Overhead,
    /// CPU as the scaling signal of a proxy that mostly waits.
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
