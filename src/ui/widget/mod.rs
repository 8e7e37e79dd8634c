//! One answer alone: the few inputs that matter for it, the figures with their
//! reasons, and a chart or a table, which the later program of the page draws. Made for
//! a frame in a documentation page; opened as a page it has the header above it.

mod cost;
mod fields;
mod parts;

use leptos::prelude::*;

use super::answer::{FigureBox, Folded, OnlyFields, close_on_escape};
use super::chart::{ChartFrame, gateways_chart, storage_chart, tokens_chart};
use super::result::disks;
use super::share::FullLink;
use super::store::ScenarioStore;
use super::view::{Answer, View};
use crate::catalog::provider::EDITION;
use crate::plan::{Plan, oldest_limit, words};
use crate::scenario::Scenario;
use cost::CostTable;
use fields::Fields;
use parts::Parts;

/// The inputs and the figures.
#[component]
pub(super) fn WidgetHead(
    /// Which.
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
        <h2 class="hidden">{View::Alone(answer).name()}</h2>
        <Fields parts />
        <section class=columns aria-label="Key figures" on:keydown=close_on_escape>
            {figures.collect_view()}
        </section>
    }
}

/// The chart or the table of an answer, and the reasons of its figures.
#[component]
pub(super) fn Picture(
    /// Which.
    answer: Answer,
) -> impl IntoView {
    provide_context(OnlyFields(Parts::of(answer).keys()));
    let picture = match answer {
        Answer::Tokens => view! {
            <ChartFrame
                id="chart-tokens"
                title="Tokens per minute over the day"
                note="A line is the total load at which one provider’s limit is full."
                drawing=tokens_chart
            />
        }
        .into_any(),
        Answer::Fleet => view! {
            <ChartFrame
                id="chart-gateways"
                title="Gateways over the day"
                note="Needed with headroom, between the autoscaler’s minimum and maximum."
                drawing=gateways_chart
            />
        }
        .into_any(),
        Answer::Storage => {
            let store = expect_context::<ScenarioStore>();
            view! {
                <ChartFrame
                    id="chart-storage"
                    title="Stored events"
                    note="From launch through the retention; disks of the guide’s sizes."
                    drawing=storage_chart
                />
                <Folded
                    title="When a disk is full"
                    head=&["Control plane", "Disk", "Full in"]
                    rows=store.answer(disks)
                />
            }
            .into_any()
        }
        Answer::Cost => view! { <CostTable /> }.into_any(),
    };
    view! {
        {picture}
    }
}

/// The assumptions of the answer, and the link to the whole page.
#[component]
pub(super) fn WidgetFoot(
    /// Which answer.
    answer: Answer,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let limits = store.slice(oldest);
    let dated = move || match answer {
        Answer::Tokens => limits.get(),
        Answer::Cost => Some(format!("Prices of {}", words::day_month_year(EDITION))),
        Answer::Fleet | Answer::Storage => None,
    };
    // Events are stored whoever answers the request.
    let has_shares = answer != Answer::Storage;
    view! {
        <footer class="widget__foot">
            {has_shares.then(|| view! { <span>{store.answer(shares)}</span> })}
            {move || dated().map(|dated| view! { <span>{dated}</span> })} <FullLink />
        </footer>
    }
}

/// How old the oldest limit is.
fn oldest(scenario: &Scenario) -> Option<String> {
    let day = oldest_limit(scenario).map(words::day_month_year)?;
    Some(format!("Oldest limit of {day}"))
}

/// Most providers named in the foot.
const NAMED: usize = 3;

/// `OpenAI 60 %, Azure OpenAI 25 %, Anthropic 15 %`; no line breaks inside a share.
fn shares(plan: &Plan) -> String {
    let named = plan.providers.iter().take(NAMED);
    let mut shares: Vec<String> = named
        .map(|provider| {
            let share = words::percent(provider.share_ratio);
            format!("{}\u{a0}{share}", provider.name)
        })
        .collect();
    let more = plan.providers.len().saturating_sub(NAMED);
    if 0 < more {
        shares.push(format!("{more} more"));
    }
    shares.join(", ")
}
