//! What gives way first.

use crate::plan::{FindingKind, LimitUse};

/// What gives way first, in how many futures.
#[derive(Debug, Clone, PartialEq)]
pub struct WayFirst {
    /// One of the findings that say so.
    pub kind: FindingKind,
    /// Futures.
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

/// Whether two findings are about one constraint.
fn is_same(a: &FindingKind, b: &FindingKind) -> bool {
    match (a, b) {
        (FindingKind::ProviderLimit(a), FindingKind::ProviderLimit(b)) => {
            let name = |used: &LimitUse| (used.kind, used.of_organization);
            a.row == b.row && name(&a.used) == name(&b.used)
        }
        _ => std::mem::discriminant(a) == std::mem::discriminant(b) && a.id() == b.id(),
    }
}
