//! Sharing: copy, link, QR code, Markdown, and the tag for embedding.

mod as_file;
mod code;
mod copy;
mod device;
pub(super) mod dialog;
mod embed;
mod embed_choice;
mod embed_preview;
mod panel;
mod tag;

pub(super) use copy::CopyButton;
pub(super) use dialog::DialogButton;
pub(super) use embed::EmbedPanel;
pub(super) use panel::SharePanel;

use leptos::prelude::*;

use super::embed::link_target;
use super::store::ScenarioStore;
use super::url::use_full_link;
use crate::say::page::share as say;

/// Ids of the dialogs.
pub(super) const SHARE: &str = "share";
const EMBED: &str = "embed-dialog";

/// Full link of the scenario, shared through context.
#[derive(Clone, Copy)]
pub(super) struct Link(pub(super) Memo<String>);

/// Link from a part of the calculator to the whole, with the current scenario.
#[component]
pub(super) fn FullLink() -> impl IntoView {
    let link = use_full_link(expect_context::<ScenarioStore>());
    view! {
        <a class="full-link" href=link target=link_target() rel="noopener">
            {say::FULL_LINK}
        </a>
    }
}
