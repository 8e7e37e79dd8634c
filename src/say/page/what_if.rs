//! The supposition of the charts: its controls, and the first sentence of each summary.

use super::chart::month;
use crate::catalog::date::Date;
use crate::plan::what_if::{Lost, Supposed};
use crate::say::words;
use crate::scenario::{Scenario, WhatIf};

pub(crate) const GROUP: &str = "Suppose in all charts";
pub(crate) const LOST: &str = "Suppose we lose";
pub(crate) const NOTHING: &str = "nothing";
pub(crate) const WHEN: &str = "Month";
/// Placeholder of the slider without growth.
pub(crate) const NO_GROWTH: &str = "Enter a growth to look ahead";
pub(crate) const END: &str = "Back to today";

/// Parts that may be lost: word in the link, and name.
pub(crate) fn losses(scenario: &Scenario) -> Vec<(String, String)> {
    let names = scenario.providers.iter().map(|row| row.name.clone());
    let zone = format!("one of {} zones", scenario.gateway.zones);
    let losses = WhatIf::losses(scenario)
        .into_iter()
        .zip(names.chain([zone]));
    let none = (String::new(), NOTHING.to_owned());
    let possible = losses.filter(|(id, _)| id != WhatIf::ZONE || 1 < scenario.gateway.zones);
    [none].into_iter().chain(possible).collect()
}

/// A month on the slider, with its load: `May 2027, 1.60×`.
pub(crate) fn at_month(today: Date, months: u32, growth_percent: f64) -> String {
    if months == 0 {
        return "today".to_owned();
    }
    let load = libm::pow(1.0 + growth_percent / 100.0, f64::from(months));
    let load = words::multiple(load);
    format!("{}, {load}", month(today, f64::from(months)))
}

/// Sentence about the supposition, the first of each chart's summary.
pub(crate) fn drawn(supposed: &Supposed) -> String {
    format!("Drawn {}.", how(supposed))
}

/// Sentences about the supposition for compared scenarios, by letter; `None` for a scenario that it
/// does not change.
pub(crate) fn drawn_sides(sides: &[(&str, Option<&Supposed>)]) -> String {
    let side = |(letter, supposed): &(&str, Option<&Supposed>)| match supposed {
        Some(supposed) => format!("{letter} is drawn {}.", how(supposed)),
        None => format!("{letter} is drawn as it is today."),
    };
    let sides: Vec<String> = sides.iter().map(side).collect();
    sides.join(" ")
}

fn how(supposed: &Supposed) -> String {
    let when = (0 < supposed.months).then(|| {
        let month = month(supposed.plan.today, f64::from(supposed.months));
        let load = words::multiple(supposed.load_ratio);
        format!("for {month} at {load} today’s load")
    });
    let lost = supposed.lost.as_ref().map(lost);
    let parts: Vec<String> = when.into_iter().chain(lost).collect();
    parts.join(", ")
}

fn lost(lost: &Lost) -> String {
    match lost {
        Lost::Provider(name) => format!("with {name} lost"),
        Lost::Zone {
            zones,
            running,
            left,
            max_scale,
            ..
        } => {
            let carry = match max_scale {
                Some(scale) => format!(", for up to {} this load", words::multiple(*scale)),
                None => String::new(),
            };
            let gateways = words::counted(*running, "gateway");
            format!("with one of {zones} zones lost: {left} of {gateways} left at the peak{carry}")
        }
    }
}

/// Line of the gateways left by a lost zone.
pub(crate) fn left(gateways: u32) -> String {
    format!("{gateways} left without a zone")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::date::date;
    use crate::plan::evaluate;
    use crate::plan::what_if::supposed;
    use crate::scenario::link::Link;

    fn check(link: &str, said: &str) {
        let (link, notices) = Link::read(link);
        assert_eq!(notices, []);
        let today = date(2026, 11, 28);
        let plan = evaluate(&link.scenario, today);
        let supposed = supposed(&link.scenario, &plan, &link.what_if, today);
        let supposed = supposed.expect("a supposition");
        assert_eq!(words::plain_spaces(&drawn(&supposed)), said);
    }

    #[test]
    fn a_side_that_the_supposition_leaves_as_it_is_is_told() {
        let (link, _) = Link::read("v=2&lost=openai");
        let today = date(2026, 11, 28);
        let plan = evaluate(&link.scenario, today);
        let supposed = supposed(&link.scenario, &plan, &link.what_if, today);
        assert_eq!(
            drawn_sides(&[("A", supposed.as_ref()), ("B", None)]),
            "A is drawn with OpenAI lost. B is drawn as it is today."
        );
    }

    #[test]
    fn each_supposition_has_its_sentence() {
        check("v=2&lost=openai", "Drawn with OpenAI lost.");
        // 1.1⁶ = 1.771561; six months from 28 November are in May.
        check(
            "v=2&growth=10&month=6&lost=azure-openai",
            "Drawn for May 2027 at 1.77× today’s load, with Azure OpenAI lost.",
        );
        // One gateway has 16 slots for 16.8 requests: 16 ÷ 16.8 = 0.952.
        check(
            "v=2&lost=zone",
            "Drawn with one of 3 zones lost: 1 of 2 gateways left at the peak, for up to 0.952× \
             this load.",
        );
    }
}
