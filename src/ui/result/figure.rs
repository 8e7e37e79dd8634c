//! Key figures; each opens to its formula.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::super::icon::Icon;
use super::super::store::ScenarioStore;
use crate::plan::words;
use crate::plan::{Figure, FleetRule, Part};

/// The figures at the top; one open at a time.
#[component]
pub(super) fn Figures() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let ids = store.answer(|plan| {
        let headline = plan.figures.iter().filter(|figure| figure.is_headline);
        headline.map(|figure| figure.id.clone()).collect::<Vec<_>>()
    });
    view! {
        <section class="figures" aria-labelledby="figures" on:keydown=close_on_escape>
            <h2 class="hidden" id="figures">"Key figures"</h2>
            <For each=move || ids.get() key=Clone::clone let(id)>
                <FigureBox id group="why" />
            </For>
        </section>
    }
}

fn close_on_escape(ev: KeyboardEvent) {
    if ev.key() != "Escape" {
        return;
    }
    let inside = ev
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    if let Some(open) = inside.and_then(|e| e.closest("details[open]").ok().flatten()) {
        drop(open.remove_attribute("open"));
        if let Ok(Some(head)) = open.query_selector("summary") {
            drop(head.unchecked_into::<web_sys::HtmlElement>().focus());
        }
    }
}

/// A figure as a disclosure.
#[component]
pub(super) fn FigureBox(
    /// Its id.
    id: String,
    /// Only one of a group is open at a time.
    group: &'static str,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let wanted = id.clone();
    let figure = store.answer(move |plan| plan.figures.iter().find(|f| f.id == wanted).cloned());
    let text = move |read: fn(&Figure) -> String| {
        move || figure.with(|figure| figure.as_ref().map(read).unwrap_or_default())
    };
    let value = text(|figure| figure.value.clone());
    let stale = move || !store.invalid.with(std::collections::BTreeSet::is_empty);
    let sub = move || {
        if stale() {
            "last valid values".to_owned()
        } else {
            text(|f| f.sub.clone())()
        }
    };
    let exact = text(|figure| {
        format!(
            "{} {}",
            crate::scenario::number::grouped(figure.result),
            figure.unit.trim_start_matches(['K', 'M', 'G', 'T', 'k'])
        )
    });
    let gateways = id == "gateways";
    view! {
        <details class="figure" name=group data-figure=id>
            <summary>
                <span class="figure__label">{text(|f| f.label.clone())} " " <Icon name="chevron" /></span>
                <span class="figure__value" title=exact>
                    {value} " " <small>{text(|f| f.unit.clone())}</small>
                </span>
                <span class=move || if stale() { "figure__sub figure__sub--warn" } else { "figure__sub" }>
                    {sub}
                </span>
            </summary>
            <div class="why">
                <div>
                    <p class="why__words">{text(|f| f.words.clone())}</p>
                    {move || figure.get().map(|figure| view! { <FormulaLine figure=figure.clone() /> <Terms figure /> })}
                </div>
                {gateways.then(|| view! { <Rules /> })}
            </div>
        </details>
    }
}

/// The formula with the reader's values; those typed in lead to their field.
#[component]
fn FormulaLine(
    /// The figure.
    figure: Figure,
) -> impl IntoView {
    let parts = figure.parts.into_iter().map(|part| match part {
        Part::Op(op) => view! { <span class="op">{op}</span> }.into_any(),
        Part::Value { text, exact, field } => {
            let title = crate::scenario::number::grouped(exact);
            match field {
                Some(key) => view! {
                    <button class="why__input" type="button" title=title on:click=move |_| lead_to(key)>
                        {text}
                    </button>
                }
                .into_any(),
                None => view! { <span class="why__value" title=title>{text}</span> }.into_any(),
            }
        }
    });
    let unit = if figure.value == "–" {
        String::new()
    } else {
        format!(" {}", figure.unit)
    };
    view! {
        <p class="why__formula">
            <b>{figure.value} {unit}</b>
            <span class="op">"="</span>
            {parts.collect_view()}
        </p>
    }
}

/// Opens and focuses the field a value was typed into.
fn lead_to(key: &str) {
    let selector = format!("[data-key=\"{key}\"]");
    let Ok(Some(field)) = document().query_selector(&selector) else {
        return;
    };
    let mut around = field.closest("details").ok().flatten();
    while let Some(group) = around {
        drop(group.set_attribute("open", ""));
        around = group
            .parent_element()
            .and_then(|e| e.closest("details").ok().flatten());
    }
    let field: web_sys::HtmlElement = field.unchecked_into();
    if field.offset_parent().is_none()
        && let Some(sheet) = document().get_element_by_id("inputs")
    {
        drop(
            sheet
                .unchecked_into::<web_sys::HtmlElement>()
                .show_popover(),
        );
    }
    field.scroll_into_view();
    drop(field.focus());
}

/// Each value with its source.
#[component]
fn Terms(
    /// The figure.
    figure: Figure,
) -> impl IntoView {
    let rows = figure.terms.into_iter().map(|term| {
        view! {
            <tr>
                <th scope="row">{term.label}</th>
                <td>{term.text}</td>
                <td>{term.source}</td>
            </tr>
        }
    });
    view! { <table><tbody>{rows.collect_view()}</tbody></table> }
}

/// The rules for the fleet, the largest first.
#[component]
fn Rules() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let rules = store.answer(|plan| plan.gateway.rules.clone());
    let bar = |rule: FleetRule, most: u32, decides: bool| {
        let width = f64::from(rule.instances) / f64::from(most.max(1)) * 100.0;
        view! {
            <li aria-current=decides.then_some("true")>
                <span>{rule.id.name()}</span>
                <svg class="rules__bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                    <rect width=width.max(1.0).to_string() height="8" />
                </svg>
                <span>{words::significant(f64::from(rule.instances))}</span>
            </li>
        }
    };
    let rows = move || {
        let rules = rules.get();
        let most = rules.first().map_or(1, |rule| rule.instances);
        rules
            .into_iter()
            .enumerate()
            .map(|(i, rule)| bar(rule, most, i == 0))
            .collect_view()
    };
    view! {
        <div class="rules">
            <p class="rules__title">"Four rules, the largest decides"</p>
            <ul class="rules">{rows}</ul>
        </div>
    }
}
