//! Connection to the simulation program: scripts of this release, in a worker.

use js_sys::{Function, Reflect, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlScriptElement;

use crate::simulation::{Question, Results};

/// Name of the object created by `client.js`.
const CLIENT: &str = "capacityDay";

/// Answer to a question.
pub(super) struct Answer {
    /// Number of the question.
    pub(super) run: u32,
    /// Day as far as simulated, or the reason for a failure.
    pub(super) day: Result<Results, String>,
    /// Share of the day simulated, from 0 to 1.
    pub(super) progress: f64,
    /// Whether the day is complete.
    pub(super) is_done: bool,
}

/// Loads the script once and reports whether that succeeded.
pub(super) fn load(then: impl Fn(bool) + 'static) {
    if client().is_some() {
        then(true);
        return;
    }
    let Some(script) = script() else {
        then(false);
        return;
    };
    let then = std::rc::Rc::new(then);
    for (event, is_there) in [("load", true), ("error", false)] {
        let then = then.clone();
        gloo::events::EventListener::once(&script, event, move |_| then(is_there)).forget();
    }
    if let Some(head) = document().head() {
        drop(head.append_child(&script));
    }
}

/// Script next to the page's program.
fn script() -> Option<HtmlScriptElement> {
    let program = document().query_selector("script[data-js]").ok()??;
    let folder = program.get_attribute("data-js")?;
    let script = document().create_element("script").ok()?;
    let script: HtmlScriptElement = script.unchecked_into();
    script.set_src(&folder.replace("app.js", "day.client.js"));
    Some(script)
}

fn client() -> Option<JsValue> {
    let client = Reflect::get(&window(), &CLIENT.into()).ok()?;
    client.is_object().then_some(client)
}

fn method(name: &str) -> Option<(JsValue, Function)> {
    let client = client()?;
    let method = Reflect::get(&client, &name.into()).ok()?;
    Some((client, method.dyn_into().ok()?))
}

/// Listens to all further answers.
pub(super) fn listen(hear: impl Fn(Answer) + 'static) {
    let heard = move |run: u32, bytes: JsValue, progress: f64, is_done: bool, failure: JsValue| {
        let day = if let Some(why) = failure.as_string() {
            Err(why)
        } else {
            let bytes: Vec<u8> = Uint8Array::new(&bytes).to_vec();
            Results::from_bytes(&bytes).ok_or_else(|| bytes.len().to_string())
        };
        hear(Answer {
            run,
            day,
            progress,
            is_done,
        });
    };
    let heard = Closure::<dyn Fn(u32, JsValue, f64, bool, JsValue)>::new(heard);
    if let Some((client, method)) = method("hear") {
        drop(method.call1(&client, heard.as_ref()));
    }
    heard.forget(); // as long as the page
}

/// Requests a day; without a question the current one stops.
pub(super) fn ask(run: u32, question: Option<&Question>) {
    let bytes = question.map_or(JsValue::UNDEFINED, |question| {
        Uint8Array::from(&*question.to_bytes()).into()
    });
    if let Some((client, method)) = method("ask") {
        drop(method.call2(&client, &run.into(), &bytes));
    }
}
