//! Facts of a file: source, period, rows, and notes.

use std::sync::Arc;

use leptos::prelude::*;

use super::super::icon::Icon;
use crate::say::page::traffic as say;
use crate::say::{measured, traffic as words};
use crate::traffic::Digest;

/// Source, period, and numbers of rows used and unused.
#[component]
pub(super) fn Facts(
    /// Digest of the file.
    digest: Arc<Digest>,
) -> impl IntoView {
    let (from, to) = (measured::moment(&digest.from), measured::moment(&digest.to));
    let period = words::period(words::source(digest.format), &from, &to);
    let skipped = digest.skipped.iter();
    let skipped = skipped.map(|(skip, count)| words::skipped(*count, *skip));
    let flags = digest
        .flags
        .iter()
        .map(|flag| words::flag(*flag).to_owned());
    let unfinished = digest.unfinished.iter().map(words::unfinished);
    let throttled = digest.throttled_ratio.filter(|share| 0.0 < *share);
    let throttled = throttled.map(|share| words::throttled(share * 100.0));
    let unused = (!digest.unused.is_empty()).then(|| words::unused(&digest.unused));
    let week = digest.week.as_ref().map(words::week);
    let notes = skipped
        .chain(unfinished)
        .chain(flags)
        .chain(week)
        .chain(throttled)
        .chain(unused);
    let notes = notes.map(|note| view! { <li>{note}</li> }).collect_view();
    view! {
        <div class="measured__facts">
            <p class="status status--ok">
                <Icon name="check" />
                <span>{period} " " {words::rows(digest.rows)}</span>
            </p>
            <ul class="muted">{notes}</ul>
            <p class="muted">{say::STAYS_HERE}</p>
        </div>
    }
}
