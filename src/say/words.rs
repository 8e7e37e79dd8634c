//! Formats of numbers and dates, common to all outputs.

use chrono::Datelike as _;

use crate::catalog::date::{Date, full_date};
use crate::model::digits;
use crate::model::limit::{TOLERANCE, holds};
use crate::scenario::number::{decimal, grouped, in_tenths};

/// Note at a figure while a field is invalid.
pub const LAST_VALID: &str = "last valid values";

/// Three significant digits: `1.74`, `17.4`, `174`, `1,740`; whole numbers exactly: `50`.
pub fn significant(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return "0".to_owned();
    }
    let size = value.abs();
    if size < 10_000.0 && value.fract() == 0.0 {
        return decimal(value, 0);
    }
    if size < 0.01 {
        return below_a_hundredth(value);
    }
    // The most decimals with three digits: 9.996 is 10.0, not 10.00.
    let places = [(4, 1e4), (3, 1e3), (2, 100.0), (1, 10.0), (0, 1.0)];
    let fits = places.iter().find(|(_, units)| size * units < 999.5);
    if let Some(&(places, units)) = fits {
        return decimal(libm::round(value * units), places);
    }
    let factor = libm::pow(10.0, 2.0 - libm::floor(libm::log10(size)));
    grouped(libm::round(libm::round(value * factor) / factor))
}

/// Three significant digits, as far as four decimals show them.
fn below_a_hundredth(value: f64) -> String {
    let magnitude = libm::floor(libm::log10(value.abs()));
    if value.abs() < 1e-8 {
        "0".to_owned()
    } else if magnitude < -4.0 {
        "under 0.0001".to_owned()
    } else {
        let factor = if magnitude < -3.0 { 1e6 } else { 1e5 };
        digits::to_places(libm::round(value * factor) / factor, 4)
    }
}

/// Three significant digits and a prefix: `(7.03, "M")`; small whole numbers have none.
pub fn scaled(value: f64) -> (String, &'static str) {
    const STEPS: [(f64, &str); 4] = [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "K")];
    if value.fract() == 0.0 && value.abs() < 10_000.0 {
        return (significant(value), "");
    }
    for (step, prefix) in STEPS {
        // 999.6 K is 1.00 M with three digits.
        if step * 0.9995 <= value.abs() {
            return (significant(value / step), prefix);
        }
    }
    (significant(value), "")
}

/// `7.03 M`, `450 K`, `950`.
pub fn short(value: f64) -> String {
    let (digits, prefix) = scaled(value);
    if prefix.is_empty() {
        digits
    } else {
        digits + " " + prefix
    }
}

/// Bytes in decimal units: `259 GB`.
pub fn bytes(value: f64) -> String {
    let (digits, prefix) = scaled(value);
    digits + " " + &bytes_unit(prefix)
}

/// Unit of bytes with a prefix; the thousands prefix is lower case: `kB`, `GB`.
pub fn bytes_unit(prefix: &str) -> String {
    if prefix == "K" { "k" } else { prefix }.to_owned() + "B"
}

/// Dollars: `$82,400`, `$1.24 M`, `$0.0118`.
pub fn usd(value: f64) -> String {
    let size = value.abs();
    let digits = if 1e6 <= size {
        short(value)
    } else if (1.0..100.0).contains(&size) && value.fract() != 0.0 {
        decimal(libm::round(value * 100.0), 2)
    } else {
        significant(value)
    };
    ["$", &digits].concat()
}

/// A multiple of today's load: `1.81×`. A multiple below 1 is never written as 1.
pub fn multiple(scale: f64) -> String {
    const JUST_BELOW: f64 = 0.9995;
    if 1_000.0 <= scale {
        "over 1,000×".to_owned()
    } else if 0.0 < scale && scale < 0.001 {
        "under 0.001×".to_owned()
    } else if JUST_BELOW <= scale && !holds(scale) {
        "0.999×".to_owned()
    } else {
        significant(scale) + "×"
    }
}

/// A multiple inside a sentence: `1.81 times`.
pub fn times(scale: f64) -> String {
    multiple(scale).replace('×', " times")
}

/// Percent sign with a no-break space.
pub const PERCENT: &str = "\u{a0}%";

/// A text with plain spaces, for files and terminals.
pub fn plain_spaces(text: &str) -> String {
    text.replace(PERCENT, " %")
}

/// A percentage with a plain space, for files.
pub fn plain_percent(ratio: f64) -> String {
    plain_spaces(&percent(ratio))
}

/// A percentage: `55 %`, `0.4 %`.
pub fn percent(ratio: f64) -> String {
    let percent = ratio * 100.0;
    if percent == 0.0 || !percent.is_finite() {
        return "0\u{a0}%".to_owned();
    }
    // Decimals are chosen after rounding: 9.97 is 10, not 10.0.
    let tenths = libm::round(percent * 10.0);
    if tenths == 0.0 {
        return "under 0.1\u{a0}%".to_owned();
    }
    if (995.0..=1_005.0).contains(&tenths) && TOLERANCE < (ratio - 1.0).abs() {
        // Rounded away from the decisive bound: only a full limit is 100 %.
        let away = if ratio < 1.0 { libm::floor } else { libm::ceil };
        return decimal(away(percent * 10.0), 1) + PERCENT;
    }
    let digits = match tenths {
        ..0.0 => digits::shortest(tenths / 10.0),
        ..100.0 => in_tenths(percent),
        _ => grouped(libm::round(percent)),
    };
    digits + PERCENT
}

/// `OpenAI, Groq and Mistral`.
pub fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [others @ .., last] => [&others.join(", "), " and ", last].concat(),
    }
}

/// A text with a capital first letter.
pub fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// A name of an object behind its article: `a Deployment`, `an HTTPScaledObject`.
pub fn one(name: &str) -> String {
    let is_capital = |at: usize| name.as_bytes().get(at).is_some_and(u8::is_ascii_uppercase);
    // Letters that are spelled out begin with the sound of their own name.
    let sounds = if is_capital(0) && is_capital(1) {
        "AEFHILMNORSX"
    } else {
        "AEIOaeio"
    };
    let article = if name.starts_with(|first| sounds.contains(first)) {
        "an "
    } else {
        "a "
    };
    [article, name].concat()
}

/// `10:50` of a minute after midnight; the end of the day is `24:00`.
pub fn clock(minute: usize) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// Seconds: `6.35 s`, `250 ms`.
pub fn seconds(value: f64) -> String {
    if value != 0.0 && value < 1.0 {
        significant(value * 1e3) + " ms"
    } else {
        significant(value) + " s"
    }
}

/// `1 gateway`, `8 gateways`.
pub fn counted(count: u32, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    decimal(f64::from(count), 0) + " " + noun + plural
}

/// A formatted number with a noun: `1 token`, `1.5 tokens`.
pub fn several(shown: &str, noun: &str) -> String {
    let plural = if shown == "1" { "" } else { "s" };
    [shown, " ", noun, plural].concat()
}

/// Units that a provider sells, by their abbreviation: `720 PTU`, `1 unit`, `40,414 units`.
pub fn bought(units: f64, unit: &str) -> String {
    let shown = significant(units);
    let name = match shown.as_str() {
        "1" => unit.to_owned(),
        _ => self::units(unit),
    };
    [&shown, " ", &name].concat()
}

/// Plural of a provider's unit: `PTU`, `units`.
pub fn units(unit: &str) -> String {
    let is_short = unit.chars().all(char::is_uppercase);
    unit.to_owned() + if is_short { "" } else { "s" }
}

/// A formatted number with a unit: `450 K tokens/min`, `1 token in one request`.
pub fn with_unit(shown: &str, unit: &str) -> String {
    let many = ["tokens", "requests", "days"];
    let noun = many
        .into_iter()
        .find(|noun| shown == "1" && unit.contains(noun));
    match noun {
        Some(noun) => ["1 ", &unit.replacen(noun, &noun[..noun.len() - 1], 1)].concat(),
        None => [shown, " ", unit].concat(),
    }
}

/// `Mar 2027`.
pub fn month_year(date: Date) -> String {
    [month(date, 3), " ", &date.year().to_string()].concat()
}

/// `9 Oct 2026`.
pub fn day_of(date: Date) -> String {
    let (day, year) = (date.day().to_string(), date.year().to_string());
    [&day, " ", month(date, 3), " ", &year].concat()
}

/// `late March 2027`.
pub fn about_date(date: Date) -> String {
    let part = match date.day() {
        ..=10 => "early",
        11..=20 => "mid",
        _ => "late",
    };
    let gap = if part == "mid" { "-" } else { " " };
    format!("{part}{gap}{} {}", month(date, 9), date.year())
}

/// `9 Oct 2026`, or `Oct 2026` if the day is unknown.
pub fn day_month_year(text: &str) -> String {
    match (full_date(text), text.len()) {
        (Some(date), 10) => day_of(date),
        (Some(date), _) => month_year(date),
        _ => text.to_owned(),
    }
}

fn month(date: Date, letters: usize) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let index = date.month0() as usize;
    let name = NAMES.get(index).copied().unwrap_or("January");
    name.get(..letters).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::date::{date, date_in};

    #[test]
    fn three_significant_digits_everywhere() {
        let cases = [
            (1.736_111, "1.74"),
            (17.36, "17.4"),
            (50.0, "50"),
            (5_001.0, "5,001"),
            (173.6, "174"),
            (1_736.1, "1,740"),
            (9.996, "10.0"),
            (0.578_7, "0.579"),
            (0.011_75, "0.0118"),
            (999.6, "1,000"),
            (0.0, "0"),
            (f64::NAN, "0"),
            (1e-9, "0"),
        ];
        for (value, text) in cases {
            assert_eq!(significant(value), text, "{value}");
        }
    }

    #[test]
    fn the_article_follows_the_sound() {
        for name in [
            "an Envoy AI Gateway configuration",
            "an APISIX configuration",
        ] {
            assert_eq!(one(&name[3..]), name);
        }
        for name in ["an HTTPScaledObject", "an HPA", "an object"] {
            assert_eq!(one(&name[3..]), name);
        }
        for name in [
            "a HorizontalPodAutoscaler",
            "a KEDA ScaledObject",
            "a LiteLLM configuration",
        ] {
            assert_eq!(one(&name[2..]), name);
        }
    }

    #[test]
    fn prefixes_keep_numbers_short() {
        let cases = [
            (239_583.0, "240 K"),
            (7_030_000.0, "7.03 M"),
            (999_700.0, "1.00 M"),
            (450.0, "450"),
        ];
        for (value, text) in cases {
            assert_eq!(short(value), text, "{value}");
        }
        assert_eq!(bytes(259.2e9), "259 GB");
        assert_eq!(usd(82_420.0), "$82,400");
        assert_eq!(percent(0.319_4), "32\u{a0}%");
        assert_eq!(percent(0.004_2), "0.4\u{a0}%");
        assert_eq!(percent(0.0), "0\u{a0}%");
        assert_eq!(percent(0.099_67), "10\u{a0}%");
        assert_eq!(percent(0.000_01), "under 0.1\u{a0}%");
        // A narrowly missed bound is not shown as met.
        assert_eq!(percent(0.999_999), "99.9\u{a0}%");
        assert_eq!(percent(1.0), "100\u{a0}%");
        assert_eq!(percent(1.000_001), "100.1\u{a0}%");
        assert_eq!(percent(1.004), "100.4\u{a0}%");
        assert_eq!(multiple(0.999_9), "0.999×");
        assert_eq!(multiple(1.000_1), "1.00×");
        // Parsed back, every share up to 120 % is within the rounding error.
        for hundredths in 5..12_000_u32 {
            let share = f64::from(hundredths) / 100.0;
            let said: f64 = percent(share / 100.0)
                .trim_end_matches(PERCENT)
                .parse()
                .expect("a number");
            let away = if share < 9.95 { 0.050_001 } else { 0.500_001 };
            assert!((said - share).abs() <= away, "{share}: {said}");
        }
    }

    #[test]
    fn dates_are_given_no_closer_than_they_are_known() {
        let today = date(2026, 11, 23);
        let later = date_in(today, 4.25).expect("within the century");
        assert_eq!(month_year(later), "Apr 2027");
        assert_eq!(about_date(date(2027, 3, 29)), "late March 2027");
        assert_eq!(day_month_year("2026-10"), "Oct 2026");
        assert_eq!(day_month_year("2026-08-20"), "20 Aug 2026");
    }

    /// Definition of `significant`.
    fn significant_slowly(value: f64) -> String {
        if value == 0.0 || !value.is_finite() {
            return "0".to_owned();
        }
        if value.fract() == 0.0 && value.abs() < 10_000.0 {
            return grouped(value);
        }
        let magnitude = libm::floor(libm::log10(value.abs()));
        if magnitude < -4.0 {
            let is_nothing = value.abs() < 1e-8;
            return if is_nothing { "0" } else { "under 0.0001" }.to_owned();
        }
        let factor = libm::pow(10.0, 2.0 - magnitude);
        let rounded = libm::round(value * factor) / factor;
        if 1_000.0 <= rounded.abs() {
            return grouped(libm::round(rounded));
        }
        let places = 2.0 - magnitude.max(libm::floor(libm::log10(rounded.abs())));
        let places = [0, 1, 2, 3, 4][crate::model::fleet::whole(places).min(4) as usize];
        format!("{rounded:.places$}")
    }

    fn percent_slowly(ratio: f64) -> String {
        let percent = ratio * 100.0;
        if percent == 0.0 || !percent.is_finite() {
            return "0\u{a0}%".to_owned();
        }
        let tenths = libm::round(percent * 10.0) / 10.0;
        if tenths == 0.0 {
            "under 0.1\u{a0}%".to_owned()
        } else if (99.5..=100.5).contains(&tenths) && 1e-9 < (ratio - 1.0).abs() {
            let away = if ratio < 1.0 { libm::floor } else { libm::ceil };
            format!("{:.1}\u{a0}%", away(percent * 10.0) / 10.0)
        } else if tenths < 10.0 {
            format!("{tenths}\u{a0}%")
        } else {
            format!("{}\u{a0}%", grouped(libm::round(percent)))
        }
    }

    fn check_digits(value: f64) {
        assert_eq!(significant(value), significant_slowly(value), "{value:e}");
        assert_eq!(percent(value), percent_slowly(value), "{value:e}");
    }

    #[test]
    fn digits_by_division_hold_around_every_power_of_ten() {
        for power in -12..=22 {
            for base in [0.9995, 0.9999, 1.0, 1.005, 1.015, 5.0, 9.995, 9.9995] {
                let near = base * libm::pow(10.0, f64::from(power));
                for steps in -200_i64..=200 {
                    let value = f64::from_bits(near.to_bits().wrapping_add_signed(steps));
                    check_digits(value);
                    check_digits(-value);
                }
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn digits_by_division_are_those_of_logarithms(
            any in proptest::num::f64::NORMAL,
            power in -6.0..16.0,
            hundredths in 0_u32..10_000_000,
        ) {
            check_digits(any);
            check_digits(libm::pow(10.0, power));
            check_digits(libm::round(libm::pow(10.0, power)));
            check_digits(f64::from(hundredths) / 100.0);
            check_digits(f64::from(hundredths) / 1e6);
        }
    }
}
