//! Request path in the selected minute.

use leptos::prelude::*;

use super::super::result::{DiagramView, Flow, across, down};
use super::cursor::Cursor;
use super::life::Life;
use crate::say::page::path as say;

/// Path with the numbers of the minute; follows slider and playback.
#[component]
pub(super) fn DayPath() -> impl IntoView {
    let life = expect_context::<Life>();
    let Cursor(minute) = expect_context::<Cursor>();
    let moment = Memo::new(move |_| {
        let at = minute.get();
        life.lived
            .with(|lived| lived.as_ref().and_then(|lived| lived.moment(at)))
    });
    let flow = move || moment.with(|moment| moment.as_ref().map(Flow::at));
    let wide = Signal::derive(move || flow().as_ref().map(across).unwrap_or_default());
    let narrow = Signal::derive(move || flow().as_ref().map(down).unwrap_or_default());
    let summary = Signal::derive(move || {
        let said = |moment: &_| say::summary_at(minute.get(), moment);
        moment.with(|moment| moment.as_ref().map(said).unwrap_or_default())
    });
    view! {
        <Show when=move || moment.with(Option::is_some)>
            <div class="day__path">
                <h3>{move || say::title_at(minute.get())}</h3>
                <DiagramView wide narrow summary />
            </div>
        </Show>
    }
}
