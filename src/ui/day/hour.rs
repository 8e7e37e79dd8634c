//! Picture of an hour: requests per minute by outcome, drawn without a library so that it can be
//! printed.

use leptos::prelude::*;

use crate::lived::{Hour, Minute};
use crate::say::day::clock;
use crate::say::page::day as say;

/// Minutes between two labels.
const LABELLED: usize = 15;
/// Width of a minute in the drawing, which is scaled to the page.
const STEP: f64 = 10.0;
/// Height of the drawing.
const HEIGHT: f64 = 100.0;

/// CSS class, name, and number of requests per minute of an outcome.
type Fate = (&'static str, &'static str, fn(&Minute) -> u64);

/// Stacked outcomes, from the bottom.
const FATES: [Fate; 3] = [
    ("hour__good", say::IN_TIME, |minute| minute.in_time),
    ("hour__late", say::LATE, |minute| minute.late),
    ("hour__none", say::UNANSWERED, |minute| minute.unanswered),
];

/// Picture with title, color key, times and summary.
pub(super) fn hour(hour: &Hour, sentence: String) -> impl IntoView + use<> {
    let stack = |minute: &Minute| FATES.iter().map(|(_, _, count)| count(minute)).sum::<u64>();
    let most = hour.minutes.iter().map(stack).max().unwrap_or(0).max(1);
    let bars = hour.minutes.iter().enumerate();
    let bars = bars.map(|(place, minute)| bar(minute, place as f64 * STEP, HEIGHT / most as f64));
    let times = (0..hour.minutes.len()).step_by(LABELLED);
    let times = times.map(|place| view! { <span>{clock(hour.from + place)}</span> });
    let key = FATES.map(|(class, name, _)| {
        view! { <span class=format!("hour__key {class}")>{name}</span> }
    });
    let width = hour.minutes.len() as f64 * STEP;
    let said = sentence.clone();
    view! {
        <figure class="chart hour">
            <figcaption>
                <h3 class="chart__title">{say::worst_hour(most as f64)}</h3>
                <p class="hour__keys">{key}</p>
            </figcaption>
            <svg
                class="hour__picture"
                viewBox=format!("0 0 {width} {HEIGHT}")
                preserveAspectRatio="none"
                role="img"
                aria-label=sentence
            >
                {bars.collect_view()}
            </svg>
            <p class="hour__times" aria-hidden="true">
                {times.collect_view()}
            </p>
            <p class="hour__said">{said}</p>
        </figure>
    }
}

/// Requests of a minute by outcome, stacked.
fn bar(minute: &Minute, x: f64, each: f64) -> impl IntoView + use<> {
    let mut y = HEIGHT;
    FATES.map(|(class, _, count)| {
        let height = count(minute) as f64 * each;
        y -= height;
        (0.0 < height).then(|| {
            view! {
                <rect
                    class=class
                    x=x.to_string()
                    y=format!("{y:.1}")
                    width=STEP.to_string()
                    height=format!("{height:.1}")
                />
            }
        })
    })
}
