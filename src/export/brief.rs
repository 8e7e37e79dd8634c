//! Brief as plain text, for a mail or a ticket.

use super::comment::{name_line, one_line, wrapped};
use crate::plan::Plan;
use crate::plan::uncertainty::Uncertainty;
use crate::say::brief::{BriefFinding, Decision, brief};
use crate::say::in_short::DayLine;
use crate::say::{uncertainty, verdict};
use crate::scenario::Scenario;

/// Columns; mail programs wrap wider lines badly.
const WIDTH: usize = 76;

/// Brief as plain text; ends with the link.
pub fn brief_text(scenario: &Scenario, plan: &Plan, link: &str) -> String {
    brief_text_with(scenario, plan, (None, None), link)
}

/// Brief as plain text, with its uncertainty if inputs are ranges, and with a line on the simulated
/// day if one is given.
pub fn brief_text_with(
    scenario: &Scenario,
    plan: &Plan,
    (sure, day): (Option<&Uncertainty>, Option<&DayLine>),
    link: &str,
) -> String {
    let brief = brief(scenario, plan, sure);
    let broken = day.map(DayLine::breaks).unwrap_or_default();
    let title = match name_line(&brief.name).as_str() {
        "" => "Capacity brief".to_owned(),
        name => format!("Capacity brief: {name}"),
    };
    let mut lines = vec![title, brief.day.clone(), String::new()];
    lines.extend(wrapped(
        &one_line(&verdict::label_with(&plan.verdict, broken)),
        WIDTH,
    ));
    let answer = verdict::text_with(plan, broken);
    let more = verdict::more(plan);
    for text in [verdict::after_label(&answer), &more] {
        lines.extend(paragraph("", "", text));
    }
    let sure = sure.map(|sure| uncertainty::brief(sure, plan.today));
    let sure = sure.unwrap_or_default();
    lines.extend(sure.iter().flat_map(|text| paragraph("", "", text)));
    lines.extend(paragraph(
        "",
        "",
        &one_line(day.map_or("", |day| &day.text)),
    ));
    lines.push(String::new());
    for figure in &brief.figures {
        let fact = format!("{}: {} ({})", figure.label, figure.value, figure.sub);
        let spread = Some(&figure.spread).filter(|spread| !spread.is_empty());
        let spread = spread
            .map(|spread| format!("; {spread}"))
            .unwrap_or_default();
        lines.extend(paragraph(
            "",
            "  ",
            &(fact.trim_end_matches(" ()").to_owned() + &spread),
        ));
    }
    if !brief.findings.is_empty() {
        lines.extend([String::new(), "What to know".to_owned()]);
    }
    for (index, finding) in brief.findings.iter().enumerate() {
        lines.extend(told(index + 1, finding));
    }
    if !brief.decisions.is_empty() {
        lines.extend([String::new(), "To decide".to_owned()]);
    }
    for decision in &brief.decisions {
        lines.extend(paragraph("- ", "  ", &decided(decision)));
    }
    lines.push(String::new());
    lines.extend(paragraph("", "", &brief.assumptions.join(" ")));
    // On an unbroken line of its own, so that it stays a link.
    lines.extend([String::new(), link.to_owned()]);
    lines.join("\n") + "\n"
}

fn told(number: usize, finding: &BriefFinding) -> Vec<String> {
    let head = match finding.when.as_str() {
        "" => finding.title.clone(),
        when => format!("{} ({when})", finding.title),
    };
    let mut lines = paragraph(&format!("{number}. "), "   ", &head);
    lines.extend(paragraph("   ", "   ", &finding.message));
    lines
}

/// Decision on one line: action, deadline, result and cost.
fn decided(decision: &Decision) -> String {
    let by = match decision.by.as_str() {
        "–" => String::new(),
        by => format!(", by {by}").replace(", by now", ", now"),
    };
    let Decision {
        change,
        brings,
        cost,
        ..
    } = decision;
    format!("{change}{by}: {brings}; {cost} a month")
}

/// Text wrapped into lines, with a prefix for the first and one for the rest.
fn paragraph(first: &str, rest: &str, text: &str) -> Vec<String> {
    let lines = wrapped(text, WIDTH - rest.len()).into_iter().enumerate();
    let line = |(index, line)| format!("{}{line}", if index == 0 { first } else { rest });
    lines.map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::date::date;
    use crate::plan::evaluate;
    use crate::scenario::link::from_fragment;

    fn text(fragment: &str) -> String {
        let (scenario, notices) = from_fragment(fragment);
        assert_eq!(notices, vec![]);
        let plan = evaluate(&scenario, date(2026, 11, 23));
        brief_text(&scenario, &plan, &format!("https://x.test/#{fragment}"))
    }

    #[test]
    fn the_brief_is_a_mail_with_the_verdict_four_figures_three_findings_and_the_link() {
        let text = text("v=2&name=Support&growth=15");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[..2], ["Capacity brief: Support", "23 Nov 2026"]);
        // By hand: 50,000 a day are 0.5787 a second, three times that at the peak.
        let requests = "Requests per day: 50 K (1.74 per second at the peak)";
        assert!(lines.contains(&requests), "{text}");
        // Azure gets a quarter: 300,000 ÷ (50,000 × 3 ÷ 1,440 × 2,300 ÷ 4) = 5.0087;
        // ln(5.0087) / ln(1.15) = 11.53 months from 23 November 2026: early November 2027.
        let room = "Load it carries: 5.01× (Azure OpenAI tokens, Nov 2027)";
        assert!(lines.contains(&room), "{text}");
        assert!(
            lines
                .iter()
                .any(|line| line.starts_with("Cost per month: $"))
        );
        let numbered =
            |line: &&&str| ["1. ", "2. ", "3. ", "4. "].contains(&&line[..3.min(line.len())]);
        assert_eq!(lines.iter().filter(numbered).count(), 3, "{text}");
        let assumed = "Assumes 15 % growth a month, peaks of 3 × the mean, 1.5 × headroom";
        let words: Vec<&str> = text.split_whitespace().collect();
        assert!(words.join(" ").contains(assumed), "{text}");
        let last = "https://x.test/#v=2&name=Support&growth=15";
        assert_eq!(lines.last(), Some(&last));
    }

    #[test]
    fn a_failing_scenario_says_so_before_its_figures() {
        let text = text("v=2&requests-per-day=5000000");
        let verdict = text.find("Does not fit").expect("the verdict");
        assert!(verdict < text.find("Requests per day").expect("the figures"));
        // 5.0087 fits at 50,000 a day; a hundredth of it is left at 5 million.
        let carries = "Load it carries: 0.0501× (Azure OpenAI tokens, today)";
        assert!(text.contains(carries), "{text}");
    }

    #[test]
    fn names_with_line_breaks_and_long_words_make_no_extra_lines() {
        let long = "x".repeat(120);
        let text = text(&format!("v=1&name=a%0Ab%E2%80%A8c&w={long},1/day,9,9"));
        assert!(text.starts_with("Capacity brief: ab c\n"), "{text}");
        let link = text.lines().last().map_or(0, str::len);
        let widest = text.lines().map(|line| line.chars().count());
        assert!(
            widest
                .filter(|width| *width != link)
                .all(|width| width <= 76),
            "{text}"
        );
    }
}
