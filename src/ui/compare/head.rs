//! Heading of each scenario: name, verdict and first finding.

use leptos::prelude::*;

use super::super::focus::focus;
use super::super::icon::Icon;
use super::super::view::View;
use super::sides::{HEADING, Side, Sides, Ways};
use crate::plan::{Plan, VerdictState};
use crate::say::brief::brief;
use crate::say::page::compare as say;
use crate::say::verdict::{self, Broken};

/// Headings, side by side if there is room.
#[component]
pub(in crate::ui) fn Heads() -> impl IntoView {
    let sides = expect_context::<Sides>();
    let ways = Ways::new();
    let heads = move || {
        let days = sides.days;
        sides.with(|sides| {
            let first = sides.first().map(|side| &side.scenario);
            let head = |(at, side): (usize, &Side)| {
                let is_other = side.place.is_some();
                let is_same = is_other && first.is_some_and(|first| is_same(first, side));
                let broken = Memo::new(move |_| {
                    days.with(|days| Some(days.get(at)?.as_ref()?.broken()?.to_owned()))
                });
                head(side, ways, is_same, broken)
            };
            sides.iter().enumerate().map(head).collect_view()
        })
    };
    view! { <div class="sides">{heads}</div> }
}

/// Whether a scenario is equal to the first except for its name.
fn is_same(first: &crate::scenario::Scenario, side: &Side) -> bool {
    crate::compare::varied(&[first, &side.scenario]).is_empty()
}

/// Heading of a scenario; `broken` is the line of a simulated day that fails its goals, once
/// simulated.
fn head(side: &Side, ways: Ways, is_same: bool, broken: Memo<Option<String>>) -> AnyView {
    let name = side.name().to_owned();
    let notices = side.notices.clone().into_iter();
    let notices = notices.map(|line| view! { <p class="side__notice">{line}</p> });
    let label = say::side(side.letter, &name);
    view! {
        <article class="side" aria-label=label>
            <h3 class="side__name">
                <span class="side__letter">{side.letter}</span>
                {name}
            </h3>
            {tools(side, ways)}
            {judged(&side.plan, broken)}
            {finding(side)}
            {is_same.then(|| view! { <p class="side__same">{say::ASKS_THE_SAME}</p> })}
            {notices.collect_view()}
        </article>
    }
    .into_any()
}

/// Verdict as in the single view, with the simulated day.
fn judged(plan: &Plan, broken: Memo<Option<String>>) -> impl Fn() -> AnyView + use<> {
    let told = [Broken::Nothing, Broken::Day].map(|broken| {
        let (class, icon) = match plan.verdict.state.with_day(broken.is_any()) {
            VerdictState::Fits => ("status status--ok", "check"),
            VerdictState::FitsWithRisk | VerdictState::Unknown => ("status status--warn", "alert"),
            VerdictState::Fails => ("status status--danger", "alert"),
            VerdictState::Empty => ("status status--info", "alert"),
        };
        let label = verdict::label_with(&plan.verdict, broken);
        (class, icon, label, verdict::text_with(plan, broken))
    });
    move || {
        let day = broken.get();
        let (class, icon, label, text) = told[usize::from(day.is_some())].clone();
        view! {
            <p class=class>
                <Icon name=icon />
                {label}
            </p>
            <p class="side__verdict">{text}</p>
            {day.map(|line| view! { <p class="side__day">{line}</p> })}
        }
        .into_any()
    }
}

fn tools(side: &Side, ways: Ways) -> AnyView {
    let Some(place) = side.place else {
        let own = side.fragment.clone();
        let edit = move || format!("#{}", own.shown(View::Full, &ways.beside()));
        return view! {
            <p class="side__tools">
                <span class="muted">{say::EDITED}</span>
                <a class="button button--small" href=edit>
                    {say::EDIT}
                </a>
            </p>
        }
        .into_any();
    };
    let name = side.name();
    let (open, remove) = (say::open(name), say::remove(name));
    view! {
        <p class="side__tools">
            <a
                class="button button--small"
                href=ways.open(&side.fragment, Some(place))
                aria-label=open
                title=say::OPEN_TITLE
            >
                {say::OPEN}
            </a>
            <a
                class="button button--small"
                href=ways.without(place)
                aria-label=remove
                on:click=|_| focus(HEADING)
            >
                {say::REMOVE}
            </a>
        </p>
    }
    .into_any()
}

/// First finding of the brief.
fn finding(side: &Side) -> Option<AnyView> {
    let brief = brief(&side.scenario, &side.plan, None);
    let finding = brief.findings.into_iter().next()?;
    Some(
        view! {
            <div class="side__finding">
                <h4>{finding.title}</h4>
                <p class="faint">{finding.when}</p>
                <p>{finding.message}</p>
            </div>
        }
        .into_any(),
    )
}
