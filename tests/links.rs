//! Published links keep their meaning: `tests/golden/links.txt` is append-only.

mod reading;

use kt_capacity::catalog::date::date;
use kt_capacity::plan::evaluate;
use kt_capacity::scenario::link::{Link, from_fragment, to_fragment};
use kt_capacity::scenario::property::{self, Choice};
use kt_capacity::scenario::{Theme, View};
use reading::{Said, said};

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
        let (link, notices) = Link::read(fragment);
        let scenario = &link.scenario;
        assert_eq!(to_fragment(scenario), canonical, "{fragment}");
        assert_eq!(
            from_fragment(canonical),
            (scenario.clone(), vec![]),
            "{fragment}"
        );
        let again = Link::read(&link.write());
        assert_eq!(again, (link.clone(), vec![]), "{fragment}");
        let plan = evaluate(scenario, date(2026, 11, 23));
        for result in results.split(' ') {
            let (name, expected) = result.split_once('=').expect("name=value");
            let actual = match name {
                "peak_tpm" => Said::Number(plan.demand.peak_tpm),
                "instances" => Said::Number(f64::from(plan.gateway.instances)),
                "retained_bytes" => Said::Number(plan.storage.retained_bytes),
                "cost_usd" => Said::Number(plan.cost.per_month_usd),
                "notices" => Said::Number(notices.len() as f64),
                name => said(&link, name),
            };
            let is_so = match &actual {
                // The list rounds to a thousandth of a token and to a cent.
                Said::Number(actual) => {
                    let expected: f64 = expected.parse().expect("a number");
                    let room = if name.contains('_') {
                        0.006 + 1e-9 * expected.abs()
                    } else {
                        0.0
                    };
                    (actual - expected).abs() <= room
                }
                // A space would end the result.
                Said::Word(actual) => actual.replace(' ', "_") == expected,
            };
            assert!(is_so, "{name} is {actual:?}, was {expected}: {fragment}");
        }
    }
}

#[test]
fn the_list_has_not_shrunk() {
    // The number of lines at each release; raise it when lines are added.
    assert!(70 <= lines().count(), "{}", lines().count());
}

/// Keys with their values, from a list of pairs or the parts of a row.
fn split(text: &str, between: char, sign: char) -> Vec<(&str, &str)> {
    let parts = text.split(between);
    parts.filter_map(|part| part.split_once(sign)).collect()
}

/// Everything that occurs in the published links, as `key=value`, `w=key:value` and
/// `p=key:value`.
fn published() -> Vec<String> {
    let mut found = Vec::new();
    for (fragment, _, _) in lines() {
        for (key, value) in split(fragment, '&', '=') {
            found.push(format!("{key}={value}"));
            let is_row = matches!(key, "w" | "p");
            let parts = split(value, ',', ':').into_iter().filter(|_| is_row);
            found.extend(parts.map(|(part, value)| format!("{key}={part}:{value}")));
        }
    }
    found
}

fn words<S>(table: &[&Choice<S>]) -> Vec<(&'static str, &'static str, &'static str)> {
    let of = |choice: &&Choice<S>| {
        let words = (choice.words)().into_iter();
        let (row, link) = (choice.key, choice.link_key);
        words.map(move |word| (row, link, word.key)).collect()
    };
    let words: Vec<Vec<_>> = table.iter().map(of).collect();
    words.concat()
}

/// A key without a published link could change its meaning and no test would notice.
#[test]
fn every_key_every_word_and_every_reading_was_published() {
    let published = published();
    let starts = |start: String| {
        let is_published = published.iter().any(|pair| pair.starts_with(&start));
        (!is_published).then_some(start)
    };
    let is_there = |pair: String| (!published.contains(&pair)).then_some(pair);
    let mut missing = Vec::new();
    let numbers = property::SCENARIO.iter().map(|number| number.key);
    missing.extend(numbers.filter_map(|key| starts(format!("{key}="))));
    // The first number of a row stands in its head, as the workload's next two do.
    for number in &property::WORKLOAD[1..] {
        missing.extend(starts(format!("{}=", number.key)));
    }
    for number in &property::WORKLOAD[3..] {
        let short = number.key.replace("max-output-tokens", "max");
        missing.extend(starts(format!("w={short}:")));
    }
    for number in property::PROVIDER {
        missing.extend(starts(format!("p={}:", number.key)));
    }
    for (_, key, word) in words(property::SCENARIO_CHOICES) {
        missing.extend(is_there(format!("{key}={word}")));
    }
    for (key, _, word) in words(&property::WORKLOAD_CHOICES[1..]) {
        missing.extend(is_there(format!("w={key}:{word}")));
    }
    for choice in &property::WORKLOAD_CHOICES[1..] {
        missing.extend(starts(format!("{}=", choice.link_key)));
    }
    for (key, _, word) in words(property::PROVIDER_CHOICES) {
        missing.extend(is_there(format!("p={key}:{word}")));
    }
    for view in View::ALL {
        missing.extend(is_there(format!("view={}", view.word())));
    }
    for theme in Theme::ALL {
        missing.extend(is_there(format!("theme={}", theme.word())));
    }
    let others = "v name workload requests-per-day requests-per-minute provider model tier w p \
                  embed with";
    missing.extend(
        others
            .split(' ')
            .filter_map(|key| starts(format!("{key}="))),
    );
    assert_eq!(missing, Vec::<String>::new(), "in no line of links.txt");
}

/// The page shows a notice for an earlier link once; a view alone is not a scenario.
#[test]
fn a_link_of_an_earlier_version_is_known() {
    for (link, is_older) in [
        ("", false),
        ("#view=brief&theme=dark", false),
        ("#v=2", false),
        ("#v=2&requests-per-day=5", false),
        ("#v=1", true),
        ("#requests-per-day=5", true),
        (
            "https://calculator.example/#v=1&p=openai,gpt-4o,Build,1",
            true,
        ),
        ("#v=1&requests-per-day=5&v=2", false),
    ] {
        assert_eq!(Link::is_older(link), is_older, "{link}");
    }
}
