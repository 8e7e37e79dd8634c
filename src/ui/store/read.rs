//! Readers: parts of the scenario and plan that notify only on their own changes.

use leptos::prelude::*;

use super::ScenarioStore;
use crate::catalog::date::Date;
use crate::plan::Plan;
use crate::say::problem;
use crate::scenario::Scenario;

/// Reads part of a whole.
type Reader<Whole, T> = Box<dyn Fn(&Whole) -> T + Send + Sync>;

impl ScenarioStore {
    /// Current calendar day of the user.
    pub fn today(self) -> Date {
        self.today
    }

    /// Reads the scenario of the answers, tracked.
    pub fn with<T>(self, read: impl FnOnce(&Scenario) -> T) -> T {
        self.settled.with(read)
    }

    /// Reads the scenario as the form shows it, tracked: at a key, before its answers are painted.
    pub fn typed<T>(self, read: impl FnOnce(&Scenario) -> T) -> T {
        self.scenario.with(read)
    }

    /// A value of the form that notifies only when it changes itself.
    pub fn slice<T>(self, read: impl Fn(&Scenario) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        self.slice_of(Box::new(read))
    }

    /// Part of the plan that notifies only on its own changes.
    pub fn answer<T>(self, read: impl Fn(&Plan) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        self.answer_of(Box::new(read))
    }

    /// Value computed from the scenario and its plan.
    pub fn reason<T>(self, read: impl Fn(&Scenario, &Plan) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| {
            self.scenario
                .with(|scenario| self.plan.with(|plan| read(scenario, plan)))
        })
    }

    /// Message of a contradiction at this field.
    pub fn problem(self, key: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.problems.with(|problems| {
                problems
                    .iter()
                    .find(|problem| problem.field() == key)
                    .map(|it| problem::message(*it))
            })
        })
    }

    /// Message of a contradiction at a field of the workload with this id.
    pub fn workload_problem(self, id: u32, key: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            let place = self.scenario.with(|scenario| {
                let mut rows = scenario.workloads.iter();
                rows.position(|row| row.id == id)
            });
            self.problems.with(|problems| {
                let mut own = problems.iter();
                own.find(|it| it.field() == key && it.workload() == place)
                    .map(|it| problem::message(*it))
            })
        })
    }

    // One memo per value type, not per reader, saves 20 kB of program.
    fn slice_of<T>(self, read: Reader<Scenario, T>) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| self.scenario.with(&read))
    }

    fn answer_of<T>(self, read: Reader<Plan, T>) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| self.plan.with(&read))
    }
}
