//! The drawing of a chart, which ECharts holds.

use charming::{Echarts, WasmRenderer};
use leptos::prelude::*;

use super::super::after_paint;
use super::Picture;
use super::library::{Charts, Library};

/// Draws and redraws a visible chart. ECharts is outside the reactive graph, and slow
/// beside the numbers: they are painted first, and of several changes only the last is
/// drawn. Says whether the drawing is behind the picture.
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
            // The page may be gone by now.
            if waiting.try_set_value(false).is_none() && draw_now() {
                shown.set(Some(version.get_untracked()));
            }
        });
    });
    // Paper shows them all, and is light; nothing is painted between this event and the print.
    let printing = window_event_listener_untyped("beforeprint", move |_| {
        if charts.library.get_untracked() == Library::Ready && draw_now() {
            shown.set(Some(version.get_untracked()));
        }
    });
    on_cleanup(move || printing.remove());
    is_stale
}

/// Whether it could be drawn.
fn draw_now(
    id: &'static str,
    drawn: StoredValue<Option<Echarts>, LocalStorage>,
    picture: &Picture,
) -> bool {
    drawn.update_value(|drawn| match drawn {
        Some(handle) => WasmRenderer::update(handle, &picture.chart),
        None => match WasmRenderer::new_opt(None, None).render(id, &picture.chart) {
            Ok(handle) => *drawn = Some(handle),
            Err(problem) => leptos::logging::warn!("chart {id}: {problem:?}"),
        },
    });
    drawn.with_value(Option::is_some)
}
