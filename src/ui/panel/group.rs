//! Collapsible group of inputs.

use leptos::prelude::*;

use super::super::icon::Icon;

/// Collapsible group with a one-line summary.
#[component]
pub(in crate::ui) fn Group(
    /// Title of the group.
    title: &'static str,
    /// One-line summary.
    #[prop(into)]
    summary: Signal<String>,
    /// Whether the group is open at first.
    #[prop(default = false)]
    open: bool,
    /// Fields of the group.
    children: Children,
) -> impl IntoView {
    view! {
        <details class="group" open=open>
            <summary class="group__head">
                {title} " " <span class="group__sum">{summary}</span> <Icon name="chevron" />
            </summary>
            <fieldset class="group__body">
                <legend class="hidden">{title}</legend>
                {children()}
            </fieldset>
        </details>
    }
}
