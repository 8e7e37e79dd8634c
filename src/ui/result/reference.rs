//! The guide's tables beside the plan, and where the guide contradicts itself.

use leptos::prelude::*;

use super::super::answer::{Folded, Row};
use super::super::store::ScenarioStore;
use super::notes::Notes;
use crate::catalog::guide;
use crate::plan::{Plan, words};

/// The tables, closed at first.
#[component]
pub(super) fn Reference() -> impl IntoView {
    view! {
        <section aria-labelledby="reference">
            <div class="section__head">
                <h2 id="reference">"The guide’s tables"</h2>
                <p>"Rows of this plan are marked"</p>
            </div>
            <FleetTable />
            <ControlPlaneTable />
            <TriggerTable />
            <ProviderTable />
            <Notes />
        </section>
    }
}

#[component]
fn FleetTable() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    view! {
        <Folded
            title="Gateway instances by workload"
            head=&["Gateways", "Peak rps with headroom", "Instances", "vCPU each", "MB each"]
            rows=store.answer(fleet)
        />
    }
}

fn fleet(plan: &Plan) -> Vec<Row> {
    let rows = guide::FLEET.iter().map(|row| {
        let from = words::significant(row.rps_from);
        let rps = match row.rps_to {
            Some(to) if row.rps_from == 0.0 => format!("< {}", words::significant(to)),
            Some(to) => format!("{from}–{}", words::significant(to)),
            None => format!("> {from}"),
        };
        let instances = row.instances_to.map_or_else(
            || format!("{}+", row.instances_from),
            |to| format!("{}–{to}", row.instances_from),
        );
        Row {
            is_current: row.name == plan.gateway.size_class,
            ..Row::new([
                row.name.to_owned(),
                rps,
                instances,
                row.vcpu.to_string(),
                row.memory_mb.to_string(),
            ])
        }
    });
    rows.collect()
}

#[component]
fn ControlPlaneTable() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    view! {
        <Folded
            title="Control-plane API and PostgreSQL"
            head=&[
                "Control plane",
                "API replicas",
                "vCPU each",
                "MB each",
                "PostgreSQL",
                "Disk",
                "Peak (our boundary)",
            ]
            rows=store.answer(control_plane)
        />
    }
}

fn control_plane(plan: &Plan) -> Vec<Row> {
    let rows = guide::CONTROL_PLANE.iter().map(|size| {
        let boundary = size.peak_rps_to.map_or_else(
            || "above".to_owned(),
            |to| format!("up to {} rps", words::significant(to)),
        );
        Row {
            is_current: size.name == plan.control_plane.size,
            ..Row::new([
                size.name.to_owned(),
                size.api_replicas.to_string(),
                size.vcpu.to_string(),
                size.memory_mb.to_string(),
                format!(
                    "{} vCPU, {} GB",
                    size.postgres_vcpu, size.postgres_memory_gb
                ),
                words::bytes(size.postgres_disk_gb * 1e9),
                boundary,
            ])
        }
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
            title="Scaling triggers"
            head=&["Metric", "Scale up", "Scale down", "What the guide’s manifest does"]
            rows=Signal::stored(rows.collect::<Vec<_>>())
        />
    }
}

#[component]
fn ProviderTable() -> impl IntoView {
    let range = |range: Option<(f64, f64)>| {
        range.map_or_else(
            || "per deployment".to_owned(),
            |(low, high)| format!("{} – {}", words::short(low), words::short(high)),
        )
    };
    let rows = guide::PROVIDER_LIMITS.iter().map(|row| {
        Row::new([
            format!("{} {}", row.provider, row.model),
            range(row.rpm),
            range(row.tpm),
            row.rpd.to_owned(),
            row.today.to_owned(),
        ])
    });
    view! {
        <Folded
            title="Common provider limits"
            head=&["Provider", "RPM", "TPM", "RPD", "Published in November 2026"]
            rows=Signal::stored(rows.collect::<Vec<_>>())
        />
    }
}
