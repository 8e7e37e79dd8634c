//! Canvas of a chart, drawn by ECharts.

use charming::{Echarts, WasmRenderer};
use js_sys::{Array, Reflect};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use super::super::after_paint;
use super::Picture;
use super::library::{Charts, Library};
use super::tip::Tip;

/// Draws and redraws a visible chart; the result tells whether the drawing is outdated. ECharts is
/// outside the reactive graph and slow: the numbers are painted first, and of several changes only
/// the last is drawn.
pub(super) fn draw(
    id: &'static str,
    is_seen: ReadSignal<bool>,
    picture: Memo<Picture>,
    charts: Charts,
) -> Memo<bool> {
    let shown = RwSignal::new(None::<u32>);
    if cfg!(feature = "ssr") {
        return Memo::new(|_| true);
    }
    let version = Memo::new(move |last: Option<&u32>| {
        picture.track();
        last.map_or(0, |last| last.wrapping_add(1))
    });
    let is_stale = Memo::new(move |_| shown.get() != Some(version.get()));
    let drawn = StoredValue::new_local(None::<Echarts>);
    let draw_now = move || picture.with_untracked(|picture| draw_now(id, drawn, picture));
    let waiting = StoredValue::new(false);
    Effect::new(move |_| {
        let is_there = is_seen.get() && !charts.is_covered.get();
        let is_wanted = is_stale.get() && is_there && charts.library.get() == Library::Ready;
        if !is_wanted || waiting.get_value() {
            return;
        }
        waiting.set_value(true);
        after_paint(move || {
            // The page may be gone.
            if waiting.try_set_value(false).is_none() && draw_now() {
                shown.set(Some(version.get_untracked()));
            }
        });
    });
    // Print shows all charts in light colors; nothing is painted between this event and printing.
    let printing = window_event_listener_untyped("beforeprint", move |_| {
        if charts.library.get_untracked() == Library::Ready && draw_now() {
            shown.set(Some(version.get_untracked()));
        }
    });
    on_cleanup(move || printing.remove());
    is_stale
}

/// Draws the chart; returns whether that was possible.
fn draw_now(
    id: &'static str,
    drawn: StoredValue<Option<Echarts>, LocalStorage>,
    picture: &Picture,
) -> bool {
    let Some(element) = document().get_element_by_id(id) else {
        return false;
    };
    let element: HtmlElement = element.unchecked_into();
    if let Some(height) = picture.height {
        let height = [&libm::ceil(height).to_string(), "px"].concat();
        let style = element.style();
        let _refused = style.set_property("min-block-size", &height);
    }
    tell(&element, &picture.tip);
    let size = (element.client_width(), element.client_height());
    let size = (f64::from(size.0), f64::from(size.1));
    let chart = picture.notes.drawn(&picture.chart, size);
    drawn.update_value(|drawn| match drawn {
        Some(handle) => WasmRenderer::update(handle, &chart),
        None => match WasmRenderer::new_opt(None, None).render(id, &chart) {
            Ok(handle) => *drawn = Some(handle),
            Err(problem) => leptos::logging::warn!("chart {id}: {problem:?}"),
        },
    });
    drawn.with_value(Option::is_some)
}

/// Passes the tooltip to `echarts.js`: a function of the position, and colors.
fn tell(element: &HtmlElement, tip: &Tip) {
    let tints: Array = tip.tints().map(JsValue::from).collect();
    let tip = tip.clone();
    let lines = move |index: u32| -> Array {
        let lines = tip.lines(index as usize).into_iter();
        let line = |(text, tint): (String, Option<usize>)| {
            let tint = tint.map_or(JsValue::NULL, |tint| JsValue::from_f64(tint as f64));
            Array::of2(&JsValue::from(text), &tint)
        };
        lines.map(line).collect()
    };
    let lines = Closure::<dyn Fn(u32) -> Array>::new(lines).into_js_value();
    for (name, value) in [("lines", lines), ("tints", tints.into())] {
        // Elements accept any property.
        let _set = Reflect::set(element, &JsValue::from(name), &value);
    }
}
