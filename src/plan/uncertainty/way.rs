//! First constraints to give way.

use crate::plan::{FindingKind, LimitUse};

/// A first constraint to give way, with its number of futures.
#[derive(Debug, Clone, PartialEq)]
pub struct WayFirst {
    /// One of the findings about it.
    pub kind: FindingKind,
    /// Number of futures.
    pub futures: u32,
}

impl WayFirst {
    /// Counts one more future.
    pub(super) fn count(all: &mut Vec<Self>, kind: FindingKind) {
        let known = all.iter_mut().find(|other| is_same(&other.kind, &kind));
        match known {
            Some(known) => known.futures += 1,
            None => all.push(Self { kind, futures: 1 }),
        }
    }
}

/// Whether two findings are about the same constraint.
fn is_same(a: &FindingKind, b: &FindingKind) -> bool {
    match (a, b) {
        (FindingKind::ProviderLimit(a), FindingKind::ProviderLimit(b)) => {
            let name = |used: &LimitUse| (used.kind, used.of_organization);
            a.row == b.row && name(&a.used) == name(&b.used)
        }
        _ => std::mem::discriminant(a) == std::mem::discriminant(b) && a.id() == b.id(),
    }
}
