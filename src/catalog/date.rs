//! Calendar days. The page needs days and months only, so the calendar is a small one.

pub use chrono::NaiveDate as Date;

/// The day of a date that is written down in the program.
///
/// # Panics
///
/// Where the calendar has no such day.
pub const fn date(year: i32, month: u32, day: u32) -> Date {
    Date::from_ymd_opt(year, month, day).expect("the calendar has this day")
}
