//! Links in mail: quoted, folded, and broken at line ends.

use crate::scenario::Link;
use crate::scenario::link::{self, Notice};

/// Maximum number of lines searched, and lines per link.
const MOST_LINES: usize = 10_000;
/// Maximum number of link ends tried.
const MOST_TRIALS: usize = 50;
/// Minimum length of a line that a mail program may have broken.
const FOLDED: usize = 60;
/// Pairs of characters around an address.
const AROUND: [(char, char); 8] = [
    ('<', '>'),
    ('"', '"'),
    ('\'', '\''),
    ('`', '`'),
    ('(', ')'),
    ('[', ']'),
    ('“', '”'),
    ('«', '»'),
];

/// Links found in a mail.
pub(super) struct Found {
    /// Distinct link fragments.
    pub(super) links: Vec<String>,
    /// Whether a link is cut off, with no matching continuation.
    pub(super) is_cut: bool,
}

/// Decoded text of a mail in quoted-printable.
pub(super) fn unfolded(text: &str) -> Option<String> {
    let joined = text.replace("=\r\n", "").replace("=\n", "");
    let starts = ["#", "?", "&", "=23", "=3F", "=26"].iter();
    let mut signs = starts.map(|start| format!("{start}v=3D"));
    signs.any(|sign| joined.contains(&sign)).then(|| {
        let mut plain = joined;
        for (code, sign) in [
            ("=23", "#"),
            ("=3F", "?"),
            ("=26", "&"),
            ("=3D", "="),
            ("=3d", "="),
        ] {
            plain = plain.replace(code, sign);
        }
        plain
    })
}

/// Line without quote marks.
fn unquoted(line: &str) -> &str {
    line.trim_start_matches(|c: char| c == '>' || c == '|' || c.is_whitespace())
        .trim_end()
}

/// Links in a mail, repaired across line breaks.
pub(super) fn links(text: &str) -> Found {
    let lines: Vec<&str> = text.lines().take(MOST_LINES).map(unquoted).collect();
    let mut found = Found {
        links: Vec::new(),
        is_cut: false,
    };
    for (index, line) in lines.iter().enumerate() {
        for word in line.split_whitespace() {
            if !word.contains("://") {
                continue;
            }
            let (word, is_closed) = address(word);
            let is_last = !is_closed && line.ends_with(word);
            let rest = if is_last { &lines[index + 1..] } else { &[] };
            let (link, is_cut) = whole(word, line.len(), rest);
            let Some(link) = link else { continue };
            found.is_cut |= is_cut && found.links.is_empty();
            if !found.links.contains(&link) {
                found.links.push(link);
            }
        }
    }
    found
}

/// Address in a word, and whether the character before it closes within the word: `[a](…)`,
/// `href="…"`, `<…|a>`.
fn address(word: &str) -> (&str, bool) {
    let scheme = word.find("://").unwrap_or_default();
    let before = word[..scheme].rfind(|c: char| !c.is_ascii_alphanumeric());
    let Some(before) = before else {
        return (word, false);
    };
    let opening = word[before..].chars().next().unwrap_or_default();
    let inner = &word[before + opening.len_utf8()..];
    let Some((_, close)) = AROUND.iter().find(|(open, _)| *open == opening) else {
        return (inner, false);
    };
    let end = match opening {
        '<' => inner.find(['|', *close]),
        '(' => inner.rfind(*close),
        _ => inner.find(*close),
    };
    match end {
        Some(end) => (&inner[..end], true),
        None => (&word[before..], false),
    }
}

/// Link that starts with a word, and whether it is cut.
fn whole(word: &str, width: usize, rest: &[&str]) -> (Option<String>, bool) {
    if let Some(closed) = closed(word, rest)
        && let Some(link) = link::found(&closed)
    {
        return (Some(link), false);
    }
    let own = link::found(word);
    let more = more(word, width, rest);
    // The longest readable link counts: later lines may look like its continuation.
    for count in (1..=more.len()).rev().take(MOST_TRIALS) {
        let joined = format!("{word}{}", more[..count].concat());
        if is_better(&joined, word) {
            return (link::found(&joined), false);
        }
    }
    let looks_like_more = |next: &&str| next.contains(['=', '&']) && !next.contains(':');
    let is_cut = own.is_some() && more.first().is_some_and(looks_like_more);
    (own, is_cut)
}

/// First words of the next lines that may continue a link.
fn more<'a>(word: &str, width: usize, rest: &[&'a str]) -> Vec<&'a str> {
    let mut found = Vec::new();
    // Number of certain continuations: a key-value pair, or a word after a full line.
    let mut sure = 0;
    let mut before = (word, width);
    for line in rest {
        let next = line.split_whitespace().next().unwrap_or_default();
        let is_address = next.contains("://");
        if next.is_empty() || is_address || !next.chars().all(|c| c.is_ascii_graphic()) {
            break;
        }
        found.push(next);
        let goes_on = FOLDED <= before.1
            && next == *line
            && next.starts_with(|c: char| c.is_ascii_digit())
            && before
                .0
                .ends_with(|c: char| c.is_ascii_digit() || c == '.' || c == '=');
        if next.contains(['=', '&', '%']) || goes_on {
            sure = found.len();
        }
        if next != *line {
            break;
        }
        before = (next, line.len());
    }
    found.truncate(sure);
    found
}

/// Text between an opening and its closing character, across lines.
fn closed(word: &str, rest: &[&str]) -> Option<String> {
    let first = word.chars().next()?;
    let (_, close) = AROUND.iter().find(|(open, _)| *open == first)?;
    let inner = &word[first.len_utf8()..];
    if inner.contains(*close) {
        return None;
    }
    let mut text = inner.to_owned();
    for line in rest {
        if line.is_empty() || line.contains("://") {
            return None;
        }
        match line.split_once(*close) {
            Some((last, _)) if !last.contains(char::is_whitespace) => {
                text.push_str(last);
                return Some(text);
            }
            None if !line.contains(char::is_whitespace) => text.push_str(line),
            _ => return None,
        }
    }
    None
}

/// Whether a link with the continuation has more valid settings and no invalid ones.
fn is_better(joined: &str, before: &str) -> bool {
    let read = |text: &str| {
        let (link, notices) = Link::read_own(&link::found(text)?);
        let unread = notices.iter().filter(|notice| !Notice::is_advice(notice));
        Some((link, unread.count()))
    };
    match (read(joined), read(before)) {
        (Some((whole, 0)), Some((part, unread))) => whole != part || 0 < unread,
        (Some((_, 0)), None) => true,
        _ => false,
    }
}
