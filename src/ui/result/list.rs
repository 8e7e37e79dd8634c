//! Displayed list of findings: no row moves while a fix is tried.

use leptos::html::Section;
use leptos::prelude::*;

use super::applied::Applied;
use crate::plan::{Finding, Group};
use crate::say;

/// Displayed list; no row moves while a fix is tried.
#[derive(Clone, Copy)]
pub(super) struct List {
    pub(super) findings: Memo<Vec<Finding>>,
    /// Ids of the rows in a kept order; `None` for the plan's order.
    pub(super) kept: RwSignal<Option<Vec<String>>>,
    pub(super) applied: RwSignal<Option<Applied>>,
    pub(super) section: NodeRef<Section>,
}

impl List {
    /// Ids by group; the first finding is the verdict's, in any group.
    fn ranked(self) -> Vec<String> {
        self.findings.with(|all| {
            let mut rows: Vec<&Finding> = all.iter().collect();
            if let Some((_, others)) = rows.split_first_mut() {
                others.sort_by_key(|finding| finding.group());
            }
            let ids = rows.iter().map(|finding| finding.kind.id().into_owned());
            ids.collect()
        })
    }

    /// Ids in the kept order, followed by new ones.
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

    /// Group that a row is the first of, among rows after the verdict's.
    pub(super) fn heads(self, shown: &[String], row: &str) -> Option<Group> {
        if shown.first().is_some_and(|first| first == row) {
            return None;
        }
        let group = |id: &String| {
            self.findings.with(|all| {
                let finding = all.iter().find(|finding| finding.kind.id() == *id);
                finding.map(Finding::group)
            })
        };
        let at = shown.iter().position(|id| id == row)?;
        let own = group(&shown[at])?;
        let before = shown[1..at].iter().rev().find_map(group);
        (before != Some(own)).then_some(own)
    }

    /// Titles of rows.
    pub(super) fn titles(self, rows: &[String]) -> Vec<String> {
        self.findings.with(|all| {
            let title = |id: &String| {
                let finding = all.iter().find(|finding| finding.kind.id() == *id);
                finding.map(|finding| say::finding::title(&finding.kind))
            };
            rows.iter().filter_map(title).collect()
        })
    }

    /// Whether the plan has a different order.
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
