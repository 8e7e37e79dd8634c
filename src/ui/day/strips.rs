//! Strips of the day with events and cursor.

use leptos::prelude::*;

use super::super::chart::{StripFrame, fates_strip, pods_strip, tokens_strip};
use super::super::field::Segments;
use super::super::store::{Field, ScenarioStore};
use super::cursor::{Cursor, DAY_MIN};
use super::life::Life;
use crate::lived::Strips;
use crate::say;
use crate::say::page::day as page;
use crate::scenario::happening::Happening;

/// Strips on a common time axis, with events and cursor across all of them.
#[component]
pub(super) fn StripsView() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let life = expect_context::<Life>();
    let Cursor(minute) = expect_context::<Cursor>();
    let strips = Memo::new(move |_| {
        let strips = life
            .lived
            .with(|lived| lived.as_ref().map(|lived| lived.strips()));
        strips.unwrap_or_default()
    });
    let draw = move |drawn: fn(&Strips, &super::super::chart::Palette, f64) -> _| {
        move |palette: &super::super::chart::Palette, width| {
            strips.with(|strips| drawn(strips, palette, width))
        }
    };
    let tokens = move |palette: &super::super::chart::Palette, width| {
        let plan = store.plan;
        strips.with(|strips| plan.with(|plan| tokens_strip(strips, plan, palette, width)))
    };
    let shown = RwSignal::new(page::STRIPS[1].0.to_owned());
    let field = Field {
        get: shown.into(),
        set: Callback::new(move |word| shown.set(word)),
    };
    let at = move || (minute.get() as f64 / DAY_MIN as f64).to_string();
    let happenings = store.slice(|scenario| scenario.day.happenings());
    let events = move || happenings.with(Vec::len).to_string();
    view! {
        <div class="day__choose">
            <Segments name="strip" label=page::STRIP choices=page::STRIPS.to_vec() field />
        </div>
        <div class="day__strips" data-strip=shown style=("--events", events)>
            <StripFrame id="strip-tokens" title=page::TOKENS word="tokens" paint=Box::new(tokens) />
            <StripFrame
                id="strip-pods"
                title=page::PODS
                word="pods"
                paint=Box::new(draw(pods_strip))
            />
            <StripFrame
                id="strip-fates"
                title=page::FATES
                word="fates"
                paint=Box::new(draw(fates_strip))
            />
            <Marks happenings />
            <div class="day__cursor" aria-hidden="true" style=("--at", at)></div>
        </div>
    }
}

/// Events as bands across the strips, each with its name in a row of its own above them.
#[component]
fn Marks(
    /// Events.
    happenings: Memo<Vec<Happening>>,
) -> impl IntoView {
    let mark = |(row, happening): (usize, &Happening)| {
        let share = |minute: u32| (f64::from(minute) / DAY_MIN as f64).to_string();
        let from = share(happening.from_min);
        let to = share(happening.to_min.unwrap_or(happening.from_min));
        view! {
            <div class="day__mark" aria-hidden="true" style=("--at", from) style=("--to", to)>
                <span style=("--row", row.to_string())>{say::day::happening(happening)}</span>
            </div>
        }
    };
    move || happenings.get().iter().enumerate().map(mark).collect_view()
}
