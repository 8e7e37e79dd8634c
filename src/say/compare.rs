//! Differences between scenarios, in words and percent.

use super::{figure as say, words};
use crate::plan::{Figure, FigureId};
use crate::scenario::link::Rows;

/// An equal figure.
pub const SAME: &str = "the same";
/// A figure that only the other scenario has.
pub const ONLY_HERE: &str = "only here";
/// A figure that only the first scenario has.
pub const NONE_HERE: &str = "none here";
/// A missing value.
pub const NO_VALUE: &str = "–";
/// Label of the verdict among compared results.
pub const VERDICT: &str = "Verdict";

/// Ratio above which a difference is given as a multiple.
const LARGEST_SHARE: f64 = 10.0;
/// Relative tolerance for sums in different order.
const ROUNDING: f64 = 1e-9;

/// Line for a row that the first scenario lacks.
pub fn added(rows: Rows) -> String {
    format!("Added {}", one(rows))
}

/// Line for a row that only the first scenario has.
pub fn removed(rows: Rows) -> String {
    format!("Removed {}", one(rows))
}

/// A row without a name, by its index from 0 on: `workload 1`.
pub fn nameless(rows: Rows, index: usize) -> String {
    format!("{} {}", one(rows), index + 1)
}

/// A row without a name, capitalized: `Workload 1`.
pub fn place(rows: Rows, index: usize) -> String {
    words::capitalized(&nameless(rows, index))
}

fn one(rows: Rows) -> &'static str {
    match rows {
        Rows::Workloads => "workload",
        Rows::Providers => "provider",
    }
}

/// Label of an input outside the tables of numbers and choices.
pub fn label(key: &str) -> String {
    match key {
        "name" => "Name".to_owned(),
        "provider" => "Provider".to_owned(),
        "model" => "Model".to_owned(),
        "tier" => "Tier".to_owned(),
        key => key.replace('-', " "),
    }
}

/// A shape of the day with the reader's values.
pub fn own_values(count: usize) -> String {
    format!("{count} values of your own")
}

/// A figure with its unit.
pub fn shown(figure: &Figure) -> String {
    if is_money(figure) {
        return words::usd(figure.result);
    }
    say::value(figure)
}

fn is_money(figure: &Figure) -> bool {
    matches!(figure.id, FigureId::Cost | FigureId::CostPerThousand)
}

/// Difference of a figure from the first scenario's: `25 % more, by 5 GB`, `20 % less, by $400`.
pub fn change(first: &Figure, other: &Figure) -> String {
    let (was, is) = (first.result, other.result);
    let by = (is - was).abs();
    if by <= ROUNDING * was.abs().max(is.abs()) {
        return SAME.to_owned();
    }
    let more = if was < is { "more" } else { "less" };
    // Differences of shares are given in points.
    if say::shown(other).1 == "%" {
        let points = words::percent(by);
        return format!("{} points {more}", points.trim_end_matches(words::PERCENT));
    }
    let amount = amount(by, other);
    if was == 0.0 {
        return format!("{amount} {more}");
    }
    let ratio = is / was;
    if LARGEST_SHARE <= ratio {
        return format!("{} as much, {amount} {more}", words::multiple(ratio));
    }
    format!("{} {more}, by {amount}", words::percent(by / was.abs()))
}

/// A difference in the unit of its figure, with a prefix of its own.
fn amount(by: f64, figure: &Figure) -> String {
    if is_money(figure) {
        let is_monthly = figure.id == FigureId::Cost;
        let month = if is_monthly { " a month" } else { "" };
        return format!("{}{month}", words::usd(by));
    }
    let (_, unit) = say::shown(figure);
    if unit.ends_with('B') {
        return words::bytes(by);
    }
    let plain = unit.trim_start_matches(['K', 'M', 'G', 'T']);
    let (digits, prefix) = words::scaled(by);
    format!("{digits} {prefix}{plain}").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Aside, LimitKind};

    fn figure(id: &FigureId, result: f64) -> Figure {
        let (provider, limit) = ("OpenAI".to_owned(), LimitKind::Tpm);
        Figure {
            id: id.clone(),
            result,
            aside: match id {
                FigureId::TightestLimit => Aside::Tightest { provider, limit },
                _ => Aside::Nothing,
            },
        }
    }

    /// Expected texts are worked out by hand from the two results next to them.
    #[test]
    fn differences_are_told_in_words_and_per_cent() {
        let cases = [
            // id, first, other, told
            (FigureId::PeakRequests, 1.6, 2.0, "25 % more, by 0.400 rps"),
            (
                FigureId::PeakTokens,
                240_000.0,
                480_000.0,
                "100 % more, by 240 K/min",
            ),
            (
                FigureId::PeakTokens,
                900_000.0,
                1_000_000.0,
                "11 % more, by 100 K/min",
            ),
            (
                FigureId::Cost,
                17_000.0,
                13_600.0,
                "20 % less, by $3,400 a month",
            ),
            (FigureId::CostPerThousand, 12.0, 9.0, "25 % less, by $3"),
            (FigureId::StoredEvents, 9e9, 9.9e9, "10 % more, by 900 MB"),
            (FigureId::Gateways, 2.0, 3.0, "50 % more, by 1"),
            (FigureId::Gateways, 3.0, 2.0, "33 % less, by 1"),
            (FigureId::TightestLimit, 0.32, 0.64, "32 points more"),
            (FigureId::TightestLimit, 0.3194, 0.3206, "0.1 points more"),
            (
                FigureId::TightestLimit,
                0.3,
                0.300_1,
                "under 0.1 points more",
            ),
            // Relative to 0 there is no percentage, and above tenfold a multiple is clearer.
            (FigureId::Gateways, 0.0, 2.0, "2 more"),
            (
                FigureId::PeakRequests,
                2.0,
                50.0,
                "25× as much, 48 rps more",
            ),
            (
                FigureId::Cost,
                13_600.0,
                0.0,
                "100 % less, by $13,600 a month",
            ),
            (
                FigureId::Cost,
                10_000.0,
                10_001.0,
                "under 0.1 % more, by $1 a month",
            ),
            (FigureId::Cost, 0.3, 0.1 + 0.2, "the same"),
            (FigureId::Gateways, 0.0, 0.0, "the same"),
        ];
        for (id, first, other, told) in cases {
            let change = change(&figure(&id, first), &figure(&id, other));
            assert_eq!(
                words::plain_spaces(&change),
                told,
                "{id:?}: {first} and {other}"
            );
        }
    }

    #[test]
    fn a_row_is_named_by_its_place() {
        assert_eq!(place(Rows::Workloads, 0), "Workload 1");
        assert_eq!(nameless(Rows::Providers, 1), "provider 2");
        assert_eq!(added(Rows::Workloads), "Added workload");
        assert_eq!(removed(Rows::Providers), "Removed provider");
        assert_eq!(label("client-timeout"), "client timeout");
    }
}
