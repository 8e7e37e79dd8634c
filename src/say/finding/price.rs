//! Words of a finding: a list price that changes.

use crate::plan::PriceChange;
use crate::say::words;

pub(super) fn title(change: &PriceChange) -> String {
    let verb = if change.is_past { "changed" } else { "changes" };
    let day = words::day_of(change.on);
    [
        &change.name,
        ": the price of ",
        &change.model,
        " ",
        verb,
        " on ",
        &day,
    ]
    .concat()
}

pub(super) fn message(change: &PriceChange) -> String {
    let next = words::usd(change.next_per_month_usd);
    let planned = words::usd(change.per_month_usd);
    let (input, output) = change.usd_per_mtok;
    let prices = [
        words::usd(input),
        " for a million input tokens and ".to_owned(),
        words::usd(output),
        " for output".to_owned(),
    ]
    .concat();
    if change.is_past {
        format!(
            "It is now {prices}. The plan counts the price before, {planned} a month; now the \
             same tokens cost {next}. Enter the new prices at the provider."
        )
    } else {
        format!(
            "It becomes {prices}: the same tokens then cost {next} a month instead of {planned}."
        )
    }
}
