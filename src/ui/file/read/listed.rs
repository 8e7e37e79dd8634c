//! Where each value of a text went: taken, filled in, left, or alike.

use leptos::prelude::*;

use super::super::super::icon::Icon;
use crate::import::{Leftover, Reading, Taken};
use crate::plan::words;

/// Most values listed before the rest is only counted.
const SHOWN: usize = 100;

/// A value in a list: its words, its place, and what is to be known of it.
struct Row {
    words: String,
    place: String,
    about: String,
}

/// The lists of a reading, the shorter news first.
#[component]
pub(super) fn Lists(
    /// The text as it was read.
    reading: Reading,
) -> impl IntoView {
    let taken = reading.taken.into_iter().map(of_taken).collect();
    let filled = reading.filled.into_iter().map(of_taken).collect();
    let left = reading.left.into_iter().map(of_left).collect();
    // What our own file says anyway is no news about it.
    let alike = reading.alike.into_iter().filter(|_| !reading.is_ours);
    let alike = alike.map(of_left).collect();
    view! {
        {list("Not used", left, true)}
        {list("Taken", taken, false)}
        {list("Filled in, as the file’s target does", filled, false)}
        {list("Nothing to take", alike, false)}
    }
}

fn of_taken(taken: Taken) -> Row {
    Row {
        words: format!("{}: {}", taken.label, taken.value),
        place: with_line(taken.place, taken.line),
        about: taken.note.unwrap_or_default(),
    }
}

fn of_left(left: Leftover) -> Row {
    Row {
        words: String::new(),
        place: match left.value {
            Some(value) => with_line(format!("{} = {value}", left.place), left.line),
            None => with_line(left.place, left.line),
        },
        about: left.why,
    }
}

fn with_line(place: String, line: Option<usize>) -> String {
    match line {
        Some(line) => format!("{place}, line {line}"),
        None => place,
    }
}

fn list(title: &'static str, rows: Vec<Row>, open: bool) -> impl IntoView {
    let count = words::counted(u32::try_from(rows.len()).unwrap_or(u32::MAX), "value");
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
                    {format!("{title}: {count}")}
                </summary>
                <ul>
                    {items}
                    {(0 < more).then(|| view! { <li>{format!("… and {more} more")}</li> })}
                </ul>
            </details>
        }
    })
}
