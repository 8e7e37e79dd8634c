use super::*;
use crate::plan::{Whole, chapters};
use crate::scenario::link;

/// The formula as text for an evaluator that shares no code with the model.
fn substituted(figure: &Figure) -> String {
    let text = figure.parts.iter().map(|part| match part {
        Part::Op("×") => "*".to_owned(),
        Part::Op("÷") => "/".to_owned(),
        Part::Op("−") => "-".to_owned(),
        Part::Op("⌈") => "ceil(".to_owned(),
        Part::Op("⌉") => ")".to_owned(),
        Part::Op(op) => (*op).to_owned(),
        Part::Value { exact, .. } => exact.to_string(),
    });
    text.collect::<Vec<_>>().join(" ")
}

fn check(fragment: &str) {
    let (scenario, _) = link::from_fragment(fragment);
    let figures = figures::<Whole>(&scenario, &chapters::<Whole>(&scenario));
    assert!(
        figures.iter().filter(|figure| figure.is_headline).count() == 7,
        "{fragment}"
    );
    for figure in figures {
        let text = substituted(&figure);
        let mut context = fend_core::Context::new();
        let value = fend_core::evaluate(&format!("({text}) to float to 15 dp"), &mut context)
            .unwrap_or_else(|error| panic!("{} = {text}: {error}", figure.id));
        let result = value
            .get_main_result()
            .trim_start_matches("approx. ")
            .replace(',', "");
        let value: f64 = result
            .parse()
            .unwrap_or_else(|_| panic!("{}: {result}", figure.id));
        let close = (value - figure.result).abs() <= 1e-9 * figure.result.abs().max(1e-3);
        assert!(
            close,
            "{}: {text} = {value}, shown as {}",
            figure.id, figure.result
        );
        for term in &figure.terms {
            assert!(
                !term.source.is_empty() || term.label == "A thousand",
                "{}: {}",
                figure.id,
                term.label
            );
        }
    }
}

#[test]
fn every_formula_gives_the_figure_it_explains() {
    check("");
    // Concurrency, the guide's table, throughput and availability decide in turn.
    check("requests-per-day=1440000&concurrency=64");
    check("requests-per-day=20000000&concurrency=10000");
    check("requests-per-day=900000000&concurrency=100000&avg-output-tokens=1&chain=knowledge");
    check("requests-per-day=1&growth=15");
    check("provider=groq&requests-per-minute=100");
    check("provider=custom&avg-input-tokens=7.5");
    // A wait target decides, with Poisson and with bursty arrivals.
    check("requests-per-day=1440000&concurrency=64&wait-target=0.05");
    check("requests-per-day=1440000&concurrency=64&wait-target=0.05&burstiness=4");
    // Every kind of limit binds in turn, and every multiplier is in the formula.
    check("p=custom,,,1,tpd:1000000&calls=3&failures=10&cache-hit=20");
    check("p=custom,,,1,in-flight:5&calls=3&failures=10&batch=25");
    check("p=custom,,,1,rpm:600,window:1&burstiness=3&failures=5");
    check("p=azure-openai,gpt-5.2,PTU,1,units:60&cached=50&failures=5&events=text");
    check(
        "w=a,100/min,200,150&w=b,5000/day,8000,500,cached:50,max:4000&p=anthropic,,,1&p=openai,,,2",
    );
}

#[test]
fn values_are_shown_as_people_write_them() {
    let cases = [
        (1_440_000.0, "/day", "1,440,000/day"),
        (1.736_111_1, "rps", "1.7361 rps"),
        (239_583.333, "", "239,583.3"),
        (0.000_012, "", "0.000012"),
        (64.0, "", "64"),
        (12.5, "$", "$12.5"),
    ];
    for (exact, unit, text) in cases {
        assert_eq!(shown(exact, unit), text);
    }
}

proptest::proptest! {
    #[test]
    fn four_places_by_division_are_those_of_the_standard_library(
        exact in 0.01..1_000.0,
        units in 0_i32..20_000_000,
    ) {
        for exact in [exact, f64::from(units) / 2e4, 999.999_96] {
            proptest::prop_assert_eq!(four_places(exact), format!("{exact:.4}"));
        }
    }
}
