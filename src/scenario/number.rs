//! Numbers as people type and read them.

/// Reads a number as typed: `50000`, `50,000`, `50 000`, `50k`, `1.5M`, `2e6`.
///
/// # Errors
///
/// One sentence that says what to type instead.
pub fn parse(text: &str) -> Result<f64, String> {
    let text = text.trim().trim_end_matches('%').trim_end();
    let (digits, factor) = match text.chars().last() {
        Some('k' | 'K') => (&text[..text.len() - 1], 1e3),
        Some('m' | 'M') => (&text[..text.len() - 1], 1e6),
        Some('g' | 'G' | 'b' | 'B') => (&text[..text.len() - 1], 1e9),
        _ => (text, 1.0),
    };
    let digits = digits.trim_end();
    if is_decimal_comma(digits) {
        return Err(format!(
            "Use a point for decimals: {}",
            digits.replace(',', ".")
        ));
    }
    let plain: String = digits
        .chars()
        .filter(|c| {
            !matches!(
                c,
                ',' | '_' | '\'' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}'
            )
        })
        .collect();
    // `parse` alone would read "inf" and "NaN".
    let unsigned = plain.strip_prefix(['-', '+']).unwrap_or(&plain);
    let starts_well = unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    match plain.parse::<f64>() {
        Ok(value) if starts_well && value.is_finite() => Ok(value * factor),
        Ok(value) if starts_well && value.is_infinite() => {
            Err("That number is too large".to_owned())
        }
        _ => Err("Enter a number".to_owned()),
    }
}

/// `1,5` is a decimal comma; `1,500` and `1,234,567` group thousands.
fn is_decimal_comma(digits: &str) -> bool {
    let groups: Vec<&str> = digits.split(',').collect();
    groups.len() == 2 && groups.last().is_some_and(|last| last.len() != 3)
}

/// A number with thousands grouped and no more decimals than it has.
pub fn grouped(value: f64) -> String {
    let plain = format!("{value}");
    let (whole, rest) = plain
        .split_once('.')
        .map_or((plain.as_str(), None), |(w, r)| (w, Some(r)));
    let (sign, digits) = whole
        .strip_prefix('-')
        .map_or(("", whole), |digits| ("-", digits));
    let mut text = String::from(sign);
    for (index, digit) in digits.chars().enumerate() {
        if index != 0 && (digits.len() - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(rest) = rest {
        text.push('.');
        text.push_str(rest);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_type_them() {
        // (typed, value)
        let cases = [
            ("50000", 50_000.0),
            (" 50,000 ", 50_000.0),
            ("50 000", 50_000.0),
            ("50k", 50_000.0),
            ("1.5M", 1_500_000.0),
            ("2 M", 2_000_000.0),
            ("1e3", 1_000.0),
            ("15 %", 15.0),
            ("1,234,567.5", 1_234_567.5),
            ("0", 0.0),
            ("-3", -3.0),
        ];
        for (typed, value) in cases {
            assert_eq!(parse(typed), Ok(value), "{typed}");
        }
    }

    #[test]
    fn nonsense_gets_a_sentence() {
        for typed in [
            "", "abc", "NaN", "inf", "-inf", "infinity", "1.2.3", "k", "--1", "5O", "٣",
        ] {
            assert_eq!(parse(typed), Err("Enter a number".to_owned()), "{typed}");
        }
        assert_eq!(parse("1e999"), Err("That number is too large".to_owned()));
        assert_eq!(
            parse("1,5"),
            Err("Use a point for decimals: 1.5".to_owned())
        );
        assert_eq!(parse("é"), Err("Enter a number".to_owned()));
    }

    #[test]
    fn grouping_changes_only_the_look() {
        let cases = [
            (0.0, "0"),
            (999.0, "999"),
            (50_000.0, "50,000"),
            (1_234_567.25, "1,234,567.25"),
            (-1_000.0, "-1,000"),
        ];
        for (value, text) in cases {
            assert_eq!(grouped(value), text);
            assert_eq!(parse(text), Ok(value), "{text}");
        }
    }
}
