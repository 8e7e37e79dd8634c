//! Interaction with a limit's handle: converts pointer and keys to values of its field.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::Element;

use super::super::store::ScenarioStore;
use super::drawn::Drawn;
use super::grips::{Grip, number, rounded};
use crate::say::page::reading as say;
use crate::scenario::Provider;
use crate::scenario::property::Entry;

#[wasm_bindgen]
extern "C" {
    /// Pixel of a value from the top of a drawing; not finite if outside.
    #[wasm_bindgen(js_namespace = echarts)]
    fn place(id: &str, value: f64) -> f64;

    /// Value at a pixel from the top of a drawing.
    #[wasm_bindgen(js_namespace = echarts)]
    fn value(id: &str, pixel: f64) -> f64;

    /// Name of the value axis.
    #[wasm_bindgen(js_namespace = echarts, js_name = unit)]
    fn unit_name(id: &str) -> String;
}

/// Space above the axes in pixels, as in `draw::base`.
const TOP: f64 = 28.0;
const BOTTOM: f64 = 26.0;
/// Height of a handle, in pixels.
const HANDLE: f64 = 24.0;
/// Distance of the two pixels used to measure the axis for a drag.
const SPAN: f64 = 100.0;

/// Axis at the start of a drag; kept for the pointer while the chart rescales.
#[derive(Clone, Copy)]
pub(super) struct Drag {
    /// Tokens per minute at the top.
    top: f64,
    /// Tokens per minute per pixel.
    a_pixel: f64,
    /// Ratio of the limit as entered to the tokens at its line.
    ratio: f64,
}

/// Handle with the state of its drag.
#[derive(Clone, Copy)]
pub(super) struct Hold {
    pub(super) store: ScenarioStore,
    pub(super) id: &'static str,
    pub(super) drawn: Drawn,
    pub(super) grip: Signal<Option<Grip>>,
    pub(super) drag: RwSignal<Option<Drag>>,
    /// Pixel of the dragging pointer.
    pub(super) pointed: RwSignal<f64>,
}

impl Hold {
    /// Pixel of the line from the top of the drawing, if visible; the last one until the drawing
    /// has followed an edit, so that the handle keeps keyboard focus.
    pub(super) fn pixel(self, last: Option<f64>) -> Option<f64> {
        if self.drag.with(Option::is_some) {
            return Some(self.pointed.get());
        }
        if self.drawn.is_drawn()().is_none() {
            return last;
        }
        self.drawn.picture.track();
        let pixel = place(self.id, self.grip.get()?.tpm / axis_unit(self.id));
        let height = self.drawn.height()?;
        (TOP <= pixel && pixel <= height - BOTTOM).then_some(pixel)
    }

    /// Lane beside the line, from its end: handles closer than their height are side by side, with
    /// room for touch.
    pub(super) fn lane(self, all: &[Grip]) -> usize {
        let Some(own) = self.grip.get() else { return 0 };
        if self.drawn.is_drawn()().is_none() {
            return 0;
        }
        self.drawn.picture.track();
        let unit = axis_unit(self.id);
        let (mut lane, mut below) = (0, f64::INFINITY);
        for grip in all {
            let pixel = place(self.id, grip.tpm / unit);
            let is_close = (below - pixel).abs() < HANDLE;
            lane = if is_close { lane + 1 } else { 0 };
            below = pixel;
            if (grip.row, grip.key) == (own.row, own.key) {
                break;
            }
        }
        lane
    }

    fn put(self, limit: f64) {
        let grip = self.grip.get_untracked();
        if let Some((grip, number)) = grip.and_then(|grip| Some((grip.clone(), number(grip.key)?)))
        {
            let bounds = number.spec().bounds();
            let entry = Entry::from(Some(limit.clamp(bounds.low, bounds.high)));
            let put = move |row: &mut Provider| number.put(row, entry);
            self.store.edit_provider(grip.row, grip.key, put);
        }
    }

    pub(super) fn begin(self, ev: &PointerEvent) {
        let Some(grip) = self.grip.get_untracked() else {
            return;
        };
        self.store.end_step();
        let unit = axis_unit(self.id);
        let [low, high] = [TOP + SPAN, TOP].map(|pixel| value(self.id, pixel) * unit);
        self.pointed
            .set(untrack(|| self.pixel(None)).unwrap_or(TOP));
        self.drag.set(Some(Drag {
            top: high,
            a_pixel: (high - low) / SPAN,
            ratio: grip.limit / grip.tpm,
        }));
        if let Some(target) = ev.target() {
            let target: Element = target.unchecked_into();
            drop(target.set_pointer_capture(ev.pointer_id()));
        }
    }

    pub(super) fn follow(self, ev: &PointerEvent) {
        let Some(drag) = self.drag.get_untracked() else {
            return;
        };
        let from_top = f64::from(ev.client_y()) - self.drawn.top().unwrap_or_default();
        let lowest = self.drawn.height().unwrap_or_default() - BOTTOM - 1.0;
        let at = from_top.clamp(TOP, lowest.max(TOP));
        self.pointed.set(at);
        let limit = (drag.top - (at - TOP) * drag.a_pixel) * drag.ratio;
        if limit.is_finite() {
            self.put(rounded(limit));
        }
    }

    pub(super) fn end(self) {
        self.drag.set(None);
        self.store.end_step();
    }

    pub(super) fn press(self, ev: &KeyboardEvent) {
        let up = match ev.key().as_str() {
            "ArrowUp" | "ArrowRight" | "PageUp" => true,
            "ArrowDown" | "ArrowLeft" | "PageDown" => false,
            _ => return,
        };
        let grip = self.grip.get_untracked();
        if let Some((limit, number)) = grip.and_then(|grip| Some((grip.limit, number(grip.key)?))) {
            ev.prevent_default();
            self.put(number.spec().step(limit, up));
        }
    }
}

/// Tokens per unit of a drawing's axis.
fn axis_unit(id: &str) -> f64 {
    say::tokens_unit(&unit_name(id))
}
