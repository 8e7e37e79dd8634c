//! The generated files, what others wrote read back, and what differs.
//!
//! `FileSet` needs nothing of the page but the scenario, its link and a way to put
//! another scenario in its place.

mod code;
mod panel;
mod read;
mod tabs;

use jiff::civil::Date;
use leptos::prelude::*;

use super::download::download;
use super::icon::Icon;
use super::share::Link;
use super::store::ScenarioStore;
use crate::export::{self, File};
use crate::plan::{evaluate, words};
use crate::scenario::Scenario;
use panel::Panel;
use read::{Incoming, ReadBack};
use tabs::{Tab, Tabs};

/// The files of the page's scenario.
#[component]
pub(super) fn Files() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let link = expect_context::<Link>().0;
    let today = store.answer(|plan| words::full_date(&plan.today).unwrap_or_default());
    view! {
        <FileSet
            scenario=store.slice(Clone::clone)
            link
            today
            on_replace=move |scenario| store.replace(scenario)
        />
    }
}

/// The files in tabs, each to copy or download, all of them as a zip, and the way back.
#[component]
fn FileSet(
    /// What they are made from.
    #[prop(into)]
    scenario: Signal<Scenario>,
    /// Its link, which stands in the files.
    #[prop(into)]
    link: Signal<String>,
    /// The day they are made on.
    #[prop(into)]
    today: Signal<Date>,
    /// Puts what was read in the scenario's place.
    #[prop(into)]
    on_replace: Callback<Scenario>,
) -> impl IntoView {
    let files = Memo::new(move |_| {
        scenario.with(|s| export::files(s, &evaluate(s, today.get()), &link.get()))
    });
    let tabs =
        Memo::new(move |_| files.with(|files| files.iter().map(Tab::of).collect::<Vec<_>>()));
    let chosen = RwSignal::new("hpa.yaml");
    let file = Memo::new(move |_| {
        files.with(|files| files.iter().find(|f| f.name == chosen.get()).cloned())
    });
    let incoming = Incoming::new();
    let all = move |_| {
        // What its target would refuse is not handed over.
        let files = files.get_untracked().into_iter();
        let valid = files.filter(|file| file.checked.is_ok());
        let bytes = export::bundle(&valid.collect::<Vec<_>>());
        download("capacity-plan.zip", "application/zip", &bytes);
    };
    view! {
        <section
            aria-labelledby="files"
            on:dragover=move |ev| ev.prevent_default()
            on:drop=move |ev| incoming.take_drop(&ev)
        >
            <div class="section__head">
                <h2 id="files">"Files"</h2>
                <p>{move || about(&files.get())}</p>
                <div class="section__tools">
                    <button
                        class="button button--small"
                        type="button"
                        on:click=move |_| incoming.open()
                    >
                        "Read or compare…"
                    </button>
                    <button class="button button--small" type="button" on:click=all>
                        <Icon name="down" />
                        "All, .zip"
                    </button>
                </div>
            </div>
            <ReadBack incoming scenario link today on_replace />
            <Tabs tabs chosen />
            {move || file.get().map(|file| view! { <Panel file /> })}
        </section>
    }
}

/// What the files are, or which of them must wait.
fn about(files: &[File]) -> String {
    let refused = files.iter().filter(|file| file.checked.is_err());
    let refused: Vec<&str> = refused.map(|file| file.name).collect();
    match refused.as_slice() {
        [] => format!("{}, ready to apply", words::counted(count(files), "file")),
        [name] => format!("{name} is held back until it is valid"),
        names => format!("{} are held back until they are valid", names.join(" and ")),
    }
}

fn count(files: &[File]) -> u32 {
    u32::try_from(files.len()).unwrap_or(u32::MAX)
}
