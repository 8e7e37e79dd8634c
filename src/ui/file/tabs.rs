//! Files grouped by purpose.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::super::focus::focus;
use super::super::icon::Icon;
use crate::export::{Entry, Group};
use crate::say::page::file as say;

/// Element id of a tab; the dot in a name would end a CSS selector.
fn id(name: &str) -> String {
    format!("tab-{}", name.replace('.', "-"))
}

/// Tabs with a row per group; arrow keys move through all of them.
#[component]
pub(super) fn Tabs(
    /// All tabs, ordered by group.
    entries: Memo<Vec<Entry>>,
    /// Name of the selected file.
    chosen: RwSignal<&'static str>,
) -> impl IntoView {
    let turn = move |ev: KeyboardEvent| {
        let names = entries.with_untracked(|tabs| tabs.iter().map(|t| t.name).collect::<Vec<_>>());
        let now = names
            .iter()
            .position(|name| *name == chosen.get_untracked());
        let (now, last) = (now.unwrap_or(0), names.len().saturating_sub(1));
        let next = match ev.key().as_str() {
            "ArrowRight" | "ArrowDown" if now == last => 0,
            "ArrowRight" | "ArrowDown" => now + 1,
            "ArrowLeft" | "ArrowUp" => now.checked_sub(1).unwrap_or(last),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        ev.prevent_default();
        if let Some(name) = names.get(next) {
            chosen.set(name);
            focus(&id(name));
        }
    };
    let groups = move || {
        let mut groups: Vec<(Group, Vec<Entry>)> = Vec::new();
        for tab in entries.get() {
            match groups.last_mut() {
                Some((group, tabs)) if *group == tab.group => tabs.push(tab),
                _ => groups.push((tab.group, vec![tab])),
            }
        }
        groups
    };
    let row = move |(group, tabs): (Group, Vec<Entry>)| {
        let tabs = tabs.into_iter().map(|tab| view! { <OneTab tab chosen /> });
        view! {
            <div class="tabs__group" role="presentation">
                <span class="tabs__name" aria-hidden="true">
                    {group.name()}
                </span>
                <div class="tabs__row" role="presentation">
                    {tabs.collect_view()}
                </div>
            </div>
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label=say::TITLE on:keydown=turn>
            {move || groups().into_iter().map(row).collect_view()}
        </div>
    }
}

#[component]
fn OneTab(tab: Entry, chosen: RwSignal<&'static str>) -> impl IntoView {
    let is_chosen = move || chosen.get() == tab.name;
    view! {
        <button
            class="tabs__tab"
            role="tab"
            type="button"
            id=id(tab.name)
            aria-controls="file"
            aria-selected=move || is_chosen().to_string()
            tabindex=move || if is_chosen() { "0" } else { "-1" }
            on:click=move |_| chosen.set(tab.name)
        >
            {(!tab.is_valid).then(|| view! { <Icon name="alert" /> })}
            {tab.title}
        </button>
    }
}
