//! Worker of the reader: start, messages and stop; without a worker, slices on the page instead.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function, Object, Reflect};
use leptos::prelude::window;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{File, HtmlScriptElement, MessageEvent, Url, Worker};

use crate::first::browser::{all, document};

/// Stops a reading.
pub(super) type Stop = Box<dyn FnOnce()>;

/// Message that starts the reader.
pub(super) fn asked(files: &[File], answers: &str) -> JsValue {
    let message = Object::new();
    let list: Array = files.iter().map(JsValue::from).collect();
    for (name, value) in [
        ("wasm", JsValue::from_str(&place("usage_bg.wasm"))),
        ("files", list.into()),
        ("answers", JsValue::from_str(answers)),
    ] {
        Reflect::set(&message, &JsValue::from_str(name), &value).ok();
    }
    message.into()
}

/// Address of a file next to the program.
fn place(name: &str) -> String {
    let script = all(&document(), "script[data-js]").into_iter().next();
    let program = script.and_then(|script| script.get_attribute("data-js"));
    let program = program.unwrap_or_default();
    let folder = program.rsplit_once('/').map_or("", |(folder, _)| folder);
    let base = document().base_uri().ok().flatten().unwrap_or_default();
    let url = Url::new_with_base(&[folder, "/", name].concat(), &base);
    url.map(|url| url.href()).unwrap_or_default()
}

/// Receiver of the reader's messages.
pub(super) type Tell = Rc<dyn Fn(JsValue)>;

/// Starts the reader in a worker, or on the page if the worker does not start.
pub(super) fn start(asked: &JsValue, tell: Tell) -> Stop {
    let Ok(worker) = Worker::new(&place("usage-worker.js")) else {
        return on_page(asked.clone(), tell);
    };
    let has_spoken = Rc::new(RefCell::new(false));
    let other: Rc<RefCell<Option<Stop>>> = Rc::default();
    let on_message = {
        let (has_spoken, tell) = (Rc::clone(&has_spoken), Rc::clone(&tell));
        Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            *has_spoken.borrow_mut() = true;
            tell(event.data());
        })
    };
    let on_error = {
        let (asked, other) = (asked.clone(), Rc::clone(&other));
        Closure::<dyn Fn()>::new(move || {
            if *has_spoken.borrow() {
                tell(JsValue::NULL);
            } else {
                *other.borrow_mut() = Some(on_page(asked.clone(), Rc::clone(&tell)));
            }
        })
    };
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    worker.post_message(asked).ok();
    Box::new(move || {
        worker.set_onmessage(None);
        worker.set_onerror(None);
        worker.terminate();
        // The stopping call may come from one of these closures.
        on_message.forget();
        on_error.forget();
        if let Some(stop) = other.borrow_mut().take() {
            stop();
        }
    })
}

/// Reads in slices on the page.
fn on_page(asked: JsValue, tell: Tell) -> Stop {
    let stop: Rc<RefCell<Option<Function>>> = Rc::default();
    let held = Rc::clone(&stop);
    let begin = Closure::once_into_js(move || {
        let read = Reflect::get(&window(), &JsValue::from_str("readUsage")).unwrap_or_default();
        let hear = Closure::<dyn Fn(JsValue)>::new(move |message| tell(message)).into_js_value();
        let started = read
            .dyn_into::<Function>()
            .and_then(|read| read.call2(&JsValue::NULL, &asked, &hear));
        match started.and_then(JsCast::dyn_into::<Function>) {
            Ok(function) => *held.borrow_mut() = Some(function),
            Err(_) => drop(
                hear.unchecked_into::<Function>()
                    .call1(&JsValue::NULL, &JsValue::NULL),
            ),
        }
    });
    if let Ok(script) = document().create_element("script") {
        let script: HtmlScriptElement = script.unchecked_into();
        script.set_src(&place("usage-worker.js"));
        script.set_onload(Some(begin.unchecked_ref()));
        script.set_onerror(Some(begin.unchecked_ref()));
        if let Some(body) = document().body() {
            body.append_child(&script).ok();
        }
    }
    Box::new(move || {
        if let Some(stop) = stop.borrow_mut().take() {
            stop.call0(&JsValue::NULL).ok();
        }
    })
}
