//! Scope of a provider's limits: its organization's, one of its keys', or each gateway's own.

use std::rc::Rc;

use super::LimitKind;
use super::counting::CountedRow;
use crate::scenario::{Limits, Scope};

/// The limit of a kind among the limits of a row or of a tier.
macro_rules! limit_of {
    ($limits:expr, $kind:expr) => {
        match $kind {
            LimitKind::Rpm => $limits.rpm,
            LimitKind::Tpm => $limits.tpm,
            LimitKind::Itpm => $limits.itpm,
            LimitKind::Otpm => $limits.otpm,
            LimitKind::Rpd => $limits.rpd,
            LimitKind::Tpd => $limits.tpd,
            LimitKind::RequestsMonth => $limits.requests_per_month,
            LimitKind::TokensMonth => $limits.tokens_per_month,
            LimitKind::Concurrency => $limits.concurrency,
            LimitKind::SpendMonth => $limits.usd_per_month,
            LimitKind::Spend10Min => $limits.usd_per_10_min,
            LimitKind::BatchQueue => $limits.batch_tokens,
            LimitKind::BatchRequests => $limits.batch_requests,
            LimitKind::Units | LimitKind::Request | LimitKind::RequestPrice => None,
        }
    };
}

/// A limit of a row, with its scope.
#[derive(Debug, Clone, Copy)]
pub(super) struct Held {
    /// Scope of the limit.
    pub(super) scope: Scope,
    /// The limit per counter.
    pub(super) limit: f64,
    /// Number of counters.
    pub(super) counters: f64,
    /// The organization's limit, which all counters together do not exceed.
    pub(super) most: f64,
    /// Whether it is the organization's limit, next to one of the row's own.
    pub(super) of_organization: bool,
    /// Load of the other rows under the same limit.
    pub(super) beside: f64,
}

impl CountedRow<'_> {
    /// Scope of the limit of a kind. Only a limit that the reader entered is each gateway's own; a
    /// tier's limit is the organization's, however many gateways count it.
    pub(super) fn scope_of(&self, kind: LimitKind) -> Scope {
        match self.provider.scope {
            Scope::Gateway if !self.is_own(kind) => Scope::Provider,
            scope if kind.is_counted_by_pods() => scope,
            _ => Scope::Provider,
        }
    }

    /// Whether the limit of a kind differs from the tier's.
    pub(super) fn is_own(&self, kind: LimitKind) -> bool {
        let published = self.published(kind);
        published.is_none() || limit_of(&self.limits, kind) != published
    }

    /// The tier's limit of a kind.
    fn published(&self, kind: LimitKind) -> Option<f64> {
        self.tier.and_then(|tier| limit_of!(tier, kind))
    }

    /// The organization's limit of a kind, over all its keys. A limit below the tier's belongs to
    /// one key; a higher one was negotiated for all.
    pub(super) fn of_organization(&self, kind: LimitKind) -> Option<f64> {
        let own = limit_of(&self.limits, kind)?;
        let published = self.published(kind);
        let agreed = self.agreed.as_ref().map_or(0.0, |all| all[kind as usize]);
        if self.scope_of(kind) == Scope::Gateway {
            return published.map(|published| published.max(agreed));
        }
        let own = own.max(agreed);
        Some(published.map_or(own, |published| own.max(published)))
    }

    /// The limit of a kind if it is above the tier's, and so negotiated for the organization.
    fn raised(&self, kind: LimitKind) -> Option<f64> {
        let own = limit_of(&self.limits, kind)?;
        let is_raised = self.published(kind)? < own && self.scope_of(kind) != Scope::Gateway;
        (is_raised && !kind.is_money()).then_some(own)
    }

    /// The limit of a kind in force for the row, if any.
    pub(super) fn limit(&self, kind: LimitKind) -> Option<f64> {
        limit_of(&self.limits, kind).map(|limit| self.limit_now(kind, limit))
    }

    /// The limit in force: the organization's negotiated value if the row uses its tier's.
    pub(super) fn limit_now(&self, kind: LimitKind, limit: f64) -> f64 {
        match &self.agreed {
            Some(agreed) if !self.is_own(kind) => limit.max(agreed[kind as usize]),
            _ => limit,
        }
    }

    /// The limits of a kind: the row's own, then the organization's if it differs and may be full
    /// first.
    pub(super) fn held(&self, kind: LimitKind, limit: f64) -> [Option<Held>; 2] {
        let scope = self.scope_of(kind);
        let (part, counters) = self.counters(scope);
        let beside = self.at.beside[kind as usize];
        let own = Held {
            scope,
            limit: limit * part,
            counters,
            most: f64::INFINITY,
            of_organization: false,
            beside: 0.0,
        };
        let all = self.of_organization(kind);
        if scope == Scope::Provider && all == Some(limit) {
            return [Some(Held { beside, ..own }), None];
        }
        let all = all.map(|limit| Held {
            scope: Scope::Provider,
            limit,
            counters: 1.0,
            most: f64::INFINITY,
            of_organization: true,
            beside,
        });
        // The counts of all gateways add up to no more than the organization's limit.
        if scope == Scope::Gateway && all.is_some_and(|all| all.limit < own.limit * counters) {
            return [all, None];
        }
        let most = all.as_ref().map_or(f64::INFINITY, |all| all.limit);
        [Some(Held { most, ..own }), all.filter(|_| 0.0 < beside)]
    }

    /// Part of a limit that one counter holds, and number of counters at the peak.
    pub(super) fn counters(&self, scope: Scope) -> (f64, f64) {
        match scope {
            Scope::Provider => (1.0, 1.0),
            Scope::Gateway => (1.0, self.pods.running),
            Scope::Divided => (1.0 / self.pods.most, self.pods.running),
        }
    }
}

fn limit_of(limits: &Limits, kind: LimitKind) -> Option<f64> {
    limit_of!(limits, kind)
}

/// Whether rows are keys of one organization, which a vendor holds to one tier. Rows with other
/// spending limits belong to another organization.
pub(super) fn is_one_organization(a: &CountedRow<'_>, b: &CountedRow<'_>) -> bool {
    // Cheap checks first: most rows are of another vendor.
    if a.provider.id == b.provider.id || !a.vendor.is_one_organization || a.vendor.id != b.vendor.id
    {
        return false;
    }
    let spending = |row: &CountedRow<'_>| {
        [LimitKind::SpendMonth, LimitKind::Spend10Min].map(|it| row.of_organization(it))
    };
    let is_one_tier = a.tier.is_some() && a.provider.tier == b.provider.tier;
    let own = spending(a);
    own == spending(b) && (is_one_tier || own != [None; 2])
}

/// Whether two rows of an organization share one limit of a kind. Spending and the batch queue
/// cover all rows; other limits cover one model, or models with a shared limit.
pub(super) fn is_one_limit(a: &CountedRow<'_>, b: &CountedRow<'_>, kind: LimitKind) -> bool {
    let is_queue = kind == LimitKind::BatchRequests;
    if kind.is_money() || is_queue && a.of_organization(kind) == b.of_organization(kind) {
        return true;
    }
    is_one_deployment(a, b)
        && a.of_organization(kind).is_some()
        && a.of_organization(kind) == b.of_organization(kind)
}

/// Whether rows of an organization call one model, or models with a shared limit, in one tier.
fn is_one_deployment(a: &CountedRow<'_>, b: &CountedRow<'_>) -> bool {
    let bucket = |row: &CountedRow<'_>| row.model.and_then(|model| model.bucket);
    let is_one_model = a.provider.model == b.provider.model;
    (is_one_model || bucket(a).is_some() && bucket(a) == bucket(b))
        && a.provider.tier == b.provider.tier
        && (a.units, b.units) == (None, None)
}

/// Extends limits that one row has above its tier's to all rows of its organization.
pub(super) fn agree(rows: &mut [CountedRow<'_>]) {
    for kind in LimitKind::ALL {
        for index in 0..rows.len() {
            let Some(limit) = rows[index].raised(kind) else {
                continue;
            };
            for other in 0..rows.len() {
                let (own, mate) = (&rows[index], &rows[other]);
                if is_one_organization(own, mate) && is_one_deployment(own, mate) {
                    let agreed = rows[other].agreed.get_or_insert_default();
                    let most = &mut Rc::make_mut(agreed)[kind as usize];
                    *most = most.max(limit);
                }
            }
        }
    }
}
