//! Usage export in the dialog: progress, question, or contents.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use super::super::icon::Icon;
use super::facts::Facts;
use super::question::QuestionForm;
use super::reader::{State, Usage};
use super::values::Values;
use crate::say::page::traffic as say;
use crate::say::traffic as words;
use crate::traffic::Digest;

/// Progress and contents of a file.
#[component]
pub(in crate::ui) fn UsageAnswer(
    /// Reading of the file.
    usage: Usage,
    /// Called once values were applied.
    on_take: Callback<()>,
) -> impl IntoView {
    // Progress alone must not rebuild the view.
    let phase = Memo::new(move |_| match usage.state.get() {
        State::Reading(..) => State::Reading(0.0, 0.0),
        other => other,
    });
    move || match phase.get() {
        State::Idle => ().into_any(),
        State::Reading(..) => view! { <Progress usage /> }.into_any(),
        State::Read(digest) => view! { <ReadFile digest on_take /> }.into_any(),
        State::Asked(asked) => view! { <QuestionForm asked usage /> }.into_any(),
        State::Refused(refusal) => problem(words::refusal(&refusal)).into_any(),
        State::Failed => problem(say::FAILED.to_owned()).into_any(),
    }
}

/// Facts of a file and, after they are painted, its values.
#[component]
fn ReadFile(digest: Arc<Digest>, on_take: Callback<()>) -> impl IntoView {
    let is_painted = RwSignal::new(false);
    set_timeout(
        move || {
            is_painted.try_set(true);
        },
        Duration::ZERO,
    );
    let held = Arc::clone(&digest);
    view! {
        <Facts digest />
        {move || {
            let digest = Arc::clone(&held);
            is_painted.get().then(|| view! { <Values digest on_take /> })
        }}
    }
}

fn problem(text: String) -> impl IntoView {
    view! {
        <p class="status status--danger" role="alert">
            <Icon name="alert" />
            <span>{text}</span>
        </p>
    }
}

/// Share read, and the button that stops reading.
#[component]
fn Progress(usage: Usage) -> impl IntoView {
    let share = move || match usage.state.get() {
        State::Reading(done, total) if 0.0 < total => (done / total).min(1.0),
        _ => 0.0,
    };
    view! {
        <div class="read__found">
            <label class="measured__progress">
                {move || say::reading(share())}
                <progress max="1" prop:value=share></progress>
            </label>
            <button class="button button--small" type="button" on:click=move |_| usage.stop()>
                {say::STOP}
            </button>
        </div>
    }
}
