//! Compared scenarios: read from the link, evaluated on the same day.

use leptos::prelude::*;

use super::super::chart::Overlaid;
use super::super::store::ScenarioStore;
use super::super::view::View;
use crate::catalog::date::Date;
use crate::plan::{Plan, evaluate};
use crate::say::in_short::DayLine;
use crate::say::notice;
use crate::say::page::compare as say;
use crate::scenario::link::{self, Fragment, Notice};
use crate::scenario::{Link, Scenario};

/// Element id of the heading that gets focus when the sides change.
pub(super) const HEADING: &str = "compare";
/// Maximum number of scenarios side by side.
pub(super) const MOST: usize = 3;

/// Scenario with its plan.
#[derive(Clone, PartialEq)]
pub(super) struct Side {
    /// Index in the `with=` list; `None` for the edited scenario.
    pub(super) place: Option<usize>,
    /// Letter in charts.
    pub(super) letter: &'static str,
    /// Link of the scenario.
    pub(super) fragment: Fragment,
    /// Unreadable parts of the link.
    pub(super) notices: Vec<String>,
    pub(super) scenario: Scenario,
    pub(super) plan: Plan,
}

impl Side {
    pub(super) fn name(&self) -> &str {
        name(&self.scenario)
    }

    pub(super) fn overlaid(&self) -> Overlaid<'_> {
        Overlaid {
            letter: self.letter,
            name: self.name(),
            plan: &self.plan,
        }
    }
}

/// Name of a scenario, or a word for none.
pub(super) fn name(scenario: &Scenario) -> &str {
    match scenario.name.trim() {
        "" => say::UNTITLED,
        name => name,
    }
}

/// All sides, first one first, and the unreadable parts; shared through context.
#[derive(Clone, Copy)]
pub(in crate::ui) struct Sides {
    compared: Memo<Vec<Side>>,
    pub(super) unread: Memo<Vec<String>>,
    /// Line of each simulated day, once completed.
    pub(super) days: RwSignal<Vec<Option<DayLine>>>,
}

impl Sides {
    pub(super) fn with<T>(self, read: impl FnOnce(&[Side]) -> T) -> T {
        self.compared.with(|sides| read(sides))
    }
}

/// Reads a scenario's link with the given reader.
///
/// # Errors
///
/// The beginning of the text, if it has no part of a scenario.
pub(super) fn read(
    fragment: &Fragment,
    reader: fn(&str) -> (Link, Vec<Notice>),
) -> Result<(Scenario, Vec<String>), String> {
    let text = fragment.as_str();
    let (link, notices) = reader(text);
    if !link::is_scenario(text) && (text.is_empty() || !notices.is_empty()) {
        let start: String = text.chars().take(40).collect();
        return Err(say::no_scenario(&start));
    }
    let notices = notices.iter().map(notice::text);
    Ok((link.scenario, notices.collect()))
}

/// Keeps the sides in sync with the scenario and the link.
pub(in crate::ui) fn provide_sides() -> Sides {
    let store = expect_context::<ScenarioStore>();
    let others = store.beside;
    let unread = Memo::new(move |_| {
        let others = others.get();
        let read = |fragment| read(fragment, Link::read_own);
        let bad = others.iter().filter_map(|fragment| read(fragment).err());
        let mut unread: Vec<String> = bad.collect();
        if MOST - 1 < others.len() - unread.len() {
            unread.push(say::ONLY_THREE.to_owned());
        }
        unread
    });
    let first = Memo::new(move |_| {
        store.with(|scenario| store.plan.with(|plan| (scenario.clone(), plan.clone())))
    });
    let rest = Memo::new(move |_| others.with(|others| evaluated(others, day(store))));
    let sides = Memo::new(move |_| {
        let (scenario, plan) = first.get();
        let first = Side {
            place: None,
            letter: say::LETTERS[0],
            fragment: Fragment::of(&scenario),
            notices: Vec::new(),
            scenario,
            plan,
        };
        let mut sides = vec![first];
        sides.extend(rest.get());
        sides
    });
    let days = RwSignal::new(Vec::new());
    let sides = Sides {
        compared: sides,
        unread,
        days,
    };
    provide_context(sides);
    sides
}

/// Day on which all scenarios are evaluated.
pub(super) fn day(store: ScenarioStore) -> Date {
    store.plan.with_untracked(|plan| plan.today)
}

fn evaluated(others: &[Fragment], today: Date) -> Vec<Side> {
    let readable = others.iter().enumerate().filter_map(|(place, fragment)| {
        let (scenario, notices) = read(fragment, Link::read_own).ok()?;
        Some((place, fragment, scenario, notices))
    });
    let letters = say::LETTERS.into_iter().skip(1);
    readable
        .zip(letters)
        .map(|((place, fragment, scenario, notices), letter)| Side {
            place: Some(place),
            letter,
            fragment: fragment.clone(),
            notices,
            plan: evaluate(&scenario, today),
            scenario,
        })
        .collect()
}

/// Links on this page that change the comparison.
#[derive(Clone, Copy)]
pub(super) struct Ways(ScenarioStore);

impl Ways {
    pub(super) fn new() -> Self {
        Self(expect_context::<ScenarioStore>())
    }

    /// Comparison with an additional scenario.
    pub(super) fn with(self, fragment: &Fragment) -> String {
        let mut others = self.beside();
        others.push(fragment.clone());
        self.compared(&others)
    }

    /// Comparison without one of the others.
    pub(super) fn without(self, place: usize) -> String {
        let mut others = self.beside();
        others.remove(place);
        self.compared(&others)
    }

    /// Link to edit another scenario; one already compared is swapped with the current one.
    pub(super) fn open(self, fragment: &Fragment, place: Option<usize>) -> String {
        let mut others = self.beside();
        if let Some(other) = place.and_then(|place| others.get_mut(place)) {
            *other = self.0.fragment.get();
        }
        format!("#{}", fragment.shown(View::Full, &others))
    }

    /// Other scenarios, tracked.
    pub(super) fn beside(self) -> Vec<Fragment> {
        self.0.beside.get()
    }

    fn compared(self, others: &[Fragment]) -> String {
        let here = self.0.fragment.get();
        format!("#{}", here.shown(View::Compare, others))
    }
}
