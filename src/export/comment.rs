//! Text for comments, on one line whatever the user typed. Only names are shortened, so that
//! sentences keep their end.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::plan::Plan;
use crate::say::export::origin as say;
use crate::scenario::Scenario;

/// Maximum number of characters of a name in a comment.
const LONGEST: usize = 200;
/// Maximum length of a link in a file; terminals and editors show longer ones badly.
const LONGEST_LINK: usize = 2_000;

/// Characters escaped in a link, so that it stays one word.
const LINK: &AsciiSet = &CONTROLS.add(b' ');

/// Text on one line, without control characters, line separators and marks that reorder the text.
pub(super) fn one_line(text: &str) -> String {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || is_invisible(c))
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

/// User's name on one line, shortened to fit a comment.
pub(super) fn name_line(name: &str) -> String {
    let line = one_line(name);
    if line.chars().count() <= LONGEST {
        return line;
    }
    let mut cut: String = line.chars().take(LONGEST - 1).collect();
    cut.push('…');
    cut
}

fn is_invisible(c: char) -> bool {
    let reorders =
        matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let no_character = matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}');
    c.is_control() || reorders || no_character
}

/// Text wrapped between words at `width`; longer words get a line of their own.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Lines on the origin of a file: the day, the scenario and its link.
pub(super) fn origin(scenario: &Scenario, plan: &Plan, link: &str) -> Vec<String> {
    let link = utf8_percent_encode(link, LINK).to_string();
    let day = say::day(plan.today, &name_line(&scenario.name));
    if link.is_empty() {
        vec![day]
    } else if LONGEST_LINK < link.len() {
        vec![say::without_link(&day)]
    } else {
        vec![say::with_link(&day), link]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::date::date;

    #[test]
    fn a_comment_stays_on_its_line() {
        for broken in [
            "a\nb",
            "a\r\nb",
            "a\u{85}b",
            "a\u{2028}b",
            "a\u{2029}\u{0}b",
            "a\tb",
        ] {
            assert_eq!(one_line(broken), "a b", "{broken:?}");
        }
        assert_eq!(one_line("a\u{202e}b"), "a b", "nothing is shown backwards");
    }

    #[test]
    fn a_name_is_cut_and_a_sentence_is_not() {
        let long = "é".repeat(10_000);
        let name = name_line(&long);
        assert_eq!(name.chars().count(), LONGEST);
        assert!(name.ends_with('…'));
        assert_eq!(one_line(&long), long);
    }

    #[test]
    fn long_texts_break_between_words_only() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(
            wrapped("seventeen-letters a", 5),
            ["seventeen-letters", "a"]
        );
        assert_eq!(wrapped("  ", 5), Vec::<String>::new());
    }

    #[test]
    fn a_link_is_one_word_or_is_left_out() {
        let scenario = Scenario::default();
        let plan = crate::plan::evaluate(&scenario, date(2026, 11, 23));
        let lines = |link: &str| origin(&scenario, &plan, link);
        assert_eq!(
            lines("#v=1&name=a b\n--- é"),
            [
                "Planned on 2026-11-23, from this scenario:",
                "#v=1&name=a%20b%0A---%20%C3%A9"
            ]
        );
        assert_eq!(lines(""), ["Planned on 2026-11-23"]);
        assert_eq!(lines(&"x".repeat(2_001)).len(), 1);
    }
}
