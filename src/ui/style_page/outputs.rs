//! Verdicts, figures, findings, charts and messages.

use leptos::prelude::*;

use super::super::answer::{Figures, VerdictSection};
use super::super::chart::{ChartFrame, tokens_chart};
use super::super::icon::Icon;
use super::super::result::{Findings, PathSection, QueueSection};
use super::super::store::ScenarioStore;
use super::stage::{Scene, Shown};
use crate::catalog::date::Date;
use crate::say::page::{chart, style as say};

/// Scenarios that fit, that do not fit, and without load.
const STATES: [(&str, &str); 3] = [
    ("Fits", "v=2&requests-per-day=20000&growth=5&zones=1"),
    ("Overload", "v=2&requests-per-day=2000000"),
    ("Empty", "v=2&requests-per-day=0"),
];

/// Verdicts, figures, findings, charts and messages.
#[component]
pub(super) fn Outputs(
    /// Day of the answers.
    today: Date,
) -> impl IntoView {
    let verdicts = STATES.map(|(_, fragment)| {
        view! {
            <Scene fragment today>
                <VerdictSection />
            </Scene>
        }
    });
    let [(_, fits), (_, overload), _] = STATES;
    view! {
        <h2>{say::ANSWERS}</h2>
        <Shown name=say::VERDICT about=say::VERDICT_ABOUT>
            {verdicts.into_iter().collect_view()}
        </Shown>
        <Shown name=say::FIGURES about=say::FIGURES_ABOUT>
            <Figures />
        </Shown>
        <Shown name=say::STALE about=say::STALE_ABOUT>
            <Scene fragment=fits today>
                <Stale />
            </Scene>
        </Shown>
        <Shown name=say::FINDINGS about=say::FINDINGS_ABOUT>
            <Scene fragment=overload today>
                <Findings />
            </Scene>
        </Shown>
        <Shown name=say::STATUS about=say::STATUS_ABOUT>
            <span class="status status--ok">{say::WITHIN}</span>
            <span class="status status--info">{say::TO_KNOW}</span>
            <span class="status status--warn">{say::USED}</span>
            <span class="status status--danger"><Icon name="alert" /> {say::OVER}</span>
        </Shown>
        <Shown name=say::CHART about=say::CHART_ABOUT>
            <ChartFrame
                id="style-chart"
                title=chart::TOKENS
                note=chart::TOKENS_NOTE
                drawing=tokens_chart
            />
        </Shown>
        <Shown name=say::DRAWINGS about=say::DRAWINGS_ABOUT>
            <Scene fragment=overload today>
                <PathSection />
            </Scene>
            <Scene fragment=overload today>
                <QueueSection />
            </Scene>
        </Shown>
        <Messages />
    }
}

/// Answers with an unusable field.
#[component]
fn Stale() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    store.invalid.update(|invalid| {
        invalid.insert("style-wrong".to_owned());
    });
    view! {
        <VerdictSection />
        <Figures />
    }
}

/// Messages next to the answers.
#[component]
fn Messages() -> impl IntoView {
    view! {
        <Shown name=say::MESSAGES about=say::MESSAGES_ABOUT>
            <div class="notice" role="note">
                <Icon name="alert" />
                <div>
                    <p>{say::UNREAD}</p>
                    <ul>
                        <li>{say::UNREAD_LINE}</li>
                    </ul>
                </div>
                <button class="button button--quiet button--small" type="button">
                    {say::DISMISS}
                </button>
            </div>
            <p class="applied">
                <Icon name="check" />
                <span>{say::APPLIED}</span>
                <button class="button button--small" type="button">{say::UNDO}</button>
            </p>
        </Shown>
    }
}
