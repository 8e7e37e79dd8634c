//! The frame of a chart: title, drawing, sentence and table.

use leptos::prelude::*;

use super::cross::{CrossLine, Reading};
use super::drawn::{Drawn, Paint};
use super::handle::Grips;
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
    /// The numbers at a minute, for a chart of the day.
    #[prop(default = None)]
    reading: Option<Reading>,
    /// Whether its lines are limits of providers, which can be moved.
    #[prop(default = false)]
    has_grips: bool,
) -> impl IntoView {
    let drawn = Drawn::of(id, paint);
    let picture = drawn.picture;
    let is_of_day = reading.is_some();
    // The page that is drawn ahead must not hold their places: its policy refuses inline styles.
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
