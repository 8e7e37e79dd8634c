//! The pairs of a fragment, and the encoding of their values.

use super::bound::VERSION;
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
    matches!(key, "view" | "with" | "theme" | "embed" | "lost" | "month")
}

/// The version whose defaults a link means: the first, where it says none or a wrong one.
pub(super) fn version_of(pairs: &[(String, &str)]) -> u32 {
    let said = pairs.iter().rfind(|(key, _)| key == "v");
    let said = said.and_then(|(_, value)| decode(value).parse::<u32>().ok());
    said.unwrap_or(1).clamp(1, VERSION)
}

/// Whether a fragment says a scenario in an earlier version of links, whose answers may have
/// changed since.
pub(super) fn is_older(fragment: &str) -> bool {
    let own = of(fragment).filter(|pair| !is_around(pair));
    let pairs = own.filter_map(|pair| pair.split_once('='));
    let pairs: Vec<(String, &str)> = pairs.map(|(key, value)| (decode(key), value)).collect();
    !pairs.is_empty() && version_of(&pairs) < VERSION
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
