//! Incoming links, as altered by mail programs, HTML and people.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::bound::LONGEST;
use super::notice::Notice;
use super::{pair, read};

/// The fragment in a text: a whole address, or pairs with or without the `#`, perhaps
/// percent-encoded as a whole.
pub(super) fn fragment(text: &str) -> Cow<'_, str> {
    if text.contains("://")
        && let Some(found) = found(text)
    {
        return found.into();
    }
    let page = text.split(['#', '?']).next().unwrap_or_default();
    // A name among bare pairs may contain the characters that divide an address.
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

/// The fragment of an address, without its `#`. Links copied from HTML have `&amp;` between their
/// pairs; no pair starts with `amp;`, and values are encoded.
pub fn bare(hash: &str) -> Cow<'_, str> {
    let fragment = hash.strip_prefix('#').unwrap_or(hash);
    if fragment.contains("&amp;") {
        fragment.replace("&amp;", "&").into()
    } else {
        fragment.into()
    }
}

/// Maximum depth of nested wrappers.
const DEEPEST: usize = 5;

/// The fragment of a link inside wrappers of mail programs and people: brackets, quotes,
/// a full stop, an encoding of the whole, or the address of a link filter.
pub fn found(text: &str) -> Option<String> {
    let found = if text.len() < LONGEST * 8 {
        inside(text, 0)
    } else {
        directly(trimmed(text))
    };
    found.map(unspoiled)
}

/// Characters that prose, Markdown or chats append to a link.
const SIGNS: &str = ".,;:!?…)]}>'\"’”*_|\u{200b}";

/// Removes trailing characters of the surrounding sentence if they spoil the last value; a name
/// keeps its own.
fn unspoiled(fragment: String) -> String {
    let unread = |text: &str| {
        let (_, notices) = read::read(text, LONGEST);
        notices.iter().filter(|notice| !notice.is_advice()).count()
    };
    let last = fragment.rfind('&').unwrap_or_default();
    // A unit's sign belongs to the value, and so do the dots of an unfinished range.
    let trim = |text: &str| {
        let end = text.trim_end_matches(|c| SIGNS.contains(c)).len();
        let is_range = text[end..].starts_with("..");
        if is_range { text.len() } else { end }
    };
    // Slack writes a link, a bar and its label.
    let bar = fragment[last..].find('|').map(|at| last + at);
    let ends = [
        trim(&fragment),
        bar.map_or(fragment.len(), |bar| trim(&fragment[..bar])),
    ];
    let before = ends
        .iter()
        .any(|end| *end < fragment.len())
        .then(|| unread(&fragment));
    let is_better = |end: &usize| before.is_some_and(|before| unread(&fragment[..*end]) < before);
    match ends
        .into_iter()
        .filter(|end| *end < fragment.len())
        .find(is_better)
    {
        Some(end) => fragment[..end].to_owned(),
        None => fragment,
    }
}

fn inside(text: &str, depth: usize) -> Option<String> {
    if DEEPEST < depth {
        return None;
    }
    let text = trimmed(text);
    let (page, after) = text.split_at(text.find('#').unwrap_or(text.len()));
    let query = page.split_once('?').map_or("", |(_, query)| query);
    // A link filter has the address in one pair, and its own parameters behind it.
    let is_link = |value: &str| value.contains("://") || value.contains("%3A%2F%2F");
    let values = query.split('&').filter_map(|pair| pair.split_once('='));
    for (key, value) in values {
        let plain = percent_decode_str(value).decode_utf8_lossy();
        let plain = if key == "u" && value.contains("-3A__") {
            // This filter writes `-` for `%` and `_` for `/`.
            let encoded = value.replace('_', "/").replace('-', "%");
            percent_decode_str(&encoded)
                .decode_utf8_lossy()
                .into_owned()
        } else {
            plain.into_owned()
        };
        if (is_link(&plain) || is_link(value))
            && let Some(found) = inside(&plain, depth + 1)
        {
            return Some(found);
        }
    }
    // This filter writes the address between marks, with a star for the `#`.
    if let Some((_, rest)) = page.split_once("__http")
        && let Some((inner, _)) = rest.split_once("__;")
        && let Some(found) = inside(&format!("http{}", inner.replacen('*', "#", 1)), depth + 1)
    {
        return Some(found);
    }
    if let Some(found) = directly(text) {
        return Some(found);
    }
    let is_encoded = ["%23", "%3D", "%3d", "%25"]
        .iter()
        .any(|sign| text.contains(sign));
    // If only the `#` is encoded, the rest is intact.
    let half = text.replacen("%23", "#", 1);
    if after.is_empty()
        && half != text
        && let Some(found) = directly(&half)
    {
        return Some(found);
    }
    if !is_encoded {
        return None;
    }
    let decoded = percent_decode_str(text).decode_utf8_lossy();
    if decoded == text {
        None
    } else {
        inside(&decoded, depth + 1)
    }
}

/// The fragment of an unencoded address with a scenario.
fn directly(text: &str) -> Option<String> {
    let page = text.split(['#', '?']).next().unwrap_or_default();
    let is_address = page.is_empty() || page.contains("://") || page.starts_with('/');
    let fragment = of_address(text).filter(|_| is_address)?;
    let fragment = decoded(bare(&fragment).into_owned().into());
    let query = text.split('#').next().and_then(|page| page.split_once('?'));
    let others = query.and_then(|(_, query)| of_query(query));
    // Without a version, a query that also serves another program is that program's.
    let is_shared = others.is_some_and(|(_, others)| !others.is_empty());
    // A name among pairs may look like an address.
    let is_pair = page.split("://").next().unwrap_or_default().contains('=');
    let is_plain = !is_shared && !is_pair && is_scenario(&fragment);
    let is_own = pair::is_versioned(&fragment) || is_plain;
    is_own.then(|| fragment.into_owned())
}

/// Whether a fragment has a scenario: by its version, or by its keys where a person wrote it
/// without one. A mistyped key among several does not hide the others.
pub fn is_scenario(fragment: &str) -> bool {
    if pair::is_versioned(fragment) {
        return true;
    }
    let (_, notices) = read::read(fragment, LONGEST);
    let foreign = |notice: &Notice| match notice {
        Notice::UnknownKey(key) => Some(key.clone()),
        // The short keys of rows mean something else to other sites.
        Notice::BadValue { key, .. } if matches!(key.as_str(), "w" | "p") => Some(key.clone()),
        _ => None,
    };
    let foreign: Vec<String> = notices.iter().filter_map(foreign).collect();
    let has_question = pair::of(fragment).any(|pair| {
        let key = pair.split_once('=').map(|(key, _)| key);
        asks(pair) && key.is_some_and(|key| !foreign.iter().any(|other| other == key))
    });
    has_question && foreign.len() * 2 < pair::of(fragment).count()
}

/// Removes the characters that people and mail programs put around an address.
fn trimmed(text: &str) -> &str {
    let text = text.trim();
    let opened = text.trim_start_matches(['<', '(', '[', '"', '\'', '`', '“', '«']);
    let text = if opened.len() < text.len() {
        opened.trim_end_matches(['>', ')', ']', '"', '\'', '`', '”', '»', '.', ',', ';'])
    } else {
        text.trim_end_matches(['>', '"', ',', ';'])
    };
    // A name may end with a full stop; a number does not.
    match text.strip_suffix('.') {
        Some(rest) if rest.ends_with(|c: char| c.is_ascii_digit()) || !rest.contains('=') => rest,
        _ => text,
    }
}

/// A fragment encoded as a whole contains no separators.
fn decoded(fragment: Cow<'_, str>) -> Cow<'_, str> {
    let is_encoded = ["%3D", "%3d"].iter().any(|sign| fragment.contains(sign));
    if !is_encoded || fragment.contains(['=', '&']) {
        return fragment;
    }
    let text = percent_decode_str(&fragment).decode_utf8_lossy();
    text.into_owned().into()
}

/// A scenario in a query string, as its fragment, and the foreign rest of the query. A view or
/// theme alone is no scenario.
pub fn of_query(query: &str) -> Option<(String, String)> {
    let query = bare(query.strip_prefix('?').unwrap_or(query));
    let (ours, rest): (Vec<&str>, Vec<&str>) = pair::of(&query).partition(|pair| is_ours(pair));
    ours.iter()
        .any(|pair| asks(pair))
        .then(|| (ours.join("&"), rest.join("&")))
}

/// The fragment of an address: the text after its `#`, or its query if that holds a scenario and
/// the fragment does not.
pub fn of_address(address: &str) -> Option<String> {
    let (page, fragment) = address.split_once('#').unwrap_or((address, ""));
    // Pairs before the `?` mean a bare fragment with a `?` in a name.
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

/// Whether a pair belongs to a scenario. Other sites use `v` for versions and `p` for pages.
fn asks(pair: &str) -> bool {
    let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
    match key {
        "v" | "view" | "theme" | "embed" | "name" | "lost" | "month" => false,
        "w" | "p" => value.contains(','),
        _ => true,
    }
}

fn is_ours(pair: &str) -> bool {
    let is_unknown = |notice: &Notice| matches!(notice, Notice::UnknownKey(_));
    let (_, notices) = read::read(&decoded(pair.into()), LONGEST);
    !notices.iter().any(is_unknown)
}
