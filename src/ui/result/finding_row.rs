//! Row of a finding in the list.

use leptos::prelude::*;

use super::super::icon::Icon;
use super::applied::Confirmation;
use super::fix_row::FixRow;
use super::list::List;
use crate::plan::{Finding, Severity};
use crate::say;
use crate::say::page::result as page;
use crate::say::words;

/// Row of a finding; shows its last state once the plan no longer has it.
#[component]
pub(super) fn FindingRow(id: String, list: List, ids: Memo<Vec<String>>) -> impl IntoView {
    let own = id.clone();
    let finding = Memo::new(move |last: Option<&Option<Finding>>| {
        let now = list.findings.with(|all| {
            let mut all = all.iter();
            all.find(|finding| finding.kind.id() == own).cloned()
        });
        now.or_else(|| last.cloned().flatten())
    });
    let own = id.clone();
    let is_first = Memo::new(move |_| ids.with(|ids| ids.first() == Some(&own)));
    let own = id.clone();
    let is_applied = Memo::new(move |_| {
        list.applied
            .with(|applied| applied.as_ref().is_some_and(|applied| applied.row == own))
    });
    let own = id.clone();
    let is_mended = Memo::new(move |_| {
        list.findings
            .with(|all| all.iter().all(|finding| finding.kind.id() != own))
    });
    let row = StoredValue::new(id.clone());
    let own = id.clone();
    let group = Memo::new(move |_| list.heads(&ids.get(), &own));
    let group = move || {
        let words = say::finding::group(group.get()?);
        Some(view! { <p class="findings__group">{words}</p> })
    };
    let words = move || finding.get().map(|finding| text(&finding, is_mended.get()));
    let fixes = move || {
        let finding = finding
            .get()
            .filter(|_| !is_applied.get() && !is_mended.get())?;
        let is_primary = is_first.get() && finding.severity != Severity::Info;
        let rows = finding.fixes.into_iter().enumerate().map(|(index, fix)| {
            let is_primary = is_primary && index == 0;
            view! { <FixRow fix row=row.get_value() is_primary list /> }
        });
        Some(rows.collect_view())
    };
    view! {
        <li data-finding=id>
            {group} {words}
            <div class="finding__fixes">
                {fixes} <Show when=move || is_applied.get()>
                    <Confirmation applied=list.applied heading="findings" />
                </Show>
            </div>
        </li>
    }
}

/// Finding in words.
fn text(finding: &Finding, is_mended: bool) -> impl IntoView + use<> {
    let scale = finding.scale;
    let scale = scale.map(|scale| words::multiple(scale) + " ");
    let due = say::finding::due(finding);
    let title = say::finding::title(&finding.kind);
    let status = if is_mended {
        page::MENDED.to_owned()
    } else {
        say::finding::status(&finding.kind)
    };
    let why = say::finding::message(&finding.kind);
    let order = say::finding::order(&finding.when);
    let no_fix = say::finding::no_fix(finding);
    let (status_class, is_bad) = match finding.severity {
        _ if is_mended => ("status status--ok", false),
        Severity::Critical => ("status status--danger", true),
        Severity::Warning => ("status status--warn", true),
        Severity::Info => ("status status--info", false),
    };
    view! {
        <p class="finding__multiple">{scale} <small>{due}</small></p>
        <div>
            <h3 class="finding__title">
                {title} " "
                <span class=status_class>
                    {is_bad.then(|| view! { <Icon name="alert" /> })} {status}
                </span>
            </h3>
            <p class="finding__why">{why} {order} {no_fix}</p>
        </div>
    }
}
