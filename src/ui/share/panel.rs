//! The dialog that shares a scenario: link, code, Markdown, the device's own way.

use std::fmt::Write as _;

use leptos::prelude::*;
use leptos::task::spawn_local;
use qrcodegen::{QrCode, QrCodeEcc};
use wasm_bindgen_futures::JsFuture;
use web_sys::ShareData;

use super::super::store::ScenarioStore;
use super::dialog::{self, Dialog};
use super::{CopyButton, EMBED, Link, SHARE};
use crate::export::brief_markdown;
use crate::say::page::share as say;
use crate::say::verdict;

/// Link, code of it, Markdown, the device's own way, embed.
#[component]
pub(in crate::ui) fn SharePanel() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let link = expect_context::<Link>().0;
    let markdown = Signal::derive(move || {
        store.with(|s| store.plan.with(|plan| brief_markdown(s, plan, &link.get())))
    });
    let embed = move |_| {
        dialog::close(SHARE);
        dialog::open(EMBED);
    };
    view! {
        <Dialog id=SHARE class="share" title=say::TITLE>
            <div class="share__link">
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
        </Dialog>
    }
}

/// The device's own way to share, where it has one.
#[component]
fn Device() -> impl IntoView {
    let link = expect_context::<Link>().0;
    let store = expect_context::<ScenarioStore>();
    let share = js_sys::Reflect::get(&window().navigator(), &"share".into());
    let is_there = share.is_ok_and(|share| share.is_function());
    let share = move |_| {
        let what = ShareData::new();
        what.set_title(say::PLAN);
        what.set_text(&store.plan.with_untracked(verdict::text));
        what.set_url(&link.get_untracked());
        let shared = window().navigator().share_with_data(&what);
        // A reader who closes the device's sheet wants nothing.
        spawn_local(async move { drop(JsFuture::from(shared).await) });
    };
    is_there.then(|| {
        view! {
            <button class="button" type="button" on:click=share>
                {say::WITH_APP}
            </button>
        }
    })
}

/// The link as a code for a camera.
#[component]
fn Code() -> impl IntoView {
    let link = expect_context::<Link>().0;
    let code = Memo::new(move |_| drawn(&link.get()));
    move || match code.get() {
        Some((size, path)) => {
            let side = (size + 8).to_string();
            view! {
                <svg
                    class="share__code"
                    viewBox=format!("-4 -4 {side} {side}")
                    role="img"
                    aria-label=say::CODE
                >
                    <rect x="-4" y="-4" width=side.clone() height=side.clone() />
                    <path d=path />
                </svg>
            }
            .into_any()
        }
        None => view! { <p class="muted">{say::TOO_LONG}</p> }.into_any(),
    }
}

/// Modules on a side, and the dark ones as a path; nothing where the text is too long.
fn drawn(text: &str) -> Option<(i32, String)> {
    let code = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
    let size = code.size();
    let mut path = String::new();
    for (y, x) in (0..size).flat_map(|y| (0..size).map(move |x| (y, x))) {
        if code.get_module(x, y) {
            write!(path, "M{x} {y}h1v1h-1z").expect("writing to a string cannot fail");
        }
    }
    Some((size, path))
}
