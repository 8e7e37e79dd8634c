//! The section of the answers.

use leptos::prelude::*;

use super::Sure;
use super::answers::Answers;
use super::offer::Offer;
use crate::say::page::sure as page;
use crate::say::uncertainty as say;

/// Chances, what gives way first, what matters most; without ranges the offer of some.
#[component]
pub(in crate::ui) fn SureSection() -> impl IntoView {
    let Sure(sure) = expect_context();
    let is_known = Memo::new(move |_| sure.with(Option::is_some));
    let basis = move || match sure.get() {
        Some(known) => say::basis(&known.sure),
        None => page::NO_RANGES.to_owned(),
    };
    view! {
        <section class="sure" id="how-sure" aria-labelledby="sure">
            <div class="section__head">
                <h2 id="sure">{say::TITLE}</h2>
                <p>{basis}</p>
            </div>
            {move || {
                if is_known.get() {
                    view! { <Answers /> }.into_any()
                } else {
                    view! { <Offer /> }.into_any()
                }
            }}
        </section>
    }
}
