//! Requested day: that of the scenario, or of the user's supposition.

use leptos::prelude::*;

use super::engine;
use super::life::{Life, Work, next};
use super::state::{Mends, Of, State};
use crate::lived::Lived;
use crate::model::MeasuredDay;
use crate::plan::Plan;
use crate::replay;
use crate::say::in_short::DayLine;
use crate::scenario::{Scenario, Workload};

impl Life {
    /// Requests the day of the scenario, or of the supposition.
    pub(super) fn ask(self) {
        let asking = (
            self.store.fragment.get_untracked(),
            self.is_measured.get_untracked(),
        );
        let is_supposed = self.supposed.with_untracked(Option::is_some);
        let is_told = self
            .work
            .with_value(|work| work.told.as_ref() == Some(&asking));
        if is_supposed && is_told {
            return self.live(Of::Supposed);
        }
        self.tell(None);
        self.live(if is_supposed {
            Of::RecordFirst
        } else {
            Of::Record
        });
    }

    /// Simulates a day from its start.
    pub(super) fn live(self, of: Of) {
        let (scenario, plan) = self.shown(of);
        let asked = replay::asked_as(&scenario, &plan, self.minutes(of));
        self.mends.set(Mends::default());
        let run = next();
        let told = self.work.try_update_value(|work| work.told.take());
        let mut work = Work {
            of,
            told: told.flatten(),
            ..Work::default()
        };
        match asked {
            Ok(asked) => {
                work.run = run;
                work.facts = Some(asked.facts);
                self.work.set_value(work);
                self.left_out.set(asked.left_out);
                self.state.set(State::Living(0.0));
                engine::ask(run, Some(&asked.question));
            }
            Err(problem) => {
                self.work.set_value(work);
                engine::ask(run, None);
                self.lived.set(None);
                self.state.set(State::Failed(crate::say::day::refused(
                    &problem.to_string(),
                )));
            }
        }
    }

    /// Scenario of the day shown, with its plan.
    pub(super) fn shown(self, of: Of) -> (Scenario, Plan) {
        let supposed = self.supposed.get_untracked().filter(|_| of == Of::Supposed);
        match supposed {
            Some(supposed) => (supposed.scenario.clone(), supposed.plan.clone()),
            None => untrack(|| (self.store.with(Clone::clone), self.store.plan.get())),
        }
    }

    /// Requests per minute of the measured day, if selected, scaled to the scenario's requests and
    /// to the load of a later month.
    pub(super) fn minutes(self, of: Of) -> Option<MeasuredDay> {
        let digest = self.measured.get_untracked();
        let digest = digest.filter(|_| self.is_measured.get_untracked())?;
        let supposed = self.supposed.get_untracked().filter(|_| of == Of::Supposed);
        let load_ratio = supposed.map_or(1.0, |supposed| supposed.load_ratio);
        let (day, _) = digest.fullest_day_of(untrack(|| self.store.with(requests)))?;
        Some(day.times(load_ratio))
    }

    /// Scale of the measured day's requests, if selected; tracked.
    pub(super) fn times(self) -> Option<f64> {
        let digest = self.measured.get().filter(|_| self.is_measured.get())?;
        let load_ratio = self
            .supposed
            .get()
            .map_or(1.0, |supposed| supposed.load_ratio);
        Some(digest.fullest_day_of(self.store.with(requests))?.1 * load_ratio)
    }

    /// Stops the day at its current state.
    pub(super) fn stop(self) {
        engine::ask(next(), None);
        let is_search = self
            .work
            .try_update_value(|work| work.search.take().is_some());
        if is_search == Some(true) {
            self.mends.update(|mends| {
                mends.is_over = true;
                mends.searched.is_cut = 0 < mends.searched.days;
            });
        } else {
            self.state.set(State::Stopped);
        }
    }

    /// Reports the day to the rest of the page.
    pub(super) fn tell(self, lived: Option<&Lived>) {
        let asking = (
            self.store.fragment.get_untracked(),
            self.is_measured.get_untracked(),
        );
        let told = lived.map(|_| asking);
        let _gone = self.work.try_update_value(|work| work.told = told);
        if let Some(heard) = self.heard {
            let _gone = heard.line.try_set(lived.map(DayLine::of));
        }
    }
}

fn requests(scenario: &Scenario) -> f64 {
    scenario
        .workloads
        .iter()
        .map(Workload::requests_per_day)
        .sum()
}
