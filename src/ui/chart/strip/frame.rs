//! The frame of a strip: title, drawing, sentence; its numbers stand in the table of the day.

use leptos::prelude::*;

use super::super::drawn::{Drawn, Paint};

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
    paint: Paint,
) -> impl IntoView {
    let drawn = Drawn::of(id, paint);
    view! {
        <figure
            class="chart day__strip"
            data-word=word
            data-chart=id
            data-drawn=drawn.is_drawn()
        >
            <figcaption>
                <h3 class="chart__title">{title}</h3>
            </figcaption>
            {drawn.canvas(().into_any(), true)}
        </figure>
    }
}
