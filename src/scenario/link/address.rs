//! A link as it arrives: what mail programs, HTML and people make of it.

use std::borrow::Cow;

use super::{Notice, from_fragment};

/// The pairs as they were meant. A link copied out of HTML has `&amp;` between them, which no
/// pair of ours begins with: what is in a value is encoded.
pub fn unescaped(fragment: &str) -> Cow<'_, str> {
    if fragment.contains("&amp;") {
        fragment.replace("&amp;", "&").into()
    } else {
        fragment.into()
    }
}

/// A scenario that stands after a `?`, as the fragment it should be, and what of the query is
/// somebody else's. A reading or a theme alone makes no scenario.
pub fn of_query(query: &str) -> Option<(String, String)> {
    let query = unescaped(query.strip_prefix('?').unwrap_or(query));
    let (ours, rest): (Vec<&str>, Vec<&str>) = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .partition(|pair| is_ours(pair));
    ours.iter()
        .any(|pair| asks(pair))
        .then(|| (ours.join("&"), rest.join("&")))
}

/// The fragment of a whole address: what stands after its `#`, or after its `?` where that makes
/// a scenario and the fragment makes none.
pub fn of_address(address: &str) -> Option<String> {
    let (page, fragment) = address.split_once('#').unwrap_or((address, ""));
    // Pairs before it are no page: a bare fragment may hold a question in a name.
    let query = page
        .split_once('?')
        .filter(|(page, _)| !page.contains(['&', '=']));
    let query = query.map_or("", |(_, query)| query);
    match of_query(query) {
        Some((ours, _)) if fragment.is_empty() => Some(ours),
        Some((ours, _)) if of_query(fragment).is_none() => Some(format!("{ours}&{fragment}")),
        _ => (!fragment.is_empty()).then(|| fragment.to_owned()),
    }
}

/// Whether a pair makes a scenario. Others count versions by `v`, and pages by `p`.
fn asks(pair: &str) -> bool {
    let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
    match key {
        "v" | "view" | "theme" | "embed" | "name" => false,
        "w" | "p" => value.contains(','),
        _ => true,
    }
}

fn is_ours(pair: &str) -> bool {
    let is_unknown = |notice: &Notice| matches!(notice, Notice::UnknownKey(_));
    pair.starts_with("with=") || !from_fragment(pair).1.iter().any(is_unknown)
}
