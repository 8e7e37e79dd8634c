//! Tables of the guide next to the plan, and contradictions within the guide.

use leptos::prelude::*;

use super::super::answer::{Folded, Row};
use super::super::section::FoldedSection;
use super::super::store::ScenarioStore;
use super::notes::Notes;
use crate::catalog::guide;
use crate::plan::Plan;
use crate::say::page::reference as say;

/// Tables of the guide, collapsed at first.
#[component]
pub(super) fn Reference() -> impl IntoView {
    view! {
        <FoldedSection id="reference" title=say::TITLE about=Signal::stored(say::NOTE.to_owned())>
            <FleetTable />
            <ControlPlaneTable />
            <TriggerTable />
            <ProviderTable />
            <Notes />
        </FoldedSection>
    }
}

#[component]
fn FleetTable() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    view! {
        <Folded
            title=say::FLEET
            head=&say::FLEET_HEAD
            rows=store.answer(fleet)
        />
    }
}

fn fleet(plan: &Plan) -> Vec<Row> {
    let rows = guide::FLEET.iter().map(|row| Row {
        is_current: row.name == plan.gateway.size_class,
        ..Row::new(say::fleet(row))
    });
    rows.collect()
}

#[component]
fn ControlPlaneTable() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    view! {
        <Folded
            title=say::CONTROL_PLANE
            head=&say::CONTROL_PLANE_HEAD
            rows=store.answer(control_plane)
        />
    }
}

fn control_plane(plan: &Plan) -> Vec<Row> {
    let rows = guide::CONTROL_PLANE.iter().map(|size| Row {
        is_current: size.name == plan.control_plane.size,
        ..Row::new(say::control_plane(size))
    });
    rows.collect()
}

#[component]
fn TriggerTable() -> impl IntoView {
    let cells = |row: &guide::Trigger| [row.metric, row.up, row.down, row.manifest];
    let rows = guide::TRIGGERS.iter().map(cells);
    let rows = rows.map(|cells| Row::new(cells.map(str::to_owned)));
    view! {
        <Folded
            title=say::TRIGGERS
            head=&say::TRIGGERS_HEAD
            rows=Signal::stored(rows.collect::<Vec<_>>())
        />
    }
}

#[component]
fn ProviderTable() -> impl IntoView {
    let rows = guide::PROVIDER_LIMITS.iter().map(say::limits);
    let rows = rows.map(Row::new);
    view! {
        <Folded
            title=say::LIMITS
            head=&say::LIMITS_HEAD
            rows=Signal::stored(rows.collect::<Vec<_>>())
        />
    }
}
