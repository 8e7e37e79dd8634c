//! Change of list prices.

use super::change::{Change, Fix};
use super::effect::Effect;
use crate::plan::PriceChange;

/// The prices in force, once the day of their change has come.
pub(super) fn for_price(change: &PriceChange) -> Option<Fix> {
    change.is_past.then(|| Fix {
        change: Change::Prices {
            row: change.row,
            name: change.name.clone(),
            to: change.next,
        },
        effect: Effect::PricesCounted {
            more_usd: change.next_per_month_usd - change.per_month_usd,
        },
    })
}
