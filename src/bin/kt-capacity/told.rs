//! Findings and fixes of a day in `kt-capacity simulate`.

use std::io::{self, Write};
use std::process::ExitCode;

use kt_capacity::catalog::date::Date;
use kt_capacity::lived::{DayFinding, Lived, Mend, Searched, Story, findings};
use kt_capacity::plan::Plan;
use kt_capacity::replay::{Options, Search};
use kt_capacity::say;
use kt_capacity::say::words::plain_spaces;
use kt_capacity::scenario::Scenario;
use kt_capacity::simulation::{Simulation, Status};
use serde_json::{Value, json};

use super::args::FailOn;

/// Day with its story, findings and fixes.
pub(crate) struct Told {
    day: Lived,
    story: Story,
    findings: Vec<DayFinding>,
    mends: Vec<Mend>,
    searched: Searched,
}

impl Told {
    /// Story of a day, simulated per minute.
    pub(crate) fn of(day: Lived) -> Self {
        Self {
            story: day.story(),
            findings: findings(&day),
            day,
            mends: Vec::new(),
            searched: Searched::default(),
        }
    }

    /// Searches for fixes by simulating the day again.
    pub(crate) fn mend(&mut self, scenario: &Scenario, plan: &Plan, today: Date, options: Options) {
        let mut search = Search::new(scenario, plan, today, options, self.story.clone());
        while let Some(asked) = search.next_day() {
            let question = asked.question;
            let Ok(mut run) = Simulation::new(question.config, question.seed) else {
                break;
            };
            while run.step(1_000_000) == Status::Running {}
            search.hear(&run.results());
        }
        self.mends = search.found().to_vec();
        self.searched = search.searched();
    }

    /// Prints the day for people.
    pub(crate) fn print(&self, out: &mut impl Write) -> io::Result<()> {
        let facts = &self.day.facts;
        let status = say::day::status(&self.story);
        // Names may come from a file and contain terminal control characters.
        let shown = |text: &str| plain_spaces(text).replace(char::is_control, "\u{fffd}");
        let mut say = |text: String| writeln!(out, "{}", shown(&text));
        say(format!(
            "{status}. {}",
            say::day::sentence(&self.story, facts)
        ))?;
        for finding in &self.findings {
            let title = say::day::title(finding);
            say(format!("- {title}. {}", say::day::message(finding, facts)))?;
        }
        for mend in &self.mends {
            let bought = say::day::bought(mend, facts);
            say(format!("> {}: {bought}", say::day::mend(mend)))?;
        }
        if let Some(searched) = say::day::searched(&self.searched) {
            say(searched)?;
        }
        say(String::new())
    }

    /// Adds the day to a JSON document.
    pub(crate) fn add_to(&self, all: &mut Value) {
        let facts = &self.day.facts;
        let story = &self.story;
        let plain = |text: String| plain_spaces(&text);
        let minute = |bucket: usize| bucket as u64 * facts.bucket_ms / 60_000;
        all["story"] = json!({
            "goals_kept": story.is_kept,
            "sentence": plain(say::day::sentence(story, facts)),
            "late_ratio": story.late_ratio,
            "refused_ratio": story.refused_ratio,
            "unanswered_ratio": story.unanswered_ratio,
            "pod_hours": story.pod_hours,
            "scale_changes": story.changes,
        });
        let findings = self.findings.iter().map(|finding| {
            json!({
                "title": say::day::title(finding),
                "message": plain(say::day::message(finding, facts)),
                "from_minute": minute(finding.from),
                "to_minute": minute(finding.to),
                "share_ratio": finding.share_ratio,
            })
        });
        all["findings"] = findings.collect();
        let mends = self.mends.iter().map(|mend| {
            json!({
                "change": plain(say::day::mend(mend)),
                "effect": plain(say::day::bought(mend, facts)),
                "late_ratio": mend.late_ratio,
                "unanswered_ratio": mend.unanswered_ratio,
                "more_pod_hours": mend.more_pod_hours,
                "days": mend.seeds,
            })
        });
        all["fixes"] = mends.collect();
        all["days_lived_for_fixes"] = json!(self.searched.days);
        all["search_for_fixes_ended_early"] = json!(self.searched.is_cut);
    }

    /// Exit status for CI.
    pub(crate) fn status(&self, fail_on: Option<FailOn>) -> ExitCode {
        let fails = match fail_on {
            None => false,
            Some(FailOn::Critical) => !self.story.is_kept,
            Some(FailOn::Warning) => !self.story.is_kept || !self.findings.is_empty(),
        };
        if fails {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        }
    }
}
