//! Head of an embedded page, in place of the header: the host page has its own name, theme switch
//! and address.

use leptos::prelude::*;

use super::super::history::History;
use super::super::notices::Notices;
use super::super::share::FullLink;
use super::super::view::{Reading, View};
use crate::say::page::header as say;

/// Head of an embedded page. A single answer needs none; its link is in the foot.
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
