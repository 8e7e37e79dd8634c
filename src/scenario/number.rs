//! Numbers in the forms that people type and read.

use crate::model::digits;

/// Parses a typed number: `50000`, `50,000`, `50 000`, `50k`, `1.5M`, `2e6`, `200 thousand`, `1,5`.
/// Separators between digits must group thousands: `1 2 3` is no number.
pub fn parse(text: &str) -> Option<f64> {
    let (digits, factor) = scaled(text.trim());
    let plain = match decimal_comma(digits) {
        // A number that ends with a comma is incomplete.
        Some((_, "")) => return None,
        Some((whole, decimals)) => [&without_groups(whole, '.')?, ".", decimals].concat(),
        // One point separates decimals; several group thousands.
        None if digits.find('.') != digits.rfind('.') => without_groups(digits, '.')?,
        None => without_groups(digits, ',')?,
    };
    let value = digits::read(&plain)? * factor;
    value.is_finite().then_some(value)
}

/// Thousands separators, besides comma and point.
const MARKS: [char; 7] = ['_', '\'', '’', ' ', '\u{a0}', '\u{202f}', '\u{2009}'];

/// Whether a text is a number except for separators that do not group thousands: `1 2 3`,
/// `12,34,567`.
pub fn is_badly_grouped(text: &str) -> bool {
    let digits = scaled(text.trim()).0;
    let plain = digits.replace(MARKS, "").replace(',', "");
    // More digits may follow a trailing separator.
    let is_whole = digits.ends_with(|c: char| c.is_ascii_digit());
    let is_marked = is_whole && plain.len() < digits.len();
    is_marked && digits::read(&plain).is_some() && parse(text).is_none()
}

/// Digits without thousands separators; `None` if a group has other than three digits, or the first
/// more than three.
fn without_groups(digits: &str, comma: char) -> Option<String> {
    let Some(mark) = digits.chars().find(|c| *c == comma || MARKS.contains(c)) else {
        return Some(digits.to_owned());
    };
    let unsigned = digits.strip_prefix(['-', '+']).unwrap_or(digits);
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = unsigned.split(mark);
    let first = groups.next()?;
    // Decimals may follow the last group. Other separators in it are invalid.
    let is_group = |group: &str| match group.split_at_checked(3) {
        Some((group, rest)) => are_digits(group) && (rest.is_empty() || rest.starts_with('.')),
        None => false,
    };
    let is_grouped = (1..=3).contains(&first.len()) && are_digits(first) && groups.all(is_group);
    is_grouped.then(|| digits.replace(mark, ""))
}

/// The text before a suffix or word of scale, and its factor.
fn scaled(text: &str) -> (&str, f64) {
    const WORDS: [(&str, f64); 9] = [
        ("thousand", 1e3),
        ("million", 1e6),
        ("billion", 1e9),
        ("bn", 1e9),
        ("mn", 1e6),
        ("k", 1e3),
        ("m", 1e6),
        ("g", 1e9),
        ("b", 1e9),
    ];
    for (word, factor) in WORDS {
        if let Some(digits) = without_end(text, word) {
            return (digits, factor);
        }
    }
    (text, 1.0)
}

/// A text without a trailing word, regardless of case.
fn without_end<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let (before, end) = text.split_at_checked(text.len().checked_sub(word.len())?)?;
    end.eq_ignore_ascii_case(word).then(|| before.trim_end())
}

/// A typed text without its field's unit: `5k/min` for `tokens/min`, `30 s`, `90 days`, `$5`.
/// Another unit stays, and makes the text no number.
pub fn without_unit<'a>(text: &'a str, unit: &str) -> &'a str {
    let mut text = text.trim();
    if unit.starts_with('$') {
        text = text.strip_prefix('$').map_or(text, str::trim_start);
    }
    let per = unit.rfind('/').map_or("", |at| &unit[at..]);
    let also: &[&str] = match unit {
        "s" => &["seconds", "second", "sec"],
        "days" => &["day", "d"],
        "tok" => &["tokens", "token"],
        "×" => &["x", "times"],
        "%" => &["percent", "pct"],
        "% / month" => &["% a month", "%/month", "percent a month", "percent", "%"],
        _ => &[],
    };
    let ways = also.iter().copied().chain([unit, per]);
    for way in ways.filter(|way| !way.is_empty()) {
        let is_number = |before: &&str| before.ends_with(|c: char| c.is_ascii_alphanumeric());
        if let Some(before) = without_end(text, way).filter(is_number) {
            return before;
        }
    }
    text
}

/// A rate or a time typed in another unit, converted to the unit of the field: `5k/min` in a field
/// of requests per day is `7200000`, `2 min` in one of seconds `120`. `unit` is the field's, such
/// as `/day` or `s`. A unit after a range applies to all of it.
pub fn in_unit(text: &str, unit: &str) -> Option<String> {
    let rate = unit.rsplit_once('/');
    let (counted, period) = rate.unwrap_or(("", unit));
    let of_field = period_ms(period)?;
    let (sign, parts) = parts(text).unwrap_or(("", vec![text]));
    let split = |part: &str| {
        let number = if rate.is_some() {
            let (number, _) = part
                .rsplit_once('/')
                .or_else(|| part.rsplit_once(" per "))?;
            number
        } else {
            part.trim_end()
                .trim_end_matches(|c: char| c.is_ascii_alphabetic())
        };
        let word = part[number.len()..].trim_start_matches('/').trim();
        Some((
            number.len(),
            period_ms(word.strip_prefix("per ").unwrap_or(word))?,
        ))
    };
    let (_, of_all) = parts.iter().rev().find_map(|part| split(part))?;
    let converted = |part: &&str| {
        if part.trim().is_empty() || part.contains('%') {
            return Some((*part).to_owned());
        }
        let (length, of_part) = split(part).unwrap_or((part.len(), of_all));
        let number = parse(without_unit(&part[..length], counted))?;
        let (times, parts) = if rate.is_some() {
            (of_field, of_part)
        } else {
            (of_part, of_field)
        };
        Some(digits::shortest(number * times / parts))
    };
    let converted: Option<Vec<String>> = parts.iter().map(converted).collect();
    Some(converted?.join(sign))
}

/// The parts of a range, and the separator that a link uses for it; `None` for a single number. A
/// guess, `~50k`, has an empty first part.
pub fn parts(text: &str) -> Option<(&'static str, Vec<&str>)> {
    const AROUND: [&str; 4] = ["±", "+/-", "+-", "~"];
    const ABOUT: [&str; 2] = ["≈", "about "];
    const BETWEEN: [&str; 10] = ["...", "..", "…", "‥", " to ", " and ", "–", "—", "→", " - "];
    let text = text.trim();
    // Words may be capitalized; lowercasing keeps byte offsets.
    let small = text.to_ascii_lowercase();
    if let Some(sign) = ABOUT.iter().find(|sign| small.starts_with(*sign)) {
        return Some(("~", vec!["", &text[sign.len()..]]));
    }
    let of_sign = |sign: &&'static str| Some((*sign, text.split_once(*sign)?));
    if let Some((sign, (middle, spread))) = AROUND.iter().find_map(of_sign) {
        // Only `~` may precede a single number.
        let is_range = sign == "~" || !middle.trim().is_empty();
        return Some((if is_range { "~" } else { ".." }, vec![middle, spread]));
    }
    let words = ["between ", "from "];
    let word = words.iter().find(|word| small.starts_with(*word));
    let (text, small) = word.map_or((text, &small[..]), |word| {
        (&text[word.len()..], &small[word.len()..])
    });
    if let Some(sign) = BETWEEN.into_iter().find(|sign| small.contains(sign)) {
        let mut from = 0;
        let of_length = |part: &str| {
            let at = from;
            from += part.len() + sign.len();
            &text[at..at + part.len()]
        };
        return Some(("..", small.split(sign).map(of_length).collect()));
    }
    // A hyphen after a number that is neither a sign nor an exponent's.
    let is_between = |(at, _): &(usize, &str)| {
        let (before, after) = (&text.as_bytes()[..*at], &text.as_bytes()[at + 1..]);
        let is_number = before.last().is_some_and(u8::is_ascii_alphanumeric);
        let is_power = before.last().is_some_and(|last| b"eE".contains(last));
        is_number && !is_power && after.first().is_some_and(u8::is_ascii_digit)
    };
    let (at, _) = text.match_indices('-').find(is_between)?;
    Some(("..", vec![&text[..at], &text[at + 1..]]))
}

/// Milliseconds of a time, or of the period in a rate.
fn period_ms(word: &str) -> Option<f64> {
    const PERIODS: [(&[&str], f64); 5] = [
        (&["ms"], 1.0),
        (&["s", "sec", "second", "seconds"], 1e3),
        (&["min", "minute", "minutes", "m"], 60e3),
        (&["h", "hour", "hours", "hr"], 3_600e3),
        (&["day", "days", "d"], 86_400e3),
    ];
    let word = word.trim();
    let is_named = |names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(word));
    let found = PERIODS.iter().find(|(names, _)| is_named(names));
    found.map(|(_, length_ms)| *length_ms)
}

/// The parts before and after a decimal comma, as in `1,5` and `1.234,56`; `1,500`, `1,234,567` and
/// `1,234.5` group thousands.
fn decimal_comma(digits: &str) -> Option<(&str, &str)> {
    let (whole, decimals) = digits.rsplit_once(',')?;
    let is_grouped = decimals.contains('.') || whole.contains(',') || decimals.len() == 3;
    (whole.contains('.') || !is_grouped).then_some((whole, decimals))
}

/// A number with grouped thousands and no superfluous decimals.
pub fn grouped(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < EXACT {
        return decimal(value, 0);
    }
    let plain = digits::shortest(value);
    let (whole, rest) = plain.split_at(plain.find('.').unwrap_or(plain.len()));
    let first = usize::from(whole.starts_with('-'));
    let mut text = String::with_capacity(plain.len() * 2);
    for (index, digit) in whole.char_indices() {
        if first < index && (whole.len() - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text.push_str(rest);
    text
}

/// Largest number up to which whole numbers and their digits are exact.
pub(crate) const EXACT: f64 = 1e15;

/// A whole number of tenths, hundredths or less, below [`EXACT`], with grouped thousands: 12,345
/// hundredths are `123.45`.
///
/// A plan shows hundreds of numbers, and the general formatter takes many times as long as these
/// few divisions.
pub(crate) fn decimal(units: f64, places: usize) -> String {
    debug_assert!(units.fract() == 0.0 && units.abs() < EXACT, "{units}");
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole, not negative and below 2^53"
    )]
    let mut rest = units.abs() as u64;
    // Sixteen digits, their commas, a point and a sign.
    let mut digits = [0; 24];
    let mut start = digits.len();
    let mut put = |byte| {
        start -= 1;
        digits[start] = byte;
    };
    // Separator before the current digits, and number of digits until the next one.
    let (mut mark, mut missing) = if places == 0 {
        (b',', 3)
    } else {
        (b'.', places)
    };
    loop {
        put(b'0' + (rest % 10) as u8);
        rest /= 10;
        missing -= 1;
        if missing == 0 && (rest != 0 || mark == b'.') {
            put(mark);
            (mark, missing) = (b',', 3);
        } else if rest == 0 && mark == b',' {
            break;
        }
    }
    if units.is_sign_negative() {
        put(b'-');
    }
    // Capacity for a unit that often follows.
    let mut text = String::with_capacity(32);
    text.push_str(str::from_utf8(&digits[start..]).unwrap_or_default());
    text
}

/// A number with grouped thousands, rounded to tenths, without a zero decimal.
pub(crate) fn in_tenths(value: f64) -> String {
    let tenths = libm::round(value * 10.0);
    let whole = tenths / 10.0;
    if whole.fract() == 0.0 || EXACT <= tenths.abs() {
        grouped(whole)
    } else {
        decimal(tenths, 1)
    }
}

/// The intended text of a field while it is being edited: without the commas that the field itself
/// inserted, which stay in place when a digit is added or deleted, so that `50,0000` is 500,000.
/// Typed commas are left for the parser.
///
/// `before` is the previous text of the field, `before_meant` its intended text.
pub fn meant(before: &str, before_meant: &str, text: &str) -> String {
    let is_ours = !before_meant.contains(',');
    let start = before
        .bytes()
        .zip(text.bytes())
        .take_while(|(a, b)| a == b)
        .count();
    let (before, rest) = (&before.as_bytes()[start..], &text.as_bytes()[start..]);
    let end = before
        .iter()
        .rev()
        .zip(rest.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let is_new = rest[..rest.len() - end].contains(&b',');
    if is_ours && !is_new {
        text.replace(',', "")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_for_another_period_is_read_in_the_fields_own() {
        for (typed, unit, read) in [
            ("5k/min", "/day", Some("7200000")),
            ("2 / s", "/min", Some("120")),
            ("48/day", "/hour", Some("2")),
            ("1.5M per hour", "/day", Some("36000000")),
            ("30k tokens/s", "tokens/min", Some("1800000")),
            ("5k/min", "/min", Some("5000")),
            ("86400/day", "/day", Some("86400")),
            ("5k/week", "/day", None),
            ("/min", "/day", None),
            ("5k", "/day", None),
            ("5k/min", "days", None),
            ("5 s", "ms", Some("5000")),
            ("250ms", "s", Some("0.25")),
            ("29 ms", "s", Some("0.029")),
            ("2 min", "s", Some("120")),
            ("5m", "s", Some("300")),
            ("36 hours", "days", Some("1.5")),
            ("1..2 min", "s", Some("60..120")),
            ("30 s ± 50%", "ms", Some("30000~ 50%")),
            ("5", "s", None),
            ("5 GB", "s", None),
            ("s", "s", None),
            ("5 s", "tok", None),
            ("$ 3 / h", "$ / hour", Some("3")),
            ("40k..60k/day", "/day", Some("40000..60000")),
            ("5..6/min", "/day", Some("7200..8640")),
            ("5/min..6/min", "/day", Some("7200..8640")),
            ("1..2..4k per hour", "/day", Some("24..48..96000")),
            ("5k/min ± 10%", "/day", Some("7200000~ 10%")),
            ("5k ± 1k/min", "/day", Some("7200000~1440000")),
            ("~5k/min", "/day", Some("~7200000")),
            ("40k..60k", "/day", None),
        ] {
            assert_eq!(in_unit(typed, unit).as_deref(), read, "{typed}");
        }
    }

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
            ("1,234,567.5", 1_234_567.5),
            ("1 234,5", 1_234.5),
            ("1'234'567", 1_234_567.0),
            ("1’234’567", 1_234_567.0),
            ("1.234.567", 1_234_567.0),
            ("1.234.567k", 1_234_567_000.0),
            ("12_000", 12_000.0),
            ("-1,000", -1_000.0),
            ("1 500 k", 1_500_000.0),
            ("12,3456", 12.3456),
            ("1,234.5", 1_234.5),
            ("0", 0.0),
            ("-3", -3.0),
            // A decimal comma, where it can be nothing else.
            ("1,5", 1.5),
            ("1,5k", 1_500.0),
            ("1.234,56", 1_234.56),
            ("200 thousand", 200_000.0),
            ("1.5 Million", 1_500_000.0),
            ("2bn", 2e9),
        ];
        for (typed, value) in cases {
            assert_eq!(parse(typed), Some(value), "{typed}");
        }
    }

    #[test]
    fn the_unit_beside_the_field_may_be_typed() {
        // (typed, unit, left)
        let cases = [
            ("5k/min", "tokens/min", "5k"),
            ("5 k tokens/min", "tokens/min", "5 k"),
            ("30 s", "s", "30"),
            ("30 Seconds", "s", "30"),
            ("90 days", "days", "90"),
            ("1.5x", "×", "1.5"),
            ("5k/min", "requests/day", "5k/min"),
            ("s", "s", "s"),
            ("15 %", "%", "15"),
            ("15 percent", "%", "15"),
            ("15%", "% / month", "15"),
            ("$5", "$", "5"),
            ("$ 5", "$ / hour", "5"),
            ("5 $", "$", "5"),
            // Units other than the field's.
            ("15%", "", "15%"),
            ("$5", "tok", "$5"),
            ("5 s", "tok", "5 s"),
            ("5", "", "5"),
        ];
        for (typed, unit, left) in cases {
            assert_eq!(without_unit(typed, unit), left, "{typed}");
        }
    }

    #[test]
    fn nonsense_is_no_number() {
        let typed = [
            "",
            "abc",
            "1,",
            "NaN",
            "inf",
            "-inf",
            "infinity",
            "1.2.3",
            "k",
            "--1",
            "5O",
            "٣",
            "1e999",
            "é",
            // Shares and money, where neither is the unit.
            "10%",
            "$5",
            "½",
            "５",
            "1e400",
            "1e308k",
            // Groups of other than three digits.
            "1 2 3",
            "12 34",
            "1234 567",
            "1,2,3",
            "1,23,456",
            "1,5,5",
            "1.5,5",
            "1__000",
            "1,234 567",
            "- 5",
        ];
        for typed in typed {
            assert_eq!(parse(typed), None, "{typed}");
        }
    }

    #[test]
    fn groups_that_are_no_thousands_are_told_from_other_nonsense() {
        for text in ["1 2 3", "12 34k", "1,23,456", "1234 567", "1__000"] {
            assert!(is_badly_grouped(text), "{text}");
        }
        for text in [
            "", "1 234", "1,5", "1,", "abc", "1 2 x", "10 %", "1e400", "1.2.3",
        ] {
            assert!(!is_badly_grouped(text), "{text}");
        }
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
            assert_eq!(parse(text), Some(value), "{text}");
        }
    }

    /// Definition of `grouped`.
    fn grouped_slowly(value: f64) -> String {
        let plain = digits::shortest(value);
        let (whole, rest) = plain
            .split_once('.')
            .map_or((plain.as_str(), String::new()), |(w, r)| {
                (w, format!(".{r}"))
            });
        let (sign, digits) = whole
            .strip_prefix('-')
            .map_or(("", whole), |digits| ("-", digits));
        let groups: Vec<&str> = digits
            .as_bytes()
            .rchunks(3)
            .rev()
            .map(|group| str::from_utf8(group).expect("digits"))
            .collect();
        format!("{sign}{}{rest}", groups.join(","))
    }

    proptest::proptest! {
        #[test]
        fn digits_by_division_are_those_of_the_standard_library(
            value in proptest::num::f64::NORMAL,
            size in 0.0..1e18,
            places in 0_usize..4,
        ) {
            for value in [value, size, libm::round(size), -libm::round(size)] {
                proptest::prop_assert_eq!(grouped(value), grouped_slowly(value));
            }
            let units = libm::round(size) % 1e12;
            let factor = [1.0, 10.0, 100.0, 1e3][places];
            let plain = decimal(units, places).replace(',', "");
            proptest::prop_assert_eq!(plain, format!("{:.places$}", units / factor));
            let tenths = grouped_slowly(libm::round(size * 10.0) / 10.0);
            proptest::prop_assert_eq!(in_tenths(size), tenths);
        }
    }

    #[test]
    fn zeros_and_infinities_are_written_as_ever() {
        for value in [
            0.0,
            -0.0,
            1e15,
            1e15 - 1.0,
            1e16,
            f64::INFINITY,
            f64::NAN,
            -0.5,
        ] {
            assert_eq!(grouped(value), grouped_slowly(value), "{value}");
        }
    }
}
