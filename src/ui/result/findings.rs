//! The first limits to be exceeded, and their fixes.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use super::super::icon::Icon;
use super::super::store::ScenarioStore;
use super::applied::{Applied, Confirmation};
use super::list::List;
use crate::plan::{Finding, Fix, Severity};
use crate::say;
use crate::say::page::result as page;
use crate::say::words;

/// The findings in order of urgency.
#[component]
pub(in crate::ui) fn Findings() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let list = List {
        findings: store.answer(|plan| plan.findings.clone()),
        kept: RwSignal::new(None),
        applied: RwSignal::new(None),
        section: NodeRef::new(),
    };
    // Who leaves the list finds it ranked anew.
    let leave = move |event: web_sys::FocusEvent| {
        let to = event.related_target();
        let to = to.and_then(|to| to.dyn_into::<web_sys::Node>().ok());
        let is_inside = list
            .section
            .get_untracked()
            .is_some_and(|section| to.as_ref().is_some_and(|to| section.contains(Some(to))));
        if to.is_some() && !is_inside {
            list.applied.set(None);
            list.rank();
        }
    };
    let rank = move |_| {
        list.rank();
        super::super::focus::focus("findings");
    };
    let ids = Memo::new(move |_| list.shown());
    let is_out_of_rank = Memo::new(move |_| list.is_out_of_rank());
    view! {
        <section aria-labelledby="findings" node_ref=list.section on:focusout=leave>
            <div class="section__head">
                <h2 id="findings" tabindex="-1">{page::FINDINGS}</h2>
                <p>{page::FINDINGS_NOTE}</p>
                <Show when=move || is_out_of_rank.get()>
                    <button class="button button--small" type="button" on:click=rank>
                        {page::RANK}
                    </button>
                </Show>
            </div>
            <ol class="findings">
                <For each=move || ids.get() key=String::clone let:id>
                    <FindingRow id list ids />
                </For>
            </ol>
        </section>
    }
}

/// A row keeps its place and shows its last state where the plan no longer has the finding.
#[component]
fn FindingRow(id: String, list: List, ids: Memo<Vec<String>>) -> impl IntoView {
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
            {words}
            <div class="finding__fixes">
                {fixes} <Show when=move || is_applied.get()>
                    <Confirmation applied=list.applied heading="findings" />
                </Show>
            </div>
        </li>
    }
}

/// A finding in words.
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

#[component]
fn FixRow(fix: Fix, row: String, is_primary: bool, list: List) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let label = say::fix::label(&fix.change);
    let effect = say::fix::effect(&fix.effect);
    let class = if is_primary {
        "button button--small button--primary"
    } else {
        "button button--small"
    };
    let name = page::apply(&label);
    let shown = label.clone();
    let edits = StoredValue::new(fix.edits());
    let apply = move |_| {
        list.keep();
        let done = edits.with_value(|edits| Applied::carry_out(store, &row, &label, edits));
        list.applied.set(Some(done));
    };
    view! {
        <div class="fix">
            <p class="fix__text">{shown} <small>{effect}</small></p>
            <button class=class type="button" aria-label=name on:click=apply>
                {page::APPLY}
            </button>
        </div>
    }
}
