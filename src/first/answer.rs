//! Writes the answers that appear immediately after a key: each page element with `data-says` names
//! its text.
//!
//! One pass without a reactive graph. The page part renders identical elements and texts, so its
//! first render changes nothing.

use web_sys::Element;

use super::browser::{all, document};
use super::desk;
use crate::plan::{self, Figure, Fullness, Plan};
use crate::say::words;
use crate::say::{figure as say, verdict};

/// Attribute with the name of an element's text.
pub const SAYS: &str = "data-says";

/// Evaluates the question on the desk and writes its answers; `false` if only the page part can
/// answer.
pub fn show() -> bool {
    desk::with(|desk| {
        let plan = plan::outline(&desk.scenario, desk.today);
        if plan::is_missed() {
            return false;
        }
        write(&plan, desk.invalid.len());
        name_page(&desk.scenario.name, &verdict::label(&plan.verdict));
        true
    })
}

/// Sets the page title for tabs, bookmarks and history: scenario and verdict.
pub fn name_page(name: &str, label: &str) {
    document().set_title(&verdict::page_title(name, label));
}

/// Writes the answers of a plan; `invalid` fields have unusable text.
pub fn write(plan: &Plan, invalid: usize) {
    let state = plan.verdict.state.word();
    for element in all(&document(), "[data-says]") {
        let name = element.get_attribute(SAYS).unwrap_or_default();
        if name == "verdict.state" {
            element.set_class_name(&["verdict__state status--", state].concat());
        } else if let Some(of) = name.strip_suffix(".mark") {
            if let Some(figure) = figure(plan, of) {
                element.set_class_name(&mark_class(plan.fullness(figure)));
            }
        } else if let Some(text) = text(plan, &name, invalid) {
            put(&element, &text);
        }
    }
}

/// Text by name, such as `verdict.label` or `peak-tokens.value`.
fn text(plan: &Plan, name: &str, invalid: usize) -> Option<String> {
    let (of, part) = name.rsplit_once('.')?;
    if of == "verdict" {
        return Some(match part {
            "label" => verdict::label(&plan.verdict),
            "text" => verdict::text(plan),
            "more" => verdict::more(plan),
            _ => return None,
        });
    }
    let figure = figure(plan, of)?;
    Some(match part {
        "fullness" => say::fullness(plan.fullness(figure)).to_owned(),
        "value" => say::shown(figure).0,
        "unit" => say::shown(figure).1.into_owned(),
        "label" => say::label(figure).into_owned(),
        "sub" if 0 < invalid => words::LAST_VALID.to_owned(),
        "sub" => say::sub(figure),
        _ => return None,
    })
}

/// Figure with this key.
fn figure<'a>(plan: &'a Plan, key: &str) -> Option<&'a Figure> {
    plan.figures.iter().find(|figure| figure.id.key() == key)
}

/// CSS class of the mark on a figure near or over its limit.
pub fn mark_class(fullness: Fullness) -> String {
    ["figure__mark status--", fullness.word()].concat()
}

/// Writes into the existing text node, which the page part may reference.
fn put(element: &Element, text: &str) {
    match element.first_child() {
        Some(node) if node.node_type() == web_sys::Node::TEXT_NODE => {
            if node.node_value().as_deref() != Some(text) {
                node.set_node_value(Some(text));
            }
        }
        _ => element.set_text_content(Some(text)),
    }
}
