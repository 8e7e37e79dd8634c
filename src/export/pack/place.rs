//! Where each fact of a pack stands: the one table that writing and reading share.
//!
//! The gateway's pages disagree about places. The guide's come first; the strict
//! ones keep to the five top-level keys of the reference article.

/// Which of the gateway's pages a pack follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// The capacity planning guide.
    Guide,
    /// The reference of the strict schema: `pack`, `providers`, `policies`, `policy`, `agents`.
    Strict,
}

/// A fact that a pack states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fact {
    /// Name of the pack.
    Name,
    /// Version of the pack.
    Version,
    /// Whether the pack is in force.
    Enabled,
    /// The providers with their facts.
    Targets,
    /// How requests are spread.
    Strategy,
    /// Weights by target id.
    Weights,
    /// Requests that may wait.
    QueueSize,
    /// The behavior of a full queue.
    QueueOverflow,
    /// Policies in their order.
    Chain,
    /// Whether the audit log cannot be changed.
    AuditImmutable,
    /// Days the audit log is kept.
    AuditDays,
    /// Whether reading is logged too.
    AuditAccess,
    /// Id of a target.
    Id,
    /// Vendor of a target.
    Vendor,
    /// Model of a target.
    Model,
    /// Address of a target.
    Address,
    /// Environment variable with a target's key.
    KeyEnv,
    /// Requests per minute of a target.
    RequestsPerMinute,
    /// Tokens per minute of a target.
    TokensPerMinute,
}

/// A fact and its path in each dialect.
pub struct Place {
    /// The fact.
    pub fact: Fact,
    /// Path in the guide's dialect.
    pub guide: &'static str,
    /// Path in the strict one; absent where its schema knows no such key.
    pub strict: Option<&'static str>,
}

impl Place {
    /// The path in a dialect.
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

/// Facts of the whole pack, in the order they are written.
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
