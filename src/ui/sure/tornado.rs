//! Tornado chart: one bar per input, between the outcomes at the ends of its range.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

use super::Sure;
use crate::plan::uncertainty::{Bar, Tornado, Uncertainty};
use crate::say::page::{file, sure as page};
use crate::say::uncertainty as say;

/// Tornado chart of a selectable outcome.
#[component]
pub(super) fn TornadoView() -> impl IntoView {
    let Sure(sure) = expect_context();
    let chosen = RwSignal::new(None::<String>);
    let options = move || {
        sure.with(|known| {
            let tornados = known.as_ref().map(|known| known.sure.tornados.as_slice());
            let names = tornados.unwrap_or_default().iter();
            names
                .map(|one| say::outcome(&one.outcome))
                .map(|name| {
                    let selected = move || chosen.with(|now| now.as_deref() == Some(name));
                    view! { <option prop:selected=selected>{name}</option> }
                })
                .collect_view()
        })
    };
    let picture = move || {
        sure.with(|known| {
            let sure = &known.as_ref()?.sure;
            let is_chosen = |one: &&Tornado| {
                chosen.with(|name| name.as_deref() == Some(say::outcome(&one.outcome)))
            };
            let tornados = &sure.tornados;
            let tornado = tornados.iter().find(is_chosen).or(tornados.first())?;
            Some(drawn(sure, tornado))
        })
    };
    view! {
        <div>
            <h3>{page::MATTERS}</h3>
            <label class="sure__choice">
                {page::MOVES} " "
                <select
                    id="tornado-outcome"
                    autocomplete="off"
                    on:change:target=move |ev| chosen.set(Some(ev.target().value()))
                >
                    {options}
                </select>
            </label>
            {picture}
        </div>
    }
}

fn drawn(sure: &Uncertainty, tornado: &Tornado) -> impl IntoView + use<> {
    let ends = || tornado.bars.iter().flat_map(Bar::span);
    let low = ends().fold(tornado.base, f64::min);
    let high = ends().fold(tornado.base, f64::max);
    let place = |value: f64| {
        if low < high {
            (value - low) / (high - low) * 100.0
        } else {
            50.0
        }
    };
    let base = place(tornado.base);
    let bars = tornado.bars.iter().map(|bar| {
        let [low, high] = bar.span().map(place);
        row(sure, tornado, bar, [low, high, base])
    });
    let base_words = page::base(&say::axis_end(&tornado.outcome, tornado.base));
    let lines = [say::measure(sure, tornado), say::together(sure, tornado)];
    let first = tornado
        .bars
        .first()
        .and_then(|bar| sure.inputs.get(bar.input));
    let is_imported = tornado.is_moved() && first.is_some_and(|one| say::is_imported(one.spec.key));
    view! {
        <ol class="sure__bars">{bars.collect_view()}</ol>
        <p class="row__meta">{base_words}</p>
        {lines
            .into_iter()
            .flatten()
            .map(|line| view! { <p class="sure__measure">{line}</p> })
            .collect_view()}
        {is_imported.then(|| view! { <Import /> })}
    }
}

fn row(
    sure: &Uncertainty,
    tornado: &Tornado,
    bar: &Bar,
    [low, high, base]: [f64; 3],
) -> impl IntoView + use<> {
    let width = (high - low).max(0.5);
    view! {
        <li>
            <span>{say::bar(sure, &tornado.outcome, bar)}</span>
            <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                <rect x=low.to_string() width=width.to_string() y="1" height="6" />
                <line x1=base.to_string() x2=base.to_string() y1="0" y2="8" />
            </svg>
        </li>
    }
}

/// Button that opens the dialog for a usage export.
#[component]
fn Import() -> impl IntoView {
    let open = |_| {
        let button = document().get_element_by_id(file::READ_ID);
        if let Some(button) = button.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
            button.click();
        }
    };
    view! {
        <button class="button button--small" type="button" on:click=open>
            {file::READ}
        </button>
    }
}
