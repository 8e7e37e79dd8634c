//! The scenarios beside another one: each a whole fragment, percent-encoded, in a
//! `with=` of the link of a comparison.

use std::borrow::Cow;

use percent_encoding::{percent_decode_str, utf8_percent_encode};

use super::write::ENCODED;

/// The key, after what divides pairs.
const WITH: &str = "&with=";

/// A fragment without the scenarios beside it, however long they are.
pub(super) fn own(fragment: &str) -> Cow<'_, str> {
    if !fragment.contains("with=") {
        return Cow::Borrowed(fragment);
    }
    let pairs = fragment.split('&').filter(|pair| !is_beside(pair));
    Cow::Owned(pairs.collect::<Vec<_>>().join("&"))
}

/// The pairs of a fragment that hold the scenarios beside it, as they stand.
pub fn pairs(fragment: &str) -> String {
    let pairs = fragment.split('&').filter(|pair| is_beside(pair));
    pairs.flat_map(|pair| ["&", pair]).collect()
}

fn is_beside(pair: &str) -> bool {
    pair.starts_with(&WITH[1..])
}

/// The fragments of the scenarios beside the first, from what [`pairs`] gave.
pub fn beside(pairs: &str) -> Vec<String> {
    let values = pairs.split(WITH).skip(1);
    values
        .map(|value| percent_decode_str(value).decode_utf8_lossy().into_owned())
        .collect()
}

/// A scenario's fragment as a link carries it beside another one.
pub fn with(fragment: &str) -> String {
    format!("{WITH}{}", utf8_percent_encode(fragment, &ENCODED))
}

/// The same pairs, with one scenario in the place of another.
pub fn replaced(pairs: &str, old: &str, new: &str) -> String {
    let (old, new) = (with(old), with(new));
    let values = pairs.split(WITH).skip(1);
    values
        .map(|value| match value {
            _ if *value == old[WITH.len()..] => new.clone(),
            _ => format!("{WITH}{value}"),
        })
        .collect()
}
