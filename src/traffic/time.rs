//! Times in the formats of exports, in whole nanoseconds since 1970.

use chrono::{DateTime, NaiveDate};

use super::notation::{DateOrder, DecimalMark};
use super::number;

/// Nanoseconds per second.
pub(crate) const SECOND_NS: i64 = 1_000_000_000;
/// Nanoseconds per minute.
pub(crate) const MINUTE_NS: i64 = 60 * SECOND_NS;
/// Nanoseconds per hour.
pub(crate) const HOUR_NS: i64 = 3_600 * SECOND_NS;
/// Nanoseconds per day.
pub(crate) const DAY_NS: i64 = 24 * HOUR_NS;
/// Nanoseconds per week.
pub(crate) const WEEK_NS: i64 = 7 * DAY_NS;
/// First Monday since 1970.
pub(crate) const MONDAY_NS: i64 = 4 * DAY_NS;

/// An instant, with properties of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// Nanoseconds since 1970, UTC.
    pub(crate) ns: i64,
    /// Whether the text has a time zone; otherwise UTC is assumed.
    pub(crate) has_zone: bool,
    /// Whether the text has a date without a time of day.
    pub(crate) is_day: bool,
}

impl Stamp {
    fn at(ns: i64, has_zone: bool) -> Self {
        Self {
            ns,
            has_zone,
            is_day: false,
        }
    }
}

/// Start of 2015, nanoseconds since 1970: no source is older, and a stray year would stretch the
/// period of a file.
const LEAST_NS: i64 = 1_420_070_400 * SECOND_NS;
/// End of 2099, nanoseconds since 1970.
const MOST_NS: i64 = 4_102_444_800 * SECOND_NS;

/// Whether an instant is plausible in an export.
pub(crate) fn is_plausible(ns: i64) -> bool {
    (LEAST_NS..MOST_NS).contains(&ns)
}

/// Parses ISO 8601, seconds since 1970 (or fractions of them), a date with slashes, a day-first
/// date with dots, or one with the name of its month.
pub(crate) fn parse(text: &str, order: DateOrder) -> Option<Stamp> {
    let text = text.trim_ascii();
    let bytes = text.as_bytes();
    let stamp = match (bytes.get(4), bytes.get(7)) {
        (Some(b'-'), _) | (Some(b'/'), Some(b'/')) => iso(bytes),
        _ if bytes.contains(&b'/') => numbered(date_parts(text, '/')?, order),
        _ if text.splitn(3, '.').nth(2).is_some() => {
            numbered(date_parts(text, '.')?, DateOrder::DayFirst)
        }
        _ if bytes.contains(&b' ') => with_month(text),
        _ => epoch(text),
    };
    stamp.filter(|stamp| is_plausible(stamp.ns))
}

/// A date with slashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SlashDate {
    /// The only valid order; `None` if both are.
    pub(crate) order: Option<DateOrder>,
}

/// Evidence of a text for the order of dates; `None` unless it has slashes.
pub(crate) fn slash_date(text: &str) -> Option<SlashDate> {
    // Most times are ISO 8601, and every time is checked.
    if text.as_bytes().get(4) == Some(&b'-') {
        return None;
    }
    let (first, second, _, _) = date_parts(text.trim_ascii(), '/')?;
    let order = match (first, second) {
        (13.., _) => Some(DateOrder::DayFirst),
        (_, 13..) => Some(DateOrder::MonthFirst),
        _ => None,
    };
    Some(SlashDate { order })
}

fn iso(bytes: &[u8]) -> Option<Stamp> {
    let date = day_ns(
        digits(bytes.get(..4)?)?,
        digits(bytes.get(5..7)?)?,
        digits(bytes.get(8..10)?)?,
    )?;
    if bytes[7] != bytes[4] {
        return None;
    }
    if bytes.len() == 10 {
        return Some(Stamp {
            ns: date,
            has_zone: false,
            is_day: true,
        });
    }
    if !matches!(bytes[10], b'T' | b't' | b' ') {
        return None;
    }
    let (of_day, rest) = clock(&bytes[11..])?;
    let (offset, has_zone) = zone(rest)?;
    let ns = date.checked_add(of_day)?.checked_sub(offset)?;
    Some(Stamp::at(ns, has_zone))
}

/// Parses `HH:MM`, `HH:MM:SS` and a fraction; returns nanoseconds and the rest.
fn clock(bytes: &[u8]) -> Option<(i64, &[u8])> {
    let hour = digits(bytes.get(..2)?)?;
    let minute = digits(bytes.get(3..5)?)?;
    if bytes[2] != b':' || 24 < hour || 59 < minute {
        return None;
    }
    let mut ns = hour * HOUR_NS + minute * MINUTE_NS;
    let mut rest = &bytes[5..];
    if rest.first() == Some(&b':') {
        let second = digits(rest.get(1..3)?)?;
        ns += second.min(60) * SECOND_NS;
        rest = &rest[3..];
    }
    if let Some(b'.' | b',') = rest.first() {
        let length = rest[1..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let mut place = SECOND_NS / 10;
        for byte in rest[1..=length].iter().take(9) {
            ns += i64::from(byte - b'0') * place;
            place /= 10;
        }
        rest = &rest[length + 1..];
    }
    Some((ns, rest))
}

/// Parses `Z`, `UTC`, `+02:00`, `+0200`, `+02` or nothing; returns the offset and whether it was
/// there. The zone's name may follow.
fn zone(bytes: &[u8]) -> Option<(i64, bool)> {
    let mut words = bytes.trim_ascii_start().splitn(2, |byte| *byte == b' ');
    let zone = words.next().unwrap_or_default();
    let name = words.next().unwrap_or_default();
    if !name.iter().all(u8::is_ascii_alphabetic) {
        return None;
    }
    let (sign, rest) = match zone {
        [] => return Some((0, false)),
        b"Z" | b"z" | b"UTC" | b"GMT" => return Some((0, true)),
        [b'+', rest @ ..] => (1, rest),
        [b'-', rest @ ..] => (-1, rest),
        _ => return None,
    };
    let hours = digits(rest.get(..2)?)?;
    let minutes = match &rest[2..] {
        [] => 0,
        [b':', minutes @ ..] | minutes if minutes.len() == 2 => digits(minutes)?,
        _ => return None,
    };
    Some((sign * (hours * HOUR_NS + minutes * MINUTE_NS), true))
}

/// Minimum digits of a time since 1970 that is exact to the second.
const DIGITS_LEAST: usize = 7;

/// Seconds since 1970; milliseconds from 1e11, microseconds from 1e14, and so on.
fn epoch(text: &str) -> Option<Stamp> {
    let stamp = |ns| Stamp::at(ns, true);
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        let number: i64 = text.parse().ok()?;
        let unit_ns = match text.len() {
            ..12 => SECOND_NS,
            12..15 => 1_000_000,
            15..18 => 1_000,
            _ => 1,
        };
        return number.checked_mul(unit_ns).map(stamp);
    }
    // A spreadsheet writes `1.79116E+12`, which is rounded to hours.
    let (digits, _) = text.split_once(['e', 'E']).unwrap_or((text, ""));
    let digits = digits.bytes().filter(u8::is_ascii_digit).count();
    if digits < DIGITS_LEAST {
        return None;
    }
    let number = number::parse(text, DecimalMark::Point)?;
    let to_micros = match number {
        ..1e11 => 1e6,
        ..1e14 => 1e3,
        ..1e17 => 1.0,
        _ => 1e-3,
    };
    #[expect(
        clippy::cast_possible_truncation,
        reason = "what is too large for it is no plausible time"
    )]
    let micros = (number * to_micros).round() as i64;
    micros.checked_mul(1_000).map(stamp)
}

/// Parses `Mon, 05 Oct 2026 09:00:00 +0000`, as in emails.
fn with_month(text: &str) -> Option<Stamp> {
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let (_, text) = text.rsplit_once(", ").unwrap_or(("", text));
    let mut parts = text.splitn(4, ' ');
    let mut next = || parts.next().filter(|part| !part.is_empty());
    let day = digits(next()?.as_bytes())?;
    let month = next().filter(|month| month.len() == 3)?;
    let month = MONTHS.find(month).filter(|at| at % 3 == 0)? / 3 + 1;
    let date = day_ns(digits(next()?.as_bytes())?, i64::try_from(month).ok()?, day)?;
    let (of_day, rest) = clock(next()?.as_bytes())?;
    let (offset, has_zone) = zone(rest)?;
    Some(Stamp::at(date + of_day - offset, has_zone))
}

fn numbered(parts: (i64, i64, i64, &str), order: DateOrder) -> Option<Stamp> {
    let (first, second, year, rest) = parts;
    let (month, day) = match order {
        DateOrder::MonthFirst => (first, second),
        DateOrder::DayFirst => (second, first),
    };
    let date = day_ns(year, month, day)?;
    let rest = rest.trim_start_matches(',').trim_start();
    if rest.is_empty() {
        return Some(Stamp {
            ns: date,
            has_zone: false,
            is_day: true,
        });
    }
    let padded = if rest.as_bytes().get(1) == Some(&b':') {
        format!("0{rest}")
    } else {
        rest.to_owned()
    };
    let (of_day, left) = clock(padded.as_bytes())?;
    // Half of the day: `AM`, `am` or `a.m.`.
    let left = std::str::from_utf8(left).ok()?.trim().to_ascii_uppercase();
    let half = left.trim_start_matches(['A', 'P', 'M', '.']);
    let of_day = match left[..left.len() - half.len()].replace('.', "").as_str() {
        "AM" => of_day % (12 * HOUR_NS),
        "PM" => of_day % (12 * HOUR_NS) + 12 * HOUR_NS,
        "" => of_day,
        _ => return None,
    };
    let left = half;
    let (offset, has_zone) = zone(left.as_bytes())?;
    Some(Stamp::at(date + of_day - offset, has_zone))
}

/// First two numbers, the year, and the rest.
fn date_parts(text: &str, mark: char) -> Option<(i64, i64, i64, &str)> {
    let (first, rest) = text.split_once(mark)?;
    let (second, rest) = rest.split_once(mark)?;
    let (first, second) = (digits(first.as_bytes())?, digits(second.as_bytes())?);
    let year = digits(rest.as_bytes().get(..4)?)?;
    Some((first, second, year, &rest[4..]))
}

fn day_ns(year: i64, month: i64, day: i64) -> Option<i64> {
    let date = NaiveDate::from_ymd_opt(
        i32::try_from(year).ok()?,
        u32::try_from(month).ok()?,
        u32::try_from(day).ok()?,
    )?;
    i64::from(date.to_epoch_days()).checked_mul(DAY_NS)
}

fn digits(bytes: &[u8]) -> Option<i64> {
    if bytes.is_empty() || 9 < bytes.len() {
        return None;
    }
    bytes.iter().try_fold(0, |sum, byte| {
        byte.is_ascii_digit()
            .then(|| sum * 10 + i64::from(byte - b'0'))
    })
}

/// Nanoseconds to seconds.
pub(crate) fn seconds(ns: i64) -> f64 {
    ns as f64 / 1e9
}

/// Parses a duration such as `PT1M` or `1:00:00`, as in Azure, to nanoseconds.
pub(crate) fn parse_length(text: &str) -> Option<i64> {
    if text.contains(':') {
        let mut parts = text.split(':').map(|part| digits(part.as_bytes()));
        let mut next = || parts.next().flatten();
        let ns = next()? * HOUR_NS + next()? * MINUTE_NS + next()? * SECOND_NS;
        return Some(ns).filter(|ns| 0 < *ns);
    }
    let (unit_ns, number) = match text.strip_prefix("PT") {
        Some(rest) if rest.ends_with('S') => (SECOND_NS, &rest[..rest.len() - 1]),
        Some(rest) if rest.ends_with('M') => (MINUTE_NS, &rest[..rest.len() - 1]),
        Some(rest) if rest.ends_with('H') => (HOUR_NS, &rest[..rest.len() - 1]),
        _ => (DAY_NS, text.strip_prefix('P')?.strip_suffix('D')?),
    };
    digits(number.as_bytes())
        .filter(|count| 0 < *count)
        .map(|count| count * unit_ns)
}

/// Length of a period such as `2026-10-05T09:00:00Z/2026-10-05T12:00:00Z`, nanoseconds.
pub(crate) fn parse_span(text: &str) -> Option<i64> {
    let (from, to) = text.split_once('/')?;
    let at = |text| Some(parse(text, DateOrder::MonthFirst)?.ns);
    Some(at(to)? - at(from)?).filter(|ns| 0 < *ns)
}

/// An instant in UTC: fraction without trailing zeros, then `Z`.
#[inline(never)]
pub(crate) fn utc(ns: i64) -> String {
    let (whole, fraction) = (ns.div_euclid(SECOND_NS), ns.rem_euclid(SECOND_NS));
    let mut text = DateTime::from_timestamp(whole, 0).map_or_else(String::new, |time| {
        let time = time.naive_utc();
        format!("{}T{}", time.date(), time.time())
    });
    push_fraction(&mut text, fraction);
    text.push('Z');
    text
}

/// An instant of a file with relative times: `+80400s`.
pub(crate) fn relative(ns: i64) -> String {
    let mut text = format!("+{}", ns.div_euclid(SECOND_NS));
    push_fraction(&mut text, ns.rem_euclid(SECOND_NS));
    text.push('s');
    text
}

fn push_fraction(text: &mut String, fraction_ns: i64) {
    if fraction_ns != 0 {
        let digits = format!("{fraction_ns:09}");
        text.push('.');
        text.push_str(digits.trim_end_matches('0'));
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;

    #[test]
    fn times_are_read_as_exports_write_them() {
        let cases = [
            ("2026-10-05T09:00:26.003Z", "2026-10-05T09:00:26.003Z"),
            (
                "2026-10-05 18:00:02.4204842",
                "2026-10-05T18:00:02.4204842Z",
            ),
            ("2026-10-06T01:00:00+08:00", "2026-10-05T17:00:00Z"),
            ("2026-10-06T01:00:00-0530", "2026-10-06T06:30:00Z"),
            ("2026-10-05 02:00", "2026-10-05T02:00:00Z"),
            ("2026-10-05", "2026-10-05T00:00:00Z"),
            ("1791158400", "2026-10-05T00:00:00Z"),
            ("1791158400000", "2026-10-05T00:00:00Z"),
            ("1.791158400e+09", "2026-10-05T00:00:00Z"),
            ("1791158400.5", "2026-10-05T00:00:00.5Z"),
            ("04/13/2026 22:10:32", "2026-04-13T22:10:32Z"),
            ("4/3/2026 9:05 PM", "2026-04-03T21:05:00Z"),
            ("1791158400000.0", "2026-10-05T00:00:00Z"),
            ("2026-10-05 02:00:00 +0200", "2026-10-05T00:00:00Z"),
            ("2026-10-05 02:00:00.5 +0000 UTC", "2026-10-05T02:00:00.5Z"),
            ("2026/10/05 09:00:00", "2026-10-05T09:00:00Z"),
            ("05.10.2026 09:00:00", "2026-10-05T09:00:00Z"),
            ("5.10.2026", "2026-10-05T00:00:00Z"),
            ("Mon, 05 Oct 2026 09:00:00 +0100", "2026-10-05T08:00:00Z"),
            ("5 Oct 2026 09:00:00 GMT", "2026-10-05T09:00:00Z"),
            ("2015-01-01T00:00:00Z", "2015-01-01T00:00:00Z"),
            ("2099-12-31T23:59:59Z", "2099-12-31T23:59:59Z"),
        ];
        for (text, expected) in cases {
            let stamp = parse(text, DateOrder::MonthFirst).unwrap();
            assert_eq!(utc(stamp.ns), expected, "{text}");
        }
        for text in [
            "",
            "soon",
            "2026-13-01",
            "2026-10-05X",
            "21.5x",
            "13/13/2026",
            "10.13.2026",
            "1.2.3",
            "0",
            "1970-01-01T00:00:00Z",
            "2014-12-31T23:59:59Z",
            "2100-01-01T00:00:00Z",
            "1e300",
            "1.79116E+12",
            "1.79116E+09",
            "Mon, 05 Okt 2026 09:00:00 +0100",
            "2026-10-05 09:00:00 +0000 9",
        ] {
            assert_eq!(parse(text, DateOrder::MonthFirst), None, "{text}");
        }
    }

    #[test]
    fn lengths_are_read_as_azure_writes_them() {
        let cases = [
            ("PT5M", Some(300)),
            ("P1D", Some(86_400)),
            ("1:00:00", Some(3600)),
            ("0:05:00", Some(300)),
            ("0:00:00", None),
            ("FULL", None),
            ("", None),
        ];
        for (text, seconds) in cases {
            let expected = seconds.map(|seconds| seconds * SECOND_NS);
            assert_eq!(parse_length(text), expected, "{text}");
        }
    }
}
