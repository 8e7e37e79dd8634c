//! Tooltip at the pointer: values with units, their total, and its share of a limit.

use crate::plan::uncertainty::Band;
use crate::say::page::sure;
use crate::say::page::tip::{self as say, Unit};

/// Values of a chart for a tooltip along its axis.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Tip {
    /// Heading per position.
    pub(super) heads: Vec<String>,
    /// Unit of the values.
    pub(super) unit: Unit,
    pub(super) rows: Vec<TipRow>,
    /// Whether the values have a meaningful total.
    pub(super) has_total: bool,
    /// Band of the total.
    pub(super) band: Band,
    /// Limit reached first: name and total.
    pub(super) limit: Option<(String, f64)>,
}

/// Values of one row, per position.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct TipRow {
    pub(super) name: String,
    pub(super) tint: String,
    /// Values per position; NaN is omitted.
    pub(super) values: Vec<f64>,
}

impl Tip {
    /// Lines at a position, heading first, with the color index if any.
    pub(super) fn lines(&self, index: usize) -> Vec<(String, Option<usize>)> {
        let head = self.heads.get(index).cloned().unwrap_or_default();
        let mut lines = vec![(head, None)];
        let mut total = 0.0;
        for (color, row) in self.rows.iter().enumerate() {
            let Some(value) = row.values.get(index).filter(|value| value.is_finite()) else {
                continue;
            };
            total += value;
            let said = say::row(&row.name, &say::value(self.unit, *value));
            lines.push((said, Some(color)));
        }
        if self.has_total {
            lines.push((say::total(&say::value(self.unit, total)), None));
        }
        if let Some(points) = self.band.at(index) {
            lines.push((sure::of_band(self.unit, points), None));
        }
        if let Some((name, limit)) = self.limit.as_ref().filter(|(_, limit)| 0.0 < *limit) {
            lines.push((say::share(total / limit, name), None));
        }
        lines
    }

    /// Colors of the rows.
    pub(super) fn tints(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().map(|row| &*row.tint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::say::words::plain_spaces;

    #[test]
    fn values_add_up_and_are_held_to_the_limit() {
        let row = |name: &str, values: &[f64]| TipRow {
            name: name.to_owned(),
            tint: String::new(),
            values: values.to_vec(),
        };
        let tip = Tip {
            heads: vec!["00:00".to_owned(), "00:05".to_owned()],
            rows: vec![row("chat", &[1e6, 3e6]), row("mail", &[2e6, f64::NAN])],
            has_total: true,
            limit: Some(("North tokens full".to_owned(), 12e6)),
            band: Band {
                low: vec![2e6],
                middle: vec![3e6],
                high: vec![4.8e6],
            },
            ..Tip::default()
        };
        let said = |index| -> Vec<String> {
            let lines = tip.lines(index);
            lines.iter().map(|(line, _)| plain_spaces(line)).collect()
        };
        // 1 M + 2 M = 3 M, a quarter of 12 M.
        assert_eq!(
            said(0),
            [
                "00:00",
                "chat: 1 M tokens/min",
                "mail: 2 M tokens/min",
                "all: 3 M tokens/min",
                "5 to 95 %: 2.0 to 4.8 M/min, median 3.0 M/min",
                "25 % of the limit: North tokens"
            ]
        );
        // Values without data are omitted: 3 M of 12 M.
        assert_eq!(said(1).len(), 4);
        assert_eq!(tip.lines(1)[1].1, Some(0));
    }
}
