//! Section with the results.

use leptos::prelude::*;

use super::super::section::Fold;
use super::Sure;
use super::answers::Answers;
use super::offer::Offer;
use crate::say::page::sure as page;
use crate::say::uncertainty as say;

/// Probabilities, first limits exceeded, important inputs; without ranges, the offer to add some.
#[component]
pub(in crate::ui) fn SureSection() -> impl IntoView {
    let Sure(sure) = expect_context();
    let is_known = Memo::new(move |_| sure.with(Option::is_some));
    let basis = move || sure.with(|known| known.as_ref().map(|known| say::basis(&known.sure)));
    let content = move || {
        if is_known.get() {
            view! {
                <div class="section__head">
                    <h2 id="sure">{say::TITLE}</h2>
                    <p>{basis}</p>
                </div>
                <Answers />
            }
            .into_any()
        } else {
            let about = Signal::stored(page::NO_RANGES.to_owned());
            view! {
                <Fold id="sure" title=say::TITLE about>
                    <Offer />
                </Fold>
            }
            .into_any()
        }
    };
    view! {
        <section class="sure" id="how-sure" aria-labelledby="sure">
            {content}
        </section>
    }
}
