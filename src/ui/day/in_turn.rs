//! Days of several scenarios, simulated one after another without display.

use leptos::prelude::*;

use super::engine::{self, Answer};
use super::life::next;
use crate::lived::{Facts, Lived};
use crate::plan::Plan;
use crate::replay;
use crate::say::in_short::DayLine;
use crate::scenario::Scenario;

/// Scenario with its plan.
pub(in crate::ui) type Planned = (Scenario, Plan);

/// Scenarios to simulate, and the line on each day; shared through context.
#[derive(Clone, Copy)]
pub(in crate::ui) struct InTurn {
    /// Scenarios, in order.
    pub(in crate::ui) asked: Signal<Vec<Planned>>,
    /// Line on each day; `None` until complete, or if the day failed.
    pub(in crate::ui) told: RwSignal<Vec<Option<DayLine>>>,
    /// Further place for the first scenario's line.
    pub(in crate::ui) first: Option<RwSignal<Option<DayLine>>>,
}

impl InTurn {
    /// Reports the days; disposed receivers are ignored.
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

/// Day currently simulated.
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
    // The simulation program is outside the reactive graph.
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

/// Requests the day of a scenario, or of the next one that has a day.
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
    // The comparison may be gone, or another day requested.
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
