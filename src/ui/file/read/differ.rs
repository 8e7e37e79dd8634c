//! Differences: inputs, results, and a patch per file.

use leptos::prelude::*;

use super::super::super::download::download;
use super::super::super::icon::Icon;
use super::super::super::share::CopyButton;
use crate::compare::{Comparison, Difference, FilePatch};
use crate::say::page::file as say;

/// Maximum number of table rows.
const ROWS: usize = 60;

/// Direction of the patch.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// From the pasted scenario to the current one.
    ToHere,
    /// From the current scenario to the pasted one.
    FromHere,
}

/// Differences in the selected direction.
#[component]
pub(super) fn Differences(
    /// Comparison of both scenarios.
    compared: Memo<Comparison>,
    /// Selected direction.
    direction: RwSignal<Direction>,
) -> impl IntoView {
    let is_same = Memo::new(move |_| compared.with(|c| c.inputs.is_empty() && c.files.is_empty()));
    let swap = move |_| {
        direction.update(|direction| {
            *direction = match direction {
                Direction::ToHere => Direction::FromHere,
                Direction::FromHere => Direction::ToHere,
            }
        });
    };
    let heads = move || match direction.get() {
        Direction::ToHere => [say::PASTED, say::HERE],
        Direction::FromHere => [say::HERE, say::PASTED],
    };
    view! {
        <Show
            when=move || !is_same.get()
            fallback=|| view! { <p class="muted">{say::NOTHING_NEW}</p> }
        >
            <div class="differ">
                <p class="differ__head">
                    <span>
                        {move || match direction.get() {
                            Direction::ToHere => say::TO_HERE,
                            Direction::FromHere => say::FROM_HERE,
                        }}
                    </span>
                    <button class="button button--small" type="button" on:click=swap>
                        {say::SWAP}
                    </button>
                </p>
                {move || compared.with(|c| table(say::INPUTS_DIFFER, heads(), &c.inputs))}
                {move || compared.with(|c| table(say::RESULTS_DIFFER, heads(), &c.results))}
                <Patches compared />
            </div>
        </Show>
    }
}

fn table(
    title: &'static str,
    heads: [&'static str; 2],
    rows: &[Difference],
) -> impl IntoView + use<> {
    let count = rows.len();
    let rows = rows.iter().take(ROWS).map(|row| {
        view! {
            <tr>
                <th scope="row">{row.label.clone()}</th>
                <td>{row.before.clone()}</td>
                <td>{row.after.clone()}</td>
            </tr>
        }
    });
    let [before, after] = heads;
    (0 < count).then(|| {
        view! {
            <section aria-label=title>
                <h3>{say::table(title, count)}</h3>
                <table class="table">
                    <thead>
                        <tr>
                            <td></td>
                            <th scope="col">{before}</th>
                            <th scope="col">{after}</th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </section>
        }
    })
}

/// Patch of each file, and all of them to copy or download.
#[component]
fn Patches(compared: Memo<Comparison>) -> impl IntoView {
    let patch = Memo::new(move |_| compared.with(Comparison::patch));
    let save = move |_| {
        download(
            "capacity-plan.patch",
            "text/x-diff",
            patch.get_untracked().as_bytes(),
        );
    };
    let files = move || compared.with(|compared| compared.files.clone());
    view! {
        <section aria-label=say::FILES_DIFFER>
            <div class="differ__head">
                <h3>{move || say::files_differ(files().len())}</h3>
                <CopyButton text=patch class="button--small">
                    {say::COPY_PATCH}
                </CopyButton>
                <button class="button button--small" type="button" on:click=save>
                    {say::DOWNLOAD_PATCH}
                </button>
            </div>
            {move || files().into_iter().map(|file| view! { <Patch file /> }).collect_view()}
        </section>
    }
}

#[component]
fn Patch(file: FilePatch) -> impl IntoView {
    let lines = file.patch.lines().skip(2).map(|line| {
        let class = match line.chars().next() {
            Some('+') => "l l--added",
            Some('-') => "l l--removed",
            Some('@') => "l l--place",
            _ => "l",
        };
        view! { <span class=class>{line.to_owned()} "\n"</span> }
    });
    view! {
        <details class="patch">
            <summary>
                <span class="mono">
                    <Icon name="chevron" class="chevron" />
                    {file.name}
                </span>
                <span class="patch__added">{format!("+{}", file.added)}</span>
                <span class="patch__removed">{format!("−{}", file.removed)}</span>
            </summary>
            <pre class="code code--patch" tabindex="0" role="region" aria-label=file.name>
                <code>{lines.collect_view()}</code>
            </pre>
        </details>
    }
}
