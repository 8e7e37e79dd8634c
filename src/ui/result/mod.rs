//! The answers, in the order of the questions.

mod brief;
mod charts;
mod checklist;
mod depth;
mod depth_platform;
mod diagram;
mod figure;
mod findings;
mod formula;
mod notes;
mod numbers;
mod path;
mod path_words;
mod queue;
mod reference;
mod table;
mod verdict;

pub(super) use brief::BriefPage;
pub(super) use formula::lead_to;

use leptos::prelude::*;

use super::file::Files;
use super::share::Link;
use super::store::ScenarioStore;
use crate::catalog::provider::EDITION;
use crate::plan::words;

/// All answers.
#[component]
pub(super) fn Answers() -> impl IntoView {
    view! {
        <main class="answers" id="answers" tabindex="-1">
            <verdict::VerdictSection />
            <figure::Figures />
            <charts::Charts />
            <findings::Findings />
            <path::PathSection />
            <queue::QueueSection />
            <Files />
            <checklist::Checklist />
            <numbers::Numbers />
            <depth::Depth />
            <reference::Reference />
            <Foot />
        </main>
    }
}

/// Dates of the facts, and the link for print.
#[component]
fn Foot() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let link = expect_context::<Link>().0;
    let today = store.answer(|plan| words::day_month_year(&plan.today));
    view! {
        <section class="foot" aria-label="About the figures">
            <span>{format!("Limits and prices collected {}", words::day_month_year(EDITION))}</span>
            <span>"Everything is computed in this browser; the scenario is in the link."</span>
            <span class="foot__link">{today} ": " {link}</span>
        </section>
    }
}
