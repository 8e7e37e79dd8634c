use super::*;
use crate::catalog::date::date;
use crate::plan::{Expr, Plan, evaluate, formula};
use crate::scenario::{Scenario, link};

fn planned(link: &str) -> (Scenario, Plan) {
    let (scenario, _) = link::from_fragment(link);
    let plan = evaluate(&scenario, date(2026, 11, 23));
    (scenario, plan)
}

/// The formula as text for an evaluator that shares no code with the model.
fn substituted(formula: &Expr) -> String {
    let text = parts(formula).into_iter().map(|part| match part {
        Part::Op("×") => "*".to_owned(),
        Part::Op("÷") => "/".to_owned(),
        Part::Op("−") => "-".to_owned(),
        Part::Op("⌈") => "ceil(".to_owned(),
        Part::Op("⌉") => ")".to_owned(),
        Part::Op(op) => op.to_owned(),
        Part::Value { exact, .. } => exact.to_string(),
    });
    text.collect::<Vec<_>>().join(" ")
}

fn check(fragment: &str) {
    let (scenario, plan) = planned(fragment);
    for figure in &plan.figures {
        let id = figure.id.key();
        let formula = formula(&scenario, &plan, &figure.id).expect("a formula");
        let text = substituted(&formula);
        let mut context = fend_core::Context::new();
        let value = fend_core::evaluate(&format!("({text}) to float to 15 dp"), &mut context)
            .unwrap_or_else(|error| panic!("{id} = {text}: {error}"));
        let result = value
            .get_main_result()
            .trim_start_matches("approx. ")
            .replace(',', "");
        let value: f64 = result.parse().unwrap_or_else(|_| panic!("{id}: {result}"));
        let close = (value - figure.result).abs() <= 1e-9 * figure.result.abs().max(1e-3);
        assert!(close, "{id}: {text} = {value}, shown as {}", figure.result);
        for told in terms(&formula) {
            let is_sourced = !told.source.is_empty() || told.label == "A thousand";
            assert!(is_sourced, "{id}: {}", told.label);
        }
        assert!(
            !label(figure).is_empty() && !in_words(figure).is_empty(),
            "{id}"
        );
        assert!(!shown(figure).0.is_empty(), "{id}");
    }
}

#[test]
fn every_formula_as_shown_gives_the_figure_it_explains() {
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

/// The formula of a figure in one line.
fn line_of(fragment: &str, id: &FigureId) -> String {
    let (scenario, plan) = planned(fragment);
    let formula = formula(&scenario, &plan, id).expect("a formula");
    line(&formula)
}

#[test]
fn brackets_stand_where_the_order_needs_them_and_nowhere_else() {
    assert_eq!(
        line_of("", &FigureId::PeakRequests),
        "50,000/day ÷ 86,400 s × 3"
    );
    assert_eq!(line_of("", &FigureId::Connections), "2 × 10 + 3 × 5 + 10");
    // 2 gateways of 16 slots.
    assert!(line_of("", &FigureId::SlotsInUse).ends_with("÷ ( 2 × 16 )"));
    // 2,000,000 a day are 69.44 rps at the peak, 104.17 with headroom: between 50 and 500.
    let table = line_of(
        "requests-per-day=2000000&concurrency=10000",
        &FigureId::Gateways,
    );
    assert!(
        table == "⌈ 4 + ( 104.1667 rps − 50 rps ) ÷ 450 rps × 6 ⌉",
        "{table}"
    );
}
