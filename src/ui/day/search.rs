//! Search for fixes of the day: simulates one day after another.

use leptos::prelude::*;

use super::engine;
use super::life::{self, Life};
use super::state::Mends;
use crate::first::desk;
use crate::lived::Story;
use crate::replay::{Options, Search};
use crate::simulation::Results;

impl Life {
    /// Starts after a day that fails its goals.
    pub(super) fn search(self, story: Story) {
        let of = self.work.with_value(|work| work.of);
        let (scenario, plan) = self.shown(of);
        let today = desk::with(|desk| desk.today);
        let options = Options {
            minutes: self.minutes(of),
            ..Options::of_day(&scenario)
        };
        let search = Search::new(&scenario, &plan, today, options, story);
        self.work.update_value(|work| work.search = Some(search));
        self.search_on(None);
    }

    /// Takes the results of the last attempt and requests the next day.
    pub(super) fn search_on(self, results: Option<&Results>) {
        let next = self.work.try_update_value(|work| {
            let search = work.search.as_mut()?;
            if let Some(results) = results {
                search.hear(results);
            }
            let next = search.next_day();
            let mends = Mends {
                found: search.found().to_vec(),
                searched: search.searched(),
                is_over: next.is_none(),
            };
            if next.is_some() {
                work.run = life::next();
            } else {
                work.search = None;
            }
            Some((work.run, next, mends))
        });
        if let Some((run, day, mends)) = next.flatten() {
            self.mends.set(mends);
            if let Some(day) = day {
                engine::ask(run, Some(&day.question));
            }
        }
    }
}
