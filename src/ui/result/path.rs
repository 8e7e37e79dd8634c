//! The request path with the plan's own numbers on it.

use leptos::prelude::*;

use super::super::store::ScenarioStore;
use super::diagram::{Band, Diagram, DiagramView, Node, Words, fitted};
use super::takers::{carrying, rest, shown};
use crate::plan::Plan;
use crate::say::page::path as say;

/// Clients → gateways → providers; gateways → API → PostgreSQL.
#[component]
pub(in crate::ui) fn PathSection() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    view! {
        <section aria-labelledby="path">
            <div class="section__head">
                <h2 id="path">{say::TITLE}</h2>
                <p>{say::NOTE}</p>
            </div>
            <DiagramView
                wide=store.answer(wide)
                narrow=store.answer(narrow)
                summary=store.answer(|plan| say::summary(plan, &carrying(plan)))
            />
        </section>
    }
}

fn boxed(x: f64, y: f64, width: f64, title: &str, lines: Vec<String>) -> Node {
    let height = 34.0 + 16.0 * lines.len() as f64;
    let letters = ((width - 24.0) / 6.4).max(8.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a box is 8 to 200 letters wide"
    )]
    let letters = letters as usize;
    let lines = lines.iter().map(|line| fitted(line, letters)).collect();
    let title = fitted(title, letters.saturating_sub(7));
    Node {
        x,
        y,
        width,
        height,
        title,
        lines,
        end: String::new(),
        is_first: false,
        is_over: false,
    }
}

fn wide(plan: &Plan) -> Diagram {
    let texts = say::texts(plan);
    let rest = rest(plan);
    let line = if rest.is_some() { 22.0 } else { 0.0 };
    let right = shown(plan).len().max(1) as f64 * PITCH - 18.0 + line;
    let middle = (right / 2.0).max(42.0);
    let mut drawing = Diagram {
        width: 1_008.0,
        ..Diagram::default()
    };
    let arriving = Band {
        path: format!("M160,{middle} H300"),
        width: Some(50.0),
    };
    drawing.bands.push(arriving);
    providers(&mut drawing, plan, middle);
    drawing.words.extend(rest.map(|text| Words {
        x: 696.0,
        y: right - 4.0,
        anchor: "start",
        text,
    }));
    let gateways = boxed(
        292.0,
        middle - 41.0,
        224.0,
        &texts.gateways.0,
        texts.gateways.1,
    );
    let below = gateways.y + gateways.height;
    let bottom = below.max(right) + 40.0;
    drawing.nodes.push(boxed(
        0.0,
        middle - 33.0,
        176.0,
        say::CLIENTS,
        texts.clients,
    ));
    drawing.nodes.push(gateways);
    drawing
        .nodes
        .push(boxed(444.0, bottom, 168.0, &texts.api.0, texts.api.1));
    let postgres = boxed(684.0, bottom, 324.0, &texts.postgres.0, texts.postgres.1);
    drawing.height = bottom + postgres.height + 4.0;
    drawing.nodes.push(postgres);
    let level = bottom + 25.0;
    for path in [
        format!("M360,{below} V{level} H444"),
        format!("M612,{level} H684"),
    ] {
        drawing.bands.push(Band { path, width: None });
    }
    let events = say::events(plan.demand.peak_rps);
    drawing.words.push(Words {
        x: 352.0,
        y: bottom,
        anchor: "end",
        text: events,
    });
    drawing
}

/// Height of a provider's row.
const PITCH: f64 = 68.0;

/// The providers at the right, each fed by a band of its share.
fn providers(drawing: &mut Diagram, plan: &Plan, middle: f64) {
    let first = plan.tightest_provider().map(|provider| provider.row);
    let mut from = middle - 25.0;
    for (index, provider) in shown(plan).into_iter().enumerate() {
        let width = provider.share_ratio * 50.0;
        let y = index as f64 * PITCH;
        let (start, end) = (from + width / 2.0, y + 25.0);
        let path = format!("M516,{start:.1} C600,{start:.1} 600,{end:.1} 684,{end:.1}");
        drawing.bands.push(Band {
            path,
            width: Some(width),
        });
        from += width;
        let (lines, end) = say::provider_lines(provider);
        let node = boxed(684.0, y, 324.0, &provider.name, lines);
        drawing.nodes.push(Node {
            end,
            is_first: Some(provider.row) == first,
            is_over: provider.state().is_over(),
            ..node
        });
    }
}

fn narrow(plan: &Plan) -> Diagram {
    const WIDTH: f64 = 328.0;
    let texts = say::texts(plan);
    let mut drawing = Diagram {
        width: WIDTH,
        ..Diagram::default()
    };
    let clients = boxed(0.0, 0.0, WIDTH, say::CLIENTS, texts.clients);
    let mut y = clients.height + 24.0;
    drawing.bands.push(Band {
        path: format!("M164,{} V{y}", clients.height),
        width: Some(24.0),
    });
    let gateways = boxed(0.0, y, WIDTH, &texts.gateways.0, texts.gateways.1);
    y += gateways.height + 16.0;
    let start = y - 16.0;
    drawing.nodes.extend([clients, gateways]);
    let first = plan.tightest_provider().map(|provider| provider.row);
    for provider in shown(plan) {
        let (lines, end) = say::provider_lines(provider);
        let node = boxed(32.0, y, WIDTH - 32.0, &provider.name, lines);
        let width = (provider.share_ratio * 24.0).max(1.0);
        drawing.bands.push(Band {
            path: format!("M16,{start} V{0} H32", y + 25.0),
            width: Some(width.min(12.0)),
        });
        y += node.height + 10.0;
        drawing.nodes.push(Node {
            end,
            is_first: Some(provider.row) == first,
            is_over: provider.state().is_over(),
            ..node
        });
    }
    if let Some(text) = rest(plan) {
        y += 8.0;
        drawing.words.push(Words {
            x: 44.0,
            y,
            anchor: "start",
            text,
        });
        y += 6.0;
    }
    y += 8.0;
    for (title, lines) in [texts.api, texts.postgres] {
        let node = boxed(0.0, y, WIDTH, &title, lines);
        y += node.height + 10.0;
        drawing.nodes.push(node);
    }
    drawing.height = y;
    drawing
}
