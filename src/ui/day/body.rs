//! Contents of the section: summary, strips with their cursor, and details.

use std::sync::Arc;

use leptos::prelude::*;

use super::super::chart::{Cross, use_cross};
use super::super::icon::Icon;
use super::super::section::FoldedLine;
use super::super::store::ScenarioStore;
use super::super::what_if::Supposing;
use super::arrivals::arrivals;
use super::cursor::{Cursor, DAY_MIN};
use super::events::Events;
use super::life::Life;
use super::mends::Troubles;
use super::moment::Moment;
use super::path::DayPath;
use super::player::Player;
use super::state::State;
use super::strips::StripsView;
use super::table::DayTable;
use crate::export::autoscaler_name;
use crate::lived::Lived;
use crate::say;
use crate::say::page::day as page;

/// Storage id of the events and goals disclosure.
const EVENTS: &str = "events";
/// Storage id of the disclosure with the numbers of a minute.
const MINUTE: &str = "minute";

/// Contents of the section.
pub(super) fn view() -> AnyView {
    view! { <Body /> }.into_any()
}

#[component]
fn Body() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let life = Life::begin(store, true);
    let cross = use_cross();
    let cursor = Cursor(cross.minute);
    provide_context(life);
    provide_context(cursor);
    begin_at_the_worst(&life, cross);
    let left_out = move || life.left_out.with(|left| page::left_out(left));
    let file = store.slice(autoscaler_name);
    let about = move || page::about(file.get());
    let is_busy = move || matches!(life.state.get(), State::Coming | State::Living(_)).to_string();
    // A day that cannot be simulated shows no strips, rather than zeros.
    let is_refused = move || {
        let is_failed = matches!(life.state.get(), State::Failed(_));
        is_failed && life.lived.with(Option::is_none)
    };
    // Hidden until the style sheet has loaded or failed.
    let is_bare = RwSignal::new(true);
    let style = move || is_bare.set(false);
    view! {
        <link
            rel="stylesheet"
            href="day.css"
            on:load=move |_| style()
            on:error=move |_| style()
        />
        <div class="day__body" aria-busy=is_busy hidden=is_bare>
            <Supposing supposed=life.supposed then="day" />
            <Sentence />
            {arrivals(&life)}
            <div class="day__lived" hidden=is_refused>
                <StripsView />
                <Player />
                <Troubles />
                <FoldedLine id=MINUTE line=page::MINUTE>
                    <DayPath />
                    <Moment />
                    <DayTable />
                    <p class="faint day__about">{about} " " {left_out}</p>
                </FoldedLine>
            </div>
            <FoldedLine id=EVENTS line=page::EVENTS_AND_GOALS>
                <Events />
            </FoldedLine>
        </div>
    }
}

/// Moves the cursor to the first problem, also of a later day, unless the user has selected a
/// minute.
fn begin_at_the_worst(life: &Life, cross: Cross) {
    let (state, lived) = (life.state, life.lived);
    Effect::new(move |placed: Option<usize>| {
        let placed = placed.unwrap_or(0);
        let is_whole = state.with(|state| *state == State::Whole);
        let at = lived.with(|lived| {
            let lived = lived.as_ref().filter(|_| is_whole)?;
            let worst = lived.story().worst.map(|worst| worst.from);
            let minutes = lived.minutes();
            let busiest = (0..minutes.len()).max_by_key(|at| minutes[*at].offered);
            worst.or(busiest)
        });
        let is_free = !cross.is_held.get_untracked() && cross.minute.get_untracked() == placed;
        let Some(at) = at.filter(|_| is_free) else {
            return placed;
        };
        let at = at.min(DAY_MIN - 1);
        cross.minute.set(at);
        at
    });
}

/// Summary of the day, or progress of the simulation.
#[component]
fn Sentence() -> impl IntoView {
    let life = expect_context::<Life>();
    let story = move |lived: &Arc<Lived>| {
        let story = lived.story();
        let (class, icon) = if story.is_kept {
            ("status status--ok", "check")
        } else {
            ("status status--danger", "alert")
        };
        view! {
            <p class="day__sentence">
                <span class=class>
                    <Icon name=icon />
                    {say::day::status(&story)}
                </span>
                " "
                {say::day::sentence(&story, &lived.facts)}
            </p>
        }
    };
    let stop = move || {
        view! {
            <button class="button button--small" type="button" on:click=move |_| life.stop()>
                {page::STOP}
            </button>
        }
    };
    move || match life.state.get() {
        State::Coming => view! { <p class="day__sentence faint">{page::COMING}</p> }.into_any(),
        State::Living(progress) => view! {
            <p class="day__sentence" role="status">
                {page::living(progress)} " " {stop()}
            </p>
        }
        .into_any(),
        State::Whole => life.lived.get().as_ref().map(story).into_any(),
        State::Stopped => view! { <p class="day__sentence">{page::STOPPED}</p> }.into_any(),
        State::Failed(why) => view! {
            <p class="day__sentence day__state" role="alert">
                <Icon name="alert" />
                " "
                {why}
            </p>
        }
        .into_any(),
    }
}
