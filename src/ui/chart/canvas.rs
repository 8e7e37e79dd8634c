//! The drawing of a chart, which ECharts holds.

use charming::{Echarts, WasmRenderer};
use leptos::html::Div;
use leptos::prelude::*;

use super::super::after_paint;
use super::Picture;
use super::view::Library;

/// Draws and redraws. ECharts is outside the reactive graph, and slow beside the
/// numbers: they are painted first, and of several changes only the last is drawn.
pub(super) fn draw(
    id: &'static str,
    canvas: NodeRef<Div>,
    picture: Memo<Picture>,
    library: RwSignal<Library>,
) {
    let drawn = StoredValue::new_local(None::<Echarts>);
    let waiting = StoredValue::new(false);
    Effect::new(move |_| {
        picture.track();
        if canvas.get().is_none() || library.get() != Library::Ready || waiting.get_value() {
            return;
        }
        waiting.set_value(true);
        after_paint(move || {
            // The page may be gone by now.
            if waiting.try_set_value(false).is_none() {
                picture.with_untracked(|picture| draw_now(id, drawn, picture));
            }
        });
    });
    if cfg!(feature = "ssr") {
        return;
    }
    // Paper is light, and nothing is painted between this event and the print.
    let printing = window_event_listener_untyped("beforeprint", move |_| {
        if drawn.with_value(Option::is_some) {
            picture.with_untracked(|picture| draw_now(id, drawn, picture));
        }
    });
    on_cleanup(move || printing.remove());
}

fn draw_now(
    id: &'static str,
    drawn: StoredValue<Option<Echarts>, LocalStorage>,
    picture: &Picture,
) {
    drawn.update_value(|drawn| match drawn {
        Some(handle) => WasmRenderer::update(handle, &picture.chart),
        None => match WasmRenderer::new_opt(None, None).render(id, &picture.chart) {
            Ok(handle) => *drawn = Some(handle),
            Err(problem) => leptos::logging::warn!("chart {id}: {problem:?}"),
        },
    });
    let canvas = document().get_element_by_id(id);
    if let Some(frame) = canvas.and_then(|canvas| canvas.closest("[data-chart]").ok().flatten()) {
        drop(frame.set_attribute("data-drawn", ""));
    }
}
