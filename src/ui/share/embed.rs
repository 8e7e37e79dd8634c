//! Dialog that creates the HTML tag for another page.

use leptos::prelude::*;

use super::super::store::ScenarioStore;
use super::super::view::View;
use super::dialog::Dialog;
use super::embed_choice::{Choice, Choices};
use super::embed_preview::Preview;
use super::{CopyButton, EMBED};
use crate::say::page::share as say;
use crate::scenario::Theme;

/// Dialog to choose view and theme, with the tag and a preview.
#[component]
pub(in crate::ui) fn EmbedPanel() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let scenario = Memo::new(move |_| {
        let own = store.fragment.get();
        store.what_if.with(|what_if| own.supposing(what_if))
    });
    let choice = Choice {
        view: RwSignal::new(View::ALL[2]),
        theme: RwSignal::new(Theme::default()),
        scenario,
    };
    let tag = Signal::derive(move || choice.html());
    view! {
        <Dialog id=EMBED class="share" title=say::EMBED_TITLE>
            <Choices choice />
            <pre class="code share__tag" tabindex="0" aria-label=say::TAG>
                <code>{tag}</code>
            </pre>
            <p class="share__copy">
                <CopyButton text=tag class="button--primary">
                    {say::COPY_TAG}
                </CopyButton>
                <span class="muted">
                    {say::ABOUT_LINK}
                </span>
            </p>
            <Preview choice />
        </Dialog>
    }
}
