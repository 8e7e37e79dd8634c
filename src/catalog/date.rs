//! Calendar days; the page needs no more than days and months.

use chrono::Days;
pub use chrono::NaiveDate as Date;

use crate::model::growth::DAYS_PER_MONTH;

/// Calendar day of a literal date.
///
/// # Panics
///
/// If the calendar has no such day.
pub const fn date(year: i32, month: u32, day: u32) -> Date {
    Date::from_ymd_opt(year, month, day).expect("the calendar has this day")
}

/// Date from `YYYY-MM-DD`, or from `YYYY-MM` as its first day.
pub fn full_date(text: &str) -> Option<Date> {
    let is_dash = |at| text.as_bytes().get(at).is_none_or(|byte| *byte == b'-');
    if !is_dash(4) || !is_dash(7) {
        return None;
    }
    let (year, month) = (text.get(..4)?.parse().ok()?, text.get(5..7)?.parse().ok()?);
    let day = text.get(8..).map_or(Ok(1), str::parse).ok()?;
    Date::from_ymd_opt(year, month, day)
}

/// Age in days of a catalogue date; `None` for a future date.
pub fn age_days(today: Date, as_of: &str) -> Option<i64> {
    let date = full_date(as_of)?;
    Some((today - date).num_days().max(0))
}

/// Date some months from today; `None` beyond this century.
pub fn date_in(today: Date, months: f64) -> Option<Date> {
    let days = libm::round(months * DAYS_PER_MONTH);
    if !(0.0..=40_000.0).contains(&days) {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked against the range above"
    )]
    let days = days as u64;
    today.checked_add_days(Days::new(days))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_the_catalogue_have_an_age() {
        let today = date(2026, 11, 23);
        assert_eq!(date_in(today, 1e9), None);
        assert_eq!(date_in(today, f64::NAN), None);
        assert_eq!(age_days(today, "2026-08-20"), Some(95));
        assert_eq!(age_days(today, "2026-10"), Some(53));
    }
}
