//! Native sharing of the device.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::ShareData;

use super::super::store::ScenarioStore;
use super::Link;
use crate::say::page::share as say;
use crate::say::verdict;

/// Button for native sharing, if supported.
#[component]
pub(super) fn Device() -> impl IntoView {
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
        // The user may cancel sharing.
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
