//! The pairs of a fragment, and the encoding of their values.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Characters that stay readable. Quotes, brackets and the like would end a link in mails.
pub(super) const ENCODED: AsciiSet = NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/')
    .remove(b':');

/// Whether a text names the version of its format, as every link from the page does.
pub fn is_versioned(fragment: &str) -> bool {
    of(fragment).any(|pair| pair.starts_with("v="))
}

/// The pairs of a fragment.
pub(super) fn of(fragment: &str) -> impl Iterator<Item = &str> {
    fragment.split('&').filter(|pair| !pair.is_empty())
}

/// Whether a pair says how a page shows the scenario, and nothing of the scenario itself.
pub(super) fn is_around(pair: &str) -> bool {
    let key = pair.split_once('=').map_or(pair, |(key, _)| key);
    matches!(key, "view" | "with" | "theme" | "embed")
}

/// A value as a link writes it; a space becomes `+`.
pub(super) fn encode(text: &str) -> String {
    utf8_percent_encode(text, &ENCODED)
        .to_string()
        .replace("%20", "+")
}

/// The text of a value.
pub(super) fn decode(text: &str) -> String {
    percent_decode_str(&text.replace('+', " "))
        .decode_utf8_lossy()
        .into_owned()
}
