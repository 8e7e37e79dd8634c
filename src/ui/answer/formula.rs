//! Formula with the user's values, and the rules compared.

use leptos::prelude::*;

use super::super::focus::lead_to;
use super::super::store::ScenarioStore;
use crate::plan::{Expr, Figure, FleetRule};
use crate::say::figure::{self as say, Part};
use crate::say::page::result as page;
use crate::say::words;
use crate::scenario::number::grouped;

/// Keys of the fields on a page without all fields, shared through context: other values have no
/// link.
/// values lead nowhere.
#[derive(Clone)]
pub(in crate::ui) struct OnlyFields(pub(in crate::ui) Vec<&'static str>);

/// Formula with the user's values; inputs link to their field.
#[component]
pub(super) fn FormulaLine(
    /// Figure of the formula.
    figure: Figure,
    /// Formula of the figure.
    formula: Expr,
) -> impl IntoView {
    let only = use_context::<OnlyFields>();
    let has = move |key: &&str| only.as_ref().is_none_or(|only| only.0.contains(key));
    let parts = say::parts(&formula).into_iter().map(|part| match part {
        Part::Op(op) => view! { <span class="op">{op}</span> }.into_any(),
        Part::Value { text, exact, field } => {
            let title = grouped(exact);
            match field.filter(&has) {
                Some(key) => view! {
                    <button
                        class="why__input"
                        type="button"
                        title=title
                        on:click=move |_| lead_to(key)
                    >
                        {text}
                    </button>
                }
                .into_any(),
                None => view! {
                    <span class="why__value" title=title>
                        {text}
                    </span>
                }
                .into_any(),
            }
        }
    });
    let (value, unit) = say::shown(&figure);
    let unit = if value == "–" {
        String::new()
    } else {
        format!(" {unit}")
    };
    view! {
        <p class="why__formula">
            <b>{value} {unit}</b>
            <span class="op">"="</span>
            {parts.collect_view()}
        </p>
    }
}

/// Values of a formula, each with its source.
#[component]
pub(super) fn Terms(
    /// Formula with the values.
    formula: Expr,
) -> impl IntoView {
    let rows = say::terms(&formula).into_iter().map(|term| {
        view! {
            <tr>
                <th scope="row">{term.label}</th>
                <td>{term.text}</td>
                <td>{term.source}</td>
            </tr>
        }
    });
    view! {
        <table>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

/// Rules for the fleet size, largest result first.
#[component]
pub(super) fn Rules() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let rules = store.answer(|plan| plan.gateway.rules.clone());
    let bar = |rule: FleetRule, most: u32, decides: bool| {
        let width = f64::from(rule.instances) / f64::from(most.max(1)) * 100.0;
        view! {
            <li aria-current=decides.then_some("true")>
                <span>{rule.id.name()}</span>
                <svg
                    class="rules__bar"
                    viewBox="0 0 100 8"
                    preserveAspectRatio="none"
                    aria-hidden="true"
                >
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
            <p class="rules__title">{page::RULES}</p>
            <ul class="rules">{rows}</ul>
        </div>
    }
}
