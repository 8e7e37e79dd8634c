//! Handles on limit lines: dragging or keys change the field of the limit.

use leptos::prelude::*;

use super::super::store::ScenarioStore;
use super::super::what_if::Supposition;
use super::drawn::Drawn;
use super::grips::{Grip, grips, number};
use super::hold::Hold;
use crate::say::page::reading as say;

/// Handles of a drawing.
#[component]
pub(super) fn Grips(
    /// Element id of the drawing.
    id: &'static str,
    /// Drawing with the lines.
    drawn: Drawn,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let supposition = Supposition::current();
    let found = Memo::new(move |_| {
        store.with(|scenario| match supposition() {
            Some(supposed) => grips(scenario, &supposed.plan),
            None => store.plan.with(|plan| grips(scenario, plan)),
        })
    });
    // A handle keeps its element, and so pointer and focus, while its limit moves.
    let keys = Memo::new(move |_| {
        let keys = |grips: &Vec<Grip>| {
            let mut keys: Vec<(u32, &'static str)> =
                grips.iter().map(|grip| (grip.row, grip.key)).collect();
            keys.sort_unstable();
            keys
        };
        found.with(keys)
    });
    view! {
        <For each=move || keys.get() key=|key| *key let:key>
            <Handle id drawn all=found grip=Signal::derive(move || {
                found.with(|grips| {
                    let own = |grip: &&Grip| (grip.row, grip.key) == key;
                    grips.iter().find(own).cloned()
                })
            }) />
        </For>
    }
}

#[component]
fn Handle(
    /// Element id of the drawing.
    id: &'static str,
    /// Drawing with the lines.
    drawn: Drawn,
    /// Limits with a handle, lowest first.
    all: Memo<Vec<Grip>>,
    /// Limit of this handle.
    grip: Signal<Option<Grip>>,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let hold = Hold {
        store,
        id,
        drawn,
        grip,
        drag: RwSignal::new(None),
        pointed: RwSignal::new(0.0),
    };
    let pixel = Memo::new(move |last: Option<&Option<f64>>| hold.pixel(last.copied().flatten()));
    let lane = Memo::new(move |_| all.with(|all| hold.lane(all)));
    let of = move |read: fn(&Grip) -> String| grip.get().as_ref().map(read).unwrap_or_default();
    let high = |grip: &Grip| {
        let number = number(grip.key);
        number.map_or_else(String::new, |number| {
            number.spec().bounds().high.to_string()
        })
    };
    view! {
        <button
            class="grip"
            type="button"
            role="slider"
            aria-orientation="vertical"
            hidden=move || pixel.get().is_none()
            style=("--y", move || format!("{}px", pixel.get().unwrap_or_default()))
            style=("--lane", move || lane.get().to_string())
            aria-label=move || of(|grip| say::grip(&grip.name, label(grip.key)))
            aria-valuemin="0"
            aria-valuemax=move || of(high)
            aria-valuenow=move || of(|grip| grip.limit.to_string())
            aria-valuetext=move || of(|grip| say::gripped(grip.limit, grip.scale))
            on:pointerdown=move |ev| hold.begin(&ev)
            on:pointermove=move |ev| hold.follow(&ev)
            on:pointerup=move |_| hold.end()
            on:pointercancel=move |_| hold.end()
            on:focus=move |_| store.end_step()
            on:blur=move |_| store.end_step()
            on:keydown=move |ev| hold.press(&ev)
        ></button>
    }
}

fn label(key: &str) -> &'static str {
    number(key).map_or("", |number| number.spec().label)
}
