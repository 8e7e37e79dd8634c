//! Unusable parts of a link.

use super::input;
use crate::scenario::WhatIf;
use crate::scenario::link::{Allowed, Listed, MOST_ROWS, Notice, Rows, VERSION};

/// Notice: a scenario in the query is ignored, as there is one in the fragment.
pub const QUERY_LEFT_OUT: &str =
    "What stands after the ? was left out: another scenario follows the #";

/// An unusable part of a link, as a sentence without its full stop.
pub fn text(notice: &Notice) -> String {
    match notice {
        Notice::UnknownKey(key) => format!("“{}” is not known here and was left out", cut(key)),
        Notice::BadValue {
            key,
            value,
            allowed,
        } => format!(
            "{}: “{}” cannot be used. {}",
            cut(key),
            cut(value),
            said(allowed)
        ),
        Notice::RowLeftOut { name, is_last } => {
            let instead = if *is_last {
                ", and the usual one is planned"
            } else {
                ""
            };
            let name = cut(name);
            format!("Without its requests, the workload “{name}” was left out{instead}")
        }
        Notice::Repeated {
            key,
            value,
            is_first,
        } => {
            let place = if *is_first { "first" } else { "last" };
            let value = if value.is_empty() { "none" } else { value };
            format!(
                "“{}” stands there more than once; the {place} one, “{}”, counts",
                cut(key),
                cut(value)
            )
        }
        Notice::Unlisted {
            of_kind,
            name,
            of,
            known,
        } => {
            let kind = match of_kind {
                Listed::Model => "model",
                Listed::Tier => "tier",
            };
            format!(
                "“{}” is no {kind} of {} known here, so nothing is known of its limits. Known: {}",
                cut(name),
                cut(of),
                cut_after(&known.join(", "), 120)
            )
        }
        Notice::NewerVersion(version) => format!(
            "Made by a newer release (version {}). What this one knows was read",
            cut(version)
        ),
        Notice::TooLong => "Too long: its first part was read".to_owned(),
        Notice::TooManyRows(rows) => {
            let rows = match rows {
                Rows::Workloads => "workloads",
                Rows::Providers => "providers",
            };
            format!("Only the first {MOST_ROWS} {rows} were read")
        }
    }
}

/// Allowed values, as a sentence without its full stop.
fn said(allowed: &Allowed) -> String {
    match allowed {
        Allowed::Number(problem) => input::number_problem(problem),
        Allowed::Choice(options) => format!("Allowed: {}", input::options(options)),
        Allowed::Words(words) => format!("Allowed: {}", words.join(", ")),
        Allowed::Losses(losses) => format!("Allowed: {}", losses.join(", ")),
        Allowed::Months => format!("Allowed: 0 to {}", WhatIf::MONTHS),
        Allowed::Versions => format!("Allowed: 1 to {VERSION}"),
    }
}

/// Start of a text, for messages.
fn cut(text: &str) -> String {
    cut_after(text, 40)
}

fn cut_after(text: &str, shown: usize) -> String {
    if text.chars().count() <= shown {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(shown).collect();
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use crate::scenario::link::from_fragment;

    #[test]
    fn each_unread_part_of_a_link_has_its_sentence() {
        let cases = [
            ("#gpu=8", "“gpu” is not known here and was left out"),
            (
                "#growth=-5",
                "growth: “-5” cannot be used. Enter 0 to 1,000 %",
            ),
            ("#v=0", "v: “0” cannot be used. Allowed: 1 to 2"),
            (
                "#v=9",
                "Made by a newer release (version 9). What this one knows was read",
            ),
            (
                "#theme=blue",
                "theme: “blue” cannot be used. Allowed: auto, light, dark",
            ),
            ("#month=19", "month: “19” cannot be used. Allowed: 0 to 18"),
            (
                "#provider=openai&lost=groq",
                "lost: “groq” cannot be used. Allowed: openai, zone",
            ),
            (
                "#shape=round",
                "shape: “round” cannot be used. Allowed: flat, office, global or 24 numbers",
            ),
            (
                "#growth=5&growth=7",
                "“growth” stands there more than once; the last one, “7”, counts",
            ),
        ];
        for (link, sentence) in cases {
            let told: Vec<String> = from_fragment(link).1.iter().map(super::text).collect();
            assert_eq!(told, [sentence], "{link}");
        }
        let many = "p=groq&".repeat(201);
        let (_, notices) = from_fragment(&many);
        assert_eq!(
            super::text(&notices[0]),
            "Only the first 200 providers were read"
        );
    }

    #[test]
    fn a_name_without_an_entry_is_told_with_those_that_have_one() {
        let told = |link: &str| super::text(&from_fragment(link).1[0]);
        let model = told("provider=openai&model=gpt-4oo");
        let begins = "“gpt-4oo” is no model of OpenAI known here, so nothing is known of its \
                      limits. Known: ";
        assert!(model.starts_with(begins), "{model}");
        let tier = told("p=openai,gpt-4o,Biuld,60");
        assert!(
            tier.starts_with("“Biuld” is no tier of gpt-4o known here"),
            "{tier}"
        );
    }
}
