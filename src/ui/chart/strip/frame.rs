//! Frame of a strip: title, drawing and summary; the day's table has its numbers.

use leptos::prelude::*;

use super::super::drawn::{Drawn, Paint};

/// Strip of the day.
#[component]
pub(in crate::ui) fn StripFrame(
    /// Element id of the drawing.
    id: &'static str,
    /// Title of the strip.
    title: &'static str,
    /// Short name among the strips.
    word: &'static str,
    /// Painter of the strip.
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
