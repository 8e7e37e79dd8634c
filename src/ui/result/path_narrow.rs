//! The request path from top to bottom, on a narrow screen.

use super::diagram::{Band, Diagram, Node, Words};
use super::path_box::boxed;
use super::takers::{rest, shown};
use crate::plan::Plan;
use crate::say::page::path as say;

/// Clients, gateways, the providers below them, then the API and its database.
pub(super) fn narrow(plan: &Plan) -> Diagram {
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
