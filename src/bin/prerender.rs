//! Prints the page of the default scenario, shown by `index.html` until the program is loaded; with
//! `style`, the page of the design language.

use std::io::Write as _;
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::Days;
use kt_capacity::catalog::date::date;
use kt_capacity::ui;

fn main() -> std::io::Result<()> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let days = Days::new(now.unwrap_or_default().as_secs() / 86_400);
    let today = date(1970, 1, 1).checked_add_days(days).unwrap_or_default();
    let html = match std::env::args().nth(1).as_deref() {
        Some("style") => ui::style_page(today),
        _ => ui::prerender(today),
    };
    write!(std::io::stdout(), "{html}")
}
