//! Numbers of the selected minute.

use leptos::prelude::*;

use super::cursor::Cursor;
use super::life::Life;
use crate::say::page::day as say;

/// Numbers of the selected minute.
#[component]
pub(super) fn Moment() -> impl IntoView {
    let life = expect_context::<Life>();
    let Cursor(minute) = expect_context::<Cursor>();
    let numbers = move || {
        let lived = life.lived.get();
        let numbers = lived.map(|lived| say::moment(&lived, minute.get()));
        let pair = |(name, value)| {
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                </div>
            }
        };
        numbers
            .unwrap_or_default()
            .into_iter()
            .map(pair)
            .collect_view()
    };
    let time = move || crate::say::day::clock(minute.get());
    view! {
        <div class="day__moment">
            <p class="day__time">{time}</p>
            <dl>{numbers}</dl>
        </div>
    }
}
