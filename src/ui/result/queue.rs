//! Queue: accepted, waiting, overflow; with alert and commands.

use leptos::prelude::*;

use super::super::section::FoldedSection;
use super::super::share::CopyButton;
use super::super::store::ScenarioStore;
use super::diagram::{Band, Diagram, DiagramView, Node};
use crate::catalog::guide::QUEUE_COMMANDS;
use crate::plan::Plan;
use crate::say::page::queue as say;
use crate::say::words;

/// Drawing of the queue, with metrics to watch.
#[component]
pub(in crate::ui) fn QueueSection() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let overflow = store.slice(|s| s.gateway.queue_overflow == crate::scenario::Overflow::Reject);
    let drawing = move |is_wide| {
        Signal::derive(move || store.plan.with(|plan| draw(plan, overflow.get(), is_wide)))
    };
    let about = store.answer(|plan| say::alert(plan.queue.alert_depth));
    let commands = QUEUE_COMMANDS.iter().map(|(what, command)| {
        view! {
            <li>
                <span>{say::depth(what)}</span>
                <code>{*command}</code>
                <CopyButton
                    text=Signal::stored((*command).to_owned())
                    class="button--small"
                    label=say::COPY_COMMAND
                >
                    {say::COPY}
                </CopyButton>
            </li>
        }
    });
    view! {
        <FoldedSection id="queue" title=say::TITLE about>
            <DiagramView
                wide=drawing(true)
                narrow=drawing(false)
                summary=store.answer(say::summary)
            />
            <ul class="commands">{commands.collect_view()}</ul>
        </FoldedSection>
    }
}

fn draw(plan: &Plan, rejects: bool, is_wide: bool) -> Diagram {
    let mut drawing = Diagram::default();
    let (width, gap) = if is_wide {
        (216.0, 48.0)
    } else {
        (328.0, 20.0)
    };
    let (mut x, mut y) = (0.0, 0.0);
    for (index, (title, lines)) in say::places(plan, rejects).into_iter().enumerate() {
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
            // Only accepted requests are a stream; the rest applies when the queue is full.
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
            is_near: false,
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
