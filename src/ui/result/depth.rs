//! Details of the findings: shares, losses, waits, events, reservations.

use leptos::prelude::*;

use super::super::answer::{Folded, Row};
use super::super::section::FoldedSection;
use super::super::store::ScenarioStore;
use super::depth_platform as platform;
use crate::plan::Plan;
use crate::say::page::depth as say;

/// Tables of details, collapsed at first.
#[component]
pub(super) fn Depth() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let rows = move |read: fn(&Plan) -> Vec<Row>| -> Signal<Vec<Row>> { store.answer(read).into() };
    view! {
        <FoldedSection id="depth" title=say::TITLE about=Signal::stored(say::NOTE.to_owned())>
            <Folded title=say::SPLITS head=&say::SPLITS_HEAD rows=rows(splits) />
            <Folded title=say::LOSSES head=&say::LOSSES_HEAD rows=rows(losses) />
            <Folded
                title=say::WAITS
                head=&say::WAITS_HEAD
                rows=rows(platform::waits)
                note=say::WAITS_NOTE
            />
            <Folded
                title=say::EVENTS
                head=&say::EVENTS_HEAD
                rows=rows(platform::events)
                note=say::EVENTS_NOTE
            />
            <Folded title=say::DISKS head=&say::DISKS_HEAD rows=rows(platform::disks) />
            <Folded
                title=say::RESERVED
                head=&say::RESERVED_HEAD
                rows=rows(platform::reserved)
                note=say::RESERVED_NOTE
            />
        </FoldedSection>
    }
}

fn splits(plan: &Plan) -> Vec<Row> {
    let options = plan.routing.options.iter();
    options
        .map(|option| Row {
            edits: option.edits(),
            ..Row::new(say::split(option))
        })
        .collect()
}

fn losses(plan: &Plan) -> Vec<Row> {
    let providers = plan.drills.iter().map(say::provider_loss);
    let zone = plan.zone_drill.iter().map(say::zone_loss);
    providers.chain(zone).map(Row::new).collect()
}
