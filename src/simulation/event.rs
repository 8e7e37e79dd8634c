//! Kinds of events, in the order in which they happen at one instant.

/// A kind of rare event; its position in this list is its rank.
///
/// At the same instant these follow: steps of started requests (8) and ends of patience (9), both
/// by request; first arrivals (10), in order; arrivals of re-sent requests (11), by the request
/// that they repeat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rare {
    /// A bucket ends.
    Bucket,
    /// Pods are scraped.
    Scrape,
    /// The autoscaler syncs.
    Sync,
    /// KEDA polls its triggers.
    Poll,
    /// A scheduled event, by index.
    Event(u32),
    /// The API notices the pods lost with this zone, in this event.
    Notice(u32, u32),
    /// The pods lost with this zone, in this event, are evicted.
    Evict(u32, u32),
    /// A pod becomes ready.
    Ready(u32),
    /// A pod's grace period ends.
    Drained(u32),
    /// A pod that a rollout waits for is gone.
    Gone,
}
