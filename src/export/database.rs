//! `database.yaml`: connection pool settings of the API.

use serde::Serialize;

use super::yaml::{Noted, fixed, planned};
use super::{Fault, File, Source};
use crate::catalog::guide;
use crate::say::export::database as say;

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
    let plan = &source.plan.database;
    let connections = plan.connections_configured;
    let formula = say::formula(
        source.plan.control_plane.api_replicas,
        &source.scenario.database,
        plan.api_connections,
    );
    let document = Document {
        database: Block {
            max_connections: planned(connections, &formula),
            min_connections: fixed(guide::DATABASE_MIN_CONNECTIONS, say::OF_GUIDE),
            connect_timeout: guide::DATABASE_CONNECT_TIMEOUT,
            idle_timeout: guide::DATABASE_IDLE_TIMEOUT,
            max_lifetime: guide::DATABASE_MAX_LIFETIME,
        },
    };
    // The server's own setting is in none of the exported files, so a comment gives it.
    let reserved = guide::POSTGRES_RESERVED;
    let server = say::server(connections.saturating_add(reserved), reserved);
    source
        .yaml("database.yaml", &[&server], &document)
        .checked(say::CHECKED, faults(&source))
        .noted(notes(&source))
}

/// Contradictions in the pool settings.
pub(super) fn faults(source: &Source) -> Vec<Fault> {
    let connections = source.plan.database.connections_configured;
    if connections < guide::DATABASE_MIN_CONNECTIONS {
        let message = say::too_few(connections, guide::DATABASE_MIN_CONNECTIONS);
        return vec![Fault::new("max-connections", message)];
    }
    Vec::new()
}

fn notes(source: &Source) -> Vec<String> {
    let plan = &source.plan.database;
    vec![
        say::enough_note(plan),
        say::apart_note(source.plan.control_plane.api_replicas, plan),
        say::useful_note(plan.connections_useful),
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
        scenario.database.max_connections = Some(4);
        let faults = export(&scenario).checked.unwrap_err();
        assert_eq!(faults[0].field, Some("max-connections"));
    }
}
