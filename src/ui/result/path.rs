//! The request path with the plan's own numbers on it.

use leptos::prelude::*;

use super::super::store::ScenarioStore;
use super::diagram::{Band, Diagram, DiagramView, Node, Words, fitted};
use crate::plan::{Plan, ProviderPlan, words};

/// Most providers drawn one by one.
const MOST: usize = 6;

/// Clients → gateways → providers; gateways → API → PostgreSQL.
#[component]
pub(super) fn PathSection() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    view! {
        <section aria-labelledby="path">
            <div class="section__head">
                <h2 id="path">"Request path at the peak"</h2>
                <p>"Band width is requests per second"</p>
            </div>
            <DiagramView wide=store.answer(wide) narrow=store.answer(narrow) summary=store.answer(summary) />
        </section>
    }
}

struct Texts {
    clients: Vec<String>,
    gateways: (String, Vec<String>),
    api: (String, Vec<String>),
    postgres: (String, Vec<String>),
}

fn texts(plan: &Plan) -> Texts {
    let (gateway, queue, plane) = (&plan.gateway, &plan.queue, &plan.control_plane);
    let slots = words::significant(queue.slots / f64::from(gateway.instances.max(1)));
    Texts {
        clients: vec![
            format!(
                "{} requests/day",
                words::short(plan.demand.requests_per_day)
            ),
            format!(
                "{} rps at the peak",
                words::significant(plan.demand.peak_rps)
            ),
        ],
        gateways: (
            words::counted(gateway.instances, "gateway"),
            vec![
                format!(
                    "{} in flight of {} slots",
                    words::significant(queue.in_flight),
                    words::significant(queue.slots)
                ),
                format!(
                    "{} full, {slots} each",
                    words::percent(queue.utilization_ratio)
                ),
                format!(
                    "{} mean per request",
                    words::seconds(gateway.time_in_flight_s)
                ),
            ],
        ),
        api: (
            words::counted(plane.api_replicas, "API replica"),
            vec![format!(
                "{} vCPU, {} MB each",
                words::significant(plane.vcpu_per_replica),
                words::significant(plane.memory_mb_per_replica)
            )],
        ),
        postgres: (
            format!("PostgreSQL, {}", plane.size.to_lowercase()),
            vec![format!(
                "{} of {} · {} of {} connections",
                words::bytes(plan.storage.retained_bytes),
                words::bytes(plane.postgres_disk_bytes),
                plan.database.connections_needed,
                plan.database.connections_usable
            )],
        ),
    }
}

fn shown(plan: &Plan) -> Vec<&ProviderPlan> {
    plan.providers
        .iter()
        .filter(|p| 0.0 < p.share_ratio)
        .take(MOST)
        .collect()
}

fn provider_lines(provider: &ProviderPlan) -> (Vec<String>, String) {
    let used = provider
        .limits
        .iter()
        .find(|used| Some(used.kind) == provider.binding_limit);
    let limit = used.map_or_else(
        || "no limit known".to_owned(),
        |used| {
            format!(
                "{} of {} {}",
                words::short(used.load),
                words::short(used.limit),
                used.kind.unit()
            )
        },
    );
    let end = provider
        .utilization_ratio
        .map_or_else(String::new, words::percent);
    (
        vec![format!(
            "{} rps · {limit}",
            words::significant(provider.rps)
        )],
        end,
    )
}

fn tightest(plan: &Plan) -> Option<u32> {
    let ratio = |p: &&ProviderPlan| p.utilization_ratio.unwrap_or(0.0);
    plan.providers
        .iter()
        .max_by(|a, b| ratio(a).total_cmp(&ratio(b)))
        .map(|p| p.row)
}

fn boxed(x: f64, y: f64, width: f64, title: &str, lines: Vec<String>) -> Node {
    let height = 34.0 + 16.0 * lines.len() as f64;
    let letters = ((width - 24.0) / 6.6).max(8.0);
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
    }
}

fn wide(plan: &Plan) -> Diagram {
    let texts = texts(plan);
    let providers = shown(plan);
    let rows = providers.len().max(1) as f64;
    let right = rows * 68.0 - 18.0;
    let middle = (right / 2.0).max(42.0);
    let first = tightest(plan);
    let mut drawing = Diagram {
        width: 1_008.0,
        ..Diagram::default()
    };
    drawing.bands.push(Band {
        path: format!("M160,{middle} H316"),
        width: Some(50.0),
    });
    let mut from = middle - 25.0;
    for (index, provider) in providers.iter().enumerate() {
        let width = provider.share_ratio * 50.0;
        let (y0, y1) = (from + width / 2.0, index as f64 * 68.0 + 25.0);
        drawing.bands.push(Band {
            path: format!("M516,{y0:.1} C600,{y0:.1} 600,{y1:.1} 684,{y1:.1}"),
            width: Some(width),
        });
        from += width;
        let (lines, end) = provider_lines(provider);
        let node = boxed(684.0, index as f64 * 68.0, 324.0, &provider.name, lines);
        drawing.nodes.push(Node {
            end,
            is_first: Some(provider.row) == first,
            ..node
        });
    }
    drawing
        .nodes
        .push(boxed(0.0, middle - 33.0, 176.0, "Clients", texts.clients));
    let gateways = boxed(
        316.0,
        middle - 41.0,
        200.0,
        &texts.gateways.0,
        texts.gateways.1,
    );
    let bottom = (gateways.y + gateways.height).max(right) + 40.0;
    let wire = format!(
        "M372,{} V{} H444",
        gateways.y + gateways.height,
        bottom + 25.0
    );
    drawing.nodes.push(gateways);
    drawing
        .nodes
        .push(boxed(444.0, bottom, 168.0, &texts.api.0, texts.api.1));
    drawing.nodes.push(boxed(
        684.0,
        bottom,
        324.0,
        &texts.postgres.0,
        texts.postgres.1,
    ));
    drawing.bands.push(Band {
        path: wire,
        width: None,
    });
    drawing.bands.push(Band {
        path: format!("M612,{0} H684", bottom + 25.0),
        width: None,
    });
    let events = format!("{} events/s", words::significant(plan.demand.peak_rps));
    drawing.words.push(Words {
        x: 364.0,
        y: bottom,
        anchor: "end",
        text: events,
    });
    drawing.height = bottom + 54.0;
    drawing
}

fn narrow(plan: &Plan) -> Diagram {
    const WIDTH: f64 = 328.0;
    let texts = texts(plan);
    let mut drawing = Diagram {
        width: WIDTH,
        ..Diagram::default()
    };
    let clients = boxed(0.0, 0.0, WIDTH, "Clients", texts.clients);
    let mut y = clients.height + 24.0;
    drawing.bands.push(Band {
        path: format!("M164,{} V{y}", clients.height),
        width: Some(24.0),
    });
    let gateways = boxed(0.0, y, WIDTH, &texts.gateways.0, texts.gateways.1);
    y += gateways.height + 16.0;
    let start = y - 16.0;
    drawing.nodes.extend([clients, gateways]);
    let first = tightest(plan);
    for provider in shown(plan) {
        let (lines, end) = provider_lines(provider);
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
            ..node
        });
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

fn summary(plan: &Plan) -> String {
    let providers: Vec<String> = shown(plan)
        .iter()
        .map(|p| {
            let used = p
                .utilization_ratio
                .map_or_else(|| "no limit known".to_owned(), words::percent);
            format!("{} to {} ({used})", words::significant(p.rps), p.name)
        })
        .collect();
    format!(
        "Clients send {} requests per second to {}, which hold {} of {} slots and send {}. \
         {} events per second go through {} to PostgreSQL with {} connections and {}.",
        words::significant(plan.demand.peak_rps),
        words::counted(plan.gateway.instances, "gateway"),
        words::significant(plan.queue.in_flight),
        words::significant(plan.queue.slots),
        providers.join(", "),
        words::significant(plan.demand.peak_rps),
        words::counted(plan.control_plane.api_replicas, "API replica"),
        plan.database.connections_needed,
        words::bytes(plan.storage.retained_bytes),
    )
}
