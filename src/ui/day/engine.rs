//! The way to the program that lives days: scripts that belong to the release, in a worker.

use js_sys::{Function, Reflect, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlScriptElement;

use crate::simulation::{Question, Results};

/// The object that `client.js` makes.
const CLIENT: &str = "capacityDay";

/// What came of a question.
pub(super) struct Answer {
    /// Number of the question.
    pub(super) run: u32,
    /// The day as far as it was lived, or why it was not.
    pub(super) day: Result<Results, String>,
    /// Share of the day that is over.
    pub(super) progress: f64,
    /// Whether all of it is.
    pub(super) is_done: bool,
}

/// Loads the script once and says whether it is there.
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

/// A script beside the program of this page.
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

/// Hears every answer from here on.
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

/// Asks for a day; without a question the one that runs stops.
pub(super) fn ask(run: u32, question: Option<&Question>) {
    let bytes = question.map_or(JsValue::UNDEFINED, |question| {
        Uint8Array::from(&*question.to_bytes()).into()
    });
    if let Some((client, method)) = method("ask") {
        drop(method.call2(&client, &run.into(), &bytes));
    }
}
