//! `database.yaml`: the API's pool block.

use serde::Serialize;

use super::yaml::{Noted, fixed, planned};
use super::{Fault, File, Source};
use crate::catalog::guide;
use crate::plan::words;
use crate::scenario::number::grouped;

#[derive(Serialize)]
struct Document {
    database: Block,
}

#[derive(Serialize)]
struct Block {
    max_connections: Noted<u32>,
    min_connections: Noted<u32>,
    connect_timeout: &'static str,
    idle_timeout: &'static str,
    max_lifetime: &'static str,
}

pub(super) fn file(source: Source) -> File {
    let connections = source.plan.database.connections_configured;
    let document = Document {
        database: Block {
            max_connections: planned(connections, &formula(&source)),
            min_connections: fixed(
                guide::DATABASE_MIN_CONNECTIONS,
                "the guide's, as the times below",
            ),
            connect_timeout: guide::DATABASE_CONNECT_TIMEOUT,
            idle_timeout: guide::DATABASE_IDLE_TIMEOUT,
            max_lifetime: guide::DATABASE_MAX_LIFETIME,
        },
    };
    // The server's own setting is in no file of ours, so it is said here.
    let server = format!(
        "API database configuration; PostgreSQL itself must allow {} connections, {} of them \
         reserved",
        grouped(f64::from(
            connections.saturating_add(guide::POSTGRES_RESERVED)
        )),
        guide::POSTGRES_RESERVED
    );
    source
        .yaml("database.yaml", &[&server], &document)
        .checked("The guide's block", faults(&source))
        .noted(notes(&source))
}

/// What contradicts itself in the block.
pub(super) fn faults(source: &Source) -> Vec<Fault> {
    let connections = source.plan.database.connections_configured;
    if connections < guide::DATABASE_MIN_CONNECTIONS {
        let message = format!(
            "max_connections {connections} is below min_connections {}",
            guide::DATABASE_MIN_CONNECTIONS
        );
        return vec![Fault::new("max-connections", message)];
    }
    Vec::new()
}

/// The guide's formula with the reader's numbers.
fn formula(source: &Source) -> String {
    let database = &source.scenario.database;
    format!(
        "needed: ({} API replicas × {}) + ({} workers × {}) + {} spare = {}",
        grouped(f64::from(source.plan.control_plane.api_replicas)),
        grouped(f64::from(database.connections_per_replica)),
        grouped(f64::from(database.workers)),
        grouped(f64::from(database.connections_per_worker)),
        grouped(f64::from(database.headroom)),
        grouped(f64::from(source.plan.database.connections_needed)),
    )
}

fn notes(source: &Source) -> Vec<String> {
    let plan = &source.plan.database;
    let number = |count: u32| grouped(f64::from(count));
    let enough = if plan.connections_configured < plan.connections_needed {
        format!(
            "Too few: {} connections are needed, {} configured.",
            number(plan.connections_needed),
            number(plan.connections_configured)
        )
    } else {
        format!(
            "{} connections are needed, {} configured.",
            number(plan.connections_needed),
            number(plan.connections_configured)
        )
    };
    vec![
        enough,
        format!(
            "If each of {} opens its own pool, that is {} together; the server lets {} in.",
            words::counted(source.plan.control_plane.api_replicas, "API replica"),
            number(plan.connections_if_per_replica),
            number(plan.connections_usable)
        ),
        format!(
            "PostgreSQL works on about {} at once, by its cores.",
            grouped(plan.connections_useful)
        ),
    ]
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;
    use crate::catalog::date::date;
    use crate::plan::evaluate;
    use crate::scenario::Scenario;
    use serde_json::{Value, json};

    fn export(scenario: &Scenario) -> File {
        let plan = evaluate(scenario, date(2026, 11, 23));
        file(Source {
            scenario,
            plan: &plan,
            link: "#v=1",
        })
    }

    #[test]
    fn the_default_is_the_guides_block() {
        let file = export(&Scenario::default());
        let read: Value = serde_saphyr::from_str(&file.text).unwrap();
        assert_eq!(
            read,
            json!({"database": {
                "max_connections": 50,
                "min_connections": 5,
                "connect_timeout": "5s",
                "idle_timeout": "300s",
                "max_lifetime": "1800s"
            }})
        );
        assert_eq!(file.checked, Ok("The guide's block"));
        let line = file.text.lines().nth(file.planned_lines[0]).unwrap();
        assert!(line.trim().starts_with("max_connections: 50"), "{line}");
    }

    #[test]
    fn the_guides_own_numbers_need_65() {
        let mut scenario = Scenario::default();
        scenario.control_plane.api_replicas = Some(4);
        let file = export(&scenario);
        let formula = "needed: (4 API replicas × 10) + (3 workers × 5) + 10 spare = 65";
        assert!(file.text.contains(formula), "{}", file.text);
        assert_eq!(
            file.notes[0],
            "Too few: 65 connections are needed, 50 configured."
        );
    }

    #[test]
    fn fewer_than_the_minimum_is_refused() {
        let mut scenario = Scenario::default();
        scenario.database.max_connections = 4;
        let faults = export(&scenario).checked.unwrap_err();
        assert_eq!(faults[0].field, Some("max-connections"));
    }
}
