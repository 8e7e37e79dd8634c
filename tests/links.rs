//! Published links mean what they meant: `tests/golden/links.txt` only ever grows.

use kt_capacity::catalog::date::date;
use kt_capacity::plan::evaluate;
use kt_capacity::scenario::link::{from_fragment, to_fragment};

const LINKS: &str = include_str!("golden/links.txt");

/// Fragment, canonical fragment and results of each line.
fn lines() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let lines = LINKS.lines();
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with("# ") && *line != "#");
    lines.map(|line| {
        let mut parts = line.split('\t');
        let mut part = || {
            parts
                .next()
                .unwrap_or_else(|| panic!("three parts: {line}"))
        };
        (part(), part(), part())
    })
}

#[test]
fn published_links_mean_what_they_meant() {
    for (fragment, canonical, results) in lines() {
        let (scenario, notices) = from_fragment(fragment);
        assert_eq!(to_fragment(&scenario), canonical, "{fragment}");
        assert_eq!(
            from_fragment(canonical),
            (scenario.clone(), vec![]),
            "{fragment}"
        );
        let plan = evaluate(&scenario, date(2026, 11, 23));
        for result in results.split(' ') {
            let (name, expected) = result.split_once('=').expect("name=value");
            let expected: f64 = expected.parse().expect("a number");
            let actual = match name {
                "peak_tpm" => plan.demand.peak_tpm,
                "instances" => f64::from(plan.gateway.instances),
                "retained_bytes" => plan.storage.retained_bytes,
                "cost_usd" => plan.cost.per_month_usd,
                "notices" => notices.len() as f64,
                other => panic!("{other} is not a result: {fragment}"),
            };
            // The list rounds to a thousandth of a token and to a cent.
            let close = (actual - expected).abs() <= 0.006 + 1e-9 * expected.abs();
            assert!(close, "{name} is {actual}, was {expected}: {fragment}");
        }
    }
}

#[test]
fn the_list_has_not_shrunk() {
    // The number of lines at each release; raise it when lines are added.
    assert!(17 <= lines().count());
}
