//! The day of a scenario: what its own exported files and its own happenings make of it.

use super::event::unreadable;
use super::{Manifest, Options, Problem, config, left_out, manifest};
use crate::export;
use crate::lived::{Facts, Lived};
use crate::plan::Plan;
use crate::scenario::Scenario;
use crate::simulation::{Question, Simulation, Status};

/// A day that can be lived.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// The run's input.
    pub question: Question,
    /// What is known beforehand.
    pub facts: Facts,
    /// What in the files a day does not know, each in a sentence.
    pub left_out: Vec<String>,
}

impl Asked {
    /// Lives the day to its end.
    ///
    /// # Errors
    ///
    /// [`Problem::Model`] if the run's input allows no run.
    pub fn lived(self) -> Result<Lived, Problem> {
        let Question { seed, config } = self.question;
        let mut run = Simulation::new(config, seed).map_err(Problem::Model)?;
        while run.step(1_000_000) == Status::Running {}
        Ok(Lived {
            facts: self.facts,
            results: run.results(),
        })
    }
}

/// The day of a scenario, minute by minute, with what happens on it.
///
/// # Errors
///
/// A [`Problem`] if there is no such day.
pub fn asked(scenario: &Scenario, plan: &Plan) -> Result<Asked, Problem> {
    asked_as(scenario, plan, None)
}

/// The same with the requests of a measured day, minute by minute, instead of the plan's; where a
/// minute has none, the plan's stay.
///
/// # Errors
///
/// A [`Problem`] if there is no such day.
pub fn asked_as(
    scenario: &Scenario,
    plan: &Plan,
    minutes: Option<Vec<Option<f64>>>,
) -> Result<Asked, Problem> {
    if let Some(text) = scenario.day.unreadable() {
        return Err(Problem::Event(unreadable(text)));
    }
    let options = Options {
        minutes,
        ..Options::of_day(scenario)
    };
    let seed = u64::from(scenario.day.seed);
    asked_with(scenario, plan, &options, seed)
}

/// The same with other options.
pub(super) fn asked_with(
    scenario: &Scenario,
    plan: &Plan,
    options: &Options,
    seed: u64,
) -> Result<Asked, Problem> {
    let manifest = exported(scenario, plan)?;
    let config = config(scenario, plan, &manifest, options)?;
    Ok(Asked {
        facts: Facts::of(&config, scenario, plan).measured(options.minutes.as_deref()),
        question: Question { seed, config },
        left_out: left_out(scenario, &manifest),
    })
}

/// What the cluster would make of the files that are exported.
fn exported(scenario: &Scenario, plan: &Plan) -> Result<Manifest, Problem> {
    let names = ["deployment.yaml", export::autoscaler_name(scenario)];
    let files = names.map(|name| export::file(name, scenario, plan, ""));
    let texts: Vec<&str> = files.iter().flatten().map(|file| &*file.text).collect();
    manifest(&texts)
}
