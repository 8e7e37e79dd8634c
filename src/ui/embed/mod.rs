//! Page in a frame of another page, inserted by `public/embed.js`.
//!
//! `embed=ORIGIN` in the link names the host page. Only messages from that origin and the frame's
//! parent are accepted, and only it receives any; a bare `embed` exchanges none. The host sends the
//! theme and receives the page's height. Nothing is stored, and the frame's address stays as set by
//! the host.

mod dialog;
mod head;

pub(super) use dialog::show_modal;
pub(super) use head::FrameHead;

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, ResizeObserver, Window};

use super::{slice, theme};
use crate::first::kept::frame;

pub(super) use crate::first::browser::is_embedded;

/// Target of links that leave the frame.
pub(super) fn link_target() -> Option<&'static str> {
    is_embedded().then_some("_blank")
}

/// Host page of an embedded one, if the link names it.
pub(super) fn host(fragment: &str) -> Option<Host> {
    let origin = frame::origin(fragment).filter(|origin| !origin.is_empty())?;
    let parent = window().parent().ok().flatten()?;
    Some(Host { parent, origin })
}

/// Host page.
#[derive(Clone)]
pub(super) struct Host {
    parent: Window,
    origin: String,
}

impl Host {
    /// Follows the host's theme, and sends it the height on every change.
    pub(super) fn connect(self) {
        let host = self.clone();
        let heard = window_event_listener(leptos::ev::message, move |ev| {
            if let Some(word) = host.theme_of(&ev) {
                theme::take(&word);
            }
        });
        on_cleanup(move || heard.remove());
        // Until then the prerendered page is shown, with a different height.
        slice::once_whole(move || self.tell_heights());
    }

    fn tell_heights(self) {
        // Sent once immediately: a frame off screen has no layout, and so is not observed.
        let host = self.clone();
        set_timeout(move || host.tell_height(), Duration::ZERO);
        let changed = Closure::<dyn FnMut()>::new(move || self.tell_height());
        let observer = ResizeObserver::new(changed.as_ref().unchecked_ref());
        changed.forget(); // as long as the page
        if let (Ok(observer), Some(body)) = (observer, document().body()) {
            observer.observe(&body);
        }
    }

    /// Theme in a message, if sent by the host.
    fn theme_of(&self, ev: &MessageEvent) -> Option<String> {
        let from_parent = ev.source().is_some_and(|source| {
            let (source, parent): (&JsValue, &JsValue) = (source.as_ref(), self.parent.as_ref());
            source == parent
        });
        if !from_parent || ev.origin() != self.origin {
            return None;
        }
        let data = ev.data();
        let part = |name: &str| js_sys::Reflect::get(&data, &name.into()).ok()?.as_string();
        part("type").filter(|kind| kind == "kt-capacity:theme")?;
        part("theme")
    }

    fn tell_height(&self) {
        let Some(body) = document().body() else {
            return;
        };
        let height = body.get_bounding_client_rect().height();
        let message = js_sys::Object::new();
        let set = |name: &str, value: JsValue| {
            js_sys::Reflect::set(&message, &name.into(), &value).is_ok()
        };
        let is_whole = set("type", "kt-capacity:height".into()) && set("height", height.into());
        // An opaque origin, such as that of a file, cannot be addressed.
        let target = if self.origin == "null" {
            "*"
        } else {
            &self.origin
        };
        if !is_whole || self.parent.post_message(&message, target).is_err() {
            leptos::logging::warn!("the page around could not be told the height");
        }
    }
}
