//! Prints the page of the default scenario, which `index.html` shows until the program
//! is there.

use std::io::Write as _;
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::Days;
use kt_capacity::catalog::date::date;

fn main() -> std::io::Result<()> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let days = Days::new(now.unwrap_or_default().as_secs() / 86_400);
    let today = date(1970, 1, 1).checked_add_days(days).unwrap_or_default();
    write!(std::io::stdout(), "{}", kt_capacity::ui::prerender(today))
}
