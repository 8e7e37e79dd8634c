//! Age of the facts that a plan rests on.

use crate::catalog::provider::EDITION;
use crate::plan::oldest_limit;
use crate::say::words;
use crate::scenario::Scenario;

/// `Catalogue of 23 Nov 2026; the oldest limit used is of 1 Sep 2026`.
pub fn dated(scenario: &Scenario) -> String {
    let edition = words::day_month_year(EDITION);
    let oldest = oldest_limit(scenario).map(words::day_month_year);
    match oldest.filter(|oldest| *oldest != edition) {
        Some(oldest) => [
            "Catalogue of ",
            &edition,
            "; the oldest limit used is of ",
            &oldest,
        ]
        .concat(),
        None => "Catalogue of ".to_owned() + &edition,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::link::from_fragment;

    #[test]
    fn the_oldest_limit_is_told_where_it_is_older_than_the_catalogue() {
        // Dates of the rows, as in limits.json.
        let said = |link: &str| dated(&from_fragment(link).0);
        assert_eq!(
            said("p=openai,gpt-4o,Build,60"),
            "Catalogue of 23 Nov 2026; the oldest limit used is of Oct 2026"
        );
        assert_eq!(
            said("p=custom,mine,Own+limits,60"),
            "Catalogue of 23 Nov 2026"
        );
    }
}
