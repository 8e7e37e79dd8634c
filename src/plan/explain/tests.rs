use super::*;
use crate::catalog::date::date;
use crate::plan::{Plan, evaluate, outline};
use crate::scenario::{Scenario, link};

/// Links whose figures cover every branch of the formulas.
const LINKS: [&str; 14] = [
    "",
    // Concurrency, the guide's table, throughput and availability decide in turn.
    "requests-per-day=1440000&concurrency=64",
    "requests-per-day=20000000&concurrency=10000",
    "requests-per-day=900000000&concurrency=100000&avg-output-tokens=1&chain=knowledge",
    "requests-per-day=1&growth=15",
    "provider=groq&requests-per-minute=100",
    "provider=custom&avg-input-tokens=7.5",
    // A wait target decides, with Poisson and with bursty arrivals.
    "requests-per-day=1440000&concurrency=64&wait-target=0.05",
    "requests-per-day=1440000&concurrency=64&wait-target=0.05&burstiness=4",
    // Every kind of limit binds in turn, and every multiplier is in the formula.
    "p=custom,,,1,tpd:1000000&calls=3&failures=10&cache-hit=20",
    "p=custom,,,1,in-flight:5&calls=3&failures=10&batch=25",
    "p=custom,,,1,rpm:600,window:1&burstiness=3&failures=5",
    "p=azure-openai,gpt-5.2,PTU,1,units:60&cached=50&failures=5&events=text",
    "p=openai,gpt-4o,Build,60,tpm:0&p=anthropic,,,40",
];

fn planned(link: &str) -> (Scenario, Plan) {
    let (scenario, _) = link::from_fragment(link);
    let plan = evaluate(&scenario, date(2026, 11, 23));
    (scenario, plan)
}

#[test]
fn every_formula_comes_to_the_figure_it_explains() {
    for link in LINKS {
        let (scenario, plan) = planned(link);
        for figure in &plan.figures {
            let formula = formula(&scenario, &plan, &figure.id).expect("a formula");
            let (value, result) = (formula.value(), figure.result);
            let close = (value - result).abs() <= 1e-9 * result.abs().max(1e-3);
            assert!(close, "{link}, {:?}: {value}, not {result}", figure.id);
        }
    }
}

#[test]
fn the_first_answer_opens_to_the_same_formulas() {
    for link in LINKS {
        let (scenario, plan) = planned(link);
        let first = outline(&scenario, date(2026, 11, 23));
        for figure in &first.figures {
            assert_eq!(
                formula(&scenario, &first, &figure.id),
                formula(&scenario, &plan, &figure.id),
                "{link}, {:?}",
                figure.id
            );
        }
    }
}

#[test]
fn names_of_figures_tell_them_apart() {
    for link in LINKS {
        let (_, plan) = planned(link);
        let mut keys: Vec<_> = plan.figures.iter().map(|figure| figure.id.key()).collect();
        let headlines = plan.figures.iter().filter(|figure| figure.id.is_headline());
        assert_eq!(headlines.count(), 7, "{link}");
        let count = keys.len();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), count, "{link}");
    }
}

#[test]
fn a_figure_that_the_plan_has_not_has_no_formula() {
    let (scenario, plan) = planned("");
    let id = FigureId::Use("nobody".to_owned());
    assert_eq!(formula(&scenario, &plan, &id), None);
}
