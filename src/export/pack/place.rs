//! Paths of a pack's facts: one table for writing and reading.
//!
//! The gateway's pages disagree on paths. The guide's come first; the strict ones keep to the five
//! top-level keys of the reference article.

/// Dialect of a pack, by the page of the gateway it follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Capacity planning guide.
    Guide,
    /// Reference of the strict schema: `pack`, `providers`, `policies`, `policy`, `agents`.
    Strict,
}

/// Fact that a pack states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fact {
    /// Name of the pack.
    Name,
    /// Version of the pack.
    Version,
    /// Whether the pack is in force.
    Enabled,
    /// Providers and their facts.
    Targets,
    /// Routing strategy.
    Strategy,
    /// Weights by target id.
    Weights,
    /// Maximum number of waiting requests.
    QueueSize,
    /// Behavior of a full queue.
    QueueOverflow,
    /// Policies, in order.
    Chain,
    /// Whether the audit log is immutable.
    AuditImmutable,
    /// Retention of the audit log, in days.
    AuditDays,
    /// Whether reads are logged too.
    AuditAccess,
    /// Id of a target.
    Id,
    /// Vendor of a target.
    Vendor,
    /// Model of a target.
    Model,
    /// Address of a target.
    Address,
    /// Environment variable with the key of a target.
    KeyEnv,
    /// Requests per minute of a target.
    RequestsPerMinute,
    /// Tokens per minute of a target.
    TokensPerMinute,
}

/// Fact with its path in each dialect.
pub struct Place {
    /// Fact of this entry.
    pub fact: Fact,
    /// Path in the guide's dialect.
    pub guide: &'static str,
    /// Path in the strict dialect; `None` if its schema has no such key.
    pub strict: Option<&'static str>,
}

impl Place {
    /// Path in a dialect, if it has one.
    pub fn path(&self, dialect: Dialect) -> Option<&'static str> {
        match dialect {
            Dialect::Guide => Some(self.guide),
            Dialect::Strict => self.strict,
        }
    }
}

const fn same(fact: Fact, path: &'static str) -> Place {
    place(fact, path, Some(path))
}

const fn place(fact: Fact, guide: &'static str, strict: Option<&'static str>) -> Place {
    Place {
        fact,
        guide,
        strict,
    }
}

/// Facts of the whole pack, in the order written.
pub const PACK: [Place; 12] = [
    same(Fact::Name, "pack.name"),
    same(Fact::Version, "pack.version"),
    same(Fact::Enabled, "pack.enabled"),
    same(Fact::Targets, "providers.targets"),
    place(
        Fact::Strategy,
        "routing.strategy",
        Some("providers.routing.strategy"),
    ),
    place(
        Fact::Weights,
        "routing.weights",
        Some("providers.routing.weights"),
    ),
    place(Fact::QueueSize, "gateway.queue_max_size", None),
    place(Fact::QueueOverflow, "gateway.queue_overflow", None),
    same(Fact::Chain, "policies.chain"),
    same(Fact::AuditImmutable, "policy.audit-logger.immutable"),
    same(Fact::AuditDays, "policy.audit-logger.retention_days"),
    same(Fact::AuditAccess, "policy.audit-logger.log_all_access"),
];

/// Facts of one target, below [`Fact::Targets`].
pub const TARGET: [Place; 7] = [
    same(Fact::Id, "id"),
    same(Fact::Vendor, "provider"),
    same(Fact::Model, "model"),
    same(Fact::Address, "base_url"),
    same(Fact::KeyEnv, "secret_key_ref.env"),
    place(
        Fact::RequestsPerMinute,
        "rate_limits.requests_per_minute",
        None,
    ),
    place(Fact::TokensPerMinute, "rate_limits.tokens_per_minute", None),
];
