//! Rows counted anew: for a part of each workload, and without what is refused for its size.

use std::borrow::Cow;
use std::rc::Rc;

use super::Demand;
use super::admission::{is_refused, takes_largest};
use super::counting::{CountedRow, counted_tokens};
use super::standing::Standing;
use crate::scenario::Scenario;

/// A row counted for a part of each workload's requests.
pub(super) fn recounted<'a>(
    scenario: &Scenario,
    demand: &Demand,
    row: &CountedRow<'a>,
    parts: &[f64],
) -> CountedRow<'a> {
    CountedRow {
        tokens: counted_tokens(
            scenario,
            row.provider,
            demand,
            (|index| parts[index], |one| !is_refused(row, one)),
        ),
        mix: Some(Rc::from(parts)),
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
        let row = &rows[index];
        // Under other limits it may take what it refused.
        let took_all = row.tokens.direct_ratio <= row.tokens.at_once.0;
        if takes_largest(row) && took_all {
            continue;
        }
        let tokens = counted_tokens(
            scenario,
            row.provider,
            demand,
            (|workload| row.part(workload), |one| !is_refused(row, one)),
        );
        rows.to_mut()[index].tokens = tokens;
    }
    rows
}
