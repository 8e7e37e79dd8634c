//! First limits to be exceeded, with fixes.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use super::super::section::FoldedLine;
use super::super::store::ScenarioStore;
use super::finding_row::FindingRow;
use super::list::List;
use crate::say::page::result as page;

/// Number of findings shown open.
const OPEN: usize = 5;

/// Storage id of the disclosure with the other findings.
const REST: &str = "rest";

/// Findings in order of urgency.
#[component]
pub(in crate::ui) fn Findings() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let list = List {
        findings: store.answer(|plan| plan.findings.clone()),
        kept: RwSignal::new(None),
        applied: RwSignal::new(None),
        section: NodeRef::new(),
    };
    // The list is ranked anew once focus leaves it.
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
    let first = move || ids.with(|ids| ids[..ids.len().min(OPEN)].to_vec());
    let rest =
        Memo::new(move |_| ids.with(|ids| ids.get(OPEN..).map_or(Vec::new(), <[_]>::to_vec)));
    let has_rest = Memo::new(move |_| rest.with(|rest| !rest.is_empty()));
    let more = Signal::derive(move || page::more_findings(&rest.with(|rest| list.titles(rest))));
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
                <For each=first key=String::clone let:id>
                    <FindingRow id list ids />
                </For>
            </ol>
            <Show when=move || has_rest.get()>
                <FoldedLine id=REST class="folded findings__rest" line=more>
                    <ol class="findings" start=OPEN + 1>
                        <For each=move || rest.get() key=String::clone let:id>
                            <FindingRow id list ids />
                        </For>
                    </ol>
                </FoldedLine>
            </Show>
        </section>
    }
}
