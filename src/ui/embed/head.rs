//! The head of an embedded page, in place of the header: the page around has a
//! name, a theme switch and an address of its own.

use leptos::prelude::*;

use super::super::history::History;
use super::super::notices::Notices;
use super::super::share::FullLink;
use super::super::view::{Reading, View};
use crate::say::page::header as say;

/// The head of an embedded page. A single answer needs none and has the link in its foot.
#[component]
pub(in crate::ui) fn FrameHead() -> impl IntoView {
    let Reading(view) = expect_context::<Reading>();
    let is_alone = move || matches!(view.get(), View::Alone(_));
    let is_full = move || view.get() == View::Full;
    view! {
        <h1 class="hidden">{say::PRODUCT}</h1>
        <Notices />
        <Show when=move || !is_alone()>
            <div class="frame">
                <Show when=is_full>
                    <History />
                </Show>
                <FullLink />
            </div>
        </Show>
    }
}
