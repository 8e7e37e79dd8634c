//! Decimal digits of a number: parsing and formatting.
//!
//! On the page the browser does both. Its digits read back as the same number, and are identical
//! unless two shortest texts are equally near, beyond fifteen digits. The standard library's tables
//! would make up a tenth of the first part, and 10 kB of a later one, and nothing else there parses
//! decimals. `tests/browser` compares the two.

/// Nearest number to a decimal such as `-12.5e3`, infinite if it is too large; `None` for any other
/// text (`inf`, `NaN`, `0x10`).
pub fn read(text: &str) -> Option<f64> {
    if is_decimal(text) { parsed(text) } else { None }
}

/// Shortest digits that read back as the same number, without an exponent: `0.1`, `1500`.
pub fn shortest(value: f64) -> String {
    written(value)
}

/// Digits rounded to at most 20 places. Not for values whose digits end in a 5 just behind them:
/// the browser rounds these up, native code to even.
pub fn to_places(value: f64, places: u8) -> String {
    rounded(value, places)
}

fn is_decimal(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (digits, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => (&unsigned[..at], Some(&unsigned[at + 1..])),
        None => (unsigned, None),
    };
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, places) = digits.split_once('.').unwrap_or((digits, ""));
    let has_digits = !(whole.is_empty() && places.is_empty());
    let exponent = exponent.map(|text| text.strip_prefix(['-', '+']).unwrap_or(text));
    has_digits
        && all_digits(whole)
        && all_digits(places)
        && exponent.is_none_or(|text| !text.is_empty() && all_digits(text))
}

#[cfg(not(all(target_family = "wasm", feature = "page")))]
mod by {
    pub(super) fn parsed(text: &str) -> Option<f64> {
        text.parse().ok()
    }

    pub(super) fn written(value: f64) -> String {
        value.to_string()
    }

    pub(super) fn rounded(value: f64, places: u8) -> String {
        format!("{value:.*}", usize::from(places))
    }
}

#[cfg(all(target_family = "wasm", feature = "page"))]
mod by {
    use js_sys::Number;
    use wasm_bindgen::JsValue;

    #[expect(clippy::unnecessary_wraps, reason = "as the other reader")]
    pub(super) fn parsed(text: &str) -> Option<f64> {
        Some(JsValue::from_str(text).unchecked_into_f64())
    }

    pub(super) fn written(value: f64) -> String {
        if value == 0.0 && value.is_sign_negative() {
            return "-0".to_owned(); // the browser leaves the sign out
        }
        let text = Number::from(value).to_string_with_radix(10).ok();
        let text = text.and_then(|text| text.as_string());
        without_exponent(text.unwrap_or_default())
    }

    pub(super) fn rounded(value: f64, places: u8) -> String {
        let text = Number::from(value)
            .to_fixed(places)
            .ok()
            .and_then(|text| text.as_string());
        text.unwrap_or_default()
    }

    /// `1.5e-7` in full. The browser writes an exponent below a millionth and from 1e21 on.
    fn without_exponent(text: String) -> String {
        let Some((digits, exponent)) = text.split_once('e') else {
            return text;
        };
        let exponent: i32 = exponent.parse().unwrap_or_default();
        let (sign, digits) = match digits.strip_prefix('-') {
            Some(digits) => ("-", digits),
            None => ("", digits),
        };
        let plain = digits.replace('.', "");
        let missing = |places: i32| "0".repeat(usize::try_from(places).unwrap_or_default());
        if exponent < 0 {
            [sign, "0.", &missing(-exponent - 1), &plain].concat()
        } else {
            let places = i32::try_from(plain.len()).unwrap_or_default() - 1;
            [sign, &plain, &missing(exponent - places)].concat()
        }
    }
}

use by::{parsed, rounded, written};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_decimals_are_read() {
        for (text, value) in [
            ("12.5", 12.5),
            (".5", 0.5),
            ("5.", 5.0),
            ("-1e3", -1_000.0),
            ("+2E-2", 0.02),
            ("1e999", f64::INFINITY),
        ] {
            assert_eq!(read(text), Some(value), "{text}");
        }
        for text in [
            "", "-", ".", "e5", "1e", "1e+", "inf", "NaN", "0x10", "1 0", "1_0", "１",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
