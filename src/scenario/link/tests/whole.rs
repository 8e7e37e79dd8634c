//! Whole links: the presentation of a scenario, and compared scenarios.

use super::*;
use crate::scenario::{Answer, Theme};

#[test]
fn a_comparison_carries_whole_scenarios_and_gives_them_back() {
    let second = Fragment::found("v=1&name=Black%20Friday%20%26%20after&w=a%2Cb,5/day,1,1");
    let third = Fragment::found("v=1&growth=15");
    let first = Fragment::found("v=1&growth=5");
    let link = first.shown(View::Compare, &[second.clone(), third.clone()]);
    assert_eq!(
        link,
        "v=1&growth=5&view=compare\
         &with=v%3D1%26name%3DBlack%2520Friday%2520%2526%2520after%26w%3Da%252Cb%2C5/day%2C1%2C1\
         &with=v%3D1%26growth%3D15"
    );
    let (read, notices) = Link::read(&link);
    assert_eq!(notices, []);
    assert_eq!(read.beside, [second, third.clone()]);
    assert_eq!(read.view, View::Compare);
    assert_eq!(read.write(), link);
    // Compared scenarios are not part of the first, wherever they stand and however long they are.
    assert_eq!(check(&link, &[]).traffic.growth_percent, 5.0);
    let long = "x".repeat(2 * LONGEST);
    let mixed = format!("#with=v%3D1%26growth%3D15&v=1&growth=7&with={long}");
    assert_eq!(check(&mixed, &[]).traffic.growth_percent, 7.0);
    assert_eq!(
        Link::read(&mixed).0.beside,
        [third, Fragment::found(long)],
        "before the first too"
    );
    let beside = |link: &str| Link::read(link).0.beside;
    assert_eq!(beside("v=1&growth=5&name=with=1"), []);
    let odd = ["", "\u{fffd}%zz"].map(Fragment::found);
    assert_eq!(beside("&with=&with=%FF%zz"), odd);
}

#[test]
fn a_link_says_how_a_page_shows_it() {
    let shown = |text: &str| {
        let (link, _) = Link::read(text);
        (link.view, link.theme, link.embed)
    };
    let cases = [
        ("v=1", View::Full),
        ("v=1&view=brief", View::Brief),
        ("v=1&view=tokens&growth=5", View::Alone(Answer::Tokens)),
        ("view=brief&view=cost", View::Alone(Answer::Cost)),
        ("v=1&view=poster", View::Full),
        ("view=brief&view=poster", View::Full),
        ("v=1&name=view=brief", View::Full),
    ];
    for (text, view) in cases {
        assert_eq!(shown(text), (view, None, None), "{text}");
    }
    let framed = "v=1&growth=5&view=cost&theme=dark&embed=https://docs.example";
    let host = Some("https://docs.example".to_owned());
    let cost = View::Alone(Answer::Cost);
    assert_eq!(shown(framed), (cost, Some(Theme::Dark), host.clone()));
    assert_eq!(Link::read(framed).0.write(), framed);
    // As the frame's script writes it; the tag's attributes follow.
    let written = "v=1&embed=https%3A%2F%2Fdocs.example&embed=https%3A%2F%2Fother.example";
    assert_eq!(shown(written), (View::Full, None, host));
    assert_eq!(shown("v=1&embed").2, Some(String::new()));
    assert_eq!(
        Link::read("theme=blue").1,
        [bad(
            "theme",
            "blue",
            Allowed::Words(vec!["auto", "light", "dark"])
        )]
    );
}

#[test]
fn a_link_is_read_in_whatever_form_it_comes() {
    let forms = [
        "v=1&growth=5&view=brief",
        "#v=1&growth=5&view=brief",
        "https://a.example/tool/#v=1&growth=5&view=brief",
        "https://a.example/x=1/?utm_source=mail#v=1&growth=5&view=brief",
        "https://a.example/?v=1&growth=5&utm_source=mail#view=brief",
        "?growth=5&amp;view=brief",
        "v=1&amp;growth=5&amp;view=brief",
        "v%3D1%26growth%3D5%26view%3Dbrief",
        "https://a.example/#v%3d1%26growth%3d5%26view%3dbrief",
    ];
    for form in forms {
        let (link, notices) = Link::read(form);
        assert_eq!(notices, [], "{form}");
        assert_eq!(link.write(), "v=1&growth=5&view=brief", "{form}");
    }
    // A bare fragment may contain the characters of an address in a name.
    assert_eq!(check("v=1&name=a#b", &[]).name, "a#b");
    assert_eq!(check("v=1&name=1%3D1", &[]).name, "1=1");
}

/// The text of a scenario alone, without its presentation and compared scenarios.
#[test]
fn what_is_carried_along_keeps_what_cannot_be_read() {
    let link = "https://a.example/#v=9&gpu=8&view=brief&growth=5&theme=dark&with=v%3D1&embed";
    let alone = Fragment::alone(link);
    assert_eq!(alone.as_str(), "v=9&gpu=8&growth=5");
    assert_eq!(
        alone.shown(View::Brief, &[]),
        "v=9&gpu=8&growth=5&view=brief"
    );
    let named = Fragment::found("v=1&name=Q1+%22fast%22&loose");
    let pairs: Vec<_> = named.pairs().collect();
    assert_eq!(
        pairs,
        [("v", "1".to_owned()), ("name", "Q1 \"fast\"".to_owned())]
    );
    assert!(is_versioned("growth=5&v=1"));
    assert!(!is_versioned("growth=5&view=1"));
}

/// Two hundred rows of each kind, all different from the catalogue.
fn large() -> Scenario {
    let workloads = (1_u32..=200)
        .map(|id| Workload {
            name: format!("Workload {id}, of many"),
            requests: f64::from(id) * 1.5,
            input_tokens: f64::from(1_000 + id),
            output_tokens: f64::from(100 + id),
            cached_percent: f64::from(id % 100) + 0.25,
            max_output_tokens: Some(f64::from(500 + id)),
            ..Workload::empty(id)
        })
        .collect();
    let providers = (1_u32..=200)
        .map(|id| {
            let mut row = Provider::first_of(200 + id, "openai", f64::from(id));
            row.name = format!("Provider {id}");
            row.limits.rpm = Some(f64::from(600 + id));
            row.limits.tpm = Some(f64::from(90_000 + id));
            row.limits.rpd = None;
            row.limits.tpd = Some(f64::from(1_000_000 + id));
            row.limits.concurrency = Some(f64::from(50 + id));
            row.prices.input = f64::from(id) / 8.0;
            row
        })
        .collect();
    Scenario {
        workloads,
        providers,
        ..Scenario::default()
    }
}

/// The bound of links from outside cut what the program itself had written.
#[test]
fn what_the_program_wrote_itself_is_read_to_its_end() {
    // Rows alone fit; names in another script need nine characters for each of theirs.
    assert!(to_fragment(&large()).len() < LONGEST);
    let mut scenario = large();
    for row in &mut scenario.workloads {
        row.name = "长".repeat(120);
    }
    let link = Link {
        scenario: scenario.clone(),
        view: View::Compare,
        beside: vec![Fragment::of(&scenario)],
        ..Link::default()
    };
    let text = link.write();
    assert!(LONGEST < to_fragment(&scenario).len(), "too short to tell");
    assert_eq!(Link::read_own(&text), (link.clone(), vec![]));
    assert_eq!(
        Link::read_own(link.beside[0].as_str()),
        (
            Link {
                scenario: scenario.clone(),
                ..Link::default()
            },
            vec![]
        )
    );
    // From outside it is bounded, and still opens in its view.
    let (cut, notices) = Link::read(&text);
    assert_eq!(notices, [Notice::TooLong]);
    assert_eq!(cut.view, View::Compare);
    // A flag does not remove any of its rows.
    let (laid, notices) = laid_over(&scenario, &[("growth", "7")]);
    assert_eq!(notices, []);
    let mut grown = scenario.clone();
    grown.traffic.growth_percent = 7.0;
    assert_eq!(laid, grown);
    // Files have no bound on their length either.
    let document = crate::scenario::file::to_json(&scenario).to_string();
    let document = serde_json::from_str(&document).expect("JSON");
    assert_eq!(crate::scenario::file::from_json(&document), Ok(scenario));
}
