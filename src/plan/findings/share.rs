//! Shares of requests: of which, and how they come about.

/// The whole of a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShareOf {
    /// All requests.
    Requests,
    /// Those that go on to a provider at once: neither cache nor batches hold them.
    AtOnce,
    /// Those in batches.
    InBatches,
}

/// How providers share the requests of a lost one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Falling {
    /// By weight alone.
    ByWeight,
    /// In their order, by weight in each place.
    InOrder,
    /// By weight among those that each workload may go to.
    WhereBound,
}
