//! Verdicts, figures, findings, charts and messages.

use leptos::prelude::*;

use super::super::answer::{Figures, VerdictSection};
use super::super::chart::{ChartFrame, tokens_chart};
use super::super::icon::Icon;
use super::super::result::{Findings, PathSection, QueueSection};
use super::super::store::ScenarioStore;
use super::stage::{Scene, Shown};
use crate::catalog::date::Date;

/// A month in which it fits, one in which it does not, and one without load.
const STATES: [(&str, &str); 3] = [
    ("Fits", "v=1&requests-per-day=20000&growth=5&zones=1"),
    ("Overload", "v=1&requests-per-day=2000000"),
    ("Empty", "v=1&requests-per-day=0"),
];

/// Verdicts, figures, findings, drawings, messages.
#[component]
pub(super) fn Outputs(
    /// The day the answers are given on.
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
        <h2>"Answers"</h2>
        <Shown name="Verdict" about="One sentence: fits, does not fit, nothing to plan.">
            {verdicts.into_iter().collect_view()}
        </Shown>
        <Shown name="Key figures" about="Three digits, all of them on hover; opens to its reason.">
            <Figures />
        </Shown>
        <Shown name="Stale" about="A field cannot be used: the last valid values answer.">
            <Scene fragment=fits today>
                <Stale />
            </Scene>
        </Shown>
        <Shown name="Findings" about="By load at which each gives way; status, reason, fixes.">
            <Scene fragment=overload today>
                <Findings />
            </Scene>
        </Shown>
        <Shown name="Status" about="Color only with words.">
            <span class="status status--ok">"within its limits"</span>
            <span class="status status--info">"to know"</span>
            <span class="status status--warn">"82 % used"</span>
            <span class="status status--danger"><Icon name="alert" /> "over by 40 %"</span>
        </Shown>
        <Shown name="Chart" about="Title, drawing, sentence, table; here before it is drawn.">
            <ChartFrame
                id="style-chart"
                title="Tokens per minute over the day"
                note="A line is the total load at which one provider’s limit is full."
                drawing=tokens_chart
            />
        </Shown>
        <Shown name="Drawings" about="Band width is requests per second; red is over a limit.">
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

/// Answers while a field holds what cannot be used.
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

/// Messages beside the answers.
#[component]
fn Messages() -> impl IntoView {
    view! {
        <Shown name="Messages" about="Part of a link could not be used; a fix was applied.">
            <div class="notice" role="note">
                <Icon name="alert" />
                <div>
                    <p>"Part of the link could not be used; the rest is here."</p>
                    <ul>
                        <li>"growth: “-5” cannot be used. Enter 0 to 1,000 %"</li>
                    </ul>
                </div>
                <button class="button button--quiet button--small" type="button">"Dismiss"</button>
            </div>
            <p class="applied">
                <Icon name="check" />
                <span>"Applied: lower the weight of OpenAI to 40"</span>
                <button class="button button--small" type="button">"Undo"</button>
            </p>
        </Shown>
    }
}
