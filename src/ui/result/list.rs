//! The findings as the reader sees them: while a fix of one is tried, no row moves.

use leptos::html::Section;
use leptos::prelude::*;

use super::applied::Applied;
use crate::plan::Finding;

/// The list as the reader sees it: while a fix of it is tried, no row moves.
#[derive(Clone, Copy)]
pub(super) struct List {
    pub(super) findings: Memo<Vec<Finding>>,
    /// The ids of the rows in the order that is kept; none while the order is the plan's.
    pub(super) kept: RwSignal<Option<Vec<String>>>,
    pub(super) applied: RwSignal<Option<Applied>>,
    pub(super) section: NodeRef<Section>,
}

impl List {
    fn ranked(self) -> Vec<String> {
        let id = |finding: &Finding| finding.kind.id().into_owned();
        self.findings.with(|all| all.iter().map(id).collect())
    }

    /// The ids in the order that is kept, with new ones behind it.
    pub(super) fn shown(self) -> Vec<String> {
        let ranked = self.ranked();
        let Some(mut shown) = self.kept.get() else {
            return ranked;
        };
        shown.extend(
            ranked
                .into_iter()
                .filter(|id| !shown.contains(id))
                .collect::<Vec<_>>(),
        );
        shown
    }

    /// Whether the plan ranks the rows otherwise.
    pub(super) fn is_out_of_rank(self) -> bool {
        self.kept.with(Option::is_some) && self.shown() != self.ranked()
    }

    pub(super) fn keep(self) {
        if untrack(|| self.kept.with(Option::is_none)) {
            self.kept.set(Some(untrack(|| self.ranked())));
        }
    }

    pub(super) fn rank(self) {
        self.kept.set(None);
    }
}
