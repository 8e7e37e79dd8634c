//! The guide's tables beside the plan, and where the guide contradicts itself.

use leptos::prelude::*;

use super::super::icon::Icon;
use super::super::store::ScenarioStore;
use super::notes::Notes;
use crate::catalog::guide;
use crate::plan::words;

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

/// A closed table.
#[component]
fn Folded(title: &'static str, head: Vec<&'static str>, children: Children) -> impl IntoView {
    let head = head
        .into_iter()
        .map(|text| view! { <th scope="col">{text}</th> })
        .collect_view();
    view! {
        <details class="folded">
            <summary>
                <Icon name="chevron" />
                {title}
            </summary>
            <div class="scroll" tabindex="0" role="region" aria-label=title>
                <table class="table">
                    <thead>
                        <tr>{head}</tr>
                    </thead>
                    <tbody>{children()}</tbody>
                </table>
            </div>
        </details>
    }
}

#[component]
fn FleetTable() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let class = store.answer(|plan| plan.gateway.size_class);
    let rows = guide::FLEET.iter().map(move |row| {
        let rps = match row.rps_to {
            Some(to) if row.rps_from == 0.0 => format!("< {}", words::significant(to)),
            Some(to) => format!(
                "{}–{}",
                words::significant(row.rps_from),
                words::significant(to)
            ),
            None => format!("> {}", words::significant(row.rps_from)),
        };
        let instances = row.instances_to.map_or_else(
            || format!("{}+", row.instances_from),
            |to| format!("{}–{to}", row.instances_from),
        );
        view! {
            <tr aria-current=move || (class.get() == row.name).then_some("true")>
                <th scope="row">{row.name}</th>
                <td>{rps}</td>
                <td>{instances}</td>
                <td>{row.vcpu}</td>
                <td>{row.memory_mb}</td>
            </tr>
        }
    });
    let head = vec![
        "Gateways",
        "Peak rps with headroom",
        "Instances",
        "vCPU each",
        "MB each",
    ];
    view! {
        <Folded title="Gateway instances by workload" head>
            {rows.collect_view()}
        </Folded>
    }
}

#[component]
fn ControlPlaneTable() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let chosen = store.answer(|plan| (plan.control_plane.size, plan.control_plane.decided_by));
    let rows = guide::CONTROL_PLANE.iter().map(move |size| {
        let boundary = size.peak_rps_to.map_or_else(
            || "above".to_owned(),
            |to| format!("up to {} rps", words::significant(to)),
        );
        view! {
            <tr aria-current=move || (chosen.get().0 == size.name).then_some("true")>
                <th scope="row">{size.name}</th>
                <td>{size.api_replicas}</td>
                <td>{size.vcpu}</td>
                <td>{size.memory_mb}</td>
                <td>{format!("{} vCPU, {} GB", size.postgres_vcpu, size.postgres_memory_gb)}</td>
                <td>{words::bytes(size.postgres_disk_gb * 1e9)}</td>
                <td>{boundary}</td>
            </tr>
        }
    });
    let head = vec![
        "Control plane",
        "API replicas",
        "vCPU each",
        "MB each",
        "PostgreSQL",
        "Disk",
        "Peak (our boundary)",
    ];
    view! {
        <Folded title="Control-plane API and PostgreSQL" head>
            {rows.collect_view()}
        </Folded>
    }
}

#[component]
fn TriggerTable() -> impl IntoView {
    let rows = guide::TRIGGERS.iter().map(|row| {
        view! {
            <tr>
                <th scope="row">{row.metric}</th>
                <td>{row.up}</td>
                <td>{row.down}</td>
                <td>{row.manifest}</td>
            </tr>
        }
    });
    let head = vec![
        "Metric",
        "Scale up",
        "Scale down",
        "What the guide’s manifest does",
    ];
    view! {
        <Folded title="Scaling triggers" head>
            {rows.collect_view()}
        </Folded>
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
    let rows = guide::PROVIDER_LIMITS.iter().map(move |row| {
        view! {
            <tr>
                <th scope="row">{row.provider} " " {row.model}</th>
                <td>{range(row.rpm)}</td>
                <td>{range(row.tpm)}</td>
                <td>{row.rpd}</td>
                <td>{row.today}</td>
            </tr>
        }
    });
    let head = vec![
        "Provider",
        "RPM",
        "TPM",
        "RPD",
        "Published in November 2026",
    ];
    view! {
        <Folded title="Common provider limits" head>
            {rows.collect_view()}
        </Folded>
    }
}
