//! Simulated day of the month.

use crate::lived::Facts;
use crate::plan::SpentMonth;

/// The monthly allowance that is spent on the day, if any.
pub(crate) fn spent(facts: &Facts) -> String {
    let of = |spent: &SpentMonth| {
        let name = &facts.providers.get(spent.row)?.name;
        Some((spent.day, name, spent.kind.limited()))
    };
    let Some((day, name, limit)) = facts.spent.as_ref().and_then(of) else {
        return String::new();
    };
    format!(
        " This is day {day} of the month, the day on which {name}’s {limit} runs out; nothing \
         of it is left for the rest of the month."
    )
}
