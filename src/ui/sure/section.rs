//! The section of the answers.

use leptos::prelude::*;

use super::super::answer::{Folded, Row};
use super::super::field::NumberField;
use super::super::store::ScenarioStore;
use super::Sure;
use super::chances::Chances;
use super::tornado::TornadoView;
use crate::catalog::guess::GUESSES;
use crate::plan::uncertainty::Uncertainty;
use crate::say::page::sure as page;
use crate::say::uncertainty as say;
use crate::say::{figure, words};
use crate::scenario::guess::guessed;
use crate::scenario::property::{DRAW_SEED, TOKEN_CORRELATION};

/// Chances, what gives way first, what matters most; without ranges the offer of some.
#[component]
pub(in crate::ui) fn SureSection() -> impl IntoView {
    let Sure(sure) = expect_context();
    let is_known = Memo::new(move |_| sure.with(Option::is_some));
    let basis = move || match sure.get() {
        Some(known) => say::basis(&known.sure),
        None => page::NO_RANGES.to_owned(),
    };
    view! {
        <section class="sure" id="how-sure" aria-labelledby="sure">
            <div class="section__head">
                <h2 id="sure">{say::TITLE}</h2>
                <p>{basis}</p>
            </div>
            {move || {
                if is_known.get() {
                    view! { <Answers /> }.into_any()
                } else {
                    view! { <Offer /> }.into_any()
                }
            }}
        </section>
    }
}

/// Puts ranges around the usual guesses.
#[component]
fn Offer() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let guess = move |_| store.replace(guessed(&untrack(|| store.with(Clone::clone))));
    let sources = Signal::stored(
        GUESSES
            .map(|guess| {
                let spread = page::spread(guess.low, guess.high);
                Row::new([page::label(guess.key), spread, guess.source.to_owned()])
            })
            .to_vec(),
    );
    view! {
        <p class="sure__offer">
            <button class="button button--small" type="button" id="guess" on:click=guess>
                {page::GUESSING}
            </button>
            " "
            {page::HOW_TO}
        </p>
        <Folded title=page::SPREADS head=&page::SPREADS_HEAD rows=sources />
    }
}

#[component]
fn Answers() -> impl IntoView {
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
        let row = |one: &crate::plan::uncertainty::Interval| {
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
    view! {
        <p class="sure__verdict">{verdict} " " {order}</p>
        <Enough />
        <div class="sure__pair">
            <Chances />
            <TornadoView />
        </div>
        <Folded title=page::FIGURES head=&page::FIGURES_HEAD rows=figures />
        <Settings />
    }
}

/// Gateways that are enough, and the change that lets so many run.
#[component]
fn Enough() -> impl IntoView {
    let Sure(sure) = expect_context();
    let store = expect_context::<ScenarioStore>();
    let count = Memo::new(move |_| {
        sure.with(|known| {
            let sure = &known.as_ref()?.sure;
            let text = say::gateways(sure)?;
            let raised = sure.gateways_p95.filter(|count| sure.gateways_max < *count);
            Some((text, raised))
        })
    });
    let raise = move |count: u32| {
        let edit = crate::scenario::Edit::Number {
            key: "hpa-max",
            value: Some(f64::from(count)),
        };
        view! {
            <button
                class="button button--small"
                type="button"
                on:click=move |_| store.apply(std::slice::from_ref(&edit))
            >
                {say::raise(count)}
            </button>
        }
    };
    move || {
        count.get().map(|(text, raised)| {
            view! { <p class="sure__verdict">{text} " " {raised.map(raise)}</p> }
        })
    }
}

/// Correlation of the tokens of a single workload, and the seed.
#[component]
fn Settings() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let first = store.slice(|scenario| match scenario.workloads.as_slice() {
        [only] => Some(only.id),
        _ => None,
    });
    let together = move || {
        first.get().map(|id| {
            view! {
                <NumberField
                    id="s-token-correlation".to_owned()
                    spec=TOKEN_CORRELATION.spec()
                    field=store.workload_number(id, &TOKEN_CORRELATION)
                />
            }
        })
    };
    view! {
        <div class="fields sure__fields">
            {together}
            <NumberField
                id="s-draw-seed".to_owned()
                spec=DRAW_SEED.spec()
                field=store.number(&DRAW_SEED)
            />
        </div>
        <p class="row__meta">{page::method(words::significant(20.0).as_str())}</p>
    }
}
