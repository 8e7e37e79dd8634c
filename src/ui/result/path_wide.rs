//! Request path from left to right.

use super::diagram::{Band, Diagram, Node, Words};
use super::flow::{Flow, Stream};
use super::path_box::boxed;
use crate::plan::Plan;
use crate::say::page::path as say;

/// Clients on the left, providers on the right.
pub(in crate::ui) fn across(flow: &Flow) -> Diagram {
    let line = if flow.rest.is_some() { 22.0 } else { 0.0 };
    let right = flow.streams.len().max(1) as f64 * PITCH - 18.0 + line;
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
    providers(&mut drawing, &flow.streams, middle);
    drawing.words.extend(flow.rest.clone().map(|text| Words {
        x: 696.0,
        y: right - 4.0,
        anchor: "start",
        text,
    }));
    let (title, lines) = flow.gateways.clone();
    let gateways = boxed(292.0, middle - 41.0, 224.0, &title, lines);
    let below = gateways.y + gateways.height;
    drawing.nodes.push(boxed(
        0.0,
        middle - 33.0,
        176.0,
        say::CLIENTS,
        flow.clients.clone(),
    ));
    drawing.nodes.push(gateways);
    drawing.height = below.max(right) + 4.0;
    drawing
}

/// Request path with the API and its database below.
pub(super) fn wide(plan: &Plan) -> Diagram {
    let texts = say::texts(plan);
    let mut drawing = across(&Flow::of(plan));
    let gateways = drawing.nodes.last();
    let below = gateways.map_or(0.0, |gateways| gateways.y + gateways.height);
    let bottom = drawing.height + 36.0;
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

/// Height of a provider's row, in pixels.
const PITCH: f64 = 68.0;

/// Providers on the right, each with a band as wide as its share.
fn providers(drawing: &mut Diagram, streams: &[Stream], middle: f64) {
    let mut from = middle - 25.0;
    for (index, stream) in streams.iter().enumerate() {
        let width = stream.share_ratio * 50.0;
        let y = index as f64 * PITCH;
        let (start, end) = (from + width / 2.0, y + 25.0);
        let path = format!("M516,{start:.1} C600,{start:.1} 600,{end:.1} 684,{end:.1}");
        drawing.bands.push(Band {
            path,
            width: Some(width),
        });
        from += width;
        drawing.nodes.push(node(684.0, y, 324.0, stream));
    }
}

/// Box of a provider.
pub(super) fn node(x: f64, y: f64, width: f64, stream: &Stream) -> Node {
    Node {
        end: stream.end.clone(),
        is_near: stream.is_near,
        is_over: stream.is_over,
        ..boxed(x, y, width, &stream.name, stream.lines.clone())
    }
}
