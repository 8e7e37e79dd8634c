//! Age of the facts that a plan rests on.

use chrono::Datelike as _;

use crate::catalog::date::full_date;
use crate::scenario::{Limits, Provider, Scenario};

/// Date of the oldest catalogue limit of a provider with requests.
pub fn oldest_limit(scenario: &Scenario) -> Option<&'static str> {
    let carrying = scenario.providers.iter().filter(|row| 0.0 < row.weight);
    let days = carrying.filter_map(limits_day);
    // A row read over two months counts from the first month.
    let first = |day: &str| full_date(day).or_else(|| full_date(day.get(..7)?));
    days.min_by_key(|day| first(day).map_or(i32::MAX, |date| date.num_days_from_ce()))
}

/// Date of a row's limits, unless all of them are the reader's own.
fn limits_day(row: &Provider) -> Option<&'static str> {
    let tier = row.tier_row()?;
    let (own, listed) = (all(&row.limits), all(&Limits::from(tier)));
    let mut pairs = own.into_iter().zip(listed);
    let is_listed = pairs.any(|(own, listed)| own.is_some() && own == listed);
    (is_listed && row.units.is_none()).then_some(tier.as_of)
}

fn all(limits: &Limits) -> [Option<f64>; 9] {
    let Limits {
        rpm,
        tpm,
        itpm,
        otpm,
        rpd,
        tpd,
        requests_per_month,
        tokens_per_month,
        concurrency,
        ..
    } = *limits;
    [
        rpm,
        tpm,
        itpm,
        otpm,
        rpd,
        tpd,
        requests_per_month,
        tokens_per_month,
        concurrency,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::link::from_fragment;

    #[test]
    fn the_oldest_limit_is_that_of_a_provider_in_use() {
        // (link, its oldest limit), as limits.json dates the rows.
        let cases = [
            ("p=openai,gpt-4o,Build,60", Some("2026-10")),
            (
                "p=openai,gpt-4o,Build,60&p=anthropic,claude-opus-5,Start,40",
                Some("2026-08-28"),
            ),
            // Without requests, or with the reader's own limits, a row's date does not matter.
            (
                "p=openai,gpt-4o,Build,60&p=anthropic,claude-opus-5,Start,0",
                Some("2026-10"),
            ),
            ("p=openai,gpt-4o,Build,60,rpm:1,tpm:1", None),
            ("p=openai,gpt-4o,Build,60,rpm:1", Some("2026-10")),
            ("p=custom,mine,Own+limits,60,rpm:1", None),
        ];
        for (link, day) in cases {
            assert_eq!(oldest_limit(&from_fragment(link).0), day, "{link}");
        }
    }
}
