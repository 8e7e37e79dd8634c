//! Boxes with text, connected by bands.

use leptos::prelude::*;

/// Box of a diagram.
#[derive(Clone, PartialEq)]
pub(super) struct Node {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) title: String,
    pub(super) lines: Vec<String>,
    /// Text at the right end of the title.
    pub(super) end: String,
    /// Whether that value is above its target.
    pub(super) is_near: bool,
    /// Whether the value is above its limit.
    pub(super) is_over: bool,
}

/// Stream between two boxes, as wide as its share; a thin one is a dashed line.
#[derive(Clone, PartialEq)]
pub(super) struct Band {
    pub(super) path: String,
    pub(super) width: Option<f64>,
}

/// Text next to a stream.
#[derive(Clone, PartialEq)]
pub(super) struct Words {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) anchor: &'static str,
    pub(super) text: String,
}

/// Drawing of a given size.
#[derive(Clone, PartialEq, Default)]
pub(in crate::ui) struct Diagram {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) nodes: Vec<Node>,
    pub(super) bands: Vec<Band>,
    pub(super) words: Vec<Words>,
}

/// Contents drawn for both wide and narrow pages.
#[component]
pub(in crate::ui) fn DiagramView(
    /// Wide drawing.
    #[prop(into)]
    wide: Signal<Diagram>,
    /// Narrow drawing.
    #[prop(into)]
    narrow: Signal<Diagram>,
    /// Text alternative in one sentence.
    #[prop(into)]
    summary: Signal<String>,
) -> impl IntoView {
    view! {
        <figure class="chart chart--full">
            {move || draw(&wide.get(), "is-wide", summary.get())}
            {move || draw(&narrow.get(), "is-narrow", summary.get())}
        </figure>
    }
}

fn draw(diagram: &Diagram, class: &str, summary: String) -> impl IntoView + use<> {
    let bands = diagram.bands.iter().map(|band| {
        let (class, width) = match band.width {
            Some(width) => ("band", width.max(1.0)),
            None => ("wire", 1.0),
        };
        view! { <path class=class stroke-width=width.to_string() d=band.path.clone() /> }
    });
    let words = diagram.words.iter().map(|words| {
        view! {
            <text
                class="lab lab--muted"
                x=words.x.to_string()
                y=words.y.to_string()
                text-anchor=words.anchor
            >
                {words.text.clone()}
            </text>
        }
    });
    view! {
        <svg
            class=format!("chart__svg {class}")
            viewBox=format!("0 0 {} {}", diagram.width, diagram.height)
            role="img"
            aria-label=summary
        >
            {bands.collect_view()}
            {diagram.nodes.iter().map(node).collect_view()}
            {words.collect_view()}
        </svg>
    }
}

fn node(node: &Node) -> impl IntoView + use<> {
    let (x, y) = (node.x + 12.0, node.y + 22.0);
    let lines = node.lines.iter().enumerate().map(|(index, line)| {
        let below = y + 18.0 + 16.0 * index as f64;
        view! {
            <text class="lab lab--muted" x=x.to_string() y=below.to_string()>
                {line.clone()}
            </text>
        }
    });
    let end_class = match (node.is_over, node.is_near) {
        (true, _) => "lab lab--danger",
        (false, true) => "lab lab--strong lab--near",
        (false, false) => "lab lab--strong",
    };
    let end_x = node.x + node.width - 12.0;
    view! {
        <rect
            class="node"
            x=node.x.to_string()
            y=node.y.to_string()
            width=node.width.to_string()
            height=node.height.to_string()
            rx="4"
        />
        <text class="lab lab--strong" x=x.to_string() y=y.to_string()>
            {node.title.clone()}
        </text>
        <text class=end_class x=end_x.to_string() y=y.to_string() text-anchor="end">
            {node.end.clone()}
        </text>
        {lines.collect_view()}
    }
}

/// Text shortened to fit a box.
pub(super) fn fitted(text: &str, letters: usize) -> String {
    if text.chars().count() <= letters {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(letters.saturating_sub(1)).collect();
    short.push('…');
    short
}
