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

/// The rows without what they refuse for its size alone: the call reaches the provider and counts
/// as one, its tokens count nowhere.
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

/// A row that has got other limits, counted for what it takes under these.
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

/// What a row counts, where it is not what it was counted for.
fn other_tokens(scenario: &Scenario, demand: &Demand, row: &CountedRow<'_>) -> Option<Counted> {
    // Under other limits it may take what it refused.
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
