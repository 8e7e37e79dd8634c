//! A link as it arrives: what mail programs, HTML and people make of it.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::bound::LONGEST;
use super::notice::Notice;
use super::{pair, read};

/// The fragment in a text, whatever stands around it: a whole address, or pairs with or
/// without the `#`, perhaps all of them encoded once more.
pub(super) fn fragment(text: &str) -> Cow<'_, str> {
    let page = text.split(['#', '?']).next().unwrap_or_default();
    // A name among bare pairs may hold the signs that divide an address.
    let is_address = page.contains("://") || page.starts_with('/');
    let found = match page {
        _ if is_address || !page.contains(['&', '=']) => of_address(text),
        _ => None,
    };
    match found {
        Some(fragment) => decoded(bare(&fragment).into_owned().into()),
        None => decoded(bare(text)),
    }
}

/// What stands after the `#` of an address, as it was meant. A link copied out of HTML has
/// `&amp;` between the pairs, which no pair of ours begins with: what is in a value is
/// encoded.
pub fn bare(hash: &str) -> Cow<'_, str> {
    let fragment = hash.strip_prefix('#').unwrap_or(hash);
    if fragment.contains("&amp;") {
        fragment.replace("&amp;", "&").into()
    } else {
        fragment.into()
    }
}

/// A fragment that was encoded as a whole has no sign of its own left.
fn decoded(fragment: Cow<'_, str>) -> Cow<'_, str> {
    let is_encoded = ["%3D", "%3d"].iter().any(|sign| fragment.contains(sign));
    if !is_encoded || fragment.contains(['=', '&']) {
        return fragment;
    }
    let text = percent_decode_str(&fragment).decode_utf8_lossy();
    text.into_owned().into()
}

/// A scenario that stands after a `?`, as the fragment it should be, and what of the query is
/// somebody else's. A reading or a theme alone makes no scenario.
pub fn of_query(query: &str) -> Option<(String, String)> {
    let query = bare(query.strip_prefix('?').unwrap_or(query));
    let (ours, rest): (Vec<&str>, Vec<&str>) = pair::of(&query).partition(|pair| is_ours(pair));
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
    let (_, notices) = read::read(&decoded(pair.into()), LONGEST);
    !notices.iter().any(is_unknown)
}
