//! Storage per event, measured in PostgreSQL.

use kt_capacity::model::event_row::{ATTRIBUTES_BYTES, TEXT_BYTES_PER_TOKEN, event_row};
use serde_json::Value;

use crate::{Found, Report, list, number, only, text};

/// Mean tokens of the recorded requests, question and answer together.
const TOKENS: f64 = 1_154.70 + 211.13;
/// How far a size may be from what was measured; the file says 15 %.
const TOLERANCE: f64 = 0.15;

pub(crate) fn judge(file: &Value, report: &mut Report) {
    only(file, &["about", "kinds", "tolerance", "measured"]);
    for case in list(file, "measured") {
        let kind = text(case, "kind");
        let payload = match kind {
            "meta" => 0.0,
            "attrs" => ATTRIBUTES_BYTES,
            "full" => ATTRIBUTES_BYTES + TEXT_BYTES_PER_TOKEN * TOKENS,
            // Compressed outside the database: nothing here does that.
            "full-gzip" => {
                report.count("outside the database, not modelled");
                continue;
            }
            other => {
                report.fault(other, "no judge knows this kind");
                report.count("unknown");
                continue;
            }
        };
        let row = event_row(payload);
        let mut close = |name: &str, actual: f64, key: &str| {
            let expected = number(case, key);
            let tolerance = TOLERANCE * expected;
            report.near(
                kind,
                name,
                Found {
                    actual,
                    expected,
                    tolerance,
                },
            );
        };
        close("all bytes", row.total_bytes(), "total_bytes_per_row");
        close("WAL", row.wal_bytes, "wal_bytes_per_row_batches_of_100");
        let indexes =
            number(case, "pk_bytes_per_row") + number(case, "tenant_ts_index_bytes_per_row");
        let tolerance = TOLERANCE * indexes;
        let found = Found {
            actual: row.index_bytes,
            expected: indexes,
            tolerance,
        };
        report.near(kind, "indexes", found);
        report.count("size of a row");
    }
}
