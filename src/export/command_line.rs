//! `kt-command.sh`: the gateway's own estimate for the scenario.

use super::comment::name_line;
use super::{Fault, File, Source};
use crate::catalog::guide;
use crate::say::export::command_line as say;
use crate::scenario::Provider;

pub(super) fn file(source: Source) -> File {
    let demand = &source.plan.demand;
    let provider = largest(&source);
    let (vendor, model) = provider.map_or(("", ""), |row| (&row.vendor, &row.model));
    let mut arguments = vec![
        format!("--requests-per-day {:.0}", demand.requests_per_day),
        format!("--avg-input-tokens {:.0}", demand.input_tokens_per_request),
        format!(
            "--avg-output-tokens {:.0}",
            demand.output_tokens_per_request
        ),
        // Debug formatting keeps the guide's "3.0".
        format!(
            "--peak-multiplier {:?}",
            source.scenario.traffic.peak_multiplier
        ),
    ];
    for (flag, value) in [("--provider", vendor), ("--model", model)] {
        arguments.push(argument(flag, value));
    }

    let mut lines = vec!["#!/bin/sh".to_owned()];
    let about = source.head(&[say::ABOUT]);
    lines.extend(about.iter().map(|line| format!("# {line}")));
    lines.extend(averages(&source).iter().map(|line| format!("# {line}")));
    lines.push("kt capacity estimate \\".to_owned());
    let first = lines.len();
    let last = arguments.len() - 1;
    for (index, argument) in arguments.iter().enumerate() {
        let more = if index < last { " \\" } else { "" };
        lines.push(format!("  {argument}{more}"));
    }
    let planned_lines = (first..lines.len()).collect();
    lines.push(String::new());
    for (when, command) in guide::QUEUE_COMMANDS {
        lines.push(["# ", &say::queue_depth(when, command)].concat());
    }
    let mut file = File::plain("kt-command.sh", "application/x-sh");
    file.text = lines.join("\n") + "\n";
    file.planned_lines = planned_lines;
    file.checked(say::CHECKED, faults(&source))
        .noted(notes(&source, provider))
}

/// Faults for names missing from the command.
pub(super) fn faults(source: &Source) -> Vec<Fault> {
    let provider = largest(source);
    let (vendor, model) = provider.map_or(("", ""), |row| (&row.vendor, &row.model));
    let flags = [("--provider", vendor), ("--model", model)];
    let missing = flags
        .into_iter()
        .filter(|(_, value)| value.trim().is_empty());
    missing
        .map(|(flag, _)| Fault::new(None, say::nameless(flag)))
        .collect()
}

/// Flag and value, quoted as one word of the shell.
///
/// Control characters cannot be quoted for every shell and occur in no real name, so they become
/// spaces. A value that looks like a flag is joined to its flag with `=`.
fn argument(flag: &str, value: &str) -> String {
    let value: String = value
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let quoted = match shlex::try_quote(&value).unwrap_or_default() {
        // Some shells take a `%` that shlex leaves bare for a variable.
        bare if bare == value && value.contains('%') => format!("'{value}'").into(),
        quoted => quoted,
    };
    let tie = if value.starts_with('-') { '=' } else { ' ' };
    format!("{flag}{tie}{quoted}")
}

/// Provider with the largest weight; the command takes only one.
fn largest<'a>(source: &Source<'a>) -> Option<&'a Provider> {
    let rows = source.scenario.providers.iter();
    // The first of equals.
    rows.reduce(|best, row| if best.weight < row.weight { row } else { best })
}

fn averages(source: &Source) -> Vec<String> {
    let mut lines = Vec::new();
    let workloads = source.scenario.workloads.len();
    if 1 < workloads {
        lines.push(say::one_workload(workloads));
    }
    let targets = source.scenario.providers.iter();
    let targets = targets.filter(|row| 0.0 < row.weight).count();
    if 1 < targets {
        lines.push(say::one_provider(targets));
    }
    lines
}

fn notes(source: &Source, provider: Option<&Provider>) -> Vec<String> {
    let demand = &source.plan.demand;
    let mut notes = vec![say::asks_note(
        demand.requests_per_day,
        demand.tokens_per_request,
        source.scenario.traffic.peak_multiplier,
    )];
    let shares = source.scenario.providers.iter().zip(&source.plan.providers);
    let share = shares.filter(|(row, _)| provider.is_some_and(|own| own.id == row.id));
    if let Some((row, plan)) = share.take(1).next()
        && plan.share_ratio < 1.0
    {
        notes.push(say::share_note(&name_line(&row.name), plan.share_ratio));
    }
    notes.push(say::UNSEEN_NOTE.to_owned());
    notes
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;
    use crate::catalog::date::date;
    use crate::plan::evaluate;
    use crate::scenario::Scenario;

    fn export(scenario: &Scenario, link: &str) -> File {
        let plan = evaluate(scenario, date(2026, 11, 23));
        file(Source {
            scenario,
            plan: &plan,
            link,
        })
    }

    /// Words as a shell would read them; shlex handles comments but not continued lines.
    fn words_of(file: &File) -> Vec<String> {
        shlex::split(&file.text.replace(" \\\n ", "")).unwrap()
    }

    #[test]
    fn the_default_is_the_guides_command() {
        let file = export(&Scenario::default(), "#v=1");
        let command = "kt capacity estimate --requests-per-day 50000 --avg-input-tokens 1500 \
                       --avg-output-tokens 800 --peak-multiplier 3.0 --provider openai \
                       --model gpt-4o";
        assert_eq!(words_of(&file).join(" "), command);
        assert_eq!(file.checked, Ok("The guide's six flags"));
        assert_eq!(file.planned_lines.len(), 6);
    }

    #[test]
    fn nothing_typed_is_run() {
        let names = [
            "gpt 4o",
            "$(reboot)",
            "a'; reboot; '",
            "`reboot`",
            "a\\",
            "--help",
            "# a",
            "!!",
            "{{ x }}",
            "\u{202e}é🙂",
        ];
        for name in names {
            let mut scenario = Scenario::default();
            name.clone_into(&mut scenario.providers[0].model);
            let file = export(&scenario, "x\nreboot\r\u{2028}reboot");
            let words = words_of(&file);
            assert_eq!(words[..3], ["kt", "capacity", "estimate"], "{name}");
            let model = words[13..].join(" ");
            let model = model.strip_prefix("--model").unwrap();
            assert_eq!(&model[1..], name);
        }
    }

    #[test]
    fn lines_cannot_be_added() {
        let mut scenario = Scenario::default();
        "a\0b\nreboot\r\n\u{85}c".clone_into(&mut scenario.providers[0].model);
        let file = export(&scenario, "#v=1");
        assert_eq!(words_of(&file).last().unwrap(), "a b reboot   c");
        let plain = export(&Scenario::default(), "#v=1");
        assert_eq!(file.text.lines().count(), plain.text.lines().count());
    }

    #[test]
    fn what_was_averaged_is_told() {
        let mut scenario = Scenario::default();
        let file = export(&scenario, "#v=1");
        assert!(
            file.text
                .contains("# It takes one provider: the one with the largest weight of 3.")
        );
        scenario.providers.truncate(1);
        scenario.workloads.push(crate::scenario::Workload::empty(9));
        let file = export(&scenario, "#v=1");
        assert!(
            file.text
                .contains("# It takes one workload: requests are the sum of 2")
        );
        assert!(!file.text.contains("one provider"));
    }
}
