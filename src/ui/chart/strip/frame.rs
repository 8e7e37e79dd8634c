//! The frame of a strip: title, drawing, sentence; its numbers stand in the table of the day.

use leptos::html::Div;
use leptos::prelude::*;

use super::super::canvas::draw;
use super::super::library::{Charts, Library};
use super::super::sight::use_sight;
use super::super::view::use_width;
use super::super::{Palette, Picture};
use crate::say::page::chart as say;

/// Draws a strip in these colors at a width in pixels; reads what it draws, tracked.
pub(in crate::ui) type PaintStrip = Box<dyn Fn(&Palette, f64) -> Picture + Send + Sync>;

/// A strip of the day.
#[component]
pub(in crate::ui) fn StripFrame(
    /// Element id of the drawing.
    id: &'static str,
    /// Title.
    title: &'static str,
    /// Its word among the strips.
    word: &'static str,
    /// The drawing.
    paint: PaintStrip,
) -> impl IntoView {
    let charts = expect_context::<Charts>();
    let canvas = NodeRef::<Div>::new();
    let is_seen = use_sight(canvas);
    let width = use_width(canvas, is_seen);
    let picture = Memo::new(move |_| charts.palette.with(|palette| paint(palette, width.get())));
    let is_stale = draw(id, is_seen, picture, charts);
    let is_drawn = move || (!is_stale.get()).then_some("");
    let summary = move || picture.with(|picture| picture.summary.clone());
    let state = move || match charts.library.get() {
        Library::Failed => say::NOT_LOADED,
        _ => "",
    };
    view! {
        <figure class="chart day__strip" data-word=word data-chart=id data-drawn=is_drawn>
            <figcaption>
                <h3 class="chart__title">{title}</h3>
            </figcaption>
            <div class="chart__canvas" id=id node_ref=canvas role="img" aria-label=summary></div>
            <p class="chart__state">{state}</p>
            <p class="chart__summary">{summary}</p>
        </figure>
    }
}
