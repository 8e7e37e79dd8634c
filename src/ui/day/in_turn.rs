//! Days of several scenarios, lived one after another: what is told of each, with nothing to see.

use leptos::prelude::*;

use super::engine::{self, Answer};
use super::life::next;
use crate::lived::{Facts, Lived};
use crate::plan::Plan;
use crate::replay;
use crate::say::in_short::DayLine;
use crate::scenario::Scenario;

/// A scenario with its plan.
pub(in crate::ui) type Planned = (Scenario, Plan);

/// The scenarios whose days are lived, and the line of each day; shared through context.
#[derive(Clone, Copy)]
pub(in crate::ui) struct InTurn {
    /// The scenarios in their order.
    pub(in crate::ui) asked: Signal<Vec<Planned>>,
    /// The line of each day; absent until all of the day was lived, and where there is none.
    pub(in crate::ui) told: RwSignal<Vec<Option<DayLine>>>,
    /// Where the line of the first is told too.
    pub(in crate::ui) first: Option<RwSignal<Option<DayLine>>>,
}

impl InTurn {
    /// Tells the days; those that are gone by now hear nothing.
    fn tell(self, change: impl FnOnce(&mut Vec<Option<DayLine>>)) {
        let first = self.told.try_update(|told| {
            change(told);
            told.first().cloned().flatten()
        });
        if let Some(own) = self.first {
            let _gone = own.try_set(first.flatten());
        }
    }
}

/// Which day is being lived.
#[derive(Default)]
struct Turn {
    run: u32,
    place: usize,
    facts: Option<Facts>,
}

pub(super) fn view() -> AnyView {
    view! { <Lives /> }.into_any()
}

#[component]
fn Lives() -> impl IntoView {
    let days = expect_context::<InTurn>();
    let turn = StoredValue::new_local(Turn::default());
    let is_there = RwSignal::new(false);
    engine::load(move |is_loaded| {
        if is_loaded {
            engine::listen(move |answer| hear(days, turn, answer));
            let _gone = is_there.try_set(true);
        }
    });
    // The program of the day is outside the reactive graph.
    Effect::new(move |_| {
        let sides = days.asked.with(Vec::len);
        if is_there.get() {
            days.tell(|told| *told = vec![None; sides]);
            ask(days, turn, 0);
        }
    });
    on_cleanup(move || {
        engine::ask(next(), None);
        days.tell(Vec::clear);
    });
}

/// Asks for the day of a scenario, or of the first behind it that has one.
fn ask(days: InTurn, turn: StoredValue<Turn, LocalStorage>, from: usize) {
    let asked = days.asked.with_untracked(|sides| {
        let mut left = sides.iter().enumerate().skip(from);
        left.find_map(|(place, (scenario, plan))| {
            Some((place, replay::asked(scenario, plan).ok()?))
        })
    });
    let run = next();
    let (place, asked) = asked.map_or((0, None), |(place, asked)| (place, Some(asked)));
    engine::ask(run, asked.as_ref().map(|asked| &asked.question));
    let facts = asked.map(|asked| asked.facts);
    turn.set_value(Turn { run, place, facts });
}

fn hear(days: InTurn, turn: StoredValue<Turn, LocalStorage>, answer: Answer) {
    // The comparison may be gone by now, or another day asked for.
    let mine = turn.try_with_value(|turn| {
        let facts = turn.facts.clone().filter(|_| turn.run == answer.run)?;
        Some((turn.place, facts))
    });
    let Some((place, facts)) = mine
        .flatten()
        .filter(|_| answer.is_done || answer.day.is_err())
    else {
        return;
    };
    if let Ok(results) = answer.day {
        let line = DayLine::of(&Lived { facts, results });
        days.tell(|told| {
            if let Some(told) = told.get_mut(place) {
                *told = Some(line);
            }
        });
    }
    ask(days, turn, place + 1);
}
