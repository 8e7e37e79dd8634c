//! Measured traffic against the model: limits nearly reached, and errors of the model.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use super::super::store::ScenarioStore;
use super::{Traffic, kept};
use crate::plan::{ModelError, NearLimit};
use crate::say::measured as say;
use crate::say::page::traffic as page;

/// Utilization from which further minutes of a limit are shown.
const NEAR: f64 = 0.5;

/// Section shown once there is traffic.
#[component]
pub(in crate::ui) fn MeasuredSection() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let traffic = expect_context::<Traffic>();
    let errors = traffic.errors(store);
    let limits = traffic.limits(store);
    let about = move || {
        let about = |digest: &Arc<_>| say::mark(digest, crate::traffic::Status::Measured);
        traffic.digest.with(|digest| digest.as_ref().map(about))
    };
    let is_there = Memo::new(move |_| traffic.digest.with(Option::is_some));
    view! {
        <Show when=move || is_there.get()>
            <section aria-labelledby="measured" class="measured">
                <div class="section__head">
                    <h2 id="measured">{say::TITLE}</h2>
                    <p>{about}</p>
                    <Traces traffic />
                </div>
                {move || limits.with(|limits| limit_table(limits))}
                {move || errors.with(|errors| error_table(errors))}
            </section>
        </Show>
    }
}

/// Buttons to save the trace under a name, open another, or remove it.
#[component]
fn Traces(traffic: Traffic) -> impl IntoView {
    let name = NodeRef::<html::Input>::new();
    let is_kept = Memo::new(move |_| traffic.name.with(Option::is_some));
    let shown = move || {
        let usual = || {
            traffic
                .digest
                .with(|digest| digest.as_deref().map(kept::usual))
        };
        traffic.name.get().or_else(usual).unwrap_or_default()
    };
    let keep = move |_| {
        let typed = name.get_untracked().map(|field| field.value());
        traffic.keep(&typed.unwrap_or_default());
    };
    let others = move || {
        let names = traffic.kept.with(|kept| {
            let names = kept.iter().map(|trace| trace.name.clone());
            names.collect::<Vec<_>>()
        });
        let is_choice = 1 < names.len() || !is_kept.get() && !names.is_empty();
        let options = names.into_iter().map(|name| {
            let is_shown = traffic
                .name
                .with_untracked(|shown| *shown == Some(name.clone()));
            view! {
                <option value=name.clone() selected=is_shown>
                    {name.clone()}
                </option>
            }
        });
        let options = options.collect_view();
        is_choice.then(|| {
            view! {
                <select
                    aria-label=page::TRACES
                    on:change:target=move |ev| traffic.open(&ev.target().value())
                >
                    {(!is_kept.get()).then(|| view! { <option value="">{page::TRACES}</option> })}
                    {options}
                </select>
            }
        })
    };
    view! {
        <div class="section__tools measured__kept">
            {others}
            <input
                class="keep__name"
                type="text"
                node_ref=name
                aria-label=page::NAME
                prop:value=shown
            />
            <button
                class="button button--small"
                type="button"
                on:click=keep
            >
                {move || if is_kept.get() { page::KEPT } else { page::KEEP }}
            </button>
            <button class="button button--small" type="button" on:click=move |_| traffic.forget()>
                {page::FORGET}
            </button>
        </div>
    }
}

fn limit_table(limits: &[NearLimit]) -> impl IntoView + use<> {
    let row = |near: &NearLimit| {
        let others = near
            .worst
            .iter()
            .skip(1)
            .filter(|(_, ratio)| NEAR <= *ratio);
        let others: Vec<String> = others
            .map(|(at, ratio)| say::at(near, at, *ratio))
            .collect();
        [
            say::limit(near),
            say::fullest(near),
            say::minutes(&near.over_80),
            say::minutes(&near.over_100),
            others.join(", "),
        ]
    };
    let rows: Vec<[String; 5]> = limits.iter().map(row).collect();
    if rows.is_empty() {
        return view! { <p class="muted">{say::NO_LIMITS}</p> }.into_any();
    }
    table(&say::LIMIT_HEADS, &rows, say::limits_note(limits)).into_any()
}

fn error_table(errors: &[ModelError]) -> impl IntoView + use<> {
    let row = |error: &ModelError| {
        [
            say::error_of(error.of).to_owned(),
            say::error_value(error.of, error.told),
            say::error_value(error.of, error.came),
            say::error(error),
        ]
    };
    let rows: Vec<[String; 4]> = errors.iter().map(row).collect();
    if rows.is_empty() {
        return view! { <p class="muted">{say::NO_ERRORS}</p> }.into_any();
    }
    table(&say::ERROR_HEADS, &rows, say::ERRORS_NOTE).into_any()
}

fn table<const N: usize>(
    heads: &[&'static str; N],
    rows: &[[String; N]],
    note: &'static str,
) -> impl IntoView + use<N> {
    let heads = heads
        .iter()
        .map(|head| view! { <th scope="col">{*head}</th> });
    let rows = rows.iter().map(|row| {
        let mut cells = row.iter().cloned();
        let first = cells.next();
        let rest = cells.map(|cell| view! { <td>{cell}</td> });
        view! {
            <tr>
                <th scope="row">{first}</th>
                {rest.collect_view()}
            </tr>
        }
    });
    view! {
        <div class="measured__table">
            <table class="table">
                <thead>
                    <tr>{heads.collect_view()}</tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
            <p class="muted">{note}</p>
        </div>
    }
}
