//! Whose limits a provider's are: the account's, or those that each gateway counts for itself.

use super::LimitKind;
use super::counting::CountedRow;
use crate::scenario::{Limits, Scope};

impl CountedRow<'_> {
    /// Whose limit of a kind it is: each gateway’s own is the reader’s number alone, as a tier’s
    /// is the account’s, however many gateways count it.
    pub(super) fn scope_of(&self, kind: LimitKind) -> Scope {
        match self.provider.scope {
            Scope::Gateway if !self.is_own(kind) => Scope::Provider,
            scope if kind.is_counted_by_pods() => scope,
            _ => Scope::Provider,
        }
    }

    fn is_own(&self, kind: LimitKind) -> bool {
        let account = self.account(kind);
        account.is_none() || limit_of(&self.limits, kind) != account
    }

    /// The limit of a kind that the account has by its tier.
    pub(super) fn account(&self, kind: LimitKind) -> Option<f64> {
        limit_of(&Limits::from(self.tier()?), kind)
    }

    /// The part of a limit that one counter holds, and how many counters there are at the peak.
    pub(super) fn counters(&self, scope: Scope) -> (f64, f64) {
        match scope {
            Scope::Provider => (1.0, 1.0),
            Scope::Gateway => (1.0, self.pods.running),
            Scope::Divided => (1.0 / self.pods.most, self.pods.running),
        }
    }
}

/// A limit that pods may count.
fn limit_of(limits: &Limits, kind: LimitKind) -> Option<f64> {
    match kind {
        LimitKind::Rpm => limits.rpm,
        LimitKind::Tpm => limits.tpm,
        LimitKind::Itpm => limits.itpm,
        LimitKind::Otpm => limits.otpm,
        LimitKind::Rpd => limits.rpd,
        LimitKind::Tpd => limits.tpd,
        LimitKind::Concurrency => limits.concurrency,
        _ => None,
    }
}
