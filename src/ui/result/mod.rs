//! Sections of the answers, in the order of the questions.

mod applied;
mod brief;
mod brief_decisions;
mod charts;
mod checklist;
mod depth;
mod depth_platform;
mod diagram;
mod finding_row;
mod findings;
mod fix_row;
mod flow;
mod foot;
mod full;
mod growth_frame;
mod list;
mod notes;
mod path;
mod path_box;
mod path_narrow;
mod path_wide;
mod queue;
mod reference;
mod takers;

pub(super) use applied::{Applied, Confirmation};
pub(super) use depth_platform::disks;
pub(super) use diagram::DiagramView;
pub(super) use flow::Flow;
pub(super) use path_narrow::down;
pub(super) use path_wide::across;
#[cfg(feature = "ssr")]
pub(super) use {findings::Findings, path::PathSection, queue::QueueSection};

use leptos::prelude::*;

use super::answer::{Figures, VerdictSection, reason};
use super::compare::ComparePage;
#[cfg(feature = "ssr")]
use super::day::DaySection;
use super::day::Heard;
use super::embed::is_embedded;
use super::later::{Later, Views};
use super::measured::Traffic;
use super::section::SectionsBar;
use super::share::{EmbedPanel, SharePanel, dialog};
use super::shortcuts::ShortcutsPanel;
use super::slice::Slice;
use super::start::Intro;
use super::sure::{keep_drawing, offer_ranges};
use super::view::{Reading, View};
use super::what_if::Supposition;
use super::widget::{Picture, WidgetFoot, WidgetHead};

/// Element id of the other answers.
pub(super) const LATER: &str = "later";

/// Views of the part with this code.
pub(super) fn views() -> Views {
    Views {
        rest: || view! { <Rest /> }.into_any(),
        reason,
    }
}

/// Other answers and the dialogs.
#[component]
fn Rest() -> impl IntoView {
    Traffic::provide();
    Heard::provide();
    Supposition::provide();
    keep_drawing();
    offer_ranges();
    view! {
        <MoreAnswers />
        {(!is_embedded())
            .then(|| {
                view! {
                    <Slice>
                        <SharePanel />
                    </Slice>
                    <Slice>
                        <LastDialogs />
                    </Slice>
                }
            })}
    }
}

/// Dialogs, mounted last; one requested before is then opened.
#[component]
fn LastDialogs() -> impl IntoView {
    Effect::new(|_| dialog::open_asked());
    view! {
        <EmbedPanel />
        <ShortcutsPanel />
    }
}

/// First answers; the others are in another part.
#[component]
pub(super) fn Answers() -> impl IntoView {
    let Reading(view) = expect_context::<Reading>();
    let class = move || match view.get() {
        View::Full => Some("answers".to_owned()),
        View::Brief | View::Compare => None,
        View::Alone(_) => Some(format!("widget widget--{}", view.get().word())),
    };
    let first = move || match view.get() {
        View::Full => view! {
            <Slice>
                {(!is_embedded()).then(|| view! { <Intro /> })}
                <SectionsBar />
                <VerdictSection is_told=true />
                <Figures />
            </Slice>
        }
        .into_any(),
        View::Brief | View::Compare => ().into_any(),
        View::Alone(answer) => view! { <WidgetHead answer /> }.into_any(),
    };
    let Later(later) = expect_context::<Later>();
    let later = move || later.get().map(|views| (views.rest)());
    let last = move || match view.get() {
        View::Alone(answer) => view! { <WidgetFoot answer /> }.into_any(),
        _ => ().into_any(),
    };
    view! {
        <main class=class id="answers" tabindex="-1">
            {first}
            <div class="later" id=LATER>
                {later}
            </div>
            {drawn_ahead()}
            {last}
        </main>
    }
}

/// First of the other answers in the prerendered page. The form's program must not refer to them,
/// since they are left to the later one.
#[cfg(feature = "ssr")]
fn drawn_ahead() -> impl IntoView {
    view! {
        <div class="later" id="later-still">
            <charts::Charts />
            <DaySection />
            <findings::Findings />
            <path::PathSection />
        </div>
    }
}

#[cfg(not(feature = "ssr"))]
fn drawn_ahead() {}

/// Other answers, the brief, the picture of an answer, or several scenarios.
#[component]
pub(super) fn MoreAnswers() -> impl IntoView {
    let Reading(view) = expect_context::<Reading>();
    move || match view.get() {
        View::Brief => view! { <brief::BriefPage /> }.into_any(),
        View::Full => view! { <full::FullAnswers /> }.into_any(),
        View::Alone(answer) => view! { <Picture answer /> }.into_any(),
        View::Compare => view! { <ComparePage /> }.into_any(),
    }
}
