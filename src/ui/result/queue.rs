//! The queue: accepted, waiting, overflow; its alert and its commands.

use leptos::prelude::*;

use super::super::share::CopyButton;
use super::super::store::ScenarioStore;
use super::diagram::{Band, Diagram, DiagramView, Node};
use crate::catalog::guide::QUEUE_COMMANDS;
use crate::plan::{Plan, QueuePlan, words};

/// The queue as a drawing, with what to watch.
#[component]
pub(in crate::ui) fn QueueSection() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let overflow = store.slice(|s| s.gateway.queue_overflow == crate::scenario::Overflow::Reject);
    let drawing = move |is_wide| {
        Signal::derive(move || store.plan.with(|plan| draw(plan, overflow.get(), is_wide)))
    };
    let alert = store.answer(|plan| plan.queue.alert_depth);
    let commands = QUEUE_COMMANDS.iter().map(|(what, command)| {
        view! {
            <li>
                <span>{format!("Queue depth, {what}")}</span>
                <code>{*command}</code>
                <CopyButton
                    text=Signal::stored((*command).to_owned())
                    class="button--small"
                    label="Copy the command"
                >
                    "Copy"
                </CopyButton>
            </li>
        }
    });
    view! {
        <section aria-labelledby="queue">
            <div class="section__head">
                <h2 id="queue">"When a gateway is full"</h2>
                <p>
                    {move || {
                        format!("Alert at {} waiting in one gateway for 2 minutes", alert.get())
                    }}
                </p>
            </div>
            <DiagramView wide=drawing(true) narrow=drawing(false) summary=store.answer(summary) />
            <ul class="commands">{commands.collect_view()}</ul>
        </section>
    }
}

/// How many wait at the peak, and how long.
fn waiting(queue: &QueuePlan) -> String {
    match (queue.mean_queue, queue.wait_p99_s) {
        (Some(queue), Some(wait)) if wait < 0.001 => {
            format!(
                "{} at the peak, no wait",
                words::significant(libm::round(queue * 100.0) / 100.0)
            )
        }
        (Some(queue), Some(wait)) => {
            format!(
                "{} at the peak, p99 {}",
                words::significant(queue),
                words::seconds(wait)
            )
        }
        _ if 0.0 < queue.backlog_per_minute => {
            format!(
                "grows by {} a minute",
                words::short(queue.backlog_per_minute)
            )
        }
        _ => "not judged".to_owned(),
    }
}

/// Title and lines of the three places a request can end up in.
fn places(plan: &Plan, rejects: bool) -> [(&'static str, Vec<String>); 4] {
    let queue = &plan.queue;
    let wait = |seconds: Option<f64>| seconds.map_or_else(|| "no wait".to_owned(), words::seconds);
    let overflow = if queue.overflow_rps > 0.0 {
        format!("{} rps at the peak", words::significant(queue.overflow_rps))
    } else {
        "none at the planned peak".to_owned()
    };
    [
        (
            "Arrive",
            vec![format!(
                "{} rps at the peak",
                words::significant(plan.demand.peak_rps)
            )],
        ),
        (
            "Accepted",
            vec![
                format!(
                    "{} of {} slots",
                    words::significant(queue.in_flight),
                    words::significant(queue.slots)
                ),
                queue.capacity_rps.map_or_else(
                    || "no bound known".to_owned(),
                    |rps| format!("up to {} rps", words::significant(rps)),
                ),
            ],
        ),
        (
            "Waiting",
            vec![
                waiting(queue),
                format!("up to {} places", words::significant(queue.places)),
                format!("{} for the last", wait(queue.wait_at_full_s)),
                format!("{} at the HPA’s target", wait(queue.wait_at_hpa_target_s)),
            ],
        ),
        (
            "Overflow",
            vec![
                if rejects {
                    "the new one is refused"
                } else {
                    "the oldest is dropped"
                }
                .to_owned(),
                overflow,
            ],
        ),
    ]
}

fn draw(plan: &Plan, rejects: bool, is_wide: bool) -> Diagram {
    let mut drawing = Diagram::default();
    let (width, gap) = if is_wide {
        (216.0, 48.0)
    } else {
        (328.0, 20.0)
    };
    let (mut x, mut y) = (0.0, 0.0);
    for (index, (title, lines)) in places(plan, rejects).into_iter().enumerate() {
        let height = if is_wide {
            98.0
        } else {
            34.0 + 16.0 * lines.len() as f64
        };
        if 0 < index {
            let path = if is_wide {
                format!("M{} 42 H{x}", x - gap)
            } else {
                format!("M164 {} V{y}", y - gap)
            };
            // Only what is accepted is a stream; the rest happens when it is full.
            let stream = if is_wide { 28.0 } else { 16.0 };
            drawing.bands.push(Band {
                path,
                width: (index == 1).then_some(stream),
            });
        }
        let is_over = index == 3 && 0.0 < plan.queue.overflow_rps;
        let end = match index {
            1 => words::percent(plan.queue.utilization_ratio),
            _ => String::new(),
        };
        let title = title.to_owned();
        drawing.nodes.push(Node {
            x,
            y,
            width,
            height,
            title,
            lines,
            end,
            is_first: false,
            is_over,
        });
        if is_wide {
            x += width + gap;
        } else {
            y += height + gap;
        }
    }
    drawing.width = if is_wide { 1_008.0 } else { 328.0 };
    drawing.height = if is_wide { 114.0 } else { y - gap };
    drawing
}

fn summary(plan: &Plan) -> String {
    let queue = &plan.queue;
    format!(
        "At the peak {} requests per second arrive; {} of {} slots are in use; waiting: {}; up to \
         {} may wait; {} requests per second overflow.",
        words::significant(plan.demand.peak_rps),
        words::significant(queue.in_flight),
        words::significant(queue.slots),
        waiting(queue),
        words::significant(queue.places),
        words::significant(queue.overflow_rps),
    )
}
