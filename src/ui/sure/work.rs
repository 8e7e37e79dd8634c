//! Draws, in slices between keys and painting.

use std::cell::RefCell;
use std::sync::Arc;
use std::time::Duration;

use js_sys::{Function, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;

use super::super::store::ScenarioStore;
use super::{Banded, Known, Sure};
use crate::plan::uncertainty::{BATCH, Bands, DRAWS, Draws, Matters, Tornado};

/// Maximum duration of a slice, in milliseconds.
const SLICE_MS: f64 = 8.0;
/// Draws between two clock readings.
const AT_ONCE: u32 = 10;

thread_local! {
    /// Futures being drawn; replaced by another question.
    static DRAWN: RefCell<Option<Draws>> = const { RefCell::new(None) };
}

/// Computation of the results, in parts with their own slices.
enum Part {
    Draws,
    Matters(Box<Matters>),
    Answer(Vec<Tornado>),
    Told(Box<Known>),
    Bands(Box<Bands>),
}

/// Draws the futures of the scenario whenever it is another one: from the key on, so that the first
/// interval does not wait for the page to follow.
pub(in crate::ui) fn keep_drawing() {
    let store = expect_context::<ScenarioStore>();
    let Sure(sure) = expect_context();
    let Banded(bands) = expect_context();
    let round = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let scenario = store.typed(Clone::clone);
        let Some(now) = round.try_update_value(|round| {
            *round += 1;
            *round
        }) else {
            return;
        };
        DRAWN.set(None);
        let work = Work {
            round,
            now,
            sure,
            bands,
        };
        if !scenario.has_ranges() {
            work.forget();
            return;
        }
        let today = store.today();
        let begin = move || {
            DRAWN.set(Draws::begin(&scenario, today));
            work.soon(Priority::First, move || go_on(work, Part::Draws));
        };
        // After the answer to the key is painted, and before the rest of the page.
        request_animation_frame(move || work.soon(Priority::First, begin));
    });
}

/// Whether work runs before or after the rest of the page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Priority {
    First,
    Last,
}

impl Work {
    /// Discards the results: no number is a range.
    fn forget(self) {
        if self.sure.with_untracked(Option::is_some) {
            self.sure.try_set(None);
            self.bands.try_set(None);
        }
    }

    /// Runs a function with this priority, unless the question has changed by then. A timer would
    /// wait 4 ms per slice.
    fn soon(self, priority: Priority, act: impl FnOnce() + 'static) {
        let task = move || {
            if self.round.try_with_value(|round| *round == self.now) == Some(true) {
                act();
            }
        };
        let scheduler = Reflect::get(&window(), &"scheduler".into()).unwrap_or_default();
        let post = Reflect::get(&scheduler, &"postTask".into());
        let Some(post) = post.ok().and_then(|post| post.dyn_into::<Function>().ok()) else {
            // Fallback for browsers without such tasks.
            set_timeout(task, Duration::ZERO);
            return;
        };
        let word = match priority {
            Priority::First => "user-blocking",
            Priority::Last => "background",
        };
        let how = Object::new();
        Reflect::set(&how, &"priority".into(), &word.into()).ok();
        post.call2(&scheduler, &Closure::once_into_js(task), &how)
            .ok();
    }
}

/// Question, with the signals of its results.
#[derive(Clone, Copy)]
struct Work {
    round: StoredValue<u32>,
    now: u32,
    sure: RwSignal<Option<Arc<Known>>>,
    bands: RwSignal<Option<Arc<Bands>>>,
}

/// Runs one slice and schedules the next; publishes results after the first batch and at the end.
fn go_on(work: Work, part: Part) {
    let next = DRAWN.with_borrow_mut(|drawn| {
        let draws = drawn.as_mut()?;
        let is_drawn = matches!(part, Part::Bands(_));
        let next = slice(draws, part, work);
        Some((next, draws.taken() <= BATCH && !is_drawn))
    });
    match next {
        // The only range was replaced by a number.
        None => work.forget(),
        Some((Some(part), is_first)) => {
            let is_answer = is_first && !matches!(part, Part::Bands(_));
            let priority = if is_answer {
                Priority::First
            } else {
                Priority::Last
            };
            work.soon(priority, move || go_on(work, part));
        }
        // All results are published, so the futures are no longer needed.
        Some((None, _)) => DRAWN.set(None),
    }
}

/// Works on a part; returns the next.
fn slice(draws: &mut Draws, part: Part, work: Work) -> Option<Part> {
    let is_whole = |draws: &Draws| draws.taken() == BATCH || draws.taken() == DRAWS;
    let end = now_ms() + SLICE_MS;
    match part {
        // A slow phone takes as long as a slice for it.
        Part::Draws if draws.prepare() => Some(Part::Draws),
        Part::Draws => {
            while now_ms() < end {
                draws.step(AT_ONCE);
                if is_whole(draws) {
                    return Some(Part::Matters(Box::default()));
                }
            }
            Some(Part::Draws)
        }
        Part::Matters(mut matters) => {
            while now_ms() < end {
                if !draws.weigh(&mut matters) {
                    return Some(Part::Answer(matters.tornados()));
                }
            }
            Some(Part::Matters(matters))
        }
        Part::Answer(tornados) => {
            let known = Known::of(draws.answer_with(tornados));
            Some(Part::Told(Box::new(known)))
        }
        Part::Told(known) => {
            work.sure.try_set(Some(Arc::from(known)));
            Some(Part::Bands(Box::default()))
        }
        Part::Bands(mut bands) => {
            while now_ms() < end {
                if !draws.draw(&mut bands) {
                    work.bands.try_set(Some(Arc::from(bands)));
                    return (draws.taken() < DRAWS).then_some(Part::Draws);
                }
            }
            Some(Part::Bands(bands))
        }
    }
}

fn now_ms() -> f64 {
    js_sys::Date::now()
}
