//! Shape of the day as a line.

use std::fmt::Write as _;

use leptos::prelude::*;

use super::super::store::ScenarioStore;
use crate::say::page::panel as say;

const WIDTH: f64 = 296.0;
const HEIGHT: f64 = 32.0;

/// Line of the day, with its highest and lowest point in words.
#[component]
pub(super) fn Spark() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let profile = store.answer(|plan| plan.day.profile.clone());
    let words = store.answer(|plan| {
        let lowest = plan
            .day
            .profile
            .iter()
            .copied()
            .fold(f64::INFINITY, f64::min);
        let highest = plan.day.profile.iter().copied().fold(0.0, f64::max);
        say::day(highest, plan.day.peak_minute, lowest)
    });
    view! {
        <div>
            <svg
                class="field__spark"
                viewBox="0 0 296 32"
                preserveAspectRatio="none"
                aria-hidden="true"
            >
                <path class="spark__area" d=move || profile.with(|day| path(day, true)) />
                <path class="spark__line" d=move || profile.with(|day| path(day, false)) />
            </svg>
            <p class="row__meta">{words}</p>
        </div>
    }
}

fn path(day: &[f64], closed: bool) -> String {
    let highest = day.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
    let mut path = String::new();
    for (index, value) in day.iter().enumerate() {
        let x = index as f64 / (day.len().max(2) - 1) as f64 * WIDTH;
        let y = HEIGHT - 1.0 - value / highest * (HEIGHT - 2.0);
        let pen = if index == 0 { 'M' } else { 'L' };
        write!(path, "{pen}{x:.1} {y:.1}").expect("writing to a string cannot fail");
    }
    if closed {
        write!(path, "V{HEIGHT}H0Z").expect("writing to a string cannot fail");
    }
    path
}
