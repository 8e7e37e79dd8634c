//! Single answer: its main inputs, figures with reasons, and a chart or table drawn by the later
//! program part. Made for a frame in a documentation page; opened as a page it has the header.

mod cost;
mod fields;
mod parts;

use leptos::prelude::*;

use super::answer::{FigureBox, Folded, OnlyFields, close_on_escape};
use super::chart::{ChartFrame, gateways_chart, storage_chart, tokens_chart};
use super::day::DaySection;
use super::result::disks;
use super::share::FullLink;
use super::store::ScenarioStore;
use super::view::{Answer, View};
use super::what_if::SuppositionBar;
use crate::catalog::provider::EDITION;
use crate::plan::{Plan, oldest_limit};
use crate::say::page::{chart, depth, share, widget as say};
use crate::scenario::{Scenario, WhatIf};
use cost::CostTable;
use fields::Fields;
use parts::Parts;

/// Inputs and figures.
#[component]
pub(super) fn WidgetHead(
    /// Answer to show.
    answer: Answer,
) -> impl IntoView {
    let parts = Parts::of(answer);
    let figures = parts.figures.iter().enumerate().map(|(index, id)| {
        view! { <FigureBox id=id.clone() group="why" open=index == 0 /> }
    });
    let columns = format!(
        "figures widget__figures widget__figures--{}",
        parts.figures.len()
    );
    view! {
        <h2 class="hidden">{share::view(View::Alone(answer))}</h2>
        <Fields parts />
        <section class=columns aria-label=say::FIGURES on:keydown=close_on_escape>
            {figures.collect_view()}
        </section>
    }
}

/// Chart or table of an answer, and the reasons of its figures.
#[component]
pub(super) fn Picture(
    /// Answer to show.
    answer: Answer,
) -> impl IntoView {
    provide_context(OnlyFields(Parts::of(answer).keys()));
    let picture = match answer {
        Answer::Tokens => view! {
            <ChartFrame
                id="chart-tokens"
                title=chart::TOKENS
                note=chart::TOKENS_NOTE
                drawing=tokens_chart
            />
        }
        .into_any(),
        Answer::Fleet => view! {
            <ChartFrame
                id="chart-gateways"
                title=chart::GATEWAYS
                note=chart::GATEWAYS_NOTE
                drawing=gateways_chart
            />
        }
        .into_any(),
        Answer::Storage => {
            let store = expect_context::<ScenarioStore>();
            view! {
                <ChartFrame
                    id="chart-storage"
                    title=chart::STORAGE
                    note=chart::STORAGE_NOTE
                    drawing=storage_chart
                />
                <Folded
                    title=depth::DISKS
                    head=&depth::DISKS_HEAD
                    rows=store.answer(disks)
                />
            }
            .into_any()
        }
        Answer::Cost => view! { <CostTable /> }.into_any(),
        Answer::Day => view! { <DaySection /> }.into_any(),
    };
    let has_charts = matches!(answer, Answer::Tokens | Answer::Fleet | Answer::Storage);
    let store = expect_context::<ScenarioStore>();
    // The switch only appears if the link has a supposition.
    let is_supposed = store
        .what_if
        .with_untracked(|now| *now != WhatIf::default());
    view! {
        {(has_charts && is_supposed).then(|| view! { <SuppositionBar /> })}
        {picture}
    }
}

/// Assumptions of the answer, and the link to the whole page.
#[component]
pub(super) fn WidgetFoot(
    /// Answer to show.
    answer: Answer,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let limits = store.slice(oldest);
    let dated = move || match answer {
        Answer::Tokens | Answer::Day => limits.get(),
        Answer::Cost => Some(say::prices_of(EDITION)),
        Answer::Fleet | Answer::Storage => None,
    };
    // Events are stored regardless of the provider.
    let has_shares = answer != Answer::Storage;
    view! {
        <footer class="widget__foot">
            {has_shares.then(|| view! { <span>{store.answer(shares)}</span> })}
            {move || dated().map(|dated| view! { <span>{dated}</span> })} <FullLink />
        </footer>
    }
}

/// Age of the oldest limit.
fn oldest(scenario: &Scenario) -> Option<String> {
    oldest_limit(scenario).map(say::oldest_limit)
}

/// Maximum number of providers named in the foot.
const NAMED: usize = 3;

/// Providers with their shares of requests.
fn shares(plan: &Plan) -> String {
    let named = plan.providers.iter().take(NAMED);
    let named = named.map(|provider| (provider.name.as_str(), provider.share_ratio));
    say::shares(named, plan.providers.len().saturating_sub(NAMED))
}
