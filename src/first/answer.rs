//! Writes the answers that follow a key at once: each element of the page that carries
//! `data-says` names the text it shows.
//!
//! One pass, no graph. The page part draws the same elements with the same texts, so
//! what it writes later changes nothing.

use web_sys::Element;

use super::browser::{all, document};
use super::desk;
use crate::plan::{self, Figure, Fullness, Plan};
use crate::say::words;
use crate::say::{figure as say, verdict};

/// Attribute that names the text of an element.
pub const SAYS: &str = "data-says";

/// Evaluates the question on the desk and writes its answers; false where that takes code of the
/// page part, which then answers.
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

/// Names the page in tabs, bookmarks and the history by its scenario and its verdict.
pub fn name_page(name: &str, label: &str) {
    document().set_title(&verdict::page_title(name, label));
}

/// Writes the answers of a plan; some fields may hold a text that cannot be used.
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

/// The text of a name: `verdict.label`, `peak-tokens.value`.
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

/// The figure of a key.
fn figure<'a>(plan: &'a Plan, key: &str) -> Option<&'a Figure> {
    plan.figures.iter().find(|figure| figure.id.key() == key)
}

/// The class of the mark of a figure that is near its limit, or over it.
pub fn mark_class(fullness: Fullness) -> String {
    ["figure__mark status--", fullness.word()].concat()
}

/// Writes into the text that is there, which the page part may hold on to.
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
