//! Numbers in the formats of exports: `12`, `"3.0"`, `1,234`, `1.234,5`, `'12`.

use super::notation::DecimalMark;
use crate::model::digits;

/// Parses a number; `None` for any other text.
///
/// Surrounding blanks and one leading apostrophe are dropped. With a decimal point, commas group
/// thousands, and vice versa.
pub(crate) fn parse(text: &str, mark: DecimalMark) -> Option<f64> {
    if let Some(count) = short_count(text.as_bytes()) {
        return Some(count);
    }
    let text = bare(text);
    let (group, point) = match mark {
        DecimalMark::Point => (',', '.'),
        DecimalMark::Comma => ('.', ','),
    };
    if !text.contains(group) && point == '.' {
        return plain(text);
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let whole = unsigned.split(point).next().unwrap_or_default();
    if whole.contains(group) && !is_grouped(whole, group) {
        return None;
    }
    if unsigned[whole.len()..].contains(group) {
        return None;
    }
    let written: String = text
        .chars()
        .filter(|c| *c != group)
        .map(|c| if c == point { '.' } else { c })
        .collect();
    plain(&written)
}

/// Plain digits, as in most cells.
fn short_count(text: &[u8]) -> Option<f64> {
    if text.is_empty() || 15 < text.len() {
        return None;
    }
    let mut count = 0_u64;
    for byte in text {
        if !byte.is_ascii_digit() {
            return None;
        }
        count = count * 10 + u64::from(byte - b'0');
    }
    Some(count as f64)
}

/// Sign, digits, fraction, exponent. Words such as `inf` are no numbers.
#[inline(never)]
fn plain(text: &str) -> Option<f64> {
    digits::read(text).filter(|number| number.is_finite())
}

fn bare(text: &str) -> &str {
    let text = text.trim();
    text.strip_prefix('\'').unwrap_or(text).trim_start()
}

fn is_grouped(whole: &str, group: char) -> bool {
    let mut parts = whole.split(group);
    let first = parts.next().unwrap_or_default();
    (1..=3).contains(&first.len())
        && parts.all(|part| part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Evidence of a cell for the file's decimal mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hint {
    /// Valid with both.
    Nothing,
    /// Valid with a decimal comma only.
    Comma,
    /// Valid with a decimal point only.
    Point,
    /// Ambiguous, such as `1.234`.
    Unclear,
}

/// Evidence of a cell for the file's decimal mark.
pub(crate) fn hint(text: &str) -> Hint {
    let text = bare(text);
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if let Some((whole, decimals)) = text.split_once(',') {
        let is_whole = is_digits(whole) || (whole.contains('.') && is_grouped(whole, '.'));
        if is_whole && is_digits(decimals) && (decimals.len() != 3 || whole.contains('.')) {
            return Hint::Comma;
        }
        return Hint::Nothing;
    }
    match text.split_once('.') {
        Some((whole, decimals)) if is_digits(whole) && is_digits(decimals) => {
            if decimals.len() == 3 {
                Hint::Unclear
            } else {
                Hint::Point
            }
        }
        _ => Hint::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_exports_write_them() {
        let cases = [
            ("12", DecimalMark::Point, Some(12.0)),
            ("3.0", DecimalMark::Point, Some(3.0)),
            (" 1492 ", DecimalMark::Point, Some(1492.0)),
            ("'51", DecimalMark::Point, Some(51.0)),
            ("1,234,567", DecimalMark::Point, Some(1_234_567.0)),
            ("1,234.5", DecimalMark::Point, Some(1234.5)),
            ("1e3", DecimalMark::Point, Some(1000.0)),
            ("-68", DecimalMark::Point, Some(-68.0)),
            ("1,23", DecimalMark::Point, None),
            ("n/a", DecimalMark::Point, None),
            ("NaN", DecimalMark::Point, None),
            ("inf", DecimalMark::Point, None),
            ("1e999", DecimalMark::Point, None),
            ("1.195", DecimalMark::Comma, Some(1195.0)),
            ("0,977", DecimalMark::Comma, Some(0.977)),
            ("1.234.567,5", DecimalMark::Comma, Some(1_234_567.5)),
            ("1.23", DecimalMark::Comma, None),
        ];
        for (text, mark, expected) in cases {
            assert_eq!(parse(text, mark), expected, "{text} with {mark:?}");
        }
    }

    #[test]
    fn a_cell_says_what_it_can_about_the_mark() {
        let cases = [
            ("12", Hint::Nothing),
            ("1,253", Hint::Nothing),
            ("0,85", Hint::Comma),
            ("1.234,567", Hint::Comma),
            ("1.234", Hint::Unclear),
            ("0.85", Hint::Point),
        ];
        for (text, expected) in cases {
            assert_eq!(hint(text), expected, "{text}");
        }
    }
}
