//! A group of inputs that opens and closes.

use leptos::prelude::*;

use super::super::icon::Icon;

/// A group with its value in one line.
#[component]
pub(in crate::ui) fn Group(
    /// Title.
    title: &'static str,
    /// Its value in one line.
    #[prop(into)]
    summary: Signal<String>,
    /// Whether it begins open.
    #[prop(default = false)]
    open: bool,
    /// The fields.
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
