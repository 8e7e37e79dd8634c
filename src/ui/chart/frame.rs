//! Frame of a chart: title, drawing, summary and table.

use leptos::prelude::*;

use super::cross::{CrossLine, Reading};
use super::drawn::{Drawn, Paint};
use super::handle::Grips;
use super::save::Save;
use super::table::Table;

/// Frame of any chart.
#[component]
pub(in crate::ui) fn PictureFrame(
    /// Element id of the drawing.
    id: &'static str,
    /// Title of the chart.
    title: &'static str,
    /// Note on how to read the chart.
    note: &'static str,
    /// Additional class of the frame.
    #[prop(default = "")]
    class: &'static str,
    /// Painter of the chart.
    paint: Paint,
    /// Readout at a minute, for a chart of the day.
    #[prop(default = None)]
    reading: Option<Reading>,
    /// Whether the chart has provider limits with movable lines.
    #[prop(default = false)]
    has_grips: bool,
) -> impl IntoView {
    let drawn = Drawn::of(id, paint);
    let picture = drawn.picture;
    let is_of_day = reading.is_some();
    // The prerendered page must have no inline styles, which its policy rejects.
    let is_drawn_ahead = cfg!(feature = "ssr");
    let reading = reading.filter(|_| !is_drawn_ahead);
    let over = view! {
        {reading.map(|reading| view! { <CrossLine title reading /> })}
        {(has_grips && !is_drawn_ahead).then(|| view! { <Grips id drawn /> })}
    };
    view! {
        <figure class=format!("chart {class}") data-chart=id data-drawn=drawn.is_drawn()>
            <figcaption>
                <h3 class="chart__title">{title}</h3>
                <p class="chart__note">{note}</p>
            </figcaption>
            {drawn.canvas(over.into_any(), is_of_day)}
            <Save id title drawn />
            <Table title picture />
        </figure>
    }
}
