//! Outcome of each value of a text: taken, filled in, left, or alike.

use leptos::prelude::*;

use super::super::super::icon::Icon;
use crate::import::{Leftover, Reading, Taken};
use crate::say::page::file as say;
use crate::say::page::header::and_more;

/// Maximum number of values listed; the rest are counted.
const SHOWN: usize = 100;

/// Value in a list: text, place and note.
struct Row {
    words: String,
    place: String,
    about: String,
}

/// Lists of a reading, the shorter news first.
#[component]
pub(super) fn Lists(
    /// Reading of the text.
    reading: Reading,
) -> impl IntoView {
    let taken = reading.taken.into_iter().map(of_taken).collect();
    let filled = reading.filled.into_iter().map(of_taken).collect();
    let left = reading.left.into_iter().map(of_left).collect();
    // In our own file, parts equal to it are no news.
    let alike = reading.alike.into_iter().filter(|_| !reading.is_ours);
    let alike = alike.map(of_left).collect();
    view! {
        {list(say::NOT_USED, left, true)}
        {list(say::TAKEN, taken, false)}
        {list(say::FILLED, filled, false)}
        {list(say::ALIKE, alike, false)}
    }
}

fn of_taken(taken: Taken) -> Row {
    Row {
        words: format!("{}: {}", taken.label, taken.value),
        place: say::place(&taken.place, taken.line),
        about: taken.note.unwrap_or_default(),
    }
}

fn of_left(left: Leftover) -> Row {
    Row {
        words: String::new(),
        place: match left.value {
            Some(value) => say::place(&format!("{} = {value}", left.place), left.line),
            None => say::place(&left.place, left.line),
        },
        about: left.why,
    }
}

fn list(title: &'static str, rows: Vec<Row>, open: bool) -> impl IntoView {
    let count = rows.len();
    let more = rows.len().saturating_sub(SHOWN);
    let is_there = !rows.is_empty();
    let items = rows.into_iter().take(SHOWN).map(|row| {
        view! {
            <li>
                {row.words}
                " "
                <code>{row.place}</code>
                " "
                {row.about}
            </li>
        }
    });
    let items = items.collect_view();
    is_there.then(|| {
        view! {
            <details class="read__unused" open=open>
                <summary>
                    <Icon name="chevron" class="chevron" />
                    {say::values(title, count)}
                </summary>
                <ul>
                    {items}
                    {(0 < more).then(|| view! { <li>{and_more(more)}</li> })}
                </ul>
            </details>
        }
    })
}
