//! Generated files, files read back, and differences.

mod code;
mod panel;
pub(super) mod read;
mod tabs;

use leptos::prelude::*;

use super::download::download;
use super::icon::Icon;
use super::section::Fold;
use super::share::Link;
use super::store::ScenarioStore;
use crate::export::{self, Entry};
use crate::say::page::file as say;
use crate::scenario::Scenario;
use panel::Panel;
use read::{Incoming, ReadBack};
use tabs::Tabs;

/// Files of the scenario in tabs, to copy or download individually or as a zip, and the dialog to
/// read files back.
#[component]
pub(super) fn Files() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let link = expect_context::<Link>().0;
    let today = store.answer(|plan| plan.today);
    let scenario: Signal<Scenario> = store.slice(Clone::clone).into();
    let plan = store.plan;
    // Only the file shown is written; others are only checked.
    let entries = Memo::new(move |_| {
        scenario.with(|scenario| plan.with(|plan| export::entries(scenario, plan)))
    });
    let chosen = RwSignal::new("hpa.yaml");
    let file = Memo::new(move |_| {
        let link = link.get();
        scenario.with(|s| plan.with(|plan| export::file(chosen.get(), s, plan, &link)))
    });
    let incoming = Incoming::new();
    incoming.take_drops();
    let all = move |_| {
        let files = scenario.with_untracked(|scenario| {
            plan.with_untracked(|plan| export::files(scenario, plan, &link.get_untracked()))
        });
        let bytes = export::bundle(&files);
        download("capacity-plan.zip", "application/zip", &bytes);
    };
    view! {
        <section
            class="tooled"
            aria-labelledby="files"
            on:dragover=move |ev| ev.prevent_default()
            on:drop=move |ev| incoming.take_drop(&ev)
        >
            <div class="section__tools">
                <button
                    class="button button--small"
                    type="button"
                    id=say::READ_ID
                    on:click=move |_| incoming.open()
                >
                    {say::READ}
                </button>
                <button class="button button--small" type="button" on:click=all>
                    <Icon name="down" />
                    {say::ALL}
                </button>
            </div>
            <ReadBack
                incoming
                scenario
                link=link.into()
                today=today.into()
                on_replace=Callback::new(move |scenario| store.replace(scenario))
            />
            <Fold id="files" title=say::TITLE about=Signal::derive(move || about(&entries.get()))>
                <Tabs entries chosen />
                {move || file.get().map(|file| view! { <Panel file /> })}
            </Fold>
        </section>
    }
}

/// Number of files, or names of the invalid ones.
fn about(entries: &[Entry]) -> String {
    let refused = entries.iter().filter(|entry| !entry.is_valid);
    let refused: Vec<&str> = refused.map(|entry| entry.name).collect();
    say::state(entries.len(), &refused)
}
