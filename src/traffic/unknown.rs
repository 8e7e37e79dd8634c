//! A table of which nobody knows whose it is.

use super::csv::Cells;
use super::notation::{DateOrder, DecimalMark};
use super::number;
use super::outcome::{Outcome, Question, Reason, Refusal};
use super::shown;
use super::time;

/// Digits alone are a time from here on: 2001, in seconds.
const EPOCH_LEAST: f64 = 1e9;

/// Rows of nobody knows whom.
pub(crate) struct Unknown {
    header: Vec<String>,
    has_time_and_number: bool,
    rows: u64,
}

impl Unknown {
    pub(crate) fn new(header: Vec<String>) -> Self {
        Self {
            header,
            has_time_and_number: false,
            rows: 0,
        }
    }

    /// Whether another file has the same header.
    pub(crate) fn has(&self, header: &[String]) -> bool {
        self.header == header
    }

    pub(crate) fn row(&mut self, cells: &Cells) {
        self.rows += 1;
        if self.rows != 1 {
            return;
        }
        let number = |cell: &str| number::parse(cell, DecimalMark::Point);
        let is_time = |cell: &str| match number(cell) {
            Some(number) => EPOCH_LEAST <= number,
            None => time::parse(cell, DateOrder::MonthFirst).is_some(),
        };
        let times = cells.iter().filter(|cell| is_time(cell)).count();
        let numbers = cells
            .iter()
            .filter(|cell| number(cell).is_some() && !is_time(cell))
            .count();
        self.has_time_and_number = 0 < times && 0 < numbers;
    }

    pub(crate) fn finish(self) -> Outcome {
        if self.has_time_and_number {
            return Outcome::Ask {
                question: Question::Columns,
                format: None,
                choices: shown::columns(&self.header),
            };
        }
        let refusal = Refusal::new(Reason::UnknownFormat, None);
        refusal.after(self.rows).into()
    }
}
