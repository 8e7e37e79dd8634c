//! The request path from left to right.

use super::diagram::{Band, Diagram, Node, Words};
use super::path_box::boxed;
use super::takers::{rest, shown};
use crate::plan::Plan;
use crate::say::page::path as say;

/// Clients at the left, the providers at the right, the API and its database below.
pub(super) fn wide(plan: &Plan) -> Diagram {
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
