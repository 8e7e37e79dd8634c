//! Question left open by a file, with its answers.

use leptos::prelude::*;

use super::reader::{Asked, Usage};
use crate::say::page::traffic as say;
use crate::say::traffic as words;
use crate::traffic::{Column, DateOrder, DecimalMark, Measure, Question, SeriesUse, Unit};

/// Column names of a plain trace.
const PLAIN: [&str; 4] = [
    "timestamp",
    "input_tokens",
    "output_tokens",
    "cached_input_tokens",
];

/// Question and its answers.
#[component]
pub(super) fn QuestionForm(asked: Asked, usage: Usage) -> impl IntoView {
    let answers = match asked.question {
        Question::DecimalMark => DecimalMark::ALL
            .iter()
            .map(|mark| {
                let mark = *mark;
                button(words::decimal_mark(mark), move || {
                    usage.answer(|answers| answers.decimal_mark = Some(mark));
                })
            })
            .collect_view()
            .into_any(),
        Question::DateOrder => DateOrder::ALL
            .iter()
            .map(|order| {
                let order = *order;
                button(words::date_order(order), move || {
                    usage.answer(|answers| answers.date_order = Some(order));
                })
            })
            .collect_view()
            .into_any(),
        Question::Columns | Question::Series => {
            view! { <Meanings asked=asked.clone() usage /> }.into_any()
        }
    };
    view! {
        <div class="measured__question" role="group" aria-label=words::question(asked.question)>
            <p>{words::question(asked.question)}</p>
            {answers}
        </div>
    }
}

fn button(label: &'static str, act: impl Fn() + 'static) -> impl IntoView {
    view! {
        <button class="button button--small" type="button" on:click=move |_| act()>
            {label}
        </button>
    }
}

/// Meaning of each column or series.
#[component]
fn Meanings(asked: Asked, usage: Usage) -> impl IntoView {
    let meanings = StoredValue::new(vec![(String::new(), Unit::PerSecond); asked.choices.len()]);
    let time_ends = RwSignal::new(false);
    let rows = asked.choices.iter().enumerate().map(|(at, name)| {
        let set = move |word: String| meanings.update_value(|all| all[at].0 = word);
        let set_unit = move |word: String| {
            if let Some(unit) = Unit::of_key(&word) {
                meanings.update_value(|all| all[at].1 = unit);
            }
        };
        view! {
            <li class="measured__meaning">
                <code>{name.clone()}</code>
                <select
                    aria-label=say::means(name)
                    on:change:target=move |ev| set(ev.target().value())
                >
                    <option value="">{say::NOT_COUNTED}</option>
                    {options()}
                </select>
                <select
                    aria-label=say::unit_of(name)
                    on:change:target=move |ev| set_unit(ev.target().value())
                >
                    {units()}
                </select>
            </li>
        }
    });
    let rows = rows.collect_view();
    let apply = move |_| {
        let all = meanings.with_value(Clone::clone);
        let named: Vec<(String, String, Unit)> = asked
            .choices
            .iter()
            .zip(all)
            .filter(|(_, (means, _))| !means.is_empty())
            .map(|(name, (means, unit))| (name.clone(), means, unit))
            .collect();
        let is_series = asked.question == Question::Series;
        usage.answer(|answers| {
            answers.time_ends_bucket = time_ends.get_untracked();
            if is_series {
                answers.series = named.iter().filter_map(series).collect();
            } else {
                answers.columns = named.iter().map(column).collect();
            }
        });
    };
    view! {
        <ul>{rows}</ul>
        <label class="measured__check">
            <input
                type="checkbox"
                on:change:target=move |ev| time_ends.set(ev.target().checked())
            />
            {say::TIME_ENDS}
        </label>
        <button class="button button--small" type="button" on:click=apply>
            {say::READ_AGAIN}
        </button>
    }
}

fn units() -> impl IntoView {
    let units = Unit::ALL.iter();
    units
        .map(|unit| view! { <option value=unit.key()>{words::unit(*unit)}</option> })
        .collect_view()
}

fn options() -> impl IntoView {
    let measures = Measure::ALL
        .iter()
        .map(|it| (it.key(), words::measure(*it)));
    let plain = PLAIN.iter().map(|name| (*name, say::plain(name)));
    measures
        .chain(plain)
        .map(|(word, label)| view! { <option value=word>{label}</option> })
        .collect_view()
}

fn column((name, means, unit): &(String, String, Unit)) -> Column {
    Column {
        name: name.clone(),
        means: means.clone(),
        unit: *unit,
    }
}

/// Series with these labels; `None` for a meaning that only columns have.
fn series((labels, means, unit): &(String, String, Unit)) -> Option<SeriesUse> {
    let labels = labels.split(", ").filter_map(|pair| pair.split_once('='));
    Some(SeriesUse {
        labels: labels
            .map(|(label, value)| (label.to_owned(), value.to_owned()))
            .collect(),
        measure: Measure::from_key(means)?,
        unit: *unit,
    })
}
