//! Tables of unknown source. A cell may hold a source's records as JSON, as in a log downloaded as
//! a table.

use super::answer::Answers;
use super::csv::Cells;
use super::json::JsonFile;
use super::notation::{DateOrder, DecimalMark};
use super::number;
use super::outcome::{Outcome, Question, Reason, Refusal};
use super::shown;
use super::source::Format;
use super::time;

/// Minimum value of plain digits that are a time: 2001, in seconds.
const EPOCH_LEAST: f64 = 1e9;

/// Rows of an unknown source.
pub(crate) struct Unknown {
    header: Vec<String>,
    answers: Answers,
    /// Index of the cell with JSON, and its reader.
    json: Option<(usize, Box<JsonFile>)>,
    has_time_and_number: bool,
    rows: u64,
}

impl Unknown {
    pub(crate) fn new(header: Vec<String>, answers: &Answers) -> Self {
        Self {
            header,
            answers: answers.clone(),
            json: None,
            has_time_and_number: false,
            rows: 0,
        }
    }

    /// Whether another file has the same header.
    pub(crate) fn has(&self, header: &[String]) -> bool {
        self.header == header
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: &Cells) {
        self.rows += 1;
        if self.json.is_none() {
            let at = cells
                .iter()
                .position(|cell| cell.trim_start().starts_with('{'));
            self.json = at.map(|at| (at, Box::new(JsonFile::new(&self.answers))));
        }
        if let Some((at, json)) = &mut self.json {
            json.push(cells.get(*at));
            json.push("\n");
        }
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

    /// Source, once known.
    pub(crate) fn format(&self) -> Option<Format> {
        self.json.as_ref().and_then(|(_, json)| json.format())
    }

    /// Final sums of the cells with JSON, or a question.
    pub(crate) fn finish(self) -> Outcome {
        if let Some((_, json)) = self.json
            && json.format().is_some()
        {
            return json.finish();
        }
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
