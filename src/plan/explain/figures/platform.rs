//! Figures about stored events and database connections.

use super::{Figure, Formula, Head, figure, requests_of};
use crate::plan::{Chapters, Depth, words};
use crate::say::event::kind_name;
use crate::scenario::{EventKind, Scenario};

fn stored_formula(scenario: &Scenario, chapters: &Chapters) -> Formula {
    let (kind, bytes) = (scenario.storage.event_kind, chapters.storage.event_bytes);
    let formula = requests_of(scenario, chapters, Formula::new()).op("×");
    if kind == EventKind::Flat {
        return formula.input("Event size", bytes, "B", "event-bytes");
    }
    let kind = kind_name(kind).to_lowercase();
    let source = kind + ": row, TOAST and indexes as measured on PostgreSQL 15";
    formula.said("Event size", bytes, "B", &source)
}

pub(super) fn stored_events<D: Depth>(scenario: &Scenario, chapters: &Chapters) -> Figure {
    let storage = &chapters.storage;
    let (value, prefix) = words::scaled(storage.retained_bytes);
    let days = f64::from(scenario.storage.retention_days);
    let head = Head {
        id: "stored-events".into(),
        label: "Stored events".into(),
        value,
        unit: bytes_unit(prefix).into(),
        sub: words::bytes(storage.bytes_per_day) + " a day",
        words: "Stored = requests per day × event size × days kept",
        result: storage.retained_bytes,
    };
    let formula = D::reason(|| {
        let stored = stored_formula(scenario, chapters).op("×");
        stored.input("Retention", days, "days", "retention-days")
    });
    figure(head, true, formula)
}

/// The unit of bytes in decimal prefixes.
fn bytes_unit(prefix: &str) -> String {
    [if prefix == "K" { "k" } else { prefix }, "B"].concat()
}

pub(super) fn stored_per_day<D: Depth>(scenario: &Scenario, chapters: &Chapters) -> Figure {
    let storage = &chapters.storage;
    let (value, prefix) = words::scaled(storage.bytes_per_day);
    let head = Head {
        id: "stored-per-day".into(),
        label: "Stored a day".into(),
        value,
        unit: bytes_unit(prefix).into(),
        sub: [
            &words::bytes(storage.bytes_30_days),
            " at 30 days, ",
            &words::bytes(storage.bytes_90_days),
            " at 90",
        ]
        .concat(),
        words: "Stored a day = requests per day × event size",
        result: storage.bytes_per_day,
    };
    let formula = D::reason(|| stored_formula(scenario, chapters));
    figure(head, false, formula)
}

pub(super) fn connections<D: Depth>(scenario: &Scenario, chapters: &Chapters) -> Figure {
    let database = &scenario.database;
    let count = |value: u32| f64::from(value);
    let formula = D::reason(|| {
        let plane = &chapters.control_plane;
        let size = plane.size.to_lowercase();
        let source = ["the guide's ", &size, " control plane, or your input"].concat();
        let (replica, worker) = ("connections-per-replica", "connections-per-worker");
        let [each_replica, workers, each_worker, spare] = [
            database.connections_per_replica,
            database.workers,
            database.connections_per_worker,
            database.headroom,
        ]
        .map(count);
        Formula::new()
            .said("API replicas", count(plane.api_replicas), "", &source)
            .op("×")
            .input("Each replica", each_replica, "", replica)
            .op("+")
            .input("Workers", workers, "", "workers")
            .op("×")
            .input("Each worker", each_worker, "", worker)
            .op("+")
            .input("Spare", spare, "", "connection-headroom")
    });
    let needed = chapters.database.connections_needed;
    let head = Head {
        id: "connections".into(),
        label: "Connections".into(),
        value: words::short(count(needed)),
        unit: "".into(),
        sub: format!(
            "the API’s limit is {}",
            chapters.database.connections_configured
        ),
        words: "Connections = API replicas × connections each + workers × connections each + spare",
        result: count(needed),
    };
    figure(head, true, formula)
}
