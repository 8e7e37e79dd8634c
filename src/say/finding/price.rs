//! Words of a finding: a list price that changes.

use crate::plan::PriceChange;
use crate::say::words;

pub(super) fn title(change: &PriceChange) -> String {
    [&change.name, ": another price of ", &change.model].concat()
}

pub(super) fn message(change: &PriceChange) -> String {
    let next = words::usd(change.next_per_month_usd);
    let planned = words::usd(change.per_month_usd);
    let (input, output) = (change.next.input, change.next.output);
    let prices = [
        words::usd(input),
        " for a million input tokens and ".to_owned(),
        words::usd(output),
        " for output".to_owned(),
    ]
    .concat();
    let day = words::day_of(change.on);
    if change.is_past {
        format!(
            "Since {day} it is {prices}. The plan counts the price before, {planned} a month; now \
             the same tokens cost {next}."
        )
    } else {
        format!(
            "From {day} on it is {prices}: the same tokens then cost {next} a month instead of \
             {planned}."
        )
    }
}
