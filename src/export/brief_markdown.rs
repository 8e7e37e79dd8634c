//! Brief as Markdown, for a ticket, a merge request or a wiki.

use super::comment::name_line;
use super::report::plain;
use crate::plan::Plan;
use crate::plan::uncertainty::Uncertainty;
use crate::say::brief::{BriefFinding, DECISIONS_HEAD, Decision, brief};
use crate::say::in_short::DayLine;
use crate::say::{uncertainty, verdict};
use crate::scenario::Scenario;

/// Brief as Markdown, titled with the link. Gives the uncertainty if inputs are ranges, and a line
/// on the simulated day if one is given.
pub fn brief_markdown(
    scenario: &Scenario,
    plan: &Plan,
    (sure, day): (Option<&Uncertainty>, Option<&DayLine>),
    link: &str,
) -> String {
    let brief = brief(scenario, plan, sure);
    let name = match plain(&name_line(&brief.name)) {
        name if name.is_empty() => "Capacity plan".to_owned(),
        name => name,
    };
    let broken = day.map(DayLine::breaks).unwrap_or_default();
    let (label, text) = (
        verdict::label_with(&plan.verdict, broken),
        verdict::text_with(plan, broken),
    );
    let text = verdict::after_label(&text).to_owned();
    let [label, text, more] = [label, text, verdict::more(plan)].map(|t| plain(&t));
    let mut lines = vec![
        format!("### [{name}](<{link}>)"),
        String::new(),
        format!("**{label}.** {text} {more}").trim_end().to_owned(),
        String::new(),
    ];
    let sure = sure.map(|sure| uncertainty::brief(sure, plan.today));
    let sure = sure.unwrap_or_default();
    lines.extend(sure.iter().flat_map(|text| [plain(text), String::new()]));
    lines.extend(
        day.into_iter()
            .flat_map(|day| [plain(&day.text), String::new()]),
    );
    lines.extend(["| Figure | Value | |", "|---|---:|---|"].map(str::to_owned));
    for figure in &brief.figures {
        let value = plain(&figure.value);
        let facts = [&figure.sub, &figure.spread].map(|fact| plain(fact));
        let facts = facts.join("; ");
        lines.push(format!(
            "| {} | {value} | {} |",
            figure.label,
            facts.trim_end_matches("; ")
        ));
    }
    lines.push(String::new());
    let findings = brief.findings.iter().enumerate();
    lines.extend(findings.map(|(index, finding)| item(index + 1, finding)));
    if !brief.findings.is_empty() {
        lines.push(String::new());
    }
    lines.extend(table(&brief.decisions));
    let assumptions = plain(&brief.assumptions.join(" "));
    lines.push(format!("{}: {assumptions}", plain(&brief.day)));
    lines.join("\n") + "\n"
}

fn item(number: usize, finding: &BriefFinding) -> String {
    let when = match finding.when.as_str() {
        "" => String::new(),
        when => format!(" ({})", plain(when)),
    };
    let (title, message) = (plain(&finding.title), plain(&finding.message));
    format!("{number}. **{title}**{when}: {message}")
}

/// Table of decisions and an empty line; nothing without decisions.
fn table(decisions: &[Decision]) -> Vec<String> {
    if decisions.is_empty() {
        return Vec::new();
    }
    let [change, by, brings, cost] = DECISIONS_HEAD;
    let mut lines = vec![
        format!("| {change} | {by} | {brings} | {cost} |"),
        "|---|---|---|---:|".to_owned(),
    ];
    lines.extend(decisions.iter().map(|decision| {
        let cells = [
            &decision.change,
            &decision.by,
            &decision.brings,
            &decision.cost,
        ];
        format!("| {} |", cells.map(|cell| plain(cell)).join(" | "))
    }));
    lines.push(String::new());
    lines
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    use super::*;
    use crate::catalog::date::date;
    use crate::plan::evaluate;
    use crate::plan::uncertainty::{DRAWS, uncertainty};
    use crate::scenario::link::from_fragment;

    fn markdown(fragment: &str) -> String {
        let (scenario, notices) = from_fragment(fragment);
        assert_eq!(notices, vec![]);
        let plan = evaluate(&scenario, date(2026, 11, 23));
        let sure = uncertainty(&scenario, plan.today, DRAWS);
        let link = format!("https://x.test/#{fragment}");
        brief_markdown(&scenario, &plan, (sure.as_ref(), None), &link)
    }

    /// 50,000 ± 10,000 requests per day are 40 to 60 K. The probability and the interval to quote
    /// come before the table.
    #[test]
    fn a_range_has_its_interval_in_each_figure() {
        let text = markdown("v=2&requests-per-day=50k~10k");
        let row = "| Requests per day | 50 K | 1.74 per second at the peak; 5 to 95 %: 40 to 60 K, \
                   median 50 K |";
        assert!(text.contains(row), "{text}");
        for told in [
            "The peak fits today with a probability of",
            "In 90 of 100 futures it costs $",
        ] {
            let (before, _) = text.split_once("| Figure").expect("the table");
            assert!(before.contains(told), "{told}: {text}");
        }
        for label in ["Cost per month", "Gateways", "Load it carries"] {
            let mut rows = text.lines();
            let row = rows.find(|row| row.starts_with(&format!("| {label} |")));
            assert!(row.is_some_and(|row| row.contains("5 to 95 %: ")), "{text}");
        }
    }

    #[test]
    fn the_title_is_the_link_and_figures_and_decisions_are_tables() {
        let text = markdown("v=1&name=Chat+%28short%29&growth=15");
        let events: Vec<Event> = Parser::new_ext(&text, Options::ENABLE_TABLES).collect();
        let link = |event: &Event| match event {
            Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.to_string()),
            _ => None,
        };
        let links: Vec<String> = events.iter().filter_map(link).collect();
        assert_eq!(
            links,
            ["https://x.test/#v=1&name=Chat+%28short%29&growth=15"]
        );
        let count = |wanted: fn(&Event) -> bool| events.iter().filter(|e| wanted(e)).count();
        assert_eq!(
            count(|event| matches!(event, Event::Start(Tag::TableRow))),
            4 + 4
        );
        assert_eq!(count(|event| matches!(event, Event::Start(Tag::Item))), 3);
        // 50,000 a day are 0.5787 a second, three times that at the peak.
        let heads = "| Decision | By | Result | Cost a month |";
        assert!(text.contains(heads), "{text}");
        let row = "| Requests per day | 50 K | 1.74 per second at the peak |";
        assert!(text.contains(row), "{text}");
    }

    #[test]
    fn a_name_is_no_markup() {
        let text = markdown("v=1&name=%3Cb%3E*x*%5D%28http%3A%2F%2Fevil.test%29");
        let mut title = Parser::new_ext(&text, Options::ENABLE_TABLES)
            .take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_))));
        let bad = |event: Event| {
            let is_tag = matches!(event, Event::Html(_) | Event::InlineHtml(_));
            is_tag || matches!(event, Event::Start(Tag::Emphasis))
        };
        assert!(!title.any(bad), "{text}");
    }
}
