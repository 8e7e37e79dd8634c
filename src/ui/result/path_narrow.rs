//! Request path from top to bottom, for a narrow screen.

use super::diagram::{Band, Diagram, Words};
use super::flow::Flow;
use super::path_box::boxed;
use super::path_wide::node;
use crate::plan::Plan;
use crate::say::page::path as say;

/// Width of the drawing, in pixels.
const WIDTH: f64 = 328.0;

/// Clients, gateways, and the providers below them.
pub(in crate::ui) fn down(flow: &Flow) -> Diagram {
    let mut drawing = Diagram {
        width: WIDTH,
        ..Diagram::default()
    };
    let clients = boxed(0.0, 0.0, WIDTH, say::CLIENTS, flow.clients.clone());
    let mut y = clients.height + 24.0;
    drawing.bands.push(Band {
        path: format!("M164,{} V{y}", clients.height),
        width: Some(24.0),
    });
    let (title, lines) = flow.gateways.clone();
    let gateways = boxed(0.0, y, WIDTH, &title, lines);
    y += gateways.height + 16.0;
    let start = y - 16.0;
    drawing.nodes.extend([clients, gateways]);
    for stream in &flow.streams {
        let provider = node(32.0, y, WIDTH - 32.0, stream);
        let width = (stream.share_ratio * 24.0).max(1.0);
        drawing.bands.push(Band {
            path: format!("M16,{start} V{0} H32", y + 25.0),
            width: Some(width.min(12.0)),
        });
        y += provider.height + 10.0;
        drawing.nodes.push(provider);
    }
    if let Some(text) = flow.rest.clone() {
        y += 8.0;
        drawing.words.push(Words {
            x: 44.0,
            y,
            anchor: "start",
            text,
        });
        y += 6.0;
    }
    drawing.height = y;
    drawing
}

/// Request path with the API and its database below.
pub(super) fn narrow(plan: &Plan) -> Diagram {
    let texts = say::texts(plan);
    let mut drawing = down(&Flow::of(plan));
    let mut y = drawing.height + 8.0;
    for (title, lines) in [texts.api, texts.postgres] {
        let node = boxed(0.0, y, WIDTH, &title, lines);
        y += node.height + 10.0;
        drawing.nodes.push(node);
    }
    drawing.height = y;
    drawing
}
