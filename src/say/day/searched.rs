//! Search for changes that mend a day.

use crate::lived::Searched;
use crate::say::words;

/// Result of the search; `None` if there was none.
pub fn searched(search: &Searched) -> Option<String> {
    let Searched {
        days,
        has_found,
        is_cut,
    } = *search;
    let counted = words::counted(days, "day");
    Some(match (days, has_found, is_cut) {
        (0, _, false) => return None,
        (0, _, true) => TOO_LONG.to_owned(),
        (_, false, false) => NOTHING_MENDS.to_owned(),
        (_, false, true) => format!("No change that keeps the goals was found in {counted}. {CUT}"),
        (_, true, _) => {
            let cut = if is_cut {
                format!(" {CUT}")
            } else {
                String::new()
            };
            format!(
                "Each was found by simulating the day again, {counted} in all, and keeps the \
                 goals with three seeds.{cut}"
            )
        }
    })
}

/// The search was cut short by its budget, or stopped.
const CUT: &str = "The search ended there, before it had tried every kind of change.";
/// The day exceeds the budget of a search.
const TOO_LONG: &str = "This day has too many requests for a search for changes, which would \
                        simulate it several times.";

/// No candidate change mends the day.
const NOTHING_MENDS: &str = "No single change to autoscaler, queue or retries meets the goals of \
                             this day. The search tried fleets of up to four times the gateways \
                             needed, or up to the set maximum.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_that_ended_early_says_so() {
        let said = |days, has_found, is_cut| {
            searched(&Searched {
                days,
                has_found,
                is_cut,
            })
        };
        let cut = |days, has_found| {
            let said = said(days, has_found, true).unwrap_or_default();
            said.ends_with("The search ended there, before it had tried every kind of change.")
        };
        assert!(cut(4, true) && cut(1, false));
        assert_eq!(said(0, false, false), None);
        assert_eq!(said(0, false, true).as_deref(), Some(TOO_LONG));
        assert_eq!(said(9, false, false).as_deref(), Some(NOTHING_MENDS));
        let found = said(12, true, false);
        let all = "Each was found by simulating the day again, 12 days in all, and keeps the goals \
                   with three seeds.";
        assert_eq!(found.as_deref(), Some(all));
    }
}
