//! Tooltips of charts: values with units, totals, and shares of limits.

use crate::say::words;

/// Unit of the values of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Unit {
    /// Tokens per minute.
    #[default]
    Tokens,
    /// Requests per minute.
    Requests,
    /// Gateways.
    Gateways,
    /// Bytes.
    Bytes,
    /// Dollars per month.
    Usd,
    /// Share of a limit.
    Percent,
    /// Multiple of today's peak.
    Times,
}

/// A value with its unit.
pub(crate) fn value(unit: Unit, value: f64) -> String {
    match unit {
        Unit::Tokens => words::with_unit(&words::short(value), super::chart::TOKENS_UNIT),
        Unit::Requests => words::with_unit(&words::short(value), super::day::REQUESTS_UNIT),
        Unit::Gateways => words::several(&words::short(value), "gateway"),
        Unit::Bytes => words::bytes(value),
        Unit::Usd => format!("{} a month", words::usd(value)),
        Unit::Percent => words::percent(value),
        Unit::Times => format!("{} today’s peak", words::multiple(value)),
    }
}

/// A name with its value.
pub(crate) fn row(name: &str, value: &str) -> String {
    format!("{name}: {value}")
}

/// Total of all values.
pub(crate) fn total(value: &str) -> String {
    row("all", value)
}

/// Share of a limit, with its label: `North tokens full`.
pub(crate) fn share(ratio: f64, limit: &str) -> String {
    let limit = limit.strip_suffix(" full").unwrap_or(limit);
    format!("{} of the limit: {limit}", words::percent(ratio))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_carries_its_unit_and_a_share_the_name_of_its_limit() {
        let said = |unit, number| words::plain_spaces(&value(unit, number));
        assert_eq!(said(Unit::Tokens, 7_030_000.0), "7.03 M tokens/min");
        assert_eq!(said(Unit::Gateways, 1.0), "1 gateway");
        assert_eq!(said(Unit::Gateways, 11.0), "11 gateways");
        assert_eq!(said(Unit::Usd, 301.0), "$301 a month");
        assert_eq!(said(Unit::Percent, 0.55), "55 %");
        let share = words::plain_spaces(&share(0.5, "North tokens full"));
        assert_eq!(share, "50 % of the limit: North tokens");
    }
}
