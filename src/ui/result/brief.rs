//! Brief: one page for decision makers.

use leptos::prelude::*;

use super::super::answer::VerdictSection;
use super::super::chart::grows_into_a_limit;
use super::super::day::{BriefDay, Heard};
use super::super::embed::link_target;
use super::super::measured::TokensFrame;
use super::super::share::{CopyButton, Link};
use super::super::store::ScenarioStore;
use super::super::sure::Sure;
use super::super::what_if::{Supposing, Supposition};
use super::brief_decisions::decisions;
use super::growth_frame::GrowthFrame;
use crate::export::brief_text_with;
use crate::plan::uncertainty::Uncertainty;
use crate::plan::{Plan, Severity};
use crate::say::brief::{Brief, BriefFigure, BriefFinding, brief};
use crate::say::page::result as say;
use crate::say::uncertainty;
use crate::scenario::Scenario;

/// Verdict, figures, one chart, three findings and the assumptions.
#[component]
pub(super) fn BriefPage() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let link = expect_context::<Link>().0;
    let heard = expect_context::<Heard>();
    let Sure(sure) = expect_context();
    let interval = move || {
        let known = sure.get()?;
        let today = store.plan.with(|plan| plan.today);
        // The verdict is above.
        let text = uncertainty::brief(&known.sure, today)
            .split_off(1)
            .join(" ");
        Some(view! { <p class="verdict__more">{text}</p> })
    };
    let brief = Memo::new(move |_| answer(store, Sure(sure), brief));
    let told = heard.told();
    let text = Signal::derive(move || {
        let day = told();
        let text = |s: &_, plan: &_, sure: Option<&_>| {
            brief_text_with(s, plan, (sure, day.as_ref()), &link.get())
        };
        answer(store, Sure(sure), text)
    });
    let print = move |_| drop(window().print());
    view! {
        <div class="brief">
            <div class="brief__meta">
                <span>{say::BRIEF}</span>
                <b>{move || brief.with(|brief| brief.name.clone())}</b>
                <span>{move || brief.with(|brief| brief.day.clone())}</span>
                <div class="brief__tools">
                    <CopyButton text class="button--small">
                        {say::COPY_AS_TEXT}
                    </CopyButton>
                    <button class="button button--small" type="button" on:click=print>
                        {say::PRINT}
                    </button>
                </div>
            </div>
            <VerdictSection />
            <dl class="brief__figures">
                {move || brief.with(|b| b.figures.iter().map(figure).collect_view())}
            </dl>
            {interval}
            <BriefDay />
            <Drawing />
            <h2>{say::TO_KNOW}</h2>
            <ol class="brief__list">
                {move || brief.with(|b| b.findings.iter().map(finding).collect_view())}
            </ol>
            {move || brief.with(|b| decisions(&b.decisions))}
            <BriefFoot brief />
        </div>
    }
}

/// Growth if it reaches a limit, or else the day, under the supposition.
#[component]
fn Drawing() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let (at_loss, at_all) = (Supposition::of_loss(), Supposition::current());
    let is_growing = Memo::new(move |_| {
        let growth = store.with(|scenario| scenario.traffic.growth_percent) / 100.0;
        match at_loss.get() {
            Some(supposed) => grows_into_a_limit(growth, &supposed.plan),
            None => store.plan.with(|plan| grows_into_a_limit(growth, plan)),
        }
    });
    move || {
        if is_growing.get() {
            view! {
                <Supposing supposed=at_loss then="answers" />
                <GrowthFrame />
            }
            .into_any()
        } else {
            view! {
                <Supposing supposed=Signal::derive(at_all) then="answers" />
                <TokensFrame />
            }
            .into_any()
        }
    }
}

/// Result that includes the uncertainty.
fn answer<T>(
    store: ScenarioStore,
    Sure(sure): Sure,
    text: impl FnOnce(&Scenario, &Plan, Option<&Uncertainty>) -> T,
) -> T {
    let known = sure.get();
    let sure = known.as_ref().map(|known| &known.sure);
    store.with(|scenario| store.plan.with(|plan| text(scenario, plan, sure)))
}

/// Assumptions, and the link to the scenario.
#[component]
fn BriefFoot(brief: Memo<Brief>) -> impl IntoView {
    let link = expect_context::<Link>().0;
    view! {
        <footer class="brief__foot">
            <p>{move || brief.with(|brief| brief.assumptions.join(" "))}</p>
            <p>
                {move || brief.with(|b| b.day.clone())} {say::LIVE}
                <a href=link target=link_target() rel="noopener">
                    {link}
                </a>
            </p>
        </footer>
    }
}

fn figure(figure: &BriefFigure) -> impl IntoView + use<> {
    view! {
        <div>
            <dt>{figure.label}</dt>
            <dd>{figure.value.clone()}</dd>
            <dd>{figure.sub.clone()}</dd>
            {(!figure.spread.is_empty()).then(|| view! { <dd>{figure.spread.clone()}</dd> })}
        </div>
    }
}

fn finding(finding: &BriefFinding) -> impl IntoView + use<> {
    let class = match finding.severity {
        Severity::Critical => "status status--danger",
        Severity::Warning => "status status--warn",
        Severity::Info => "status status--info",
    };
    view! {
        <li>
            <h3>{finding.title.clone()}</h3>
            <span class=class>{finding.when.clone()}</span>
            <p>{finding.message.clone()}</p>
        </li>
    }
}
