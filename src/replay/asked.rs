//! Simulation input of a scenario's day, from its own exported files and events.

use super::event::unreadable;
use super::{Manifest, Options, Problem, config, left_out, manifest};
use crate::export;
use crate::lived::{Facts, Lived};
use crate::model::MeasuredDay;
use crate::plan::Plan;
use crate::scenario::Scenario;
use crate::simulation::{Question, Simulation, Status};

/// A day ready to be simulated.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// Input of the simulation.
    pub question: Question,
    /// Facts known beforehand.
    pub facts: Facts,
    /// Parts of the files that the day does not simulate, one sentence each.
    pub left_out: Vec<String>,
}

impl Asked {
    /// Simulates the whole day.
    ///
    /// # Errors
    ///
    /// [`Problem::Model`] if the configuration allows no run.
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

/// The day of a scenario in buckets of a minute, with its events.
///
/// # Errors
///
/// A [`Problem`] if there is no such day.
pub fn asked(scenario: &Scenario, plan: &Plan) -> Result<Asked, Problem> {
    asked_as(scenario, plan, None)
}

/// The day of a scenario with the requests of a measured day, per minute; minutes without a
/// measurement keep the plan's requests.
///
/// # Errors
///
/// A [`Problem`] if there is no such day.
pub fn asked_as(
    scenario: &Scenario,
    plan: &Plan,
    minutes: Option<MeasuredDay>,
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

/// The day of a scenario with these options and this seed.
pub(super) fn asked_with(
    scenario: &Scenario,
    plan: &Plan,
    options: &Options,
    seed: u64,
) -> Result<Asked, Problem> {
    let manifest = exported(scenario, plan)?;
    let config = config(scenario, plan, &manifest, options)?;
    Ok(Asked {
        facts: Facts::of(&config, scenario, plan).measured(options.minutes.as_ref()),
        question: Question { seed, config },
        left_out: left_out(scenario, &manifest),
    })
}

/// The exported files, as the cluster reads them.
fn exported(scenario: &Scenario, plan: &Plan) -> Result<Manifest, Problem> {
    let names = ["deployment.yaml", export::autoscaler_name(scenario)];
    let files = names.map(|name| export::file(name, scenario, plan, ""));
    let texts: Vec<&str> = files.iter().flatten().map(|file| &*file.text).collect();
    manifest(&texts)
}
