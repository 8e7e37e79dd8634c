//! Answers for inputs with ranges.

use std::sync::Arc;

use leptos::prelude::*;

use super::super::answer::{Folded, Row};
use super::super::store::ScenarioStore;
use super::chances::Chances;
use super::enough::Enough;
use super::offer::GuessMore;
use super::settings::Settings;
use super::tornado::TornadoView;
use super::{Known, Sure};
use crate::plan::uncertainty::{Interval, Uncertainty};
use crate::say::figure;
use crate::say::page::sure as page;
use crate::say::uncertainty as say;

/// Verdict, probabilities, the most important inputs, and the figures.
#[component]
pub(super) fn Answers() -> impl IntoView {
    let Sure(sure) = expect_context();
    let store = expect_context::<ScenarioStore>();
    let read = move |read: fn(&Uncertainty) -> String| {
        move || {
            sure.with(|known| {
                known
                    .as_ref()
                    .map(|known| read(&known.sure))
                    .unwrap_or_default()
            })
        }
    };
    let verdict = read(say::verdict);
    let order = move || {
        let today = store.plan.with(|plan| plan.today);
        sure.with(|known| {
            known
                .as_ref()
                .and_then(|known| say::order(&known.sure, today))
        })
    };
    let figures = Signal::derive(move || {
        let row = |one: &Interval| {
            let label = store.plan.with(|plan| {
                let named = plan.figures.iter().find(|other| other.id == one.id);
                named.map(|named| figure::label(named).into_owned())
            });
            let [low, median, high] = say::three(one);
            Row::new([label.unwrap_or_default(), low, median, high])
        };
        sure.with(|known| {
            let known = known.as_ref();
            known.map_or_else(Vec::new, |known| {
                known.sure.figures.iter().map(row).collect()
            })
        })
    });
    let orders = Signal::derive(move || {
        let today = store.plan.with(|plan| plan.today);
        let rows = |known: &Arc<Known>| {
            let orders = say::orders(&known.sure, today);
            orders.into_iter().map(Row::new).collect()
        };
        sure.with(|known| known.as_ref().map(rows).unwrap_or_default())
    });
    let has_orders = Memo::new(move |_| orders.with(|orders: &Vec<Row>| !orders.is_empty()));
    view! {
        <p class="sure__verdict">{verdict} " " {order}</p>
        <Show when=move || has_orders.get()>
            <Folded title=page::ORDERS head=&page::ORDERS_HEAD rows=orders />
        </Show>
        <Enough />
        <div class="sure__pair">
            <Chances />
            <TornadoView />
        </div>
        <Folded title=page::FIGURES head=&page::FIGURES_HEAD rows=figures />
        <GuessMore />
        <Settings />
    }
}
