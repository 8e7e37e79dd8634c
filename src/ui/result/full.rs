//! All answers below the first, in the order of the questions.

use leptos::prelude::*;

use super::super::answer::Numbers;
use super::super::day::DaySection;
use super::super::file::Files;
use super::super::measured::MeasuredSection;
use super::super::slice::Slice;
use super::super::sure::SureSection;
use super::{charts, checklist, depth, findings, foot, path, queue, reference};

#[component]
pub(super) fn FullAnswers() -> impl IntoView {
    view! {
        <Slice>
            <charts::Charts />
        </Slice>
        <Slice>
            <DaySection />
        </Slice>
        <Slice>
            <MeasuredSection />
        </Slice>
        <Slice>
            <findings::Findings />
        </Slice>
        <Slice>
            <path::PathSection />
        </Slice>
        <Slice>
            <SureSection />
        </Slice>
        <Slice>
            <queue::QueueSection />
        </Slice>
        <Slice>
            <Files />
        </Slice>
        <Slice>
            <checklist::Checklist />
        </Slice>
        <Slice>
            <Numbers />
        </Slice>
        <Slice>
            <depth::Depth />
        </Slice>
        <Slice>
            <reference::Reference />
        </Slice>
        <Slice>
            <foot::Foot />
        </Slice>
    }
}
