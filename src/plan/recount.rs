//! Rows counted anew: for a part of each stream of requests, and without what is refused for its
//! size.

use std::borrow::Cow;
use std::rc::Rc;

use super::Demand;
use super::admission::{is_refused, takes_largest};
use super::counted::Counted;
use super::counting::{CountedRow, counted_tokens};
use super::standing::Standing;
use super::streams::Part;
use crate::scenario::Scenario;

/// A row counted for a part of each stream of requests.
pub(super) fn recounted<'a>(
    scenario: &Scenario,
    demand: &Demand,
    row: &CountedRow<'a>,
    streams: &[f64],
) -> CountedRow<'a> {
    let workloads = scenario.workloads.len();
    let part = |workload| Part::of(streams, workload, workloads);
    CountedRow {
        tokens: counted_tokens(
            scenario,
            row.provider,
            demand,
            (part, |one| !is_refused(row, one)),
        ),
        mix: Some(Rc::from(streams)),
        agreed: row.agreed.clone(),
        at: Standing::default(),
        ..*row
    }
}

/// The rows without requests refused for their size: those count as calls, but their tokens do not
/// count.
pub(super) fn taken<'r, 'a>(
    scenario: &Scenario,
    demand: &Demand,
    rows: &'r [CountedRow<'a>],
) -> Cow<'r, [CountedRow<'a>]> {
    let mut rows = Cow::Borrowed(rows);
    for index in 0..rows.len() {
        if let Some(tokens) = other_tokens(scenario, demand, &rows[index]) {
            rows.to_mut()[index].tokens = tokens;
        }
    }
    rows
}

/// A row counted again for the requests that it takes under changed limits.
pub(super) fn under_its_limits<'a>(
    scenario: &Scenario,
    demand: &Demand,
    row: CountedRow<'a>,
) -> CountedRow<'a> {
    CountedRow {
        tokens: other_tokens(scenario, demand, &row).unwrap_or(row.tokens),
        ..row
    }
}

/// Tokens of a row, if they differ from the current count.
fn other_tokens(scenario: &Scenario, demand: &Demand, row: &CountedRow<'_>) -> Option<Counted> {
    // Under other limits the row may take requests that it refused before.
    let took_all = row.tokens.direct_ratio <= row.tokens.at_once.0;
    if takes_largest(row) && took_all {
        return None;
    }
    let part = |workload| row.part(workload, scenario.workloads.len());
    let takes = |one| !is_refused(row, one);
    Some(counted_tokens(
        scenario,
        row.provider,
        demand,
        (part, takes),
    ))
}
