//! Pairs of a fragment, and the encoding of their values.

use super::bound::VERSION;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Characters that are not encoded. Quotes, brackets and the like would end a link in mails.
pub(super) const ENCODED: AsciiSet = NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/')
    .remove(b':');

/// Whether a text has a version, as every link from the page does.
pub fn is_versioned(fragment: &str) -> bool {
    of(fragment).any(|pair| pair.starts_with("v="))
}

/// The pairs of a fragment.
pub(super) fn of(fragment: &str) -> impl Iterator<Item = &str> {
    fragment.split('&').filter(|pair| !pair.is_empty())
}

/// Whether a pair belongs to the presentation rather than to the scenario.
pub(super) fn is_around(pair: &str) -> bool {
    let key = pair.split_once('=').map_or(pair, |(key, _)| key);
    matches!(key, "view" | "with" | "theme" | "embed" | "lost" | "month")
}

/// Version whose defaults a link uses: the last valid one, or the first if it has none.
pub(super) fn version_of(pairs: &[(String, &str)]) -> u32 {
    let said = pairs.iter().filter(|(key, _)| key == "v");
    let mut said = said.filter_map(|(_, value)| decode(value).parse::<u32>().ok());
    said.next_back().unwrap_or(1).clamp(1, VERSION)
}

/// Whether a fragment has a scenario of an earlier link version, whose answers may have changed.
pub(super) fn is_older(fragment: &str) -> bool {
    let own = of(fragment).filter(|pair| !is_around(pair));
    let pairs = own.filter_map(|pair| pair.split_once('='));
    let pairs: Vec<(String, &str)> = pairs.map(|(key, value)| (decode(key), value)).collect();
    !pairs.is_empty() && version_of(&pairs) < VERSION
}

/// Encodes a value for a link; a space becomes `+`.
pub(super) fn encode(text: &str) -> String {
    utf8_percent_encode(text, &ENCODED)
        .to_string()
        .replace("%20", "+")
}

/// Decodes a value.
pub(super) fn decode(text: &str) -> String {
    percent_decode_str(&text.replace('+', " "))
        .decode_utf8_lossy()
        .into_owned()
}
