//! The kinds of things that happen, in the order in which they happen at one instant.

/// A kind of thing that few of happen; its place in this list is its rank.
///
/// After these come, at the same instant: steps of started requests (8) and the end of
/// patience (9), both by request; first arrivals (10), in order; arrivals of re-sent
/// requests (11), by the request they repeat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rare {
    /// A bucket ends.
    Bucket,
    /// Pods are scraped.
    Scrape,
    /// The autoscaler syncs.
    Sync,
    /// KEDA looks whether anything is active.
    Poll,
    /// An event of the list, by place.
    Event(u32),
    /// Pods lost with this zone, to this event, are noticed.
    Notice(u32, u32),
    /// Pods lost with this zone, to this event, are evicted.
    Evict(u32, u32),
    /// A pod becomes ready.
    Ready(u32),
    /// A pod's time to drain is over.
    Drained(u32),
    /// A pod for which a rollout waits is gone.
    Gone,
}
