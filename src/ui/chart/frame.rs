//! The frame of a chart: title, drawing, sentence and table.

use leptos::prelude::*;

use super::drawn::{Drawn, Paint};
use super::save::Save;
use super::table::Table;

/// The frame of a chart, whatever it is of.
#[component]
pub(in crate::ui) fn PictureFrame(
    /// Element id of the drawing.
    id: &'static str,
    /// Title.
    title: &'static str,
    /// A note on how to read it.
    note: &'static str,
    /// Further class of the frame.
    #[prop(default = "")]
    class: &'static str,
    /// The chart.
    paint: Paint,
) -> impl IntoView {
    let drawn = Drawn::of(id, paint);
    let picture = drawn.picture;
    view! {
        <figure class=format!("chart {class}") data-chart=id data-drawn=drawn.is_drawn()>
            <figcaption>
                <h3 class="chart__title">{title}</h3>
                <p class="chart__note">{note}</p>
            </figcaption>
            {drawn.canvas()}
            <Save id title drawn />
            <Table title picture />
        </figure>
    }
}
