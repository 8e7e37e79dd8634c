//! The first limits to be exceeded, and their fixes.

use leptos::prelude::*;

use super::super::icon::Icon;
use super::super::store::ScenarioStore;
use crate::plan::{Finding, Fix, Severity, words};
use crate::say;
use crate::say::page::result as page;
use crate::scenario::Scenario;

/// A fix that was carried out, shown in its place until something else changes.
#[derive(Clone, PartialEq)]
struct Applied {
    label: String,
    after: Scenario,
}

/// The findings in order of urgency.
#[component]
pub(in crate::ui) fn Findings() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let findings = store.answer(|plan| plan.findings.clone());
    let applied = RwSignal::new(None::<Applied>);
    let done = move || {
        let applied = applied
            .get()
            .filter(|applied| store.with(|now| *now == applied.after))?;
        Some(view! {
            <p class="applied" role="status">
                <Icon name="check" />
                <span>{page::applied(&applied.label)}</span>
                <button class="button button--small" type="button" on:click=move |_| store.undo()>
                    {page::UNDO}
                </button>
            </p>
        })
    };
    let rows = move || {
        let findings = findings.get();
        findings
            .into_iter()
            .enumerate()
            .map(|(index, finding)| view! { <FindingRow finding is_first=index == 0 applied /> })
            .collect_view()
    };
    view! {
        <section aria-labelledby="findings">
            <div class="section__head">
                <h2 id="findings">{page::FINDINGS}</h2>
                <p>{page::FINDINGS_NOTE}</p>
            </div>
            {done}
            <ol class="findings">{rows}</ol>
        </section>
    }
}

#[component]
fn FindingRow(
    finding: Finding,
    is_first: bool,
    applied: RwSignal<Option<Applied>>,
) -> impl IntoView {
    let scale = finding
        .scale
        .map_or_else(|| "–".to_owned(), words::multiple);
    let due = say::finding::due(&finding);
    let (title, status) = (
        say::finding::title(&finding.kind),
        say::finding::status(&finding.kind),
    );
    let why = say::finding::message(&finding.kind);
    let order = say::finding::order(&finding.when);
    let id = finding.kind.id();
    let (status_class, is_bad) = match finding.severity {
        Severity::Critical => ("status status--danger", true),
        Severity::Warning => ("status status--warn", true),
        Severity::Info => ("status status--info", false),
    };
    let fixes = finding
        .fixes
        .into_iter()
        .enumerate()
        .map(|(index, fix)| {
            let is_primary = is_first && is_bad && index == 0;
            view! { <FixRow fix is_primary applied /> }
        })
        .collect_view();
    view! {
        <li data-finding=id>
            <p class="finding__multiple">{scale} " " <small>{due}</small></p>
            <div>
                <h3 class="finding__title">
                    {title} " "
                    <span class=status_class>
                        {is_bad.then(|| view! { <Icon name="alert" /> })} {status}
                    </span>
                </h3>
                <p class="finding__why">{why} {order}</p>
            </div>
            <div class="finding__fixes">{fixes}</div>
        </li>
    }
}

#[component]
fn FixRow(fix: Fix, is_primary: bool, applied: RwSignal<Option<Applied>>) -> impl IntoView {
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
        edits.with_value(|edits| store.apply(edits));
        let after = untrack(|| store.with(Clone::clone));
        applied.set(Some(Applied {
            label: label.clone(),
            after,
        }));
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
