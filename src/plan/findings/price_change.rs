//! Numbers of a list price that changes.

use crate::catalog::date::Date;
use crate::scenario::Prices;

/// A list price with a successor.
#[derive(Debug, Clone, PartialEq)]
pub struct PriceChange {
    /// Row of the provider.
    pub row: u32,
    /// Name of the provider.
    pub name: String,
    /// The model.
    pub model: String,
    /// First day of the other price.
    pub on: Date,
    /// Whether that day has come, so that the plan counts a price of the past.
    pub is_past: bool,
    /// Dollars a month for the tokens of the row, as planned.
    pub per_month_usd: f64,
    /// The same at the other price.
    pub next_per_month_usd: f64,
    /// The other prices.
    pub next: Prices,
}
