//! Dialog to share a scenario: link, QR code, Markdown, native sharing.

use leptos::html::Div;
use leptos::prelude::*;

use super::super::chart::use_sight;
use super::super::day::Heard;
use super::super::store::ScenarioStore;
use super::super::sure::Sure;
use super::as_file::AsFile;
use super::code::Code;
use super::device::Device;
use super::dialog::{self, Dialog};
use super::{CopyButton, EMBED, Link, SHARE};
use crate::export::brief_markdown;
use crate::say::page::share as say;

/// Link, QR code, Markdown, native sharing, embedding.
#[component]
pub(in crate::ui) fn SharePanel() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let link = expect_context::<Link>().0;
    let known = use_context::<Sure>();
    let heard = expect_context::<Heard>();
    let told = heard.told();
    let markdown = Signal::derive(move || {
        let known = known.and_then(|Sure(sure)| sure.get());
        let sure = known.as_ref().map(|known| &known.sure);
        let day = told();
        let extra = (sure, day.as_ref());
        let text = |plan: &_| store.with(|s| brief_markdown(s, plan, extra, &link.get()));
        store.plan.with(text)
    });
    // The Markdown includes the simulated day.
    let place = NodeRef::<Div>::new();
    let is_open = use_sight(place);
    Effect::new(move |_| {
        if is_open.get() {
            heard.is_wanted.set(true);
        }
    });
    let embed = move |_| {
        dialog::close(SHARE);
        dialog::open(EMBED);
    };
    view! {
        <Dialog id=SHARE class="share" title=say::TITLE>
            <div class="share__link" node_ref=place>
                <div>
                    <label class="field__label" for="share-link">
                        {say::LINK}
                    </label>
                    <textarea
                        class="field__area share__text"
                        id="share-link"
                        rows="4"
                        readonly
                        spellcheck="false"
                        prop:value=link
                    ></textarea>
                    <div class="share__copy">
                        <CopyButton text=link class="button--primary" done=say::LINK_COPIED>
                            {say::COPY_LINK}
                        </CopyButton>
                        <CopyButton text=markdown done=say::MARKDOWN_COPIED>
                            {say::COPY_MARKDOWN}
                        </CopyButton>
                        <Device />
                        <button class="button" type="button" on:click=embed>
                            {say::EMBED}
                        </button>
                    </div>
                </div>
                <Code />
            </div>
            <AsFile />
        </Dialog>
    }
}
