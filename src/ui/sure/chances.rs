//! First limits exceeded in a hundred futures, as dots, and the probability per limit.

use leptos::prelude::*;

use super::Sure;
use crate::plan::uncertainty::{Uncertainty, WayFirst};
use crate::say::page::sure as page;
use crate::say::uncertainty as say;

/// Dots and probabilities.
#[component]
pub(super) fn Chances() -> impl IntoView {
    let Sure(sure) = expect_context();
    let rows = move || {
        sure.with(|known| {
            let sure = &known.as_ref()?.sure;
            let rows = sure.first.iter().map(|way| way_row(way, sure.draws));
            Some(rows.collect_view())
        })
    };
    let sentence = move || {
        sure.with(|known| {
            let sure = &known.as_ref()?.sure;
            Some(say::first(sure.first.first()?, sure.draws))
        })
    };
    let chances = move || sure.with(|known| Some(chances(&known.as_ref()?.sure)));
    view! {
        <div>
            <h3>{page::FIRST}</h3>
            <p class="row__meta">{sentence}</p>
            <ul class="sure__dots">{rows}</ul>
            <table class="table">
                <tbody>{chances}</tbody>
            </table>
        </div>
    }
}

/// Number of dots of a row, out of a hundred.
fn dots(futures: u32, draws: u32) -> u32 {
    (futures.saturating_mul(100) + draws / 2) / draws.max(1)
}

fn way_row(way: &WayFirst, draws: u32) -> impl IntoView + use<> {
    let circles = (0..dots(way.futures, draws)).map(|dot| {
        let (x, y) = (dot % 25, dot / 25);
        view! { <circle cx=(x * 4 + 2).to_string() cy=(y * 4 + 2).to_string() r="1.4" /> }
    });
    let rows = dots(way.futures, draws).div_ceil(25).max(1);
    view! {
        <li>
            <span>{say::first_name(way)}</span>
            <b>{say::share_of_futures(way.futures, draws)}</b>
            <svg viewBox=format!("0 0 100 {}", rows * 4) aria-hidden="true">
                {circles.collect_view()}
            </svg>
        </li>
    }
}

fn chances(sure: &Uncertainty) -> impl IntoView + use<> {
    let rows = sure
        .over
        .iter()
        .map(say::over)
        .chain([say::queue_over(sure)]);
    let row = |(name, chance): (String, String)| {
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td>{chance}</td>
            </tr>
        }
    };
    rows.map(row).collect_view()
}
