//! The draws, in slices between keys and paints.

use std::cell::RefCell;
use std::sync::Arc;
use std::time::Duration;

use js_sys::{Function, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;

use super::super::store::ScenarioStore;
use super::{Known, Sure};
use crate::catalog::date::Date;
use crate::plan::uncertainty::{BATCH, Bands, DRAWS, Draws, Tornado, Uncertainty};
use crate::say::uncertainty as say;
use crate::scenario::Scenario;

/// Milliseconds a slice takes at most.
const SLICE_MS: f64 = 8.0;
/// Draws between two looks at the clock.
const AT_ONCE: u32 = 10;
/// A key that follows within this time finds nothing begun.
const PAUSE: Duration = Duration::from_millis(10);

thread_local! {
    /// The futures that are being drawn: another question takes their place.
    static DRAWN: RefCell<Option<Draws>> = const { RefCell::new(None) };
}

/// The answers as far as they are worked out: each part takes a slice of its own.
enum Part {
    Draws,
    Drawn,
    Tornados(Vec<Tornado>),
    Answer(Box<Uncertainty>),
    Banded(Box<(Uncertainty, Bands)>),
}

/// Draws the futures of the scenario whenever it is another one.
pub(in crate::ui) fn keep_drawing() {
    let store = expect_context::<ScenarioStore>();
    let Sure(sure) = expect_context();
    let round = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let scenario = store.with(Clone::clone);
        let Some(now) = round.try_update_value(|round| {
            *round += 1;
            *round
        }) else {
            return;
        };
        DRAWN.set(None);
        if !has_ranges(&scenario) {
            if sure.with_untracked(Option::is_some) {
                sure.set(None);
            }
            return;
        }
        let today = store.plan.with_untracked(|plan| plan.today);
        let begin = move || begin(&scenario, today);
        then(PAUSE, round, now, move || {
            begin();
            go_on(Work { round, now, sure }, Part::Draws);
        });
    });
}

/// Whether a scenario has a range at all, without a look at every number.
fn has_ranges(scenario: &Scenario) -> bool {
    let rows = scenario.workloads.iter().map(|row| &row.ranges);
    let rows = rows.chain(scenario.providers.iter().map(|row| &row.ranges));
    !scenario.ranges.is_empty() || rows.into_iter().any(|ranges| !ranges.is_empty())
}

fn begin(scenario: &Scenario, today: Date) {
    DRAWN.set(Draws::begin(scenario, today));
}

/// Acts after a while, unless there is another question by then.
fn then(after: Duration, round: StoredValue<u32>, now: u32, act: impl FnOnce() + 'static) {
    set_timeout(
        move || {
            if round.try_with_value(|round| *round == now) == Some(true) {
                act();
            }
        },
        after,
    );
}

/// Acts when nothing of more weight is to be done, unless there is another question by then. A
/// timer would wait 4 ms after each slice, and go before the page's own work.
fn soon(round: StoredValue<u32>, now: u32, act: impl FnOnce() + 'static) {
    let task = move || {
        if round.try_with_value(|round| *round == now) == Some(true) {
            act();
        }
    };
    let scheduler = Reflect::get(&window(), &"scheduler".into()).unwrap_or_default();
    let post = Reflect::get(&scheduler, &"postTask".into());
    let Some(post) = post.ok().and_then(|post| post.dyn_into::<Function>().ok()) else {
        // A browser without such tasks.
        set_timeout(task, Duration::ZERO);
        return;
    };
    let how = Object::new();
    Reflect::set(&how, &"priority".into(), &"background".into()).ok();
    post.call2(&scheduler, &Closure::once_into_js(task), &how)
        .ok();
}

/// A question and the place of its answers.
#[derive(Clone, Copy)]
struct Work {
    round: StoredValue<u32>,
    now: u32,
    sure: RwSignal<Option<Arc<Known>>>,
}

/// One slice, then the next; the answers after the first batch and after all.
fn go_on(work: Work, part: Part) {
    let next = DRAWN.with_borrow_mut(|drawn| Some(slice(drawn.as_mut()?, part, work.sure)));
    match next {
        // A number took the place of the only range.
        None => drop(work.sure.try_set(None)),
        Some(Some(part)) => soon(work.round, work.now, move || go_on(work, part)),
        Some(None) => {}
    }
}

/// Works on a part; says which is the next.
fn slice(draws: &mut Draws, part: Part, sure: RwSignal<Option<Arc<Known>>>) -> Option<Part> {
    let is_whole = |draws: &Draws| draws.taken() == BATCH || draws.taken() == DRAWS;
    match part {
        Part::Draws => {
            let end = now_ms() + SLICE_MS;
            while now_ms() < end {
                draws.step(AT_ONCE);
                if is_whole(draws) {
                    return Some(Part::Drawn);
                }
            }
            Some(Part::Draws)
        }
        Part::Drawn => Some(Part::Tornados(draws.tornados())),
        Part::Tornados(tornados) => Some(Part::Answer(Box::new(draws.answer_with(tornados)))),
        Part::Answer(answer) => {
            // The bands are made from the first draws: those of the first answer stay.
            let first = sure.with_untracked(|known| Some(known.as_ref()?.bands.clone()));
            let bands = first.filter(|_| BATCH < draws.taken());
            let bands = bands.unwrap_or_else(|| draws.bands());
            Some(Part::Banded(Box::new((*answer, bands))))
        }
        Part::Banded(both) => {
            let (answer, bands) = *both;
            sure.try_set(Some(Arc::new(known(answer, bands))));
            (draws.taken() < DRAWS).then_some(Part::Draws)
        }
    }
}

fn known(sure: Uncertainty, bands: Bands) -> Known {
    let of = |one| say::of_figure(one);
    Known {
        verdict: say::verdict(&sure),
        figures: sure
            .figures
            .iter()
            .map(|one| (one.id.key().into_owned(), of(one)))
            .collect(),
        bands,
        sure,
    }
}

fn now_ms() -> f64 {
    js_sys::Date::now()
}
