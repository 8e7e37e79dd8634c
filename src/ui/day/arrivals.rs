//! Choice between planned and measured arrivals.

use leptos::prelude::*;

use super::super::field::Segments;
use super::super::store::Field;
use super::life::Life;
use crate::say::page::day as page;

/// Choice of arrivals, if a measured day is available.
pub(super) fn arrivals(life: &Life) -> impl IntoView + use<> {
    let life = *life;
    let (is_measured, measured) = (life.is_measured, life.measured);
    let field = Field {
        get: Signal::derive(move || page::ARRIVALS[usize::from(is_measured.get())].0.to_owned()),
        set: Callback::new(move |word: String| is_measured.set(word == page::ARRIVALS[1].0)),
    };
    let is_there = Memo::new(move |_| measured.with(Option::is_some));
    move || {
        is_there.get().then(|| {
            view! {
                <div class="day__arrivals">
                    <Segments
                        name="arrivals"
                        label=page::ARRIVE
                        choices=page::ARRIVALS.to_vec()
                        field
                    />
                    {move || {
                        let said = page::times_the_measured(life.times()?)?;
                        Some(view! { <p class="faint">{said}</p> })
                    }}
                </div>
            }
        })
    }
}
